"""Milestones in stages (5月底前动工9月投入使用): each with its day, and whether a return tells that it is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xlplan.chinese.dates import find_date
from xlplan.chinese.folding import fold

if TYPE_CHECKING:
    from datetime import date

_MARKS = " ,、;。.:()前底"
_BEGINS = re.compile("^(?:正式|全面)?(?:动工|开工|启动|开始|筹建|着手|进场)")
_LEADING = re.compile("^(?:力争|确保|争取|基本|全面|正式|完成|实现|达到|并|再)+")
_CLAUSE = re.compile("[,;。\n]")
_NOT_YET = re.compile("未|没有|拟|将|计划|预计|准备|正在|力争|争取|有望|即将")
_MOST = 12  # stages of one milestone that are read


@dataclass(frozen=True)
class Stage:
    """One stage: what is to be done by which day."""

    day: date
    what: str

    @property
    def begins(self) -> bool:
        """Whether it is the beginning of the work, which a row in progress has behind it."""
        return bool(_BEGINS.match(self.what))


@lru_cache(maxsize=4096)  # many offices have the same milestone
def stages(text: str, year: int) -> tuple[Stage, ...]:
    """The stages that a text names, in the order of their days; none where it names fewer than two."""
    plain = fold(text)
    found: list[tuple[date, int, int]] = []
    at = 0
    while len(found) < _MOST and (reading := find_date(plain, year, at)):
        at = reading.span[1]
        if reading.day:
            found.append((reading.day, *reading.span))
    ends = [*(start for _, start, _ in found[1:]), len(plain)]
    parts = ((day, plain[end:until].strip(_MARKS)) for (day, _, end), until in zip(found, ends, strict=False))
    named = [Stage(day, what) for day, what in parts if what]
    return tuple(sorted(named, key=lambda one: one.day)) if len({one.day for one in named}) > 1 else ()


def tells_of(text: str, stage: Stage) -> bool:
    """Whether a return's prose says that a stage is reached: names it, in a clause that speaks of no plan."""
    core = _LEADING.sub("", stage.what) or stage.what
    return any(core in clause and not _NOT_YET.search(clause) for clause in _CLAUSE.split(fold(text)))
