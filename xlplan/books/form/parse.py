"""Reading a form that came back: its stamp, what its head says, and every row by header, never by position."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from xlplan.book import Mark, address, column_name
from xlplan.books.form.layout import STAMP_KEYS, STAMP_SHEET, joined_property
from xlplan.books.form.origins import ORIGIN_SHEETS, read_origins
from xlplan.books.table import find_table, text_of
from xlplan.headers import ENTRY, LOCKED, Field
from xlplan.model import EXTRA, Returned, ReturnedRow, ReturnedSheet, Sent, Stamp, Written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.book import Book, Sheet, Value
    from xlplan.books.table import Table, TableRow
    from xlplan.model import Heading


WANTED = (
    *LOCKED,
    *ENTRY,
    Field.CONTENT,
    Field.SECTION,
    Field.LEADER,
    Field.UNIT,
    Field.VALUE,
    Field.LEAD,
    Field.SUPPORT,
)
REQUIRED = (
    frozenset({Field.CODE, Field.TASK, Field.SERIAL}),
    frozenset({Field.TASK, Field.CODE, Field.TARGET}),
    frozenset(ENTRY),
)
_PLAN = frozenset(LOCKED)
_REMEMBERED = 1 << 13  # rows
Cells = tuple[tuple[str, Written], ...]
_OFFICE = re.compile(r"填报(?:单位|科室|部门)(?:\(.{0,4}?\))?[::]?")


@dataclass(frozen=True)
class Columns:
    """The columns that make a table a form: those wanted, one at least of each set required, a template's own words.

    `renamed` has None for columns that the template adds; of those the `shown` ones are not for the office to fill.
    `sent` knows the forms that were sent when the template was another, and had other columns than these `headings`.
    """

    wanted: tuple[Field, ...] = WANTED
    required: tuple[frozenset[Field], ...] = REQUIRED
    renamed: Mapping[str, Field | None] = field(default_factory=dict)
    asked: tuple[tuple[str, str], ...] = ()
    shown: frozenset[str] = frozenset()
    foot: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    sent: Sent = field(default_factory=Sent)

    @property
    def own(self) -> tuple[str, ...]:
        """The headers of the columns that the template adds."""
        return tuple(header for header, name in self.renamed.items() if name is None)

    def of(self, book: Book) -> Columns:
        """The columns that a workbook was sent with: by its stamp, else those that its tables have most of."""
        if not self.headings:
            return self
        if stamp := read_stamp(book):
            layout = self.sent.editions.get((stamp.office, stamp.period), {}).get(stamp.edition, "")
            return self.under(self.sent.columns(layout))
        kinds = dict.fromkeys(self.sent.columns(layout) for layout in self.sent.layouts)
        return max((self, *map(self.under, kinds)), key=lambda one: one.found_in(book))

    def under(self, headings: tuple[Heading, ...]) -> Columns:
        """The columns under other headings."""
        return self if headings in {(), self.headings} else columns_of(headings, self.foot)

    def found_in(self, book: Book) -> int:
        """How many of these columns a table of the workbook has."""
        tables = (find_table(sheet, self.wanted, self.required, self.renamed) for sheet in book.sheets)
        return max((len(table.matches) for table in tables if table), default=0)


FORM = Columns()


def columns_of(headings: tuple[Heading, ...], foot: tuple[str, ...] = (), sent: Sent | None = None) -> Columns:
    """The columns of forms that were made with these; `foot` is how lines below their tables begin."""
    fields = {one.field for one in headings}
    wanted = (*WANTED, Field.LEAD_PROGRESS) if Field.LEAD_PROGRESS in fields else WANTED
    asked = tuple((one.field, one.header) for one in headings if one.field in ENTRY)
    renamed = {one.header: None if one.field == EXTRA else Field(one.field) for one in headings}
    shown = frozenset(one.header for one in headings if one.field == EXTRA and not one.filled)
    return Columns(wanted, renamed=renamed, asked=asked, shown=shown, foot=foot, headings=headings, sent=sent or Sent())


def parse(book: Book, file: str, sha256: str, columns: Columns = FORM) -> Returned:
    """Everything that a returned workbook says, in tables that have these columns."""
    columns = columns.of(book)
    tables = [
        (sheet, find_table(sheet, columns.wanted, columns.required, columns.renamed))
        for sheet in book.sheets
        if sheet.name not in {STAMP_SHEET, *ORIGIN_SHEETS}
    ]
    found = tuple(_sheet(sheet, table, columns) for sheet, table in tables if table)
    return Returned(file, sha256, found, read_stamp(book), book.modified, read_origins(book))


def read_stamp(book: Book) -> Stamp | None:
    """The stamp from the document properties, else from the hidden sheet; None when both are gone or unreadable."""
    raw = joined_property(book.properties)
    if raw and (stamp := _stamp_of(_facts_of(raw))):
        return stamp
    sheet = book.sheet(STAMP_SHEET)
    if sheet is None:
        return None
    pairs = {text_of(row[0]): text_of(row[1]) for row in sheet.rows if len(row) > 1}
    return _stamp_of(pairs)


def _facts_of(raw: str) -> dict[str, object]:
    try:
        facts = json.loads(raw)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _stamp_of(facts: Mapping[str, object]) -> Stamp | None:
    plan, office, period, edition, rows, signature = (facts.get(key) for key in STAMP_KEYS)
    if isinstance(rows, str):
        rows = _list_of(rows)
    number = str(edition)
    if not isinstance(rows, list) or not number.isdecimal():
        return None
    return Stamp(str(plan), str(office), str(period), int(number), tuple(str(row) for row in rows), str(signature))


def _list_of(raw: str) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _sheet(sheet: Sheet, table: Table, columns: Columns) -> ReturnedSheet:
    above = [[text_of(cell) for cell in row] for row in sheet.rows[: table.header]]
    heading = " ".join(text for row in above for text in row if text)
    reader = _Rows(table, columns.shown)
    rows = tuple(reader.read(row) for row in table.rows())
    if columns.foot:
        rows = tuple(row for row in rows if not _is_foot(row, columns.foot))
    named = _named_office(above)
    return ReturnedSheet(sheet.name, rows, tuple(table.columns), named, heading, columns.asked, columns.own)


def _is_foot(row: ReturnedRow, foot: tuple[str, ...]) -> bool:
    """Whether a row holds nothing but what stands below the table in the bureau's own form."""
    texts = (cell.text for _, cell in (*row.cells, *row.extra) if cell.text)
    return all(text.startswith(foot) for text in texts)


def _named_office(above: list[list[str]]) -> str:
    """What stands behind 填报单位, in the same cell or the next filled one."""
    for row in above:
        for column, text in enumerate(row):
            plain = unicodedata.normalize("NFKC", text)
            if found := _OFFICE.search(plain):
                rest = plain[found.end() :].lstrip(" :_")
                behind = (other for other in row[column + 1 :] if other)
                return re.split(r"\s{2,}|填报人|联系", rest)[0].strip(" _") if rest else next(behind, "")
    return ""


class _Rows:
    """Reads the rows of one table.

    What stands in the locked columns was read for thousands of other offices before, most likely, and is remembered.
    """

    known: ClassVar[dict[tuple[object, ...], Cells]] = {}

    def __init__(self, table: Table, shown: frozenset[str]) -> None:
        self.sheet = table.sheet
        self.columns = list(table.columns.items())
        self.extra = [(header, column) for header, column in table.extra.items() if header not in shown]
        self.shown = [(header, column) for header, column in table.extra.items() if header in shown]
        count = next((at for at, (name, _) in enumerate(self.columns) if name not in _PLAN), len(self.columns))
        self.locked, self.open = self.columns[:count], self.columns[count:]
        self.width = max(column for _, column in (*self.columns, *self.extra, *self.shown)) + 1
        self.pick = itemgetter(*(column for _, column in self.locked)) if count > 1 else None
        self.marked = {row for row, _ in self.sheet.marks}
        self.names = tuple(self.locked)
        self.covered: set[int] | None = None

    def read(self, row: TableRow) -> ReturnedRow:
        """One row; where nothing is merged into it or marked in it, the short way."""
        if self.covered is None:
            self.covered = {at for at, _ in row.covered}
        if self.pick is None or row.index in self.marked or row.index in self.covered:
            parts = (self.columns, self.extra, self.shown)
            return ReturnedRow(row.index, *(tuple((name, _written(row, at)) for name, at in part) for part in parts))
        values = self.sheet.rows[row.index]
        if len(values) < self.width:
            values = values + [None] * (self.width - len(values))
        at = row.index + 1
        return ReturnedRow(
            row.index,
            self._locked(at, self.pick(values)) + _plain_cells(self.open, values, at),
            _plain_cells(self.extra, values, at),
            _plain_cells(self.shown, values, at),
        )

    def _locked(self, at: int, values: tuple[Value, ...]) -> Cells:
        key = (at, self.names, values, *map(type, values))  # 1 and True are one key, but not one text
        cells = self.known.get(key)
        if cells is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            pairs = zip(self.locked, values, strict=True)
            cells = tuple(
                (name, Written(text_of(value), f"{column_name(column)}{at}")) for (name, column), value in pairs
            )
            self.known[key] = cells
        return cells


def _plain_cells(columns: list[tuple[Any, int]], values: Sequence[Value], at: int) -> Cells:
    return tuple([(name, Written(text_of(values[column]), f"{column_name(column)}{at}")) for name, column in columns])


def _written(row: TableRow, column: int) -> Written:
    origin = row.origin(column)
    value = row.sheet.value(*origin)
    marks = row.sheet.marks.get(origin)
    if marks is None:
        return Written(text_of(value), address(*origin), origin[0] < row.index)
    percent = Mark.PERCENT in marks and isinstance(value, int | float) and not isinstance(value, bool)
    text = f"{text_of(Decimal(repr(value)) * 100)}%" if percent else text_of(value)
    shared = origin[0] < row.index
    return Written(text, address(*origin), shared, Mark.ERROR in marks, Mark.NO_CACHE in marks, Mark.PICTURE in marks)
