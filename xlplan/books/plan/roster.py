"""The offices of a plan as a table: the offices sheet of plan.xlsx, or a roster file of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import address
from xlplan.books.plan.layout import OFFICE_FIELDS
from xlplan.books.table import find_table
from xlplan.finding import Place
from xlplan.headers import Field
from xlplan.marks import half, split_list
from xlplan.model import Office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Book, Sheet
    from xlplan.books.table import TableRow
    from xlplan.finding import Finding


def parse_roster(book: Book, file: str) -> tuple[tuple[Office, ...], list[Finding]]:
    """The offices of a roster file: the first sheet that has a column of names."""
    for sheet in book.sheets:
        offices, found = read_offices(sheet, file)
        if offices:
            return offices, found
    return (), [rules.find("P217", Place(file), file=file)]


def read_offices(sheet: Sheet, file: str) -> tuple[tuple[Office, ...], list[Finding]]:
    """The offices listed on a sheet; a code that stands twice is dropped. A repeated name is a finding."""
    table = find_table(sheet, OFFICE_FIELDS, [frozenset({Field.NAME})])
    if table is None:
        return (), []
    offices: list[Office] = []
    found: list[Finding] = []
    names: set[str] = set()
    rows = [row for row in table.rows() if row.text(Field.NAME)]
    given = [half(row.text(Field.CODE)) for row in rows]
    codes = Counter(given)
    for row, code in zip(rows, given, strict=True):
        office = _office(row, code if codes[code] == 1 else "")
        twice = [name for name in office.names if half(name) in names]
        place = Place(file, sheet.name, row.cell(Field.NAME) or address(row.index, 0))
        found += [rules.find("P214", place, name=name) for name in twice]
        names.update(map(half, office.names))
        if office.name not in twice:
            offices.append(office)
    return _spelled(offices), found


def _spelled(offices: Sequence[Office]) -> tuple[Office, ...]:
    """The offices with their members' names in the width in which these offices' own names are written."""
    own = {half(name): name for office in offices for name in office.names}
    return tuple(
        replace(office, members=tuple(own.get(half(name), name) for name in office.members))
        if office.members
        else office
        for office in offices
    )


def _office(row: TableRow, code: str) -> Office:
    name = row.text(Field.NAME)
    return Office(
        code,
        name,
        tuple(alias for alias in dict.fromkeys(split_list(row.text(Field.ALIASES))) if alias != name),
        split_list(row.text(Field.MEMBERS)),
        row.text(Field.LEADER),
        row.text(Field.CONTACT),
        split_list(row.text(Field.DUTIES)),
    )
