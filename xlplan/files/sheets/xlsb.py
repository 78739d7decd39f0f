"""Binary Open XML workbooks (.xlsb) as a Book ([MS-XLSB])."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from enum import IntEnum

from xlplan.book import Area, Book, Mark, Sheet, Visibility
from xlplan.errors import XlplanError
from xlplan.files.preflight import Package, damaged
from xlplan.files.sheets import ooxml, sharedxml, sidecar
from xlplan.files.sheets.biff import error_text, rk_number
from xlplan.files.sheets.cells import Workbook
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.shapes import built_in, shape
from xlplan.finding import Finding, Place
from xlplan.rules import find

_VISIBILITY = {1: Visibility.HIDDEN, 2: Visibility.VERY_HIDDEN}
_STYLE = 0xFFFFFF  # the upper byte of a cell's style holds flags
_LAST_ROW = 1 << 20


class Tag(IntEnum):
    """The records that matter, by their numbers."""

    ROW = 0
    RK = 2
    ERROR = 3
    BOOLEAN = 4
    REAL = 5
    TEXT = 6
    SHARED = 7
    FORMULA_TEXT = 8
    FORMULA_REAL = 9
    FORMULA_BOOLEAN = 10
    FORMULA_ERROR = 11
    STRING_ITEM = 19
    FORMAT = 44
    STYLE = 47
    RICH_TEXT = 62
    DATA_END = 146
    WORKBOOK = 153
    SHEET = 156
    MERGE = 176
    STYLES_BEGIN = 617
    STYLES_END = 618
    COMMENT = 635
    COMMENT_TEXT = 637


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part. Kind and size are written in groups of seven bits."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _grouped(data, at, 2)
        size, at = _grouped(data, at, 4)
        if at + size > end:
            raise damaged("xlsb: a record goes beyond its part")
        yield kind, data[at : at + size]
        at += size


def _grouped(data: bytes, at: int, most: int) -> tuple[int, int]:
    found = 0
    for index in range(most):
        byte = data[at] if at < len(data) else 0
        at += 1
        found |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return found, at


def _string(data: bytes, at: int) -> str:
    size = struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : at + 4 + 2 * min(size, len(data))].decode("utf-16-le", errors="replace")


def read(package: Package) -> tuple[Book | None, list[Finding]]:
    """Every worksheet of the workbook, with what stands beside the cells."""
    part = sharedxml.first(sharedxml.relations(package, ""), "officeDocument")
    try:
        return _read(package, part)
    except struct.error as error:
        raise damaged(f"xlsb: {error}") from None


def _read(package: Package, part: str) -> tuple[Book | None, list[Finding]]:
    links = sharedxml.relations(package, part)
    shared, listed = Workbook(package.limits), []
    for kind, data in records(package.read(part)):
        if kind == Tag.WORKBOOK:
            shared.from_1904 = bool(struct.unpack_from("<I", data)[0] & 1)
        elif kind == Tag.SHEET:
            listed.append(_listed(data))
    if len(listed) > package.limits.sheets:
        raise XlplanError(find("F115", found=len(listed), limit=package.limits.sheets))
    _read_styles(package.read(sharedxml.first(links, "styles")), shared)
    _read_strings(package.read(sharedxml.first(links, "sharedStrings")), shared)
    book, findings, targets = Book(), [], {link.id: link for link in links}
    for name, relation, visibility in listed:
        link = targets.get(relation)
        if link is not None and link.type in ooxml.NO_TABLES:
            continue
        grid = Grid(shared, Sheet(name, visibility))
        book.sheets.append(grid.sheet)
        findings += _read_sheet(package, link.target if link else "", grid)
    if not book.sheets:
        raise damaged("no worksheets")
    sidecar.read_properties(package, book)
    return book, findings


def _listed(data: bytes) -> tuple[str, str, Visibility]:
    state = struct.unpack_from("<I", data)[0]
    relation = _string(data, 8)
    return _string(data, 12 + 2 * len(relation)), relation, _VISIBILITY.get(state, Visibility.VISIBLE)


def _read_styles(data: bytes, shared: Workbook) -> None:
    codes, inside = {}, False
    for kind, content in records(data):
        if kind == Tag.FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = shape(_string(content, 2))
        elif kind in {Tag.STYLES_BEGIN, Tag.STYLES_END}:
            inside = kind == Tag.STYLES_BEGIN
        elif kind == Tag.STYLE and inside:
            number = struct.unpack_from("<H", content, 2)[0]
            shared.shapes.append(codes[number] if number in codes else built_in(number))


def _read_strings(data: bytes, shared: Workbook) -> None:
    characters = 0
    for kind, content in records(data):
        if kind == Tag.STRING_ITEM:
            shared.strings.append(_string(content, 1))
            characters += len(shared.strings[-1])
    if len(shared.strings) > shared.limits.cells:
        raise XlplanError(find("F116", limit=shared.limits.cells))
    if characters > shared.limits.characters:
        raise XlplanError(find("F117", limit=shared.limits.characters))


def _read_sheet(package: Package, part: str, grid: Grid) -> list[Finding]:
    if not part or part not in package:
        return [find("F137", Place(sheet=grid.sheet.name), detail=part or "-")]
    reader = _SheetReader(grid)
    for kind, data in records(package.read(part)):
        reader.take(kind, data)
    for link in sharedxml.relations(package, part):
        if link.type == "comments" and link.target in package:
            _read_comments(package.read(link.target), grid)
    sidecar.read_beside(package, part, grid, comments=False)
    return grid.findings()


def _read_comments(data: bytes, grid: Grid) -> None:
    at = (0, 0)
    for kind, content in records(data):
        if kind == Tag.COMMENT:
            row, _, column, _ = struct.unpack_from("<4I", content, 4)
            at = row, column
        elif kind == Tag.COMMENT_TEXT:
            grid.comment(at, _string(content, 1))


class _SheetReader:
    """The records of one sheet, put into its grid."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.workbook = grid, grid.workbook
        self.row = 0
        self.takers: dict[int, Callable[[tuple[int, int], int, bytes], None]] = {
            Tag.RK: lambda at, style, data: self._number(at, style, rk_number(struct.unpack_from("<I", data, 8)[0])),
            Tag.REAL: lambda at, style, data: self._number(at, style, struct.unpack_from("<d", data, 8)[0]),
            Tag.ERROR: lambda at, _, data: self._error(at, data[8]),
            Tag.BOOLEAN: lambda at, _, data: self.grid.put(*at, bool(data[8])),
            Tag.TEXT: lambda at, _, data: self.grid.put_text(at, _string(data, 8)),
            Tag.RICH_TEXT: lambda at, _, data: self.grid.put_text(at, _string(data, 9)),
            Tag.SHARED: lambda at, _, data: self._shared(at, struct.unpack_from("<I", data, 8)[0]),
        }
        formulas = {
            Tag.FORMULA_REAL: Tag.REAL, Tag.FORMULA_TEXT: Tag.TEXT,
            Tag.FORMULA_BOOLEAN: Tag.BOOLEAN, Tag.FORMULA_ERROR: Tag.ERROR,
        }  # fmt: skip
        self.formulas: dict[int, Callable[[tuple[int, int], int, bytes], None]] = {
            formula: self.takers[value] for formula, value in formulas.items()
        }

    def take(self, kind: int, data: bytes) -> None:
        """One record."""
        taker = self.takers.get(kind) or self.formulas.get(kind)
        if kind == Tag.ROW:
            self.row = min(struct.unpack_from("<I", data)[0], _LAST_ROW)
        elif kind == Tag.MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            self.workbook.count(1)
            if top <= bottom < _LAST_ROW and left <= right < _LAST_ROW:
                self.grid.sheet.merges.append(Area(top, left, bottom, right))
        elif taker is not None and len(data) > 8:  # noqa: PLR2004 - column and style come first
            column, style = struct.unpack_from("<II", data)
            self.workbook.count(1)
            if kind in self.formulas:
                self.grid.mark((self.row, column), Mark.FORMULA)
            taker((self.row, column), style & _STYLE, data)

    def _number(self, at: tuple[int, int], style: int, amount: float) -> None:
        self.grid.put_number(at, amount, self.workbook.shape(style))

    def _error(self, at: tuple[int, int], code: int) -> None:
        self.grid.mark(at, Mark.ERROR)
        self.grid.put(*at, error_text(code))

    def _shared(self, at: tuple[int, int], number: int) -> None:
        if number < len(self.workbook.strings):
            self.grid.put_text(at, self.workbook.strings[number])
        else:
            self.grid.remark("F206", at)
