"""The workbook and its sheets, as they are read and as they are to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from xlplan.book.looks import Cell, Formula, Link, Look

if TYPE_CHECKING:
    from datetime import datetime

    from xlplan.book.looks import Content, Value
    from xlplan.book.parts import Chart, Choice, Highlight, ListTable, Print, Stream
    from xlplan.book.places import Area


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
