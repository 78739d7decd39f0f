"""Filling owners into a plan workbook that people have edited: which cells get which texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.book import address
from xlplan.books.plan.layout import ROW_FIELDS
from xlplan.books.table import find_table
from xlplan.headers import Field
from xlplan.model import Role
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.book import Book
    from xlplan.books.table import Table, TableRow

_COPIED = (Field.SERIAL, Field.SECTION, Field.TASK)


def owner_cells(
    book: Book, leads: Mapping[str, str], supports: Mapping[str, Sequence[str]], lang: str
) -> dict[tuple[str, str], str]:
    """The texts to set, by sheet and address: a lead in its task's open rows, a new row per supporting office."""
    tables = [table for sheet in book.sheets if (table := find_table(sheet, ROW_FIELDS, [frozenset({Field.CODE})]))]
    table = max(tables, key=lambda one: len(one.matches))
    rows = list(table.rows())
    cells: dict[tuple[str, str], str] = {}
    free = len(table.sheet.rows)
    for task in sorted({*leads, *supports}):
        own = [row for row in rows if row.text(Field.CODE).rpartition("-")[0] == task]
        for row in own:
            if task in leads and not row.text(Field.OFFICE):
                cells |= _texts(table, row.index, {Field.OFFICE: leads[task], Field.ROLE: word(Role.LEAD, lang)})
        there = {row.text(Field.OFFICE) for row in own}
        for office in supports.get(task, ()):
            if own and office not in there:
                cells |= _texts(table, free, _support(own[0], office, lang))
                free += 1
    return cells


def _support(row: TableRow, office: str, lang: str) -> dict[Field, str]:
    copied = {name: row.text(name) for name in _COPIED}
    return copied | {Field.OFFICE: office, Field.ROLE: word(Role.SUPPORT, lang)}


def _texts(table: Table, row: int, texts: Mapping[Field, str]) -> dict[tuple[str, str], str]:
    columns = table.columns
    return {(table.sheet.name, address(row, columns[name])): text for name, text in texts.items() if name in columns}
