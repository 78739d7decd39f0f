"""What every sheet of the consolidated workbook is made from, and the flat tables that most of them are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from xlplan.book import Area, Cell, ListTable, address, column_name
from xlplan.books.metrics import fit
from xlplan.books.template.record import EXTRA
from xlplan.books.values import day_text
from xlplan.words import SHAPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.book import Book, Content, Look, Sheet
    from xlplan.books.consolidated.figures import Figures
    from xlplan.books.template import Dress, Page
    from xlplan.model import Context, Light, Section, Tally, Task

Row: TypeAlias = "Mapping[str, Content | Cell]"
_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")  # what Excel would take for the code of a character
_LONGEST = 200  # characters of a table's header; Excel takes 255
_TOP = 2  # the title and the caption above a flat table


@dataclass(frozen=True)
class Work:
    """A period to be shown: its tally and context, its figures, and the dress of the workbook."""

    tally: Tally
    context: Context
    figures: Figures
    dress: Dress
    tasks: Mapping[str, Task]
    sections: Mapping[str, Section]

    @property
    def lang(self) -> str:
        """The workbook's language."""
        return self.dress.lang

    def facts(self) -> dict[str, str]:
        """What titles and captions may name."""
        plan, period, lang = self.tally.plan, self.tally.period, self.lang
        deadline = self.context.deadline
        return {
            "plan": plan.title,
            "issuer": plan.issuer,
            "period": period.label(lang),
            "end": day_text(period.end - timedelta(days=1), lang),
            "today": day_text(self.context.today, lang),
            "pace": f"{float(period.pace):.1%}",
            "deadline": day_text(deadline, lang) if deadline else "—",
        }

    def light(self, light: Light) -> str:
        """A light as it is written: its shape and its word."""
        return f"{SHAPES[light]} {self.tally.sign(light).word(self.lang)}"

    def look(self, light: Light) -> Look:
        """The look of a cell that shows a light."""
        return self.dress.look(light.value)


@dataclass(frozen=True)
class Placed:
    """Where a flat table's rows ended up."""

    sheet: str
    first: int
    last: int
    columns: Mapping[str, int]

    def area(self, field: str) -> Area | None:
        """The cells of a field; None when there is no such column or no row."""
        if field not in self.columns or self.last < self.first:
            return None
        return Area(self.first, self.columns[field], self.last, self.columns[field])

    def reference(self, field: str) -> str:
        """The cells of a field for a formula on any sheet; empty when there are none."""
        area = self.area(field)
        if area is None:
            return ""
        name = column_name(area.left)
        sheet = self.sheet.replace("'", "''")
        return f"'{sheet}'!${name}${area.top + 1}:${name}${area.bottom + 1}"

    def cell(self, row: int) -> str:
        """The address of the first cell of a row, counted from 0 in the table."""
        return address(self.first + row, 0)


def put_flat(book: Book, work: Work, key: str, rows: Sequence[Row], totals: Row | None = None) -> Placed:
    """Write a sheet with a title, a caption and a flat table that filters; below it the totals, if any."""
    page = work.dress.pages[key]
    sheet = book.add(page.name)
    last = len(page.columns) - 1
    sheet.widths = {at: column.width for at, column in enumerate(page.columns)}
    side = "_left" if page.print.fit_wide > 1 else ""  # in the middle of two pages a title would be torn
    for row, name in enumerate(("title", "caption")):
        sheet.merge(Area(row, 0, row, last), page.say(name, **work.facts()), work.dress.look(name + side))
    names = _names(page)
    for at, name in enumerate(names):
        sheet.put(_TOP, at, name, work.dress.look("head"))
    first = _TOP + 1
    for row, values in enumerate(rows, first):
        _put_row(sheet, row, values, page)
    bottom = first + len(rows) - 1
    if rows:
        sheet.tables.append(ListTable(Area(_TOP, 0, bottom, last), f"{key}_list", names))
    else:
        sheet.merge(Area(first, 0, first, last), page.say("none"), work.dress.look("short"))
    if totals:
        _put_row(sheet, bottom + 1, totals, page)
    _finish(sheet, page, first, max(bottom, first) + bool(totals))
    return Placed(page.name, first, bottom, {column.field: at for at, column in enumerate(page.columns)})


def _names(page: Page) -> tuple[str, ...]:
    """The headers as Excel wants them in a table: none too long, none twice whatever its case, nothing to decode."""
    names: dict[str, str] = {}
    for column in page.columns:
        plain = "".join(one for one in column.header if one.isprintable()).strip()[:_LONGEST]
        base = header = _ESCAPE.sub("x", plain) or "—"
        number = 2
        while header.casefold() in names:
            header, number = f"{base} {number}", number + 1
        names[header.casefold()] = header
    return tuple(names.values())


def _put_row(sheet: Sheet, row: int, values: Row, page: Page) -> None:
    for at, column in enumerate(page.columns):
        key = f"{EXTRA}:{column.header}" if column.field == EXTRA else column.field
        value = values.get(key)
        if isinstance(value, Cell):
            sheet.cells[row, at] = value
        else:
            sheet.put(row, at, None if value == "" else value, column.look)


def _finish(sheet: Sheet, page: Page, first: int, bottom: int) -> None:
    fit(sheet, range(first), 24)
    if bottom - first < page.numbers["most_fitted"]:  # beyond that a program fits the rows when it opens the file
        fit(sheet, range(first, bottom + 1), 20)
        sheet.growing |= set(range(first, bottom + 1))
    sheet.freeze = (first, 0)
    sheet.print = replace(page.print, repeat=(first - 1, first - 1))
