"""每位分管领导: for each leader a sheet with the rows that are that leader's, those behind first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xlplan.books.consolidated.figures import Count
from xlplan.books.consolidated.flat import Flat, Rows, put_flat
from xlplan.books.consolidated.work import done_value
from xlplan.books.values import listed, sheet_name, status_text
from xlplan.headers import Field
from xlplan.marks import split_list
from xlplan.reasons import reason_text
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Book
    from xlplan.books.consolidated.flat import Row
    from xlplan.books.consolidated.work import Work
    from xlplan.model.progress import Progress


def put_leaders(book: Book, work: Work) -> None:
    """Write a sheet for each leader in plan order, and last one for the rows that are no leader's."""
    page = work.dress.pages["leaders"]
    taken = {one.name.casefold() for one in work.dress.pages.values()} | {one.name.casefold() for one in book.sheets}
    groups = _groups(work)
    nobody = groups.pop("", [])
    for number, (leader, lines) in enumerate(groups.items(), 1):
        _put(book, work, (sheet_name(leader, taken), leader, number), lines)
    if nobody and groups:
        _put(book, work, (sheet_name(page.name, taken), page.say("nobody"), len(groups) + 1), nobody)


def _groups(work: Work) -> dict[str, list[Progress]]:
    """Each leader's lines: by what the row says, else by who answers for the office."""
    offices = {office.name: office.leader for office in work.tally.plan.offices}
    groups: dict[str, list[Progress]] = {}
    for line in work.tally.lines:
        named = line.row.leader or offices.get(line.office, "")
        for leader in dict.fromkeys(split_list(named)) or ("",):
            groups.setdefault(leader, []).append(line)
    return groups


def _put(book: Book, work: Work, what: tuple[str, str, int], lines: Sequence[Progress]) -> None:
    page, count = work.dress.pages["leaders"], Count.of(lines, work.tally.signs)
    name, leader, number = what
    lights = "  ".join(f"{work.light(light)} {one}" for light, one in zip(work.tally.lights, count.lights, strict=True))
    offices = listed(dict.fromkeys(line.office for line in lines), work.lang)
    facts = {"leader": leader, "offices": offices, "due": count.due, "filled": count.filled, "lights": lights}
    ordered = sorted(lines, key=work.urgency)
    flat = Flat("leaders", Rows(ordered, partial(_row, work)), page, None, name, number, facts)
    put_flat(book, work, flat)


def _row(work: Work, line: Progress) -> Row:
    entry = line.entry
    return {
        **work.about(line.row, line.office),
        Field.DONE: done_value(entry),
        "rate": None if line.rate is None else float(round(line.rate, 6)),
        "light": work.lights[line.light],
        "reason": reason_text(line.reason, work.lang, line.override),
        "grade": word(line.grade, work.lang),
        Field.STATUS: status_text(entry, work.lang) if entry else "",
        Field.PROGRESS: entry.progress if entry else "",
        Field.PROBLEM: entry.problem if entry else "",
    }
