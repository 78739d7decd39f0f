"""Printed tables: blocks of rows whose cells may run over several of them, made high enough and kept together on pages.

A block is one task with its rows. A run is a cell of it, over one row or several. Where a block is longer than a page
it is torn between two of its rows, and each part is a cell of its own that shows where it goes on.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from xlplan.book import Area, Cell
from xlplan.books.metrics import cell_height, page_breaks, split_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Content, Look, Sheet
    from xlplan.book.parts import Print


_TALL, _GRAIN = 180.0, 60.0  # what is taller than this is spread over rows about so high, so that a page can end in it
_SHORT = 20  # a text so short is repeated on the next page
_HAIR = 0.01  # points
_ROUNDS = 5  # parts made higher move page breaks, which may tear other cells


@dataclass(frozen=True)
class Run:
    """A cell over the columns `left` to `right` and the rows `first` to `last` of its block.

    `again` stands for the cell on the next page, where its text has ended before.
    """

    left: int
    first: int
    last: int
    value: Content
    look: Look
    right: int = -1
    again: str = ""

    @property
    def end(self) -> int:
        """The last column."""
        return max(self.left, self.right)


@dataclass(frozen=True)
class Block:
    """Rows that belong together. A `band` also stays with the block that follows it."""

    runs: tuple[Run, ...]
    rows: int = 1
    floor: float = 0.0
    band: bool = False


def runs_of(column: int, values: Sequence[Content], look: Look) -> list[Run]:
    """A column of a block, equal neighbours as one cell."""
    runs: list[Run] = []
    for row, value in enumerate(values):
        if runs and runs[-1].value == value:
            runs[-1] = replace(runs[-1], last=row)
        else:
            runs.append(Run(column, row, row, value, look))
    return runs


def lay(sheet: Sheet, top: int, blocks: Sequence[Block], setup: Print, more: str | None) -> Print:
    """Write the blocks from row `top` on; gives the print set-up with its page breaks.

    `more` marks what goes on on the next page; with None the pages are left to the program that prints.
    """
    tall = [_stretched(sheet, block) if more is not None else block for block in blocks]
    starts: list[int] = []
    row = top
    for block in tall:
        starts.append(row)
        for offset, height in enumerate(_heights(sheet, block)):
            sheet.heights[row + offset] = round(height, 2)
        row += block.rows
    placed = [(start, run) for start, block in zip(starts, tall, strict=True) for run in block.runs]
    breaks: tuple[int, ...] = ()
    for _ in range(_ROUNDS if more is not None else 0):
        breaks = page_breaks(sheet, setup, _groups(starts, tall))
        grown = [_grown(sheet, run, _parts(sheet, start, run, breaks, more or "")) for start, run in placed]
        if not any(grown):
            break
    for start, run in placed:
        for area, value in _parts(sheet, start, run, breaks, more or ""):
            sheet.merge(area, value, run.look)
    return replace(setup, breaks=breaks)


def _stretched(sheet: Sheet, block: Block) -> Block:
    """The block with more rows at its end where its cells are taller than its rows can be."""
    lacking, after = max(
        ((_rows_for(_need(sheet, run)) - (run.last - run.first + 1), run.last) for run in block.runs), default=(0, 0)
    )
    if lacking <= 0:
        return block
    runs = (_moved(run, after, lacking) for run in block.runs)
    return _stretched(sheet, replace(block, runs=tuple(runs), rows=block.rows + lacking))


def _rows_for(height: float) -> int:
    return 1 if height <= _TALL else ceil(height / _GRAIN)


def _moved(run: Run, after: int, more: int) -> Run:
    """The run once `more` rows have been put in below the row `after`."""
    first = run.first + (more if run.first > after else 0)
    return replace(run, first=first, last=run.last + (more if run.last >= after else 0))


def _heights(sheet: Sheet, block: Block) -> list[float]:
    heights = [block.floor] * block.rows
    for run in sorted(block.runs, key=lambda one: one.last - one.first):
        rows = range(run.first, run.last + 1)
        short = _need(sheet, run) - sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(0.0, short) / len(rows)
    return heights


def _need(sheet: Sheet, run: Run) -> float:
    return cell_height(Cell(run.value, run.look), _width(sheet, run))


def _width(sheet: Sheet, run: Run) -> float:
    return sum(sheet.widths[column] for column in range(run.left, run.end + 1))


def _groups(starts: Sequence[int], blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The rows that should stay on one page: a block, with the bands above it."""
    groups: list[tuple[int, int]] = []
    first: int | None = None
    for start, block in zip(starts, blocks, strict=True):
        first = start if first is None else first
        if not block.band:
            groups.append((first, start + block.rows - 1))
            first = None
    return groups if first is None else [*groups, (first, first)]


def _parts(sheet: Sheet, start: int, run: Run, breaks: Sequence[int], more: str) -> list[tuple[Area, Content]]:
    """A run's cell, in as many parts as the page breaks cut it into."""
    top, bottom = start + run.first, start + run.last
    cuts = [top, *breaks[bisect_right(breaks, top) : bisect_right(breaks, bottom)], bottom + 1]
    areas = [Area(cut, run.left, after - 1, run.end) for cut, after in pairwise(cuts)]
    values: Sequence[Content] = [run.value] * len(areas)
    if len(areas) > 1 and isinstance(run.value, str):
        rooms = [_room(sheet, area) for area in areas]
        parts = split_text(run.value, _width(sheet, run), run.look.size, rooms)
        repeated = run.value if len(run.value) <= _SHORT else f"{run.again}{more}"
        values = [parts[0], *(part or repeated for part in parts[1:])]
    return list(zip(areas, values, strict=True))


def _grown(sheet: Sheet, run: Run, parts: Sequence[tuple[Area, Content]]) -> bool:
    """Make the parts of a torn cell high enough for what they say; whether any of them was too low."""
    grown = False
    for area, value in parts if len(parts) > 1 else ():
        short = cell_height(Cell(value, run.look), _width(sheet, run)) - _room(sheet, area)
        if short > _HAIR:
            rows = range(area.top, area.bottom + 1)
            for row in rows:
                sheet.heights[row] = round(sheet.heights[row] + short / len(rows) + _HAIR, 2)
            grown = True
    return grown


def _room(sheet: Sheet, area: Area) -> float:
    return sum(sheet.heights[row] for row in range(area.top, area.bottom + 1))
