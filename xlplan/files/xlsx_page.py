"""What one sheet is beside its rows, for XlsxWriter: set-up, sizes, validations, conditional formats, charts, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlplan.book import Link, Visibility, address
from xlplan.files.xlsx_cells import clean, fitting, shorten, sure
from xlplan.files.xlsx_charts import insert_chart
from xlplan.finding import Place

if TYPE_CHECKING:
    from xlplan.book import Area, Sheet
    from xlplan.book.parts import Choice, Highlight, ListTable, Print
    from xlplan.finding import Finding

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
_TITLE, _MESSAGE = 32, 255  # the longest title and message of a validation in Excel
LINKS = 65_000
"""The links of a sheet at most; Excel opens no sheet with more than 65,530."""


class PageWriter:
    """Writes what one sheet is beside its rows."""

    def __init__(self, sheet: Sheet, page: Any, workbook: Any) -> None:  # noqa: ANN401 - XlsxWriter ships no types
        self.sheet = sheet
        self.page = page
        self.workbook = workbook
        self.findings: list[Finding] = []

    def write(self) -> list[Finding]:
        """Write it; gives a finding for each comment that had to be cut."""
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
            insert_chart(self.workbook, self.page, chart)
        if self.sheet.print:
            self._print(self.sheet.print)
        return self.findings

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
        for row, height in sorted(sheet.heights.items()) if is_drawn_on(sheet) else ():
            sure(page.set_row(row, height), f"row {row}")

    def _contents(self) -> None:
        """What XlsxWriter has to know of the cells: how far they go, which are merged, what hangs on them."""
        cells = self.sheet.cells
        for area in self.sheet.merges:
            sure(self.page.merge_range(*_corners(area), ""), f"merge {area}")
        for corner in extent(self.sheet):
            sure(self.page._check_dimensions(*corner), f"{corner}")  # noqa: SLF001 - what writing them would do
        links = 0
        for (row, column), cell in cells.items():
            if cell.comment:
                self._note(row, column, cell.comment)
            if type(cell.value) is Link and clean(cell.value.text) and links < LINKS:
                links += 1
                self._link(row, column, cell.value)

    def _note(self, row: int, column: int, text: str) -> None:
        options = {"author": "", "x_scale": 2, "font_size": 9}
        place = Place(sheet=self.sheet.name, cell=address(row, column))
        sure(self.page.write_comment(row, column, fitting(text, place, self.findings), options), f"comment {place}")

    def _link(self, row: int, column: int, link: Link) -> None:
        shown = shorten(clean(link.text))
        sure(
            self.page.write_url(row, column, f"internal:{location(link)}", None, shown), f"link {address(row, column)}"
        )

    def _table(self, table: ListTable) -> None:
        columns = [{"header": clean(name)} for name in table.columns]
        options = {"name": table.name, "style": table.style, "columns": columns}
        area = table.area
        short = replace(area, bottom=min(area.bottom, area.top + 1))  # of a whole area XlsxWriter would note each cell
        sure(self.page.add_table(*_corners(short), options), f"table {table.name}")
        self.page.tables[-1] |= dict.fromkeys(("range", "a_range", "autofilter"), str(area))

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
            shown = self.workbook.add_format(looks)
            options = {"type": "formula", "criteria": f"={highlight.formula.removeprefix('=')}", "format": shown}
        if highlight.also:
            options["multi_range"] = " ".join(str(area) for area in (highlight.area, *highlight.also))
        sure(self.page.conditional_format(*_corners(highlight.area), options), f"highlight {highlight.area}")

    def _print(self, wanted: Print) -> None:
        page = self.page
        page.set_paper(_PAPER[wanted.paper])
        page.set_landscape() if wanted.landscape else page.set_portrait()
        page.fit_to_pages(wanted.fit_wide, wanted.fit_tall)
        page.set_margins(*map(bare, wanted.margins))
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


def is_drawn_on(sheet: Sheet) -> bool:
    """Whether something lies over the sheet's cells, sized by their rows."""
    return bool(sheet.charts) or any(cell.comment for cell in sheet.cells.values())


def extent(sheet: Sheet) -> tuple[tuple[int, int], ...]:
    """The first and the last corner of the rectangle that the cells fill."""
    places = [*sheet.cells]
    if sheet.stream:
        places.append((sheet.stream.bottom, len(sheet.stream.looks) - 1))
    if not places:
        return ()
    rows, columns = zip(*places, strict=True)
    return (min(rows), min(columns)), (max(rows), max(columns))


def location(link: Link) -> str:
    """Where a link leads, as Excel writes it."""
    return "'{}'!{}".format(link.sheet.replace("'", "''"), link.cell)


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
    """A limit as XlsxWriter takes it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a calendar day
    return bare(value) if isinstance(value, Decimal | int) else value


def bare(number: float | Decimal) -> float:
    """A number as XlsxWriter is to write it: 11 whether it is 11 or 11.0, as equal layouts share their frame."""
    return int(number) if number == int(number) else float(number)
