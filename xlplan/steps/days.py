"""Days in what an office writes: when a milestone was reached, and dates that cannot be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlplan.chinese.folding import fold
from xlplan.model import Kind

if TYPE_CHECKING:
    from xlplan.model import Target

_READ = 2000  # letters of a cell that are looked at
_MOST = 5  # days that are named for one cell
_DIGIT = re.compile("[0-9\uff10-\uff19]")
_DAY = re.compile(r"(?<![0-9])[12][0-9]{3}(?:[-./][0-9]{1,2}[-./][0-9]{1,2}(?![0-9])|年[0-9]{1,2}月[0-9]{1,2}[日号])")


def day_of(target: Target | None, text: str) -> str:
    """The day that a cell names as the one on which a milestone was reached; empty where it is no milestone or day."""
    if target is None or target.kind is not Kind.MILESTONE:
        return ""
    from xlplan.chinese.dates import read_date

    day = read_date(text[:_READ], target.due.year if target.due else None).day
    return day.isoformat() if day else ""


def may_name_days(text: str) -> bool:
    """Whether a text has a digit, without which it names no day."""
    return _DIGIT.search(text) is not None


def impossible_days(text: str) -> list[str]:
    """The dates in a text that name a day which does not exist, such as 2023-11-31."""
    if not may_name_days(text):
        return []
    plain = fold(text[:_READ])
    dates = list(_DAY.finditer(plain))[: 4 * _MOST]
    wrong = (one.group() for one in dates if _is_impossible(one.group()))
    return list(dict.fromkeys(wrong))[:_MOST]


def _is_impossible(text: str) -> bool:
    from xlplan.chinese.dates import Doubt, find_date

    reading = find_date(text, None)
    return reading is not None and reading.doubt is Doubt.IMPOSSIBLE
