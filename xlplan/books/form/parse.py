"""Reading a form that came back: its stamp, what its head says, and every row by header, never by position."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from xlplan.books.form.layout import STAMP_KEYS, STAMP_SHEET, joined_property
from xlplan.books.form.origins import ORIGIN_SHEETS, read_origins
from xlplan.books.form.rows import Rows
from xlplan.books.table import find_table, text_of
from xlplan.headers import ENTRY, LOCKED, Field
from xlplan.marks import half
from xlplan.model import EXTRA, Returned, ReturnedSheet, Sent, Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Book, Sheet
    from xlplan.books.table import Table
    from xlplan.model import Heading, ReturnedRow


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
_OFFICE = re.compile(r"填报(?:单位|科室|部门)(?:\(.{0,4}?\))?:?")


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
        others = [one for one in map(self.under, kinds) if one is not self]
        return max((self, *others), key=lambda one: one.found_in(book)) if others else self

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
    if raw and (stamp := _stamp_in(raw)):
        return stamp
    sheet = book.sheet(STAMP_SHEET)
    if sheet is None:
        return None
    pairs = {text_of(row[0]): text_of(row[1]) for row in sheet.rows if len(row) > 1}
    return _stamp_of(pairs)


@lru_cache(maxsize=2)  # a file's stamp is asked for again and again while it is read
def _stamp_in(raw: str) -> Stamp | None:
    return _stamp_of(_facts_of(raw))


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
    return Stamp(str(plan), str(office), str(period), int(number), tuple(map(str, rows)), str(signature))


def _list_of(raw: str) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _sheet(sheet: Sheet, table: Table, columns: Columns) -> ReturnedSheet:
    above = [[text_of(cell) for cell in row] for row in sheet.rows[: table.header]]
    heading = " ".join(text for row in above for text in row if text)
    rows = tuple(Rows(table, columns.shown))
    if columns.foot:
        foot = tuple(map(half, columns.foot))
        rows = tuple(row for row in rows if not _is_foot(row, foot))
    named = _named_office(above)
    return ReturnedSheet(sheet.name, rows, tuple(table.columns), named, heading, columns.asked, columns.own)


def _is_foot(row: ReturnedRow, foot: tuple[str, ...]) -> bool:
    """Whether a row holds nothing but what stands below the table in the bureau's own form."""
    texts = (cell.text for _, cell in (*row.cells, *row.extra) if cell.text)
    return all(half(text).startswith(foot) for text in texts)


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
