"""Workbooks that hold a breakdown table: the visible sheets as grids, their merged cells filled."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from xlplan import rules
from xlplan.files.documents.source import MAX_TOTAL, Source, Unreadable
from xlplan.finding import Place
from xlplan.model import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.finding import Finding

_MAX_ROWS, _MAX_COLUMNS = 20_000, 200
_TITLES = 6


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The sheets of a workbook: their title rows as paragraphs, the rest as a grid."""
    found: list[Finding] = []
    blocks: list[Paragraph | Grid] = []
    _preflight(source)
    book = _opened(source)
    for sheet in book.sheets_metadata:
        if str(sheet.visible) != "SheetVisibleEnum.Visible" or str(sheet.typ) != "SheetTypeEnum.WorkSheet":
            continue
        rows = _rows(book.get_sheet_by_name(sheet.name))
        if len(rows) > _MAX_ROWS:
            found.append(rules.find("D110", Place(source.path.name, sheet.name), limit=_MAX_ROWS))
        blocks += _blocks(rows[:_MAX_ROWS], Place(source.path.name, sheet.name))
    return blocks, found


def _preflight(source: Source) -> None:
    """Refuse what would not fit in memory before the reader sees it."""
    total = sum(info.file_size for info in source.members.values())
    if total > MAX_TOTAL:
        raise Unreadable(rules.find("D106", source.place, reason=f"{total // 2**20} MB"))


def _opened(source: Source) -> Any:  # noqa: ANN401 - the reader's workbook has no public type
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(source.content))
    except PasswordError as problem:
        raise Unreadable(rules.find("D105", source.place)) from problem
    except (CalamineError, OSError, ValueError) as problem:
        raise Unreadable(rules.find("D103", source.place, reason=type(problem).__name__)) from problem
    except BaseException as problem:  # a panic of the reader is no Exception
        if type(problem).__name__ != "PanicException":
            raise
        raise Unreadable(rules.find("D103", source.place, reason="damaged")) from problem


def _rows(sheet: Any) -> list[list[str]]:  # noqa: ANN401 - the reader's sheet has no public type
    values = sheet.to_python(skip_empty_area=False, nrows=_MAX_ROWS + 1)
    rows = [[_shown(value) for value in row[:_MAX_COLUMNS]] for row in values]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : min(bottom, _MAX_ROWS) + 1]:
            for column in range(left, min(right, len(row) - 1) + 1):
                row[column] = rows[top][left]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _shown(value: object) -> str:
    """A cell's value as a person sees it."""
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
