"""A Book to the bytes of an .xlsx file, through XlsxWriter.

The same Book gives the same bytes: dates and names in the file are fixed. Text is written as text whatever it begins
with; only a `Formula` becomes a formula.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xlplan.book import Look, Visibility, column_name
from xlplan.files.xlsx_cells import CellWriter, clean, shorten, sure
from xlplan.files.xlsx_charts import insert_chart

if TYPE_CHECKING:
    from xlplan.book import Area, Book, Choice, Highlight, ListTable, Print, Sheet
    from xlplan.finding import Finding

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's dates have no zone, and this one only has to be fixed
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
_CHINESE = {"size": 11, "column": 72, "row": 18}  # pixels of a column and a row that nobody set, as Excel has them
_LATIN = {"size": 11, "column": 72, "row": 19}
_PAPER = {"A4": 9, "A3": 8}
_PERCENT = 100
_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_CHECKS = {"list": "list", "number": "decimal", "date": "date", "length": "length"}
_DIRECT = frozenset({"String", "Blank"})
_column = cache(column_name)
_TITLE, _MESSAGE = 32, 255  # the longest title and message of a validation in Excel


def write_book(book: Book) -> tuple[bytes, list[Finding]]:
    """The workbook's bytes, and a finding for each text that was longer than a cell can hold."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS | _own_font(book.font))
    created = book.modified or _CREATED
    workbook.set_properties({"title": clean(book.title), "subject": clean(book.subject), "created": created})
    for name, value in book.properties.items():
        sure(workbook.set_custom_property(clean(name), clean(value), "text"), f"property {name}")
    pages = [(sheet, workbook.add_worksheet(sheet.name, _Worksheet)) for sheet in book.sheets]
    front = next((page for sheet, page in pages if sheet.visibility is Visibility.VISIBLE), None)
    if front:
        front.activate()
        front.set_first_sheet()
    cells = CellWriter(workbook)
    for sheet, page in pages:
        _Page(sheet, page, cells).write()
    workbook.close()
    return buffer.getvalue(), cells.findings


def _own_font(name: str) -> dict[str, object]:
    metrics = _LATIN if name.isascii() else _CHINESE
    return {
        "default_format_properties": {"font_name": name, "font_size": metrics["size"]},
        "default_column_width": metrics["column"],
        "default_row_height": metrics["row"],
    }


class _Worksheet(Worksheet):  # type: ignore[misc] # XlsxWriter ships no types
    """A worksheet whose growing rows are written with a height, but without the mark that would keep it."""

    growing: frozenset[int] = frozenset()
    kept = True

    def _write_row(self, row: int, *rest: Any, **named: Any) -> None:  # noqa: ANN401 - XlsxWriter's own arguments
        self.kept = row not in self.growing
        super()._write_row(row, *rest, **named)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - XlsxWriter's own arguments
        """Take a formula as it is: ours are plain, and XlsxWriter would look for a hundred newer functions in each."""
        del expand_future_functions
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401 - XlsxWriter's own record
        """Write a cell; texts and blanks, which are most of a workbook, without XlsxWriter's detours."""
        kind = cell.__class__.__name__
        if cell.format is None or kind not in _DIRECT:
            super()._write_cell(row, col, cell)
            return
        place = f'<c r="{_column(col)}{row + 1}" s="{cell.format._get_xf_index()}"'  # noqa: SLF001 - as XlsxWriter does
        self.fh.write(f'{place} t="s"><v>{cell.string}</v></c>' if kind == "String" else f"{place}/>")

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]]) -> None:
        if tag == "row" and not self.kept:
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class _Page:
    """One sheet being written."""

    def __init__(self, sheet: Sheet, page: Any, cells: CellWriter) -> None:  # noqa: ANN401 - XlsxWriter ships no types
        self.sheet = sheet
        self.page = page
        self.cells = cells

    def write(self) -> None:
        """Write everything the sheet has."""
        self._frame()
        self._size()
        for table in self.sheet.tables:
            self._table(table)
        self._contents()
        for choice in self.sheet.choices:
            self._choice(choice)
        for highlight in self.sheet.highlights:
            self._highlight(highlight)
        for chart in self.sheet.charts:
            insert_chart(self.cells.workbook, self.page, chart)
        if self.sheet.print:
            self._print(self.sheet.print)

    def _frame(self) -> None:
        sheet, page = self.sheet, self.page
        if sheet.visibility is Visibility.VERY_HIDDEN:
            page.very_hidden()
        elif sheet.visibility is Visibility.HIDDEN:
            page.hide()
        page.hide_gridlines(0 if sheet.grid else 2)
        if sheet.zoom != _PERCENT:
            page.set_zoom(sheet.zoom)
        if sheet.freeze:
            page.freeze_panes(*sheet.freeze)
        if sheet.filter:
            sure(page.autofilter(*_corners(sheet.filter)), f"filter {sheet.filter}")
        if sheet.tab:
            page.set_tab_color(f"#{sheet.tab}")
        if sheet.protected:
            page.protect("", _ALLOWED)

    def _size(self) -> None:
        sheet, page = self.sheet, self.page
        for column in sorted(sheet.widths.keys() | sheet.hidden_columns):
            hidden = {"hidden": column in sheet.hidden_columns}
            sure(page.set_column(column, column, sheet.widths.get(column), None, hidden), f"column {column}")
        page.growing = frozenset(sheet.growing)
        for row, height in sorted(sheet.heights.items()):
            sure(page.set_row(row, height), f"row {row}")

    def _contents(self) -> None:
        cells = self.sheet.cells
        self.cells.turn(self.sheet.name, self.page)
        for area in self.sheet.merges:
            top = cells.get((area.top, area.left))
            look = self.cells.format(top.look if top else Look())
            sure(self.page.merge_range(*_corners(area), "", look), f"merge {area}")
        for (row, column), cell in cells.items():
            self.cells.put(row, column, cell.value, cell.look)
            if cell.comment:
                self.cells.note(row, column, cell.comment)

    def _table(self, table: ListTable) -> None:
        columns = [{"header": clean(name)} for name in table.columns]
        options = {"name": table.name, "style": table.style, "columns": columns}
        sure(self.page.add_table(*_corners(table.area), options), f"table {table.name}")

    def _choice(self, choice: Choice) -> None:
        options: dict[str, object] = {
            "validate": _CHECKS[choice.kind],
            "error_type": "stop" if choice.strict else "information",
            "input_title": shorten(clean(choice.title), _TITLE) if choice.prompt else "",
            "input_message": shorten(clean(choice.prompt), _MESSAGE),
            "error_title": shorten(clean(choice.title), _TITLE),
            "error_message": shorten(clean(choice.message), _MESSAGE),
            "other_cells": [_corners(area) for area in choice.also],
        }
        options |= _limits(choice)
        sure(self.page.data_validation(*_corners(choice.area), options), f"validation {choice.area}")

    def _highlight(self, highlight: Highlight) -> None:
        options: dict[str, object]
        if highlight.bar:
            limits = {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
            options = {"type": "data_bar", "bar_color": f"#{highlight.fill}", "bar_solid": True, **limits}
        else:
            looks: dict[str, object] = {"bold": True} if highlight.bold else {}
            looks |= {"bg_color": f"#{highlight.fill}"} if highlight.fill else {}
            looks |= {"font_color": f"#{highlight.color}"} if highlight.color else {}
            shown = self.cells.workbook.add_format(looks)
            options = {"type": "formula", "criteria": f"={highlight.formula.removeprefix('=')}", "format": shown}
        if highlight.also:
            options["multi_range"] = " ".join(str(area) for area in (highlight.area, *highlight.also))
        sure(self.page.conditional_format(*_corners(highlight.area), options), f"highlight {highlight.area}")

    def _print(self, wanted: Print) -> None:
        page = self.page
        page.set_paper(_PAPER[wanted.paper])
        page.set_landscape() if wanted.landscape else page.set_portrait()
        page.fit_to_pages(wanted.fit_wide, wanted.fit_tall)
        page.set_margins(*wanted.margins)
        if wanted.center:
            page.center_horizontally()
        if wanted.repeat:
            sure(page.repeat_rows(*wanted.repeat), "repeated rows")
        if wanted.repeat_columns:
            sure(page.repeat_columns(*wanted.repeat_columns), "repeated columns")
        page.set_header(wanted.header)
        page.set_footer(wanted.footer)
        if wanted.breaks:
            page.set_h_pagebreaks(list(wanted.breaks))


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.top, area.left, area.bottom, area.right


def _limits(choice: Choice) -> dict[str, object]:
    if choice.kind == "list":
        return {"value": list(choice.options)}
    if choice.minimum is None:
        return {"criteria": "<=", "value": _limit(choice.maximum)}
    if choice.maximum is None:
        return {"criteria": ">=", "value": _limit(choice.minimum)}
    return {"criteria": "between", "minimum": _limit(choice.minimum), "maximum": _limit(choice.maximum)}


def _limit(value: Decimal | int | date | None) -> object:
    """A limit as XlsxWriter takes it: dates as datetimes, decimals as floats."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a calendar day
    return float(value) if isinstance(value, Decimal) else value
