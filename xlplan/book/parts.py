"""What stands around the cells of a workbook that is written: streamed rows, validations, charts, lists, print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from xlplan.book.looks import Cell, Content, Look
    from xlplan.book.places import Area


@dataclass(frozen=True)
class Stream:
    """The rows of a long table, made one after another while they are written: they never all stand in memory.

    `rows` gives `count` rows from row `top` on, the same ones each time it is called; a row has for every column a
    value in the column's look, or a `Cell` with one of the looks in `also`. Nothing else may stand there or below.
    """

    top: int
    count: int
    looks: tuple[Look, ...]
    rows: Callable[[], Iterator[Sequence[Content | Cell]]]
    also: tuple[Look, ...] = ()

    @property
    def bottom(self) -> int:
        """The last row."""
        return self.top + self.count - 1


@dataclass(frozen=True)
class Choice:
    """A validation. `kind`: list (of `options`), number, date or length, with the message for a wrong one.

    Where it is not `strict` the message only informs, and the entry stays. `also` are more cells that it is for.
    """

    area: Area
    kind: str
    options: tuple[str, ...] = ()
    minimum: Decimal | int | date | None = None
    maximum: Decimal | int | date | None = None
    strict: bool = True
    title: str = ""
    message: str = ""
    prompt: str = ""
    also: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Highlight:
    """A conditional format: cells of `area` and `also` where `formula` holds, or (`bar`) a data bar from 0 to 1.

    The formula is written for the first cell of `area`, as in Excel.
    """

    area: Area
    formula: str = ""
    fill: str = ""
    color: str = ""
    bar: bool = False
    bold: bool = False
    also: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Series:
    """A chart's series: a name, the cells with the categories and with the values, and its colour.

    A `pattern` (XlsxWriter's names) tells series apart in black and white; `points` are (colour, pattern) by point.
    """

    name: str
    sheet: str
    categories: Area
    values: Area
    color: str = ""
    pattern: str = ""
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Chart:
    """A native chart anchored at a cell. `kind`: column, bar, line, pie, doughnut; `subtype`: stacked or none."""

    kind: str
    title: str
    series: tuple[Series, ...]
    row: int
    column: int
    width: int = 480
    height: int = 288
    subtype: str = ""
    value_format: str = ""
    maximum: float | None = None
    font: str = ""
    legend: bool = True
    labels: bool = True


@dataclass(frozen=True)
class Print:
    """Print set-up. `repeat`: the 0-based rows, and columns, that every page repeats; `breaks`: rows that start a page.

    `margins` are left, right, top and bottom in inches. `fit_tall` 0 is as many pages as it takes.
    """

    paper: str = "A4"
    landscape: bool = True
    fit_wide: int = 1
    fit_tall: int = 0
    repeat: tuple[int, int] | None = None
    repeat_columns: tuple[int, int] | None = None
    header: str = ""
    footer: str = "&C- &P -"
    margins: tuple[float, float, float, float] = (0.5, 0.5, 0.6, 0.6)
    breaks: tuple[int, ...] = ()
    center: bool = True


@dataclass(frozen=True)
class ListTable:
    """An Excel table over `area` (its first row is the header), with filters and a style."""

    area: Area
    name: str
    columns: tuple[str, ...]
    style: str = "Table Style Light 1"
