"""Tables inside sheets: finding the header row wherever it stands, and reading the rows below it by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from xlplan.book import address
from xlplan.headers import Field, Match, is_header, match_row, plain_header
from xlplan.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xlplan.book import Sheet, Value

_SEARCHED = 60  # a header stands near the top; below this many rows there is only data
_DEEPEST = 6  # rows of one header
_LARGEST_MERGE = 5000  # cells
_SPACED = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def text_of(value: Value) -> str:
    """A cell's value as the text that people see: whole numbers without a point, dates as 2019-06-30."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() if "\r" in value else value.strip()
    if isinstance(value, int):
        return str(value).upper() if isinstance(value, bool) else str(value)
    if isinstance(value, float | Decimal):
        return _float_text(value) if isinstance(value, float) else plain_number(value)
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def plain_number(value: Decimal) -> str:
    """A number without an exponent and without trailing zeros: `240`, `11.5`; `NaN` and the like as they are."""
    if not value.is_finite():
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _float_text(value: float) -> str:
    text = repr(value)
    usual = text.replace(".", "", 1).isdecimal()  # no sign, no exponent
    return text.removesuffix(".0") if usual else plain_number(Decimal(text))


Head: TypeAlias = tuple[int, str, Field]


@dataclass(eq=False)  # not frozen: tables have ten thousands of rows, and freezing makes each three times as dear
class TableRow:
    """One row below a header: its 0-based index, its texts by field, and the columns that no field claims."""

    sheet: Sheet
    index: int
    columns: Mapping[Field, int]
    extra: Mapping[str, int]
    covered: Mapping[tuple[int, int], tuple[int, int]]

    def text(self, field: Field) -> str:
        """The text of a field's cell; empty when the table has no such column."""
        return self.texts.get(field, "")

    @once
    def texts(self) -> Mapping[Field, str]:
        """The texts of the cells that hold anything, by field."""
        if self.covered or self.sheet.cells:
            return {field: text_of(self.value(field)) for field in self.columns}
        row = self.sheet.rows[self.index]
        width = len(row)
        filled = ((field, row[at]) for field, at in self.columns.items() if at < width)
        return {field: text_of(value) for field, value in filled if value is not None}

    def value(self, field: Field) -> Value:
        """The value of a field's cell; one that a merged cell covers has that one's value."""
        column = self.columns.get(field)
        return None if column is None else self.sheet.value(*self.origin(column))

    def origin(self, column: int) -> tuple[int, int]:
        """The 0-based place that a cell's value stands in: its own, or the top left of the merged cell over it."""
        return self.covered.get((self.index, column), (self.index, column))

    def cell(self, field: Field) -> str:
        """The address of a field's cell, such as `K7`; empty when there is no such column."""
        column = self.columns.get(field)
        return "" if column is None else address(self.index, column)

    def extras(self) -> tuple[tuple[str, str], ...]:
        """The filled cells of the user's own columns, by header."""
        texts = ((header, text_of(self.sheet.value(self.index, column))) for header, column in self.extra.items())
        return tuple((header, text) for header, text in texts if text)

    @property
    def is_blank(self) -> bool:
        """Whether no cell of the table's columns holds anything of its own."""
        if not self.covered and any(self.texts.values()):
            return False
        columns = (*self.columns.values(), *self.extra.values())
        return not any(text_of(self.sheet.value(self.index, column)) for column in columns)


@dataclass(frozen=True)
class Table:
    """A table of a sheet: its header row, which column is which field, and how each was recognised."""

    sheet: Sheet
    header: int
    matches: Mapping[int, Match]
    extra: Mapping[str, int]

    @once
    def columns(self) -> dict[Field, int]:
        """The 0-based column of each field."""
        return {match.field: column for column, match in self.matches.items()}

    @once
    def heads(self) -> tuple[Head, ...]:
        """The columns that the header row itself names, with its words."""
        heads = ((column, self.sheet.value(self.header, column), match.field) for column, match in self.matches.items())
        return tuple((column, text_of(head), field) for column, head, field in heads if head is not None)

    @once
    def covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell that a merged one covers from above, where the value stands."""
        return _covered(self.sheet)

    @once
    def _merged(self) -> frozenset[int]:
        return frozenset(row for row, _ in self.covered)

    def rows(self) -> Iterator[TableRow]:
        """The rows that hold something; repetitions of the header are left out."""
        every = map(self.row, range(self.header + 1, len(self.sheet.rows)))
        return (row for row in every if row)

    def row(self, index: int) -> TableRow | None:
        """A row below the header; None when it holds nothing or repeats the header."""
        row = TableRow(self.sheet, index, self.columns, self.extra, self.covered if index in self._merged else {})
        if row.is_blank:
            return None
        full = len(row.texts) >= len(self.heads)  # most rows are not, and need not be compared
        return None if full and repeats_header(self.heads, partial(self.sheet.value, index)) else row


def repeats_header(heads: Sequence[Head], value_at: Callable[[int], Value]) -> bool:
    """Whether a row is the header once more, in its own words or in the usual ones."""
    texts = ((text_of(value_at(column)), head, field) for column, head, field in heads)
    return bool(heads) and all(text == head or is_header(text, field) for text, head, field in texts)


def _covered(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell that a merged one covers from above, where the value stands.

    What is merged over several columns belongs to the first; a merge far larger than any table says nothing.
    """
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merges:
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _LARGEST_MERGE:
            for row in range(area.top, area.bottom + 1):
                places[row, area.left] = (area.top, area.left)
    return places


def find_table(
    sheet: Sheet,
    wanted: Sequence[Field],
    required: Sequence[frozenset[Field]],
    renamed: Mapping[str, Field | None] | None = None,
) -> Table | None:
    """The table whose header names most of the `wanted` fields, and at least one field of each `required` set.

    A header over several rows is found by its lowest row, in which a cell merged down from above counts.
    """
    best: Table | None = None
    down = _merged_down(sheet)
    continued = {row for row, _ in down}
    enough = 1 if frozenset.intersection(*required) else 2
    for index, row in enumerate(sheet.rows[:_SEARCHED]):
        if len(row) - row.count(None) < enough and index not in continued:
            continue  # too few cells to name the fields required, or more than the header above
        cells = header_cells(sheet, index, down)
        matches = match_row(cells, wanted, renamed)
        fields = {match.field for match in matches.values()}
        if not all(fields & one for one in required):
            continue
        goes_on = best and any(down.get((index, column), index) <= best.header for column in matches)
        if best is None or len(matches) >= len(best.matches) + (not goes_on):
            best = Table(sheet, index, matches, _unclaimed(cells, matches, renamed or {}))
            enough = len(matches) + 1
    return best


def header_cells(sheet: Sheet, index: int, down: Mapping[tuple[int, int], int] | None = None) -> list[Value]:
    """The cells of a header's lowest row, with those that are merged down into it from above."""
    down = _merged_down(sheet) if down is None else down
    cells = list(sheet.rows[index])
    if not down:
        return cells
    for (row, column), top in down.items():
        if row == index:
            cells += [None] * (column + 1 - len(cells))
            cells[column] = sheet.value(top, column)
    return cells


def _merged_down(sheet: Sheet) -> dict[tuple[int, int], int]:
    """For each cell that a cell above it in its column is merged over, near the top: that one's row."""
    areas = [area for area in sheet.merges if area.top < area.bottom < _SEARCHED and area.bottom - area.top < _DEEPEST]
    return {(row, area.left): area.top for area in areas for row in range(area.top + 1, area.bottom + 1)}


def _unclaimed(
    cells: Sequence[Value], matches: Mapping[int, Match], renamed: Mapping[str, Field | None]
) -> dict[str, int]:
    """The columns that name no field, by header, as the template writes it where the header is a template's own."""
    own = {plain_header(word): word for word, field in renamed.items() if field is None}
    names = header_names(cells)
    return {own.get(plain_header(name), name): column for column, name in names.items() if column not in matches}


def header_names(cells: Sequence[Value]) -> Mapping[int, str]:
    """The headers by column, each on one line; of several that read the same the second is `header 2`."""
    return _names(tuple(map(text_of, cells)))


@lru_cache(maxsize=64)  # thousands of forms have the same
def _names(texts: tuple[str, ...]) -> Mapping[int, str]:
    names: dict[int, str] = {}
    times: dict[str, int] = {}
    for column, text in enumerate(texts):
        if name := one_line(text):
            times[plain_header(name)] = number = times.get(plain_header(name), 0) + 1
            names[column] = name if number == 1 else f"{name} {number}"
    return MappingProxyType(names)


def one_line(text: str) -> str:
    """A header on one line: without letter-spacing, with a single blank between Latin words."""
    words = " ".join(text.split())
    return _SPACED.sub("", words)
