"""Tables and charts of lights for the overview."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan.book import Area, Formula, address
from xlplan.book.parts import Chart, Series
from xlplan.books.consolidated.figures import Count, shares
from xlplan.model import Light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Content, Look, Sheet
    from xlplan.books.consolidated.flat import Placed
    from xlplan.books.consolidated.work import Work

COLUMNS, WIDTH = 20, 8.0
"""The overview's grid: so many columns, each so many characters wide."""

ROW = 22.0
"""The height of a row of the overview, in points."""

LABEL = 3
"""A table's first column takes so many of the grid's; then come the lights, and last the total."""

_PIXEL = 4 / 3  # pixels in a point
_DIGIT, _PADDING = 8, 5  # pixels of a column's unit, and what a column has beside it
_PATTERNS = {
    Light.GREEN: "",
    Light.BLUE: "light_horizontal",
    Light.YELLOW: "wide_upward_diagonal",
    Light.ORANGE: "large_grid",
    Light.RED: "small_check",
    Light.NONE: "percent_10",
}
"""Patterns that tell the lights apart in black and white."""


@dataclass(frozen=True)
class Box:
    """A place for a chart on the grid: rows and columns, both ends included."""

    top: int
    bottom: int
    left: int
    right: int


def total_column(work: Work) -> int:
    """The column of a table's totals, its last."""
    return LABEL + len(work.tally.lights)


def put_wide(sheet: Sheet, row: int, columns: tuple[int, int], value: Content, look: Look) -> None:
    """Set a cell over some columns of the grid."""
    sheet.merge(Area(row, columns[0], row, columns[1]), value, look)


def put_lights(
    sheet: Sheet, work: Work, top: int, label: str, rows: Sequence[tuple[str, Count]], live: Placed | None = None
) -> tuple[int, int]:
    """A table of lights below its header at `top`; gives its first and last row. `live`: the detail to count in."""
    dress, total = work.dress, total_column(work)
    put_wide(sheet, top, (0, LABEL - 1), label, dress.look("head"))
    for column, light in enumerate(work.tally.lights, LABEL):
        sheet.put(top, column, work.light(light), dress.look("head"))
    sheet.put(top, total, dress.pages["overview"].say("total"), dress.look("head"))
    for row, (name, count) in enumerate(rows, top + 1):
        put_wide(sheet, row, (0, LABEL - 1), name, dress.look("short"))
        for column, number in enumerate(count.lights, LABEL):
            value = _counted(live, row, address(top, column), number)
            sheet.put(row, column, value, dress.look("count"))
        sheet.put(row, total, _sum(row, row, LABEL, total - 1, count.due), dress.look("count"))
    return top + 1, top + len(rows)


def _counted(live: Placed | None, row: int, header: str, value: int) -> Content:
    """How many rows of the detail have the section named in this row and the light named in the header."""
    sections, lights = (live.reference(one) if live else "" for one in ("section", "light"))
    if not sections or not lights:
        return value
    return Formula(f"SUMPRODUCT(EXACT({sections},$A{row + 1})*EXACT({lights},{header}))", value)


def put_totals(sheet: Sheet, work: Work, first: int, last: int) -> None:
    """Below a table of lights its totals and their shares, which together make exactly 100."""
    page, dress, counts = work.dress.pages["overview"], work.dress, work.figures.all
    put_wide(sheet, last + 1, (0, LABEL - 1), page.say("total"), dress.look("total_text"))
    put_wide(sheet, last + 2, (0, LABEL - 1), page.say("share"), dress.look("total_text"))
    share = shares(counts.lights)
    numbers = zip((*counts.lights, counts.due), (*share, sum(share)), strict=True)
    for column, (number, part) in enumerate(numbers, LABEL):
        sheet.put(last + 1, column, _sum(first, last, column, column, number), dress.look("total"))
        sheet.put(last + 2, column, float(part), replace(dress.look("total"), number="0.0"))


def _sum(top: int, bottom: int, left: int, right: int, value: int) -> Content:
    return Formula(f"SUM({address(top, left)}:{address(bottom, right)})", value) if bottom >= top else value


def stacked(work: Work, sheet: Sheet, kind: str, title: str, rows: tuple[int, int], box: Box) -> Chart:
    """A chart of a table of lights on the overview: a stack for each of its rows."""
    names = Area(rows[0], 0, rows[1], 0)
    areas = [Area(rows[0], column, rows[1], column) for column in range(LABEL, total_column(work))]
    return stack_chart(work, sheet, (kind, title), [(sheet.name, names, area) for area in areas], box)


def stack_chart(
    work: Work, sheet: Sheet, what: tuple[str, str], cells: Sequence[tuple[str, Area, Area]], box: Box
) -> Chart:
    """A stacked chart with a series for each light, from the cells with names and counts on some sheet."""
    series = tuple(
        Series(work.light(light), name, names, values, work.dress.colors[light.value], _PATTERNS[light])
        for light, (name, names, values) in zip(work.tally.lights, cells, strict=True)
    )
    width, height = _size(sheet, box)
    font = work.dress.look("text").font
    return Chart(what[0], what[1], series, box.top, box.left, width, height, subtype="stacked", font=font)


def all_lights(work: Work, sheet: Sheet, total: int, box: Box) -> Chart:
    """A chart of the totals: a column for each light."""
    header, last = total - len(work.figures.sections) - 1, total_column(work) - 1
    names, values = Area(header, LABEL, header, last), Area(total, LABEL, total, last)
    points = tuple((work.dress.colors[light.value], _PATTERNS[light]) for light in work.tally.lights)
    title = work.dress.pages["overview"].say("chart_lights")
    width, height = _size(sheet, box)
    series = Series(title, sheet.name, names, values, points=points)
    font = work.dress.look("text").font
    return Chart("column", title, (series,), box.top, box.left, width, height, font=font, legend=False)


def _size(sheet: Sheet, box: Box) -> tuple[int, int]:
    height = sum(sheet.heights.get(row, ROW) for row in range(box.top, box.bottom + 1))
    return round((box.right - box.left + 1) * (WIDTH * _DIGIT + _PADDING)), round(height * _PIXEL)
