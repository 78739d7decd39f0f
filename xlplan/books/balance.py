"""Column widths that suit what stands in the columns: a table as low as its text allows within the same width."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from xlplan.books.metrics import DIGIT, page_room, text_length

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.books.template import Column, Page

_STEP = 1.0  # characters moved at a time
_NARROWEST, _WIDEST = 0.65, 1.8  # of the width that the template asks for
_ROUNDS, _SAMPLE = 60, 120
_HEADER, _BESIDE = 12.0, 1.6  # a header's type in points, what stands beside it in characters


def without_empty(page: Page, used: set[str], keep: str) -> Page:
    """The page without the columns in which nothing stands; their width goes to the column `keep`."""
    empty = [column for column in page.columns if column.field not in used]
    room = sum(column.width for column in empty)
    kept = (column for column in page.columns if column not in empty)
    return replace(page, columns=tuple(_wider(one, room) if one.field == keep else one for one in kept))


def filling(page: Page) -> Page:
    """The page with its columns as wide as the paper lets them be together, in proportion."""
    share = page_room(page.print)[0] / DIGIT / sum(column.width for column in page.columns)
    return replace(page, columns=tuple(replace(one, width=one.width * share) for one in page.columns))


def balanced(page: Page, rows: Sequence[Mapping[str, str]], flexible: frozenset[str]) -> Page:
    """The page with the widths of its `flexible` columns shifted among them, so that `rows` get low together."""
    columns = [column for column in page.columns if column.field in flexible]
    step = max(1, len(rows) // _SAMPLE)
    table = [[_need(column, row.get(column.field, "")) for column in columns] for row in rows[::step]]
    asked = [column.width for column in columns]
    least = [max(column.width * _NARROWEST, min(column.width, _header(column))) for column in columns]
    widths = _shifted(asked, least, table)
    by_field = {column.field: width for column, width in zip(columns, widths, strict=True)}
    return replace(page, columns=tuple(replace(one, width=by_field.get(one.field, one.width)) for one in page.columns))


def _wider(column: Column, room: float) -> Column:
    return replace(column, width=column.width + room)


def _need(column: Column, text: str) -> float:
    """The area of a text: its length in characters of a column's unit, times its type size."""
    return text_length(text, column.look.size) / DIGIT * column.look.size


def _header(column: Column) -> float:
    """The width that keeps a header on one line."""
    return text_length(column.header, _HEADER) / DIGIT + _BESIDE


def _shifted(asked: Sequence[float], least: Sequence[float], table: Sequence[Sequence[float]]) -> list[float]:
    """The widths after as many single moves between two columns as make the table lower."""
    widths = list(asked)
    best = _height(widths, table)
    for _ in range(_ROUNDS):
        moves = []
        for giver, taker in permutations(range(len(widths)), 2):
            moved = list(widths)
            moved[giver] -= _STEP
            moved[taker] += _STEP
            if moved[giver] >= least[giver] and moved[taker] <= asked[taker] * _WIDEST:
                moves.append((_height(moved, table), moved))
        lowest = min(moves, key=lambda one: one[0], default=(best, widths))
        if lowest[0] >= best:
            break
        best, widths = lowest
    return widths


def _height(widths: Sequence[float], table: Sequence[Sequence[float]]) -> float:
    return sum(max((need / width for need, width in zip(row, widths, strict=True)), default=0.0) for row in table)
