"""A workbook without Excel: what is written and read, free of any file format.

Reading gives a `Book` of plain values: cells are what the file holds, addresses are true (blank rows are kept), and
`marks` tells what the plain value hides. Writing takes a `Book` with looks: formats by name, validations, protection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | time | timedelta | None


@lru_cache(maxsize=1 << 10)
def column_name(index: int) -> str:
    """The letters of the column with this 0-based index: 0 is `A`, 26 is `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address people see, from 0-based row and column: (6, 10) is `K7`."""
    return f"{column_name(column)}{row + 1}"


def position(cell: str) -> tuple[int, int]:
    """The 0-based row and column of an address such as `K7`."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d+)", cell)
    if not found:
        raise ValueError(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


class Visibility(StrEnum):
    """How a sheet is shown."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


class Mark(StrEnum):
    """What a read cell is beside its value."""

    PERCENT = "percent"
    ERROR = "error"
    NO_CACHE = "formula without a value"
    FORMULA = "formula"
    PICTURE = "picture"
    COMMENT = "comment"


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


# --- looks, for writing -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """How a cell looks. Colours are `RRGGBB`; `size` is in points; `border` is thin all round, in the colour `line`."""

    font: str = ""
    size: float = 11
    bold: bool = False
    color: str = ""
    fill: str = ""
    align: str = "left"
    valign: str = "vcenter"
    wrap: bool = True
    border: bool = True
    line: str = ""
    number: str = ""
    locked: bool = True
    link: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Formula:
    """A live formula (never made of a user's text) with the value that it computes to."""

    text: str
    value: str | int | float = 0


@dataclass(frozen=True)
class Link:
    """A link to a cell inside the same workbook."""

    sheet: str
    cell: str
    text: str


Content: TypeAlias = Value | Formula | Link


class Cell(NamedTuple):
    """A cell to write. A tuple, because large workbooks are made of a million of them."""

    value: Content = None
    look: Look = Look()
    comment: str = ""


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


# --- the workbook -----------------------------------------------------------------------------------------------------


_PLAIN = Look()


def _plain(content: Content) -> Value:
    if isinstance(content, Formula):
        return content.value
    return content.text if isinstance(content, Link) else content


@dataclass
class Sheet:
    """One sheet. Built for writing, filled by a reader; `cells` maps (row, column) to the cell to write.

    `rows` is what a reader found: a list of rows of plain values, with `marks` by address. Widths are in characters,
    heights in points; a row in `growing` has its height only until somebody writes more into it.
    """

    name: str
    visibility: Visibility = Visibility.VISIBLE
    rows: list[list[Value]] = field(default_factory=list)
    marks: dict[tuple[int, int], frozenset[Mark]] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    growing: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    choices: list[Choice] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    tables: list[ListTable] = field(default_factory=list)
    stream: Stream | None = None
    filter: Area | None = None
    freeze: tuple[int, int] | None = None
    protected: bool = False
    print: Print | None = None
    tab: str = ""
    zoom: int = 100
    grid: bool = False

    def put(self, row: int, column: int, value: Content, look: Look | None = None, comment: str = "") -> None:
        """Set the cell at 0-based row and column."""
        self.cells[row, column] = Cell(value, look or _PLAIN, comment)

    def merge(self, area: Area, value: Content, look: Look | None = None) -> None:
        """Set one value over a rectangle; a single cell is not merged."""
        if (area.top, area.left) != (area.bottom, area.right):
            self.merges.append(area)
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    self.put(row, column, None, look)
        self.put(area.top, area.left, value, look)

    def value(self, row: int, column: int) -> Value:
        """The plain value at a position, None where the sheet has nothing."""
        if self.cells and (row, column) in self.cells:
            return _plain(self.cells[row, column].value)
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None


@dataclass
class Book:
    """A workbook: its sheets in order and its document properties. `modified`: last saved, as the file says.

    `font` is the workbook's own, whose digit is the unit of column widths.
    """

    sheets: list[Sheet] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    title: str = ""
    subject: str = ""
    font: str = "宋体"
    modified: datetime | None = None

    def sheet(self, name: str) -> Sheet | None:
        """The sheet with this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def add(self, name: str) -> Sheet:
        """A new sheet at the end."""
        sheet = Sheet(name)
        self.sheets.append(sheet)
        return sheet
