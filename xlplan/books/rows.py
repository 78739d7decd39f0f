"""Rows of a table that people fill: each high enough for its texts, over several sheet rows where one is too low."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Area
from xlplan.books.metrics import rows_for, tallest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Cell, Sheet
    from xlplan.book.parts import Print


def put_row(sheet: Sheet, top: int, cells: Sequence[Cell], lowest: float) -> int:
    """Write a row's cells from the first column on; gives the next free row.

    A row that fits into one sheet row may grow while people write; one that does not is merged over several.
    """
    widths = sheet.widths
    texts = [(value, widths[at], look.size) for at, (value, look, _) in enumerate(cells) if isinstance(value, str)]
    need = tallest(texts, lowest)
    count = rows_for(need)
    for row in range(top, top + count):
        sheet.heights[row] = round(need / count, 2)
    if count == 1:
        for at, cell in enumerate(cells):
            sheet.cells[top, at] = cell
        sheet.growing.add(top)
        return top + 1
    for at, (value, look, _) in enumerate(cells):
        sheet.merge(Area(top, at, top + count - 1, at), value, look)
    return top + count


def unbroken(setup: Print, tops: Sequence[int], last: int) -> Print:
    """The print set-up that starts a page with each row that is merged over several; `tops` are the rows' first ones.

    Such a row takes more than half a page, and the programs would tear it. The first stays with the head.
    """
    ends = [*(top - 1 for top in tops[1:]), last]
    breaks = tuple(top for top, end in zip(tops, ends, strict=False) if top < end and top != tops[0])
    return replace(setup, breaks=breaks)
