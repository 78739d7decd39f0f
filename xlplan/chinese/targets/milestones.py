"""Milestones: something to be done by a day, without a figure (6月底前出台…, 年内通车)."""

from __future__ import annotations

import re

from xlplan.chinese import dates
from xlplan.chinese.targets import verbs, words
from xlplan.chinese.targets.passage import Clause, Passage
from xlplan.marks import PAUSES
from xlplan.model import Kind, Target

_DEADLINE = re.compile(
    r"(?:(?:20[0-9]{2}|今|本|明)年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:底|末|初|上旬|中旬|下旬)?(?:之?前|以前|底|末|份)?|[一二三四]季度(?:末|底)?前?|第[一二三四]季度(?:末|底)?前?|上半年|下半年|年底|年末|年中|年内)(?:之?前|以前)?|(?:20[0-9]{2}|今|本|明)年(?:底|末|内)(?:前)?"
)
_HEDGES = re.compile(rf"^(?:{'|'.join(words.HEDGES)})+")
_NOT_A_DEADLINE = re.compile(r"[每自从逢]|以来|截至|截止")
_AFTER_DATE = re.compile(r"起|以来|至[0-9]|-|到[0-9]|召开的|印发的|出台的|公布|期间|开始施行")


def milestone(passage: Passage, clause: Clause, year: int | None) -> Target | None:
    """The milestone that a clause states, or None."""
    text = passage.masked
    match = _DEADLINE.search(text, clause.start, clause.end)
    if (
        not match
        or _NOT_A_DEADLINE.search(text, max(clause.start, match.start() - 3), match.start())
        or _AFTER_DATE.match(text, match.end())
    ):
        return None
    reading = dates.find_date(match.group(), year)
    told = text[clause.start : match.start()] + text[match.end() : clause.end]
    if reading is None or reading.day is None or not _brings_about(told):
        return None
    written = passage.written[clause.start : clause.end]
    indicator = passage.written[clause.start : match.start()] + passage.written[match.end() : clause.end]
    return Target(
        text=written.strip(),
        indicator=_HEDGES.sub("", indicator.strip(f"{PAUSES} ")),
        kind=Kind.MILESTONE,
        due=reading.day,
    )


def _brings_about(told: str) -> bool:
    return any(
        told[index : index + 2] in verbs.ACTIONS or told[index : index + 2] in words.ACHIEVED
        for index in range(min(len(told), 200))
    )
