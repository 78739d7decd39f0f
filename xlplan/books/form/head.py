"""The head of a form: title, who reports, how to fill it, and the header row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xlplan.book import Area
from xlplan.book.parts import Choice
from xlplan.books.metrics import fit
from xlplan.books.values import day_text

if TYPE_CHECKING:
    from xlplan.book import Sheet
    from xlplan.books.template import Dress, Page
    from xlplan.model import Form, Plan

_LABEL, _BLANK, _COUNTER = 8.0, 8.0, 13.0  # the least widths, in characters, of a label, a blank and the counter
_BLANKS = ("reporter", "phone", "reviewer", "date")


@dataclass(frozen=True)
class Head:
    """Where a form's head ended up: the cells for the counter, and the header's row."""

    counter: Area
    header: int


def put_head(sheet: Sheet, form: Form, plan: Plan, dress: Dress) -> Head:
    """Write everything above the rows."""
    page = dress.pages["form"]
    last = len(page.columns) - 1
    title = page.say("title", issuer=plan.issuer, period=form.period.label(dress.lang), plan=plan.title)
    sheet.merge(Area(0, 0, 0, last), title.strip(" –"), dress.look("title"))  # a plan may name no issuer
    hints = _who(sheet, form, dress) + 1
    counter, rest = _split(sheet, 0, _COUNTER, last)
    sheet.merge(Area(hints, 0, hints + 1, counter), None, dress.look("counter"))
    deadline = (
        page.say("deadline", date=day_text(form.deadline, dress.lang)) if form.deadline else page.say("no_deadline")
    )
    for row, hint in enumerate((page.say("hint1"), page.say("hint2", deadline=deadline)), hints):
        sheet.merge(Area(row, rest, row, last), hint, dress.look("hint"))
    fit(sheet, range(hints + 2), 20)
    header = put_header(sheet, hints + 2, page, dress)
    return Head(Area(hints, 0, hints + 1, counter), header)


def put_header(sheet: Sheet, row: int, page: Page, dress: Dress) -> int:
    """Write the header, below a row of groups where there are any; gives the header's row."""
    top = row
    if any(column.group for column in page.columns):
        row += 1
        start = 0
        for at in range(1, len(page.columns) + 1):
            if at == len(page.columns) or page.columns[at].group != page.columns[start].group:
                sheet.merge(Area(top, start, top, at - 1), page.columns[start].group or None, dress.look("group"))
                start = at
    for at, column in enumerate(page.columns):
        sheet.put(row, at, column.header, dress.look("head"))
    fit(sheet, range(top, row + 1), 28)
    return row


def _who(sheet: Sheet, form: Form, dress: Dress) -> int:
    """Write 填报单位 and the blanks for who filled it in; gives the last row used."""
    page = dress.pages["form"]
    last = len(page.columns) - 1
    row, at = 1, 0
    for key in ("office", *_BLANKS):
        label, after = _split(sheet, at, _LABEL, last)
        if at and after > last:  # no room for label and blank in this row
            row, at = row + 1, 0
            label, after = _split(sheet, at, _LABEL, last)
        value, beyond = _split(sheet, after, _BLANK * 2 if key == "office" else _BLANK, last)
        sheet.merge(Area(row, at, row, label), page.say(key), dress.look("label"))
        blank = Area(row, after, row, value)
        if key == "office":
            sheet.merge(blank, form.office.name, dress.look("given"))
        else:
            sheet.merge(blank, None, dress.look("blank_date" if key == "date" else "blank"))
        if key == "date":
            _date(sheet, blank, form, page)
        at = beyond
    return row


def _date(sheet: Sheet, blank: Area, form: Form, page: Page) -> None:
    example = (form.deadline or form.period.start).isoformat()
    start = date(form.period.year, 1, 1)
    message = page.say("date_message", example=example)
    choice = Choice(blank, "date", minimum=start, strict=False, title=page.say("date_title"), message=message)
    sheet.choices.append(choice)


def _split(sheet: Sheet, start: int, width: float, last: int) -> tuple[int, int]:
    """The last of the columns from `start` that are together so wide, and the one after it."""
    at, have = start, sheet.widths.get(start, 0.0)
    while have < width and at < last:
        at += 1
        have += sheet.widths[at]
    return at, at + 1
