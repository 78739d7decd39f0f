"""What goes back to the offices, as workbooks: the list of what to correct, and the list of who is to be reminded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import Area
from xlplan.books.metrics import fit
from xlplan.headers import Field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from xlplan.book import Book, Value
    from xlplan.books.template import Dress, Page
    from xlplan.finding import Finding
    from xlplan.period import Period

_HEADER = 1


def comment_of(finding: Finding, dress: Dress) -> str:
    """What the comment at a bad cell says."""
    message, remedy = rules.message(finding, dress.lang), rules.remedy(finding, dress.lang)
    return dress.pages["corrections"].say("comment", message=message, remedy=remedy)


def list_line(finding: Finding, dress: Dress, facts: Mapping[str, str]) -> tuple[str, ...]:
    """One line of the list of what to correct; `facts` are the sheet, the cell, the row and what is written there."""
    said = {
        "problem": rules.message(finding, dress.lang),
        "cause": rules.cause(finding, dress.lang),
        "remedy": rules.remedy(finding, dress.lang),
    }
    return tuple({**facts, **said}.get(column.field, "") for column in dress.pages["corrections"].columns)


def list_head(dress: Dress) -> tuple[str, ...]:
    """The headers of the list of what to correct."""
    return tuple(column.header for column in dress.pages["corrections"].columns)


@dataclass(frozen=True)
class Reminder:
    """An office that owes something: nothing came (`silent`), or `problems` cells are to be corrected.

    `late` is in days, `times_late` in periods of the year.
    """

    office: str
    contact: str
    leader: str
    silent: bool
    rows: int
    problems: int
    due: date | None
    late: int
    times_late: int
    text: str


def compose(reminders: Sequence[Reminder], title: str, period: Period, dress: Dress) -> Book:
    """The 催报清单: a line for each office that owes a return or a correction."""
    page = dress.pages["reminders"]
    book = dress.book(title)
    sheet = book.add(page.name)
    sheet.widths = {at: column.width for at, column in enumerate(page.columns)}
    area = Area(0, 0, 0, len(page.columns) - 1)
    sheet.merge(area, page.say("title", period=period.label(dress.lang)), dress.look("title"))
    for at, column in enumerate(page.columns):
        sheet.put(_HEADER, at, column.header, dress.look("head"))
    for row, one in enumerate(reminders, _HEADER + 1):
        values = _values(one, page)
        for at, column in enumerate(page.columns):
            sheet.put(row, at, values.get(column.field), column.look)
    fit(sheet, range(1), 34)
    fit(sheet, range(_HEADER, _HEADER + 1 + len(reminders)), page.numbers["lowest_row"])
    sheet.freeze = (_HEADER + 1, 1)
    sheet.print = replace(page.print, repeat=(_HEADER, _HEADER))
    return book


def _values(one: Reminder, page: Page) -> dict[str, Value]:
    return {
        Field.OFFICE: one.office,
        Field.CONTACT: one.contact,
        Field.LEADER: one.leader,
        "matter": page.say("missing" if one.silent else "correct"),
        "rows": one.rows,
        "problems": one.problems,
        Field.DEADLINE: one.due,
        "late": one.late,
        "times_late": one.times_late,
        "text": one.text,
    }
