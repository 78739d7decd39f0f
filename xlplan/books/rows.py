"""Rows of a table that people fill: each high enough for its texts, over several sheet rows where one is too low."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Area
from xlplan.books.metrics import page_breaks, rows_for, tallest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Content, Look, Print, Sheet


def put_row(sheet: Sheet, top: int, contents: Sequence[tuple[Content, Look]], lowest: float) -> int:
    """Write a row's cells from the first column on; gives the next free row.

    A row that fits into one sheet row may grow while people write; one that does not is merged over several.
    """
    texts = (
        (value, sheet.widths[at], look.size) for at, (value, look) in enumerate(contents) if isinstance(value, str)
    )
    need = tallest(texts, lowest)
    count = rows_for(need)
    for at, (value, look) in enumerate(contents):
        if count == 1:
            sheet.put(top, at, value, look)
        else:
            sheet.merge(Area(top, at, top + count - 1, at), value, look)
    for row in range(top, top + count):
        sheet.heights[row] = round(need / count, 2)
    if count == 1:
        sheet.growing.add(top)
    return top + count


def unbroken(sheet: Sheet, setup: Print, tops: Sequence[int], last: int) -> Print:
    """The print set-up that keeps rows merged over several on one page; `tops` are the rows' first ones."""
    ends = [*(top - 1 for top in tops[1:]), last]
    groups = list(zip(tops, ends, strict=True)) if tops else []
    if all(top == end for top, end in groups):
        return setup
    return replace(setup, breaks=page_breaks(sheet, setup, groups, whole=True))
