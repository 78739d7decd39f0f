"""Places in a ranking (进入全省前10位, 力争全省第一), read like other figures, with 前 or 第 as part of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlplan.chinese import numerals
from xlplan.chinese.quantities import Quantity

_NUMBER = r"(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_FIRST_OF = re.compile(
    rf"前{_NUMBER}(?P<unit>位|名|强|列|%|家|个)?(?![0-9一二三四五六七八九十百千万年月季天期届轮批项条款置后述提/.]|个月|个季|分之)"
)
_PLACE = re.compile(
    rf"第{_NUMBER}(?P<unit>位|名)?(?![0-9一二三四五六七八九十届批期次个条项款轮章节类种产三二季阶责时书档代专梯人医中小高实医至到、]|的(?!目标|水平)|方阵)"
)
_RANKED = re.compile(
    r"进入|排名|排位|位次|名次|位居|位列|居|列|排|保持|跻身|稳居|挺进|冲刺|争创|力争|确保|争先|争|达到|在|全省|全国|全市|全县|全区|全州|同类|系统|同行|成绩|考核|评价|评比|走在"
)
_REGION = re.compile(
    r"(?:全省|全国|全市|全县|全区|全州|同类地区|同类|同级|系统|地级市|县市区?|县区)(?:同类|系统|排名|综合排名|考核)?(?:[^,。;]{0,6})$"
)
_NEAR = 16


def ranks(text: str) -> Iterator[Quantity]:
    """Every place in a ranking that a masked text speaks of. Its span includes 前 or 第."""
    for match in _FIRST_OF.finditer(text):
        if _RANKED.search(text, max(0, match.start() - _NEAR), match.start()):
            yield _quantity(match, "强" if match["unit"] == "强" else match["unit"] or "位")
    for match in _PLACE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if re.search(r"(?:排名|排位|位居|位列|居|列|排|保持|稳居|争创|力争|争|获|得)[^,。;、]{0,8}$", before) and (
            match["unit"] or _REGION.search(before)
        ):
            yield _quantity(match, match["unit"] or "位")


def _quantity(match: re.Match[str], unit: str) -> Quantity:
    value = numerals.read(match["number"])
    return Quantity(match.start(), match.end(), value if value is not None else Decimal(0), unit, ordinal=True)
