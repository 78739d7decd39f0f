"""Filling a workbook that somebody else made, with its looks as they are: rows repeated like the first, cells locked.

openpyxl reads and writes it. What it would write of the present moment and of the user is taken out, so that the same
workbook and the same values give the same bytes.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlplan.book import Visibility, column_name
from xlplan.files.xlsx_cells import clean, plain
from xlplan.files.xlsx_guide import highlight, offer
from xlplan.files.xlsx_rows import Exchange, exchange_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Area, Book, Cell, Sheet, Value

_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - a file's times have no zone, and these only have to be fixed
_STAMPED = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_PICTURES = ("xl/drawings/", "xl/charts/", "xl/media/")
_ALLOWED = ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter")
_MOST_FONT = 11.0
_WIDE_FONTS = frozenset({"宋体", "SimSun", "仿宋", "黑体", "楷体", "新宋体", "NSimSun"})
_DIGIT, _NARROW_DIGIT = 6.0, 5.25  # points: 宋体 11; Calibri 11 and Arial 10


@dataclass(frozen=True)
class Emptied:
    """A form without its rows but one: its bytes, the columns' widths in digits of 宋体 11, the type's size.

    `pictures` says whether pictures were lost, `protected` whether the sheet is protected.
    """

    data: bytes
    widths: Mapping[int, float]
    size: float
    pictures: bool
    protected: bool = False


@dataclass(frozen=True)
class Table:
    """Where a table stands in a form: its sheet, 0-based header row, first row below it (None: none), its columns.

    `added` is the header of a column to add at the last of the columns; empty when none is to be added.
    """

    sheet: str
    header: int
    foot: int | None
    columns: tuple[int, ...]
    added: str = ""


def empty_form(data: bytes, table: Table) -> Emptied:
    """Take the rows out of a form, but for the first, whose looks every row will have."""
    book = _load(data)
    sheet = book[table.sheet]
    if table.added:
        _add_column(sheet, table)
    first = table.header + 2  # openpyxl counts from 1
    after = max(first, sheet.max_row if table.foot is None else table.foot) + 1
    exchange_rows(sheet, Exchange(first, after, _plain_row(sheet, first, after, len(table.columns)), 1))
    cells = [sheet.cell(first, at + 1) for at in table.columns]
    for cell in cells:
        if not _is_covered(cell):
            cell.value = None
    size = max((cell.font.sz or _MOST_FONT for cell in cells), default=_MOST_FONT)
    unit = _digit(book) / _DIGIT
    widths = {at: _width(sheet, first, at) * unit for at in table.columns}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pictures = any(name.startswith(_PICTURES) for name in package.namelist())
    return Emptied(_saved(book), widths, size, pictures, bool(sheet.protection.sheet))


def fill_form(data: bytes, book: Book, header: int) -> bytes:
    """The form with a Book's cells in it. Cells below the row `header` make rows, as many as there are."""
    made = _load(data)
    values = book.sheets[0]
    sheet = made[values.name]
    rows = {row for row, _ in values.cells if row > header}
    exchange_rows(sheet, Exchange(header + 2, header + 3, header + 2, len(rows)))
    _open_around(sheet, header, len(rows))
    for area in values.merges:
        _join(sheet, area)
    for (row, column), cell in values.cells.items():
        _put(sheet.cell(row + 1, column + 1), cell, wrap=row > header)
    for row, height in values.heights.items():
        before = sheet.row_dimensions[row + 1].height
        sheet.row_dimensions[row + 1].height = max(before or 0, height)
    offer(sheet, values)
    highlight(sheet, values)
    _set_up_print(sheet, header + 1)
    for row in values.print.breaks if values.print else ():
        sheet.row_breaks.append(_break(row))
    if values.protected and not sheet.protection.sheet:
        _protect(sheet)
    sheet.protection.sheet = values.protected
    for hidden in book.sheets[1:]:
        _hide(made, hidden)
    _describe(made, book)
    return _saved(made)


def _load(data: bytes) -> Any:  # noqa: ANN401 - an openpyxl workbook
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out, which T115 tells of
        return load_workbook(io.BytesIO(data), keep_links=False, rich_text=True)


def _digit(book: Any) -> float:  # noqa: ANN401 - an openpyxl workbook
    """The width in points of the digit that the workbook's columns are measured in: that of its own font."""
    font = book._named_styles["Normal"].font  # noqa: SLF001 - openpyxl has no other way to it
    wide = str(font.name or "") in _WIDE_FONTS and (font.sz or _MOST_FONT) >= _MOST_FONT
    return _DIGIT if wide else _NARROW_DIGIT


def _join(sheet: Any, area: Area) -> None:  # noqa: ANN401 - an openpyxl sheet
    """Merge a column's cells over several rows, with the columns that they are merged over already."""
    rows = range(area.top + 1, area.bottom + 2)
    inside = [one for one in sheet.merged_cells.ranges if one.min_col == area.left + 1 and one.min_row in rows]
    right = max((one.max_col for one in inside), default=area.right + 1)
    for one in inside:
        sheet.unmerge_cells(str(one))
    sheet.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=area.left + 1, end_column=right)


def _plain_row(sheet: Any, first: int, after: int, columns: int) -> int:  # noqa: ANN401 - an openpyxl sheet
    """The first row that is one of the table's own and not a band over its whole width."""
    widest = {one.min_row: one.max_col - one.min_col + 1 for one in sheet.merged_cells.ranges if one.min_row >= first}
    return next((row for row in range(first, after) if widest.get(row, 1) <= max(2, columns // 2)), first)


def _is_covered(cell: Any) -> bool:  # noqa: ANN401 - an openpyxl cell
    return type(cell).__name__ == "MergedCell"


def _add_column(sheet: Any, table: Table) -> None:  # noqa: ANN401 - an openpyxl sheet
    """A column behind the last one, with its looks."""
    at, low = table.columns[-1] + 1, table.header + 1
    beside = (one for one in sheet.merged_cells.ranges if one.max_row == low and one.min_col < at <= one.max_col + 1)
    high, left = next(((one.min_row, one.min_col) for one in beside), (low, at - 1))
    for row in range(low, sheet.max_row + 1):
        sheet.cell(row, at)._style = copy(sheet.cell(row, at - 1)._style)  # noqa: SLF001 - as openpyxl copies
    sheet.cell(high, at)._style = copy(sheet.cell(high, left)._style)  # noqa: SLF001
    sheet.cell(high, at).value = table.added
    if high < low:
        sheet.merge_cells(start_row=high, end_row=low, start_column=at, end_column=at)
    sheet.column_dimensions[column_name(at - 1)].width = 9


def _width(sheet: Any, row: int, at: int) -> float:  # noqa: ANN401 - an openpyxl sheet
    """A column's width; a cell merged over several columns has theirs together."""
    spans = {one.min_col - 1: one.max_col - 1 for one in sheet.merged_cells.ranges if one.min_row == row}
    columns = range(at, spans.get(at, at) + 1)
    return sum(_own_width(sheet, column) for column in columns)


def _own_width(sheet: Any, at: int) -> float:  # noqa: ANN401 - an openpyxl sheet
    for size in sheet.column_dimensions.values():
        if size.min and size.min - 1 <= at <= size.max - 1 and size.width:
            return float(size.width)
    return float(sheet.sheet_format.defaultColWidth or 8.43)


def _open_around(sheet: Any, header: int, count: int) -> None:  # noqa: ANN401 - an openpyxl sheet
    """Let people write above and below the table, where they sign and say who they are."""
    from openpyxl.styles import Protection

    for cells in sheet.iter_rows():
        for cell in cells:
            if not header < cell.row <= header + 1 + count:
                cell.protection = Protection(locked=cell.row == header + 1)


def _put(target: Any, cell: Cell, *, wrap: bool) -> None:  # noqa: ANN401 - an openpyxl cell
    from openpyxl.styles import Protection

    if _is_covered(target):
        return
    value = _plain(cell.value)
    target.value = value
    if isinstance(value, str):
        target.data_type = "s"  # never a formula, whatever the text begins with
    if isinstance(value, date) and target.number_format == "General":
        target.number_format = "yyyy-mm-dd"
    target.protection = Protection(locked=cell.look.locked)
    if wrap and not target.alignment.wrap_text:
        alignment = copy(target.alignment)
        alignment.wrap_text = True
        target.alignment = alignment


def _plain(value: Any) -> Value:  # noqa: ANN401 - a cell's content
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value  # type: ignore[no-any-return] # numbers, dates and nothing stay what they are


def _set_up_print(sheet: Any, header: int) -> None:  # noqa: ANN401 - an openpyxl sheet
    """Repeat the header, and fit the table to the page's width, where the form says nothing of either."""
    if not sheet.print_title_rows:
        tops = (one.min_row for one in sheet.merged_cells.ranges if one.min_row <= header <= one.max_row)
        sheet.print_title_rows = f"{min(tops, default=header)}:{header}"
    fitted = sheet.sheet_properties.pageSetUpPr
    if not (fitted and fitted.fitToPage) and sheet.page_setup.scale in (None, 100):
        sheet.sheet_properties.pageSetUpPr = _fitted()
        sheet.page_setup.fitToHeight = 0


def _break(row: int) -> Any:  # noqa: ANN401 - openpyxl's own record
    """A page break above a 0-based row."""
    from openpyxl.worksheet.pagebreak import Break

    return Break(id=row)


def _fitted() -> Any:  # noqa: ANN401 - openpyxl's own record
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _protect(sheet: Any) -> None:  # noqa: ANN401 - an openpyxl sheet
    from openpyxl.worksheet.protection import SheetProtection

    sheet.protection = SheetProtection(sheet=True, objects=True, scenarios=True)
    for name in _ALLOWED:
        setattr(sheet.protection, name, False)  # openpyxl's flags say what is barred


def _hide(made: Any, hidden: Sheet) -> None:  # noqa: ANN401 - an openpyxl workbook
    if hidden.name in made.sheetnames:
        del made[hidden.name]
    sheet = made.create_sheet(hidden.name)
    for (row, column), cell in hidden.cells.items():
        _put(sheet.cell(row + 1, column + 1), cell, wrap=False)
    sheet.sheet_state = "veryHidden" if hidden.visibility is Visibility.VERY_HIDDEN else "hidden"


def _describe(made: Any, book: Book) -> None:  # noqa: ANN401 - an openpyxl workbook
    from openpyxl.packaging.custom import StringProperty

    names = {one.name for one in made.custom_doc_props.props}
    for name, value in book.properties.items():
        if name in names:
            del made.custom_doc_props[name]
        made.custom_doc_props.append(StringProperty(name=name, value=value))
    made.properties.title = clean(book.title)


def _saved(book: Any) -> bytes:  # noqa: ANN401 - an openpyxl workbook
    """The workbook's bytes without time and names of people."""
    for name in ("creator", "lastModifiedBy", "description", "keywords", "category", "subject"):
        setattr(book.properties, name, None)
    book.properties.created = _MOMENT
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if not _is_covered(cell) and cell.comment:
                    cell.comment.author = ""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{_MOMENT:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            after.writestr(zipfile.ZipInfo(name, _STAMPED), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
