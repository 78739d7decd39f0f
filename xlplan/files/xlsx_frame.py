"""What a workbook is beside its cells: the package that XlsxWriter makes of it, with room for the rows.

Thousands of forms share a layout, so the frames made last are kept and filled again.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from xlplan.book import Formula, Link, Visibility
from xlplan.files.xlsx_cells import clean, number_format, serial
from xlplan.files.xlsx_page import PageWriter, bare, extent
from xlplan.files.xlsx_stream import looks_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from xlplan.book import Book, Content, Look, Sheet
    from xlplan.finding import Finding

STRINGS = "xl/sharedStrings.xml"
PROPERTIES = "docProps/custom.xml"
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time that every part of a package has."""

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's dates have no zone, and this one only has to be fixed
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
_CHINESE = {"size": 11, "column": 72, "row": 18}  # pixels of a column and a row that nobody set, as Excel has them
_LATIN = {"size": 11, "column": 72, "row": 19}
_ROWS = "<sheetData/>"
_KEPT = 32  # frames
_GB2312 = 134  # the character set that makes Excel look for a Chinese font where the named one is missing

Shown = tuple["Look", str]
"""A look, and the number format of its values where the look has none."""

Used = dict[tuple[int, type, str], "Look"]
"""The looks of cells by which look it is, the type of the value and the comment."""


@dataclass(frozen=True)
class Frame:
    """A package without rows.

    `fixed` is a zip of the parts that are finished; `sheets` are the sheets' parts, by name, cut in two where the rows
    go; `styles` are the numbers that cells name for their looks.
    """

    fixed: bytes
    sheets: tuple[tuple[str, str, str], ...]
    styles: Mapping[Shown, int]
    findings: tuple[Finding, ...]


_frames: dict[Hashable, Frame] = {}


def frame_of(book: Book) -> Frame:
    """The frame of a workbook: one of those made before, where it has the same layout."""
    used = [_used(sheet) for sheet in book.sheets]
    shown = _shown(book, used)
    key = (book.font, book.title, book.subject, book.modified, bool(book.properties), shown)
    layout = (key, *map(_layout, book.sheets, used))
    if None in layout:
        return _make(book, shown)
    frame = _frames.pop(layout, None) or _make(book, shown)
    if len(_frames) >= _KEPT:
        del _frames[next(iter(_frames))]
    _frames[layout] = frame
    return frame


def forget() -> None:
    """Make every frame anew."""
    _frames.clear()


def _used(sheet: Sheet) -> Used:
    """What the cells of a sheet are, in order of their first use."""
    return {(id(look), type(value), comment): look for value, look, comment in sheet.cells.values()}


def _shown(book: Book, used: list[Used]) -> tuple[Shown, ...]:
    """Every look of the book with its number format, in order of their first use."""
    shown = dict.fromkeys((look, number_format(look, kind)) for one in used for (_, kind, _), look in one.items())
    for sheet in book.sheets:
        shown |= dict.fromkeys(looks_of(sheet.stream) if sheet.stream else ())
    return tuple(shown)


def _layout(sheet: Sheet, used: Used) -> Hashable:
    """What makes two sheets have the same frame; None where it depends on what stands in the cells."""
    if sheet.stream or sheet.charts or any(comment or kind is Link for _, kind, comment in used):
        return None
    return (
        (sheet.name, sheet.visibility, sheet.tab, sheet.zoom, sheet.grid, sheet.protected),
        (sheet.freeze, sheet.filter, sheet.print, extent(sheet)),
        (tuple(sorted(sheet.widths.items())), frozenset(sheet.hidden_columns)),
        (tuple(sheet.merges), tuple(sheet.choices), tuple(sheet.highlights), tuple(sheet.tables)),
    )


def _make(book: Book, shown: tuple[Shown, ...]) -> Frame:
    workbook = _Workbook(io.BytesIO(), _OPTIONS | _own_font(book.font))
    created = book.modified or _CREATED
    workbook.set_properties({"title": clean(book.title), "subject": clean(book.subject), "created": created})
    if book.properties:
        workbook.set_custom_property("-", "-", "text")  # makes the part known; `write_book` writes it
    workbook.str_table._get_shared_string_index("")  # noqa: SLF001 - likewise
    pages = [(sheet, workbook.add_worksheet(sheet.name, _Worksheet)) for sheet in book.sheets]
    front = next((page for sheet, page in pages if sheet.visibility is Visibility.VISIBLE), None)
    if front:
        front.activate()
        front.set_first_sheet()
    formats = {one: workbook.add_format(_format(*one)) for one in shown}
    styles = {one: made._get_xf_index() for one, made in formats.items()}  # noqa: SLF001 - the number that cells name
    found = []
    for sheet, page in pages:
        page.shown = sheet
        found += PageWriter(sheet, page, workbook).write()
    workbook.close()
    return _frame(workbook.parts, styles, found)


def _frame(parts: Mapping[str, bytes], styles: Mapping[Shown, int], found: list[Finding]) -> Frame:
    sheets = []
    fixed = io.BytesIO()
    with zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            if name.startswith("xl/worksheets/sheet"):
                before, _, after = content.decode().partition(_ROWS)
                sheets.append((name, before, after))
            elif name not in {STRINGS, PROPERTIES}:
                package.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return Frame(fixed.getvalue(), tuple(sheets), styles, tuple(found))


def _own_font(name: str) -> dict[str, object]:
    metrics = _LATIN if name.isascii() else _CHINESE
    return {
        "default_format_properties": {"font_name": name, "font_size": metrics["size"]},
        "default_column_width": metrics["column"],
        "default_row_height": metrics["row"],
    }


class _Parts(Packager):  # type: ignore[misc] # XlsxWriter ships no types
    """A packager that hands over the parts instead of having them zipped."""

    def _create_package(self) -> list[Any]:
        made = super()._create_package()
        self.workbook.parts = {
            name: content.getvalue() if binary else content.getvalue().encode() for content, name, binary in made
        }
        return []


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc] # XlsxWriter ships no types
    """A workbook that is not zipped: its `parts` by name, once it is closed."""

    parts: Mapping[str, bytes]

    def _get_packager(self) -> _Parts:
        return _Parts()


class _Worksheet(Worksheet):  # type: ignore[misc] # XlsxWriter ships no types
    """A worksheet whose rows are left out; what charts show of them comes from the sheet itself."""

    shown: Sheet

    def _write_sheet_data(self) -> None:
        self.fh.write(_ROWS)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - XlsxWriter's own arguments
        """Take a formula as it is: ours are plain, and XlsxWriter would look for a hundred newer functions in each."""
        del expand_future_functions
        return formula.removeprefix("=")

    def _get_range_data(self, top: int, left: int, bottom: int, right: int) -> list[object]:
        places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        cells = (self.shown.cells.get(place) for place in places)
        return [None if cell is None else _charted(cell.value) for cell in cells]


def _charted(value: Content) -> object:
    """A cell's value as a chart keeps it."""
    if isinstance(value, Formula):
        return value.value
    if isinstance(value, Link):
        return value.text
    if isinstance(value, date | time | timedelta):
        return f"{serial(value):.16g}"
    return f"{value:.16g}" if isinstance(value, int | float | Decimal) else value or ""


def _format(look: Look, number: str) -> dict[str, object]:
    options: dict[str, object] = {
        "font_size": bare(look.size),
        "bold": look.bold,
        "align": look.align,
        "valign": look.valign,
        "text_wrap": look.wrap,
        "locked": look.locked,
        "indent": look.indent,
        "underline": 1 if look.link else 0,
    }
    if look.font:
        options["font_name"] = look.font
        options |= {} if look.font.isascii() else {"font_charset": _GB2312}
    if look.color:
        options["font_color"] = f"#{look.color}"
    if look.fill:
        options["bg_color"] = f"#{look.fill}"
    if look.border:
        options["border"] = 1
        options |= {"border_color": f"#{look.line}"} if look.line else {}
    if number or look.number:
        options["num_format"] = look.number or number
    return options
