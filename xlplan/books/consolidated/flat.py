"""The flat tables that most sheets of the consolidated workbook are: a title, a caption, a header, rows to filter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from xlplan.book import Area, Cell, Formula, address, column_name
from xlplan.book.parts import ListTable, Stream
from xlplan.books.metrics import fit
from xlplan.model import EXTRA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xlplan.book import Book, Content, Sheet
    from xlplan.books.consolidated.work import Work
    from xlplan.books.template import Page

FIRST = 3
"""The first row of a flat table, below title, caption and header."""

Row: TypeAlias = "Mapping[str, Content | Cell]"
Item = TypeVar("Item")
_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")  # what Excel would take for the code of a character
_LONGEST = 200  # characters of a table's header; Excel takes 255


@dataclass(frozen=True)
class Rows(Generic[Item]):
    """The rows of a table: what they are made of, and how one is made. Made when they are asked for."""

    items: Sequence[Item]
    make: Callable[[Item], Row]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Row]:
        return map(self.make, self.items)


@dataclass(frozen=True)
class Flat:
    """A flat table: the key of its page, the page where it is not the template's, its rows and totals.

    `number` counts the tables of one page, whose sheets then have a `name` of their own. `facts` are more that title
    and caption may name; `caption` and `empty` are the keys of the page's texts below the title and where no row is.
    """

    key: str
    rows: Rows[Any]
    page: Page
    totals: Row | None = None
    name: str = ""
    number: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)
    caption: str = "caption"
    empty: str = "none"


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

    def count(self, field: str, words: Sequence[str], value: int) -> Content:
        """How many cells of a field hold one of some words, as a formula where there are any cells."""
        cells = self.reference(field)
        if not cells:
            return value
        quoted = ('"' + one.replace('"', '""') + '"' for one in words)
        return Formula("+".join(f"COUNTIF({cells},{one})" for one in quoted), value)

    def sum(self, field: str, value: int) -> Content:
        """The sum of a field's cells, as a formula where there are any."""
        cells = self.reference(field)
        return Formula(f"SUM({cells})", value) if cells else value

    def cell(self, row: int) -> str:
        """The address of the first cell of a row, counted from 0 in the table."""
        return address(self.first + row, 0)


def put_flat(book: Book, work: Work, flat: Flat) -> Placed:
    """Write a sheet with a title, a caption and a flat table that filters; below it the totals, if any.

    A table of more rows than the template's `most_fitted` is streamed: its rows are made while they are written, and
    their heights are left to the program that opens the file.
    """
    page, count = flat.page, len(flat.rows)
    sheet = book.add(flat.name or page.name)
    last = len(page.columns) - 1
    sheet.widths = {at: column.width for at, column in enumerate(page.columns)}
    names = _names(page)
    _head(sheet, work, flat, names)
    rows = chain(flat.rows, [flat.totals] if flat.totals else [])
    bottom = FIRST + count - 1
    if count > page.numbers["most_fitted"]:
        looks = tuple(column.look for column in page.columns)
        also = tuple(work.dress.looks.values())
        sheet.stream = Stream(FIRST, count + bool(flat.totals), looks, lambda: _streamed(flat), also)
    else:
        for row, values in enumerate(rows, FIRST):
            _put_row(sheet, row, values, page)
    if count:
        name = f"{flat.key}_list{flat.number or ''}"
        sheet.tables.append(ListTable(Area(FIRST - 1, 0, bottom, last), name, names))
    else:
        sheet.merge(Area(FIRST, 0, FIRST, last), page.say(flat.empty), work.dress.look("short"))
    _finish(sheet, page, max(bottom, FIRST) + bool(flat.totals))
    return Placed(sheet.name, FIRST, bottom, {column.field: at for at, column in enumerate(page.columns)})


def _head(sheet: Sheet, work: Work, flat: Flat, names: Sequence[str]) -> None:
    page = flat.page
    wide = page.print.fit_wide > 1
    side = "_left" if wide else ""  # in the middle of two pages a title would be torn
    left = min(len(page.columns) - 1, int(wide))  # and the column that is repeated would repeat its beginning
    for row, (key, look) in enumerate((("title", "title"), (flat.caption, "caption"))):
        text = page.say(key, **work.facts(), **flat.facts)
        sheet.merge(Area(row, left, row, len(page.columns) - 1), text, work.dress.look(look + side))
    for at, name in enumerate(names):
        sheet.put(FIRST - 1, at, name, work.dress.look("head"))


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


def keys_of(page: Page) -> list[str]:
    """By what each column's value is found in a row."""
    return [f"{EXTRA}:{one.header}" if one.field == EXTRA else one.field for one in page.columns]


def _streamed(flat: Flat) -> Iterator[Sequence[Content | Cell]]:
    keys = keys_of(flat.page)
    for values in chain(flat.rows, [flat.totals] if flat.totals else []):
        yield [values.get(key) for key in keys]


def _put_row(sheet: Sheet, row: int, values: Row, page: Page) -> None:
    for at, (key, column) in enumerate(zip(keys_of(page), page.columns, strict=True)):
        value = values.get(key)
        if isinstance(value, Cell):
            sheet.cells[row, at] = value
        else:
            sheet.put(row, at, None if value == "" else value, column.look)


def _finish(sheet: Sheet, page: Page, bottom: int) -> None:
    fit(sheet, range(FIRST), 24)
    if not sheet.stream:
        fit(sheet, range(FIRST, bottom + 1), 20)
        sheet.growing |= set(range(FIRST, bottom + 1))
    sheet.freeze = (FIRST, 0)
    sheet.print = replace(page.print, repeat=(FIRST - 1, FIRST - 1))
