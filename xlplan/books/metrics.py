"""How much room text takes: from widths and wrapping to row heights, and from row heights to pages.

Two ways of showing a sheet are reckoned with, and the larger need counts: an office program that has the named Chinese
fonts, and one that shows their replacements (wider columns, wider Latin letters, taller lines). Widths are in the
column unit, which is the digit of the workbook's own font; sizes and heights are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from xlplan.book import Area, Formula, Link
from xlplan.books.wrapping import breadth, count_lines
from xlplan.marks import both

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlplan.book import Cell, Sheet
    from xlplan.book.parts import Print

TALLEST = 409.0
"""The height in points that Excel gives a row at most (409.5), less a hair."""

DIGIT = 6.0
"""The width in points of the digit that columns are measured in: 宋体 11."""

_PAD = 3.75  # beside the text, left and right together
_AIR = 4.0  # above and below the text together
_PAPER = {"A4": (595.3, 841.9), "A3": (841.9, 1190.6)}
_HALF_LINE = 8.0  # ems
_ROW = 15.0  # a row whose height nobody set
_FULL = 0.72  # a page so full may end before a group that does not fit on it
_HALF, _STUB = 0.4, 70.0  # a page so full does, too, where less than so many points of the group would be torn off
_SAFE = 0.98  # printers differ; a page planned too full breaks in two


@dataclass(frozen=True)
class _Screen:
    """One way of showing: how much wider columns are than asked for, a line's height and a Latin letter in ems."""

    widen: float
    line: float
    latin: float


_SCREENS = (_Screen(0.97, 1.3, 0.54), _Screen(1.12, 1.43, 0.66))
_LEAST, _MOST = min(one.widen for one in _SCREENS), max(one.line for one in _SCREENS)


@lru_cache(maxsize=16_384)
def text_height(text: str, width: float, size: float) -> float:
    """The height that a text needs in a cell that is `width` columns' digits wide, in type of `size` points."""
    ems = [count_lines(text, room, latin) * line for room, latin, line in _rooms(width, size)]
    return max(ems) * size + _AIR


@lru_cache(maxsize=256)
def _rooms(width: float, size: float) -> tuple[tuple[float, float, float], ...]:
    """For each screen the length of a line, the width of a Latin letter and the height of a line, in ems."""
    return tuple(((width * DIGIT * one.widen - _PAD) / size, one.latin, one.line) for one in _SCREENS)


def at_most(text: str, width: float, size: float) -> float:
    """A height that a text certainly does not exceed, found without wrapping it.

    Of two lines that follow each other the letters together are wider than one, so no text takes more than twice the
    lines that it would take if lines could be filled.
    """
    line, letter = _reach(width, size)
    return (text.count("\n") + 1) * line + len(text) * letter + _AIR


@lru_cache(maxsize=256)
def _reach(width: float, size: float) -> tuple[float, float]:
    """By how much a line, and each letter, make a text higher at most."""
    room = max((width * DIGIT * _LEAST - _PAD) / size, 1.0)
    return _MOST * size, 2 / room * _MOST * size


def tallest(texts: Iterable[tuple[str, float, float]], floor: float) -> float:
    """The height that the tallest of some texts needs, each with its width and size; at least `floor`."""
    bounds = [(bound, one) for one in texts if (bound := at_most(*one)) > floor]
    need = floor
    for bound, one in sorted(bounds, reverse=True):
        if bound <= need:
            break
        need = max(need, text_height(*one))
    return need


def text_length(text: str, size: float) -> float:
    """The length in points that a text has on one line, its own line breaks counted as half a line each."""
    return (breadth(text, _SCREENS[0].latin) + text.count("\n") * _HALF_LINE) * size


def cell_height(cell: Cell, width: float) -> float:
    """The height that a cell needs: its text wrapped into `width`, or one line where it does not wrap."""
    text = shown(cell)
    if not text:
        return 0.0
    return text_height(text if cell.look.wrap else "", width - cell.look.indent * 1.5, cell.look.size)


def shown(cell: Cell) -> str:
    """A cell's text as far as it counts for the height; a number or a date takes one line."""
    value = cell.value
    if isinstance(value, Formula):
        value = value.value
    elif isinstance(value, Link):
        value = value.text
    return value if isinstance(value, str) else "" if value is None else "0"


def rows_for(height: float) -> int:
    """How many rows of a sheet something so high must be spread over."""
    return max(1, ceil(height / TALLEST))


def fit(sheet: Sheet, rows: range, floor: float = 0.0) -> None:
    """Give each of the rows the height that its cells need, merged ones too; at least `floor`."""
    covered = {area: _cells(area) for area in sheet.merges if area.top in rows}
    inside = {position for positions in covered.values() for position in positions}
    heights = dict.fromkeys(rows, floor)
    for (row, column), cell in sheet.cells.items():
        if row in heights and (row, column) not in inside and column not in sheet.hidden_columns:
            heights[row] = max(heights[row], cell_height(cell, _width(sheet, column, column)))
    for area in sorted(covered, key=lambda one: one.bottom - one.top):
        _spread(sheet, area, heights)
    sheet.heights |= {row: round(min(height, TALLEST), 2) for row, height in heights.items() if height}


def _spread(sheet: Sheet, area: Area, heights: dict[int, float]) -> None:
    """Raise the rows under a merged cell, evenly, until its text fits."""
    need = cell_height(sheet.cells[area.top, area.left], _width(sheet, area.left, area.right))
    rows = range(area.top, area.bottom + 1)
    short = need - sum(heights.get(row, 0.0) for row in rows)
    for row in rows:
        if short > 0:
            heights[row] = heights.get(row, 0.0) + short / len(rows)


def page_breaks(sheet: Sheet, setup: Print, groups: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The rows that should start a page so that groups of rows (first, last) are not torn.

    A group is torn only where a page cannot hold it, or where keeping it whole would leave much of a page empty.
    """
    room = page_height(sheet, setup)
    top = groups[0][0] if groups else 0
    used = sum(sheet.heights.get(row, 0.0) for row in range(top))
    repeated = setup.repeat or (0, -1)
    head = sum(sheet.heights.get(row, 0.0) for row in range(repeated[0], repeated[1] + 1))
    breaks: list[int] = []
    for first, last in groups:
        heights = [sheet.heights.get(row, _ROW) for row in range(first, last + 1)]
        if used > head and _moves(heights, room - used, room - head):
            breaks.append(first)
            used = head
        for row, height in enumerate(heights, first):
            if used + height > room and used > head:
                breaks.append(row)
                used = head
            used += height
    return tuple(breaks)


def _moves(heights: Sequence[float], free: float, whole: float) -> bool:
    """Whether a group of rows goes to the next page as a whole; `free` and `whole` are what the pages have room for."""
    need = sum(heights)
    if need <= free:
        return False
    if free < whole * (1 - _FULL):
        return True
    staying = 0.0
    for height in heights:
        if staying + height > free:
            break
        staying += height
    return need <= whole and min(staying, need - staying) < _STUB and free < whole * (1 - _HALF)


def page_height(sheet: Sheet, setup: Print) -> float:
    """The height of rows, in points, that one printed page takes when the sheet is scaled to the page's width."""
    across, down = page_room(setup)
    table = sum(width * DIGIT + _PAD for column, width in sheet.widths.items() if column not in sheet.hidden_columns)
    scale = min(1.0, across / table) if table else 1.0
    return down / scale * _SAFE


def page_room(setup: Print) -> tuple[float, float]:
    """The width and the height in points that a page has between its margins."""
    across, down = _PAPER[setup.paper]
    if setup.landscape:
        across, down = down, across
    left, right, top, bottom = setup.margins
    return across - (left + right) * 72, down - (top + bottom) * 72


def _cells(area: Area) -> list[tuple[int, int]]:
    rows = range(area.top, area.bottom + 1)
    return [(row, column) for row in rows for column in range(area.left, area.right + 1)]


def _width(sheet: Sheet, left: int, right: int) -> float:
    columns = (column for column in range(left, right + 1) if column not in sheet.hidden_columns)
    return sum(sheet.widths.get(column, 8.0) for column in columns)


def split_text(text: str, width: float, size: float, heights: Sequence[float]) -> list[str]:
    """A text in as many parts as there are heights, each as much as its height holds; the last takes the rest.

    It is cut after a full stop or a comma where there is one not too far before the end of the part.
    """
    parts: list[str] = []
    for height in heights[:-1]:
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text_height(text[:middle], width, size) <= height else (low, middle - 1)
        cut = low
        if low < len(text):
            near = max(text.rfind(mark, low // 2, low) for mark in f"。\n{both(',;')}")
            cut = near + 1 if near >= 0 else low
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]
