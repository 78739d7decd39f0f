"""Exchanging rows of an openpyxl sheet for copies of one of them, with everything that hangs on rows moved along.

openpyxl moves cells only; merged cells, heights, validations, conditional formats and the print area would stay where
they were. Rows count from 1 here, as in openpyxl.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True)
class Exchange:
    """The rows from `first` up to `after`, which is not among them, become `count` copies of the row `kept`."""

    first: int
    after: int
    kept: int
    count: int

    @property
    def shift(self) -> int:
        """How far the rows below move down."""
        return self.first + self.count - self.after

    def moved(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Where the rows from `top` to `bottom` are afterwards; None when nothing is left of them."""
        if bottom < self.first:
            return top, bottom
        if top >= self.after:
            return top + self.shift, bottom + self.shift
        low = min(top, self.first)
        high = bottom + self.shift if bottom >= self.after else self.first + self.count - 1
        return (low, high) if low <= high else None


def exchange_rows(sheet: Any, change: Exchange) -> None:  # noqa: ANN401 - an openpyxl sheet
    """Exchange the rows. The copies have the looks, the height and the merged cells of the kept row, but no values."""
    styles = {cell.column: copy(cell._style) for cell in sheet[change.kept]}  # noqa: SLF001 - as openpyxl copies styles
    height = sheet.row_dimensions[change.kept].height
    merges = [one for one in sheet.merged_cells.ranges if (one.min_row, one.max_row) == (change.kept, change.kept)]
    columns = [(one.min_col, one.max_col) for one in merges]
    _move_merges(sheet, change)
    _move_cells(sheet, change)
    _move_heights(sheet, change)
    _move_rules(sheet, change)
    for row in range(change.first, change.first + change.count):
        for column, style in styles.items():
            sheet.cell(row, column)._style = copy(style)  # noqa: SLF001
        sheet.row_dimensions[row].height = height
        for left, right in columns:
            sheet.merge_cells(start_row=row, end_row=row, start_column=left, end_column=right)


def _move_merges(sheet: Any, change: Exchange) -> None:  # noqa: ANN401 - an openpyxl sheet
    kept = [one for one in sheet.merged_cells.ranges if one.max_row < change.first or one.min_row >= change.after]
    for one in kept:
        if one.min_row >= change.after:
            one.shift(row_shift=change.shift)
    sheet.merged_cells.ranges = type(sheet.merged_cells.ranges)(kept)


def _move_cells(sheet: Any, change: Exchange) -> None:  # noqa: ANN401 - an openpyxl sheet
    cells = {}
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - openpyxl's own move_range does the same
        if change.first <= row < change.after:
            continue
        if row >= change.after:
            cell.row = row + change.shift
        cells[cell.row, column] = cell
    sheet._cells = cells  # noqa: SLF001


def _move_heights(sheet: Any, change: Exchange) -> None:  # noqa: ANN401 - an openpyxl sheet
    sizes = dict(sheet.row_dimensions.items())
    sheet.row_dimensions.clear()
    for row, size in sizes.items():
        if row < change.first or row >= change.after:
            size.index = row + change.shift if row >= change.after else row
            sheet.row_dimensions[size.index] = size


def _move_rules(sheet: Any, change: Exchange) -> None:  # noqa: ANN401 - an openpyxl sheet
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.pagebreak import RowBreak

    formats = sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for one in formats:
        if ranges := " ".join(_ranges(one.sqref.ranges, change)):
            for rule in one.rules:
                sheet.conditional_formatting.add(ranges, rule)
    for one in list(sheet.data_validations.dataValidation):
        ranges = " ".join(_ranges(one.sqref.ranges, change))
        one.sqref = MultiCellRange(ranges)
        if not ranges:
            sheet.data_validations.dataValidation.remove(one)
    sheet.row_breaks = RowBreak()
    if sheet.print_area:
        areas = (part.rpartition("!")[2].replace("$", "") for part in str(sheet.print_area).split(","))
        sheet.print_area = ",".join(_ranges(MultiCellRange(" ".join(areas)).ranges, change))


def _ranges(ranges: Iterable[Any], change: Exchange) -> Iterator[str]:
    from openpyxl.utils import get_column_letter

    for one in sorted(ranges, key=lambda one: (one.min_row, one.min_col)):
        if rows := change.moved(one.min_row, one.max_row):
            left, right = get_column_letter(one.min_col), get_column_letter(one.max_col)
            yield f"{left}{rows[0]}:{right}{rows[1]}"
