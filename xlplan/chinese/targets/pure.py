"""Numbers without a unit that are figures all the same: 死亡率控制在0.02以内, 容积率不低于1.5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlplan.chinese.quantities import Quantity
from xlplan.chinese.targets import words
from xlplan.chinese.vocabulary import any_of

_MEASURE = re.compile(any_of("率 系数 指数 比 值 得分 分数 成绩 比例 强度 密度") + "$")
_NUMBER = re.compile(r"(?<![0-9.,A-Za-z])[0-9]{1,6}(?:\.[0-9]{1,6})?(?=(?:以内|以上|以下|左右)?(?:$|[,、。;)]))")
_NEAR = 8


def pure_numbers(text: str) -> Iterator[Quantity]:
    """The numbers of a masked text that a comparing word ties to a rate, an index or a score."""
    for number in _NUMBER.finditer(text):
        before, start = words.comparator_before(text, number.start(), max(0, number.start() - _NEAR))
        if before is not None and _MEASURE.search(text, max(0, start - _NEAR), start):
            yield Quantity(number.start(), number.end(), Decimal(number.group()), "")
