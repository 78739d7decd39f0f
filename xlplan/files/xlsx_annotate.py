"""Writing marks and comments into a workbook that an office sent: what is wrong stands at the cell, and in a list."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xlplan.book import Look
from xlplan.files.xlsx_cells import clean, plain, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Cell = tuple[str, str]
"""A sheet's name and a cell's address."""

AUTHOR = "xlplan"
_MARK = "FFFFC7CE"
_LINE, _AIR, _LATIN, _RULE = 15.5, 6, "\u2e7f", "BFBFBF"
_LIST_WIDTHS = (14, 9, 12, 26, 46, 34, 46)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_CREATED = re.compile(rb"(<dcterms:created[^>]*>)[^<]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?")
_EARLIEST = 1980
_NONE = "-"  # for a cell without a fill
_SIZE, _MEMORY = 11.0, 3  # points of type; columns that remember a marked cell
_LOOKS = (Look(bold=True, fill="EDEDED"), Look())


@dataclass(frozen=True)
class Restored:
    """A row to put into a sheet at the number `at`: it looks as row `like` does; `values` by the letters of columns."""

    sheet: str
    at: int
    like: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Annotation:
    """What to write into one workbook.

    `lines` is the list of what to correct, header first, for a sheet of the name `title` that is put before all
    others. `notes` are the comments; each of their cells is marked. `values` are filled in, `restored` rows are put
    in anew. A formula stays only where it is one of `formulas` (None: all stay); every other gives way to its value in
    `shown`. `probe` are cells as they were read: where this library sees something else, the workbook is not annotated.
    `widths` are those of the list's columns, `looks` those of its header and its lines; `places` are the cells that the
    lines are about. `last` puts the list behind all other sheets.
    """

    title: str
    lines: tuple[tuple[str, ...], ...]
    saved: datetime
    notes: Mapping[Cell, str] = field(default_factory=dict)
    values: Mapping[Cell, str] = field(default_factory=dict)
    restored: tuple[Restored, ...] = ()
    shown: Mapping[Cell, object] = field(default_factory=dict)
    formulas: frozenset[str] | None = frozenset()
    probe: Mapping[Cell, str] = field(default_factory=dict)
    widths: tuple[float, ...] = _LIST_WIDTHS
    last: bool = False
    places: tuple[Cell, ...] = ()
    looks: tuple[Look, Look] = _LOOKS


def annotate(data: bytes, wanted: Annotation) -> bytes | None:
    """The workbook with its annotations; None when it cannot be edited without loss."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out; what matters is compared below
        book = load_workbook(io.BytesIO(data), keep_links=False, keep_vba=False)
    if any(
        sheet not in book.sheetnames or _plain(book[sheet][cell]) != text
        for (sheet, cell), text in wanted.probe.items()
    ):
        return None
    _forget(book, wanted.title)
    if wanted.formulas is not None:
        for page in book.worksheets:
            _still(page, wanted.formulas, wanted.shown)
    for (sheet, cell), value in wanted.values.items():
        _put(book[sheet][cell], value)
    for row in wanted.restored:
        _restore(book[row.sheet], row)
    fills = {at: _mark(book[at[0]][at[1]], text) for at, text in wanted.notes.items()}
    _list(book, wanted, fills)
    return _saved(book, wanted.saved)


def formulas_of(data: bytes) -> frozenset[str]:
    """The formulas of a workbook of our own."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
    return frozenset(str(cell.value).removeprefix("=") for cell in cells)


def _plain(cell: Any) -> str:  # noqa: ANN401 - an openpyxl cell
    return "" if cell.value is None else str(cell.value).strip()


def _forget(book: Any, title: str) -> None:  # noqa: ANN401 - an openpyxl workbook
    """Take an earlier round's list, comments and marks out; its last columns remember each cell and its fill."""
    from openpyxl.styles import PatternFill

    if title not in book.sheetnames:
        return
    earlier = book[title]
    for row in earlier.iter_rows(min_row=2, values_only=True):
        sheet, cell, fill = (str(value or "") for value in ("", "", "", *row)[-_MEMORY:])
        if sheet in book.sheetnames and sheet != title and re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]{0,6}", cell):
            target = book[sheet][cell]
            if target.comment is not None and target.comment.author == AUTHOR:
                target.comment = None
            solid = re.fullmatch(r"[0-9A-F]{8}", fill)
            target.fill = PatternFill("solid", fgColor=fill) if solid else PatternFill()
    del book[title]


def _still(
    sheet: Any,  # noqa: ANN401 - an openpyxl sheet
    formulas: frozenset[str],
    shown: Mapping[Cell, object],
) -> None:
    """Leave no formula in the sheet but those that are ours."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and str(cell.value).removeprefix("=") not in formulas:
                value = shown.get((sheet.title, cell.coordinate))
                cell.value = None
                if value is not None:
                    _put(cell, value)


def _put(cell: Any, value: object) -> None:  # noqa: ANN401 - an openpyxl cell
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        cell.value = float(value) if "." in value else int(value)
    elif isinstance(value, str):
        cell.value = plain(value)
        cell.data_type = "s"  # never a formula, whatever the text begins with
    else:
        cell.value = value


def _restore(sheet: Any, row: Restored) -> None:  # noqa: ANN401 - an openpyxl sheet
    """Put a row in, with the looks, drop-downs and marks of the row that it is like, and its hidden figures."""
    from copy import copy

    from openpyxl.utils import get_column_letter

    for like in sheet[row.like]:
        letter = get_column_letter(like.column)
        cell = sheet.cell(row.at, like.column)
        cell._style = copy(like._style)  # noqa: SLF001 - the one way to copy a look whole
        flag = like.value if sheet.column_dimensions[letter].hidden and isinstance(like.value, int) else None
        _put(cell, row.values.get(letter, flag))
        for choice in sheet.data_validations.dataValidation:
            if like.coordinate in choice.sqref:
                choice.add(cell)
    sheet.conditional_formatting = _stretched(sheet.conditional_formatting, row)
    sheet.row_dimensions[row.at].height = sheet.row_dimensions[row.like].height


def _stretched(marks: Any, row: Restored) -> Any:  # noqa: ANN401 - openpyxl's conditional formats
    """The conditional formats, over the new row too wherever they are over the row that it is like."""
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.utils import get_column_letter

    more = ConditionalFormattingList()
    for one in marks:
        columns = {column for area in one.sqref.ranges for column in range(area.min_col, area.max_col + 1)}
        letters = [get_column_letter(column) for column in sorted(columns)]
        new = [f"{letter}{row.at}" for letter in letters if f"{letter}{row.like}" in one.sqref]
        for rule in one.rules:
            more.add(" ".join([str(one.sqref), *new]), rule)
    return more


def _mark(cell: Any, text: str) -> str:  # noqa: ANN401 - an openpyxl cell
    """Mark a cell and comment on it, keeping what others have commented; gives the fill that it had."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    cell.comment = Comment(shorten(clean(before + text), 8000), AUTHOR, height=120, width=320)
    fill = str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else ""
    cell.fill = PatternFill("solid", fgColor=_MARK)
    return fill


def _list(book: Any, wanted: Annotation, fills: Mapping[Cell, str]) -> None:  # noqa: ANN401 - an openpyxl workbook
    from openpyxl.utils import get_column_letter

    shown = book.active
    sheet = book.create_sheet(wanted.title, None if wanted.last else 0)
    for index, line in enumerate(wanted.lines, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(index, column)
            cell.value = plain(text)
            cell.data_type = "s"
            _dress(cell, wanted.looks[index > 1])
        size = wanted.looks[index > 1].size
        sheet.row_dimensions[index].height = _LINE * size / _SIZE * max(map(_lines, line, wanted.widths)) + _AIR
    for index, place in enumerate(wanted.places, 2):
        if place in fills:
            for column, text in enumerate((*place, fills[place] or _NONE), len(wanted.widths) + 1):
                sheet.cell(index, column).value = text
    for column, width in enumerate(wanted.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in range(len(wanted.widths) + 1, len(wanted.widths) + 1 + _MEMORY):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.active = shown if wanted.last else sheet
    for one in book.worksheets:
        one.sheet_view.tabSelected = one is book.active


def _dress(cell: Any, look: Look) -> None:  # noqa: ANN401 - an openpyxl cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name=look.font or None, sz=look.size, b=look.bold, color=look.color or None)
    cell.alignment = Alignment(wrap_text=look.wrap, horizontal=look.align, vertical="center")
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.border:
        side = Side(style="thin", color=look.line or _RULE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column so many characters wide; a Chinese character is two wide."""
    return sum(1 + int(sum(1 + (letter > _LATIN) for letter in part) / (width - 1)) for part in text.split("\n"))


def _saved(book: Any, when: datetime) -> bytes:  # noqa: ANN401 - an openpyxl workbook
    """The workbook's bytes with `when` for the time of saving: the same every time."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}".encode()
    moment = (max(when.year, _EARLIEST), when.month, when.day, when.hour, when.minute, when.second)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _CREATED.sub(rb"\g<1>" + stamp, _MODIFIED.sub(rb"\g<1>" + stamp, content))
            after.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
