"""OpenDocument spreadsheets (.ods) as a Book."""

from __future__ import annotations

import re
from datetime import timedelta

from xlplan.book import Area, Book, Mark, Sheet, Visibility
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.preflight import Package, damaged
from xlplan.files.sheets import markup, values
from xlplan.files.sheets.cells import Workbook
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.shapes import Shape
from xlplan.files.sheets.sidecar import moment_of
from xlplan.finding import Finding
from xlplan.rules import find

_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,9})D)?T?(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?"
)
_ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "Err:502", "Err:508", "Err:522"}
)
_DAY = timedelta(days=1)
_DIGITS = 8
_MOST_PROPERTIES = 1000


def read(package: Package) -> tuple[Book | None, list[Finding]]:
    """Every table of the document, with comments, pictures and properties."""
    if b"encryption-data" in package.read(_MANIFEST):
        raise XlplanError(find("F101"))
    if _CONTENT not in package:
        raise damaged(f"{_CONTENT} is missing")
    content = _Content(package.limits)
    markup.parse(package.chunks(_CONTENT), content, _CONTENT)
    if not content.grids:
        raise damaged("no tables")
    book = Book([grid.sheet for grid in content.grids])
    meta = _Meta()
    if _META in package:
        try:
            markup.parse(package.chunks(_META), meta, _META)
        except XlplanError:
            meta = _Meta()
    book.properties, book.modified = meta.properties, moment_of(meta.found.get("date", ""))
    book.title, book.subject = meta.found.get("title", ""), meta.found.get("subject", "")
    return book, [one for grid in content.grids for one in grid.findings()]


class _Meta(markup.Handlers):
    """meta.xml: title, subject, when it was last saved, and the properties that users define."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.properties: dict[str, str] = {}
        self.name = ""
        self.pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.pieces = []
        self.name = _named(attributes, "name") if name == "user-defined" else ""

    def text(self, data: str) -> None:
        self.pieces.append(data)

    def end(self, name: str) -> None:
        text, self.pieces = "".join(self.pieces).strip(), []
        if name == "user-defined" and self.name and len(self.properties) < _MOST_PROPERTIES:
            self.properties[self.name] = text
        else:
            self.found.setdefault(name, text)


def _named(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name."""
    return next((value for key, value in attributes.items() if markup.local(key) == name), "")


def _count(attributes: dict[str, str], name: str) -> int:
    """A repetition or span: at least one."""
    text = _named(attributes, name)
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else 1


def duration(text: str) -> timedelta | None:
    """An ISO 8601 duration such as `PT08H30M00S`."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        return None
    sign, days, hours, minutes, seconds = found.groups()
    try:
        total = timedelta(
            days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0)
        )
    except OverflowError:
        return None
    return -total if sign else total


class _Cell:
    """A table cell being read."""

    def __init__(self, attributes: dict[str, str]) -> None:
        short = {markup.local(name): value for name, value in attributes.items()}
        # calcext:value-type comes beside office:value-type and only adds the kind "error"
        self.error = "error" in {value for name, value in attributes.items() if markup.local(name) == "value-type"}
        self.kind = next((value for key, value in attributes.items() if key.endswith(":office:1.0 value-type")), "")
        self.kind = self.kind or short.get("value-type", "")
        self.short = short
        self.repeated = _count(attributes, "number-columns-repeated")
        self.spans = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        self.formula = "formula" in short
        self.paragraphs: list[str] = []
        self.comment: list[str] | None = None
        self.picture = False

    @property
    def filled(self) -> bool:
        """Whether there is anything in or on the cell."""
        return bool(self.kind or self.paragraphs or self.comment is not None or self.picture or self.spans != (1, 1))


class _Content(markup.Handlers):
    """content.xml: tables, rows and cells with their repetitions."""

    def __init__(self, limits: Limits) -> None:
        self.workbook = Workbook(limits)
        self.grids: list[Grid] = []
        self.hidden: set[str] = set()
        self.style = ""
        self.row = self.column = 0
        self.row_repeated = 1
        self.cells: list[tuple[int, _Cell]] = []
        self.cell: _Cell | None = None
        self.pieces: list[str] = []
        self.nested: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"tracked-changes", "annotation", "frame", "custom-shape", "control"}:
            self._nest(name)
        elif self.nested and self.nested[-1] != "annotation":
            if name == "image" and self.cell is not None:
                self.cell.picture = True
        elif self.cell is not None:
            self._inside(name, attributes)
        else:
            self._outside(name, attributes)

    def _nest(self, name: str) -> None:
        self.nested.append(name)
        if name == "annotation" and self.cell is not None:
            self.cell.comment = []

    def _outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.style = _named(attributes, "name")
        elif name == "table-properties" and _named(attributes, "display") == "false":
            self.hidden.add(self.style)
        elif name == "table":
            self._table(attributes)
        elif name == "table-row":
            self.column, self.cells = 0, []
            self.row_repeated = _count(attributes, "number-rows-repeated")
        elif name in {"table-cell", "covered-table-cell"} and self.grids:
            self.cell = _Cell(attributes)

    def _table(self, attributes: dict[str, str]) -> None:
        if len(self.grids) >= self.workbook.limits.sheets:
            raise XlplanError(find("F115", found=len(self.grids) + 1, limit=self.workbook.limits.sheets))
        hidden = _named(attributes, "style-name") in self.hidden
        sheet = Sheet(_named(attributes, "name"), Visibility.HIDDEN if hidden else Visibility.VISIBLE)
        self.grids.append(Grid(self.workbook, sheet))
        self.row = 0

    def _inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self.pieces = []
        elif name == "s":
            self.pieces.append(" " * min(_count(attributes, "c"), self.workbook.limits.text))
        elif name == "tab":
            self.pieces.append("\t")
        elif name == "line-break":
            self.pieces.append("\n")

    def text(self, data: str) -> None:
        if self.cell is not None:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        if self.nested:
            if name == self.nested[-1]:
                self.nested.pop()
            elif (
                name == "p"
                and self.nested[-1] == "annotation"
                and self.cell is not None
                and self.cell.comment is not None
            ):
                self.cell.comment.append("".join(self.pieces))
        elif self.cell is not None:
            self._end_inside(name, self.cell)
        elif name == "table-row" and self.grids:
            self._place()

    def _end_inside(self, name: str, cell: _Cell) -> None:
        if name == "p":
            cell.paragraphs.append("".join(self.pieces))
        elif name in {"table-cell", "covered-table-cell"}:
            if cell.filled:
                self.cells.append((self.column, cell))
            self.column += cell.repeated
            self.cell = None

    def _place(self) -> None:
        """Put the row's cells where they belong, as often as row and cells are repeated, within the limits."""
        limits, grid = self.workbook.limits, self.grids[-1]
        rows = range(self.row, self.row + self.row_repeated)
        self.row += self.row_repeated
        for column, cell in self.cells:
            columns = range(column, column + cell.repeated)
            for row in rows[: max(1, limits.rows - rows[0])]:
                shown = columns[: max(1, limits.columns - column)]
                self.workbook.count(len(shown))
                for at in shown:
                    _put(grid, (row, at), cell)


def _put(grid: Grid, at: tuple[int, int], cell: _Cell) -> None:
    if cell.spans != (1, 1):
        grid.sheet.merges.append(Area(*at, at[0] + cell.spans[0] - 1, at[1] + cell.spans[1] - 1))
    if cell.comment is not None:
        grid.comment(at, "\n".join(cell.comment))
    if cell.picture:
        grid.mark(at, Mark.PICTURE)
    if cell.formula:
        grid.mark(at, Mark.FORMULA)
    if cell.kind or cell.paragraphs:
        _put_value(grid, at, cell)


def _put_value(grid: Grid, at: tuple[int, int], cell: _Cell) -> None:
    text = "\n".join(cell.paragraphs)
    if cell.error or (cell.formula and text in _ERRORS):
        grid.mark(at, Mark.ERROR)
        grid.put(*at, text or "#VALUE!")
    elif cell.kind in {"float", "currency", "percentage"}:
        found = values.number(cell.short.get("value", ""))
        grid.put_number(at, found, Shape.PERCENT if cell.kind == "percentage" else Shape.NUMBER)
    elif cell.kind == "boolean":
        grid.put(*at, cell.short.get("boolean-value") == "true")
    elif cell.kind in {"date", "time"}:
        grid.put(*at, _moment(cell, text))
    else:
        grid.put_text(at, cell.short.get("string-value") or text)


def _moment(cell: _Cell, text: str) -> values.Moment:
    if cell.kind == "date":
        return values.iso_moment(cell.short.get("date-value", "")) or text
    found = duration(cell.short.get("time-value", ""))
    if found is None:
        return text
    return values.clock(found) if timedelta() <= found < _DAY else found
