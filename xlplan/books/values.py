"""How plan values read in a cell: tasks, targets, dates, amounts, sections, in Chinese or English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlplan.books.table import plain_number
from xlplan.marks import in_print
from xlplan.period import Period
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from xlplan.model import Entry, Office, Section, Target, Task

_BARRED = re.compile(r"[\[\]:*?/\\]")
_NAME = 31  # the characters of a sheet's name
_COUNTED = re.compile(r"[〇零一二三四五六七八九十百\d]+")


def task_text(task: Task) -> str:
    """A task in one cell: its text, with the title above it where the text does not begin with the title."""
    title, text = task.title.strip(), task.text.strip()
    if not text or not title or text.startswith(title):
        return text or title
    return f"{title}\n{text}"


def section_text(section: Section) -> str:
    """A section with its mark: `一、强化创新`."""
    mark = f"{section.label}、" if _COUNTED.fullmatch(section.label) else in_print(section.label)
    return f"{mark}{section.title}"


def collapsed(names: Iterable[str], collectives: Sequence[Office]) -> list[str]:
    """Office names without repeats; where all members of a collective office are named, its own name instead.

    `collectives` are the offices that have members, those with the most first.
    """
    unique = list(dict.fromkeys(name for name in names if name))
    for office in collectives:
        if set(office.members) <= set(unique):
            at = min(unique.index(member) for member in office.members)
            unique[at] = office.name
            unique = [name for name in unique if name not in office.members]
    return list(dict.fromkeys(unique))


def listed(names: Iterable[str], lang: str) -> str:
    """Names one after the other."""
    return ("、" if lang == "zh" else ", ").join(names)


def day_text(day: date, lang: str) -> str:
    """A date in running text: `2019年6月20日`, `2019-06-20`."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def amount_text(entry: Entry, target: Target | None) -> str:
    """An entry's figure with the target's unit, or as it was written; empty when there is none."""
    if entry.amount is None:
        return ""
    if entry.amount.value is None:
        return entry.amount.raw
    return plain_number(entry.amount.value) + (in_print(target.unit) if target else "")


def status_text(entry: Entry, lang: str) -> str:
    """An entry's status as a word, or as it was written."""
    return word(entry.status, lang) if entry.status else entry.status_raw


def sheet_name(text: str, taken: set[str]) -> str:
    """A sheet's name that Excel takes, from any text; unlike those `taken` (in small letters), which it joins."""
    plain = "".join(one for one in _BARRED.sub(" ", text) if one.isprintable() and one <= "\uffff")
    base = " ".join(plain.split())[:_NAME].strip("' ") or "-"
    name, number = base, 1
    while name.casefold() in taken or name.casefold() == "history":  # which Excel keeps for itself
        number += 1
        tail = f" ({number})"
        name = base[: _NAME - len(tail)].rstrip() + tail
    taken.add(name.casefold())
    return name


def period_text(code: str, lang: str) -> str:
    """A period's usual name, from its code."""
    period = Period.parse(code)
    return period.label(lang) if period else code
