"""Workbooks that hold a breakdown table: the visible sheets as grids, their merged cells filled."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import Visibility
from xlplan.files.documents.source import Source, Unreadable
from xlplan.files.workbook import read_book
from xlplan.finding import Place
from xlplan.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.book import Sheet
    from xlplan.finding import Finding

_MAX_ROWS, _MAX_COLUMNS = 20_000, 200
_TITLES = 6
_PASSWORD = "F101"  # noqa: S105 - the code of a rule


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The sheets of a workbook: their title rows as paragraphs, the rest as a grid."""
    book, trouble = read_book(source.content, source.path.name)
    if book is None:
        locked = any(one.code == _PASSWORD for one in trouble)
        raise Unreadable(rules.find("D105", source.place) if locked else trouble[0])
    found: list[Finding] = []
    blocks: list[Paragraph | Grid] = []
    for sheet in book.sheets:
        if sheet.visibility is Visibility.VISIBLE:
            rows = _rows(sheet)
            if len(sheet.rows) > _MAX_ROWS:
                found.append(rules.find("D110", Place(source.path.name, sheet.name), limit=_MAX_ROWS))
            blocks += _blocks(rows, Place(source.path.name, sheet.name))
    return blocks, found


def _rows(sheet: Sheet) -> list[list[str]]:
    """The texts of a sheet, every row as wide as the widest; a merged cell's text stands in each cell it covers."""
    width = min(max((len(row) for row in sheet.rows), default=0), _MAX_COLUMNS)
    rows = [[_shown(value) for value in row[:width]] for row in sheet.rows[:_MAX_ROWS]]
    for row in rows:
        row.extend([""] * (width - len(row)))
    for area in sheet.merges:
        if area.top < len(rows) and area.left < width:
            for row in rows[area.top : area.bottom + 1]:
                row[area.left : area.right + 1] = [rows[area.top][area.left]] * (
                    min(area.right, width - 1) - area.left + 1
                )
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _shown(value: object) -> str:
    """A cell's value as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _blocks(rows: list[list[str]], place: Place) -> Iterator[Paragraph | Grid]:
    """The title rows (one text each) as paragraphs; the whole sheet as a grid, so that cells keep their addresses."""
    for at, row in enumerate(rows[:_TITLES]):
        told = {cell for cell in row if cell}
        if len(told) == 1:
            yield Paragraph(told.pop(), Place(place.file, place.sheet, f"A{at + 1}"))
        elif told:
            break
    if rows:
        yield Grid(tuple(tuple(row) for row in rows), place)
