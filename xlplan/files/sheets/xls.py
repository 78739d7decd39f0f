"""Binary workbooks of Excel 97-2003 and Excel 5/95 (.xls), which WPS also writes as .et, as a Book ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from xlplan.book import Book, Sheet, Visibility
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.preflight import damaged
from xlplan.files.sheets.biff import CODEPAGES, Strings, shared_strings
from xlplan.files.sheets.cells import Workbook
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.ole import Compound, properties
from xlplan.files.sheets.shapes import built_in, shape
from xlplan.files.sheets.xls_cipher import decrypted, own_key
from xlplan.files.sheets.xls_sheet import SheetReader, Tag
from xlplan.finding import Finding
from xlplan.rules import find

_FIRST_RECORDS = 16  # a password stands at the very beginning
_BIFF8, _BIFF5 = 0x600, 0x500
_VISIBILITY = {1: Visibility.HIDDEN, 2: Visibility.VERY_HIDDEN}
_SUMMARY, _MORE_SUMMARY = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_TITLE, _SUBJECT, _SAVED = 2, 3, 13

Record = tuple[int, bytes]


def records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from a position on, each with its kind; the end of the stream ends them."""
    end = len(stream)
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > end:
            raise XlplanError(find("F103"))
        yield kind, stream[at : at + size]
        at += size


@dataclass
class _Entry:
    """A sheet as the workbook lists it."""

    name: str
    at: int
    visibility: Visibility
    is_worksheet: bool


@dataclass
class _Globals:
    """What the workbook says before its sheets."""

    workbook: Workbook
    strings: Strings = field(default_factory=Strings)
    sheets: list[_Entry] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    pending: list[bytes] = field(default_factory=list)

    def take(self, kind: int, data: bytes) -> None:
        """One record of the workbook's own."""
        if self.pending and kind != Tag.CONTINUE:
            self.workbook.strings = shared_strings(self.pending, self.workbook.limits)
            self.pending = []
        if kind == Tag.CODE_PAGE:
            self.strings.codepage = CODEPAGES.get(struct.unpack_from("<H", data)[0], "cp1252")
        elif kind == Tag.DATE_SYSTEM:
            self.workbook.from_1904 = bool(struct.unpack_from("<H", data)[0])
        elif kind == Tag.FORMAT:
            self.formats[struct.unpack_from("<H", data)[0]] = self.strings.long(data, 2)
        elif kind == Tag.STYLE:
            self.styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == Tag.SHEET:
            self._sheet(data)
        elif kind == Tag.STRINGS or (kind == Tag.CONTINUE and self.pending):
            self.pending.append(data)

    def _sheet(self, data: bytes) -> None:
        at, state, sort = struct.unpack_from("<IBB", data)
        limits = self.workbook.limits
        self.sheets.append(
            _Entry(self.strings.short(data, 6), at, _VISIBILITY.get(state & 3, Visibility.VISIBLE), sort == 0)
        )
        if len(self.sheets) > limits.sheets:
            raise XlplanError(find("F115", found=len(self.sheets), limit=limits.sheets))

    def finish(self) -> None:
        """Turn the cell formats into shapes."""
        codes = {number: shape(code) for number, code in self.formats.items()}
        self.workbook.shapes = [codes[one] if one in codes else built_in(one) for one in self.styles]


def read(compound: Compound, limits: Limits) -> tuple[Book | None, list[Finding]]:
    """Every worksheet of the workbook, with what stands beside the cells."""
    stream = compound.read("Workbook") or compound.read("Book")
    book, findings = read_stream(stream, limits)
    summary, more = properties(compound.read(_SUMMARY)), properties(compound.read(_MORE_SUMMARY))
    book.properties = more.named
    book.title, book.subject = (str(summary.numbered.get(number, "")) for number in (_TITLE, _SUBJECT))
    saved = summary.numbered.get(_SAVED)
    book.modified = saved if isinstance(saved, datetime) else None
    if {"_vba_project_cur", "macros"} & compound.names():
        findings.append(find("F138"))
    return book, findings


def read_stream(stream: bytes, limits: Limits) -> tuple[Book, list[Finding]]:
    """The workbook stream: the workbook's own records, then each sheet where the workbook says that it begins."""
    try:
        stream = _opened(stream)
        shared = _read_globals(stream, limits)
        book, findings = Book(), []
        for entry in shared.sheets:
            if entry.is_worksheet:
                sheet = Sheet(entry.name, entry.visibility)
                book.sheets.append(sheet)
                findings += _read_sheet(stream, entry.at, Grid(shared.workbook, sheet), shared.strings)
    except struct.error as error:
        raise damaged(f"xls: {error}") from None
    if not book.sheets:
        raise damaged("no worksheets")
    return book, findings


def _opened(stream: bytes) -> bytes:
    """The stream in the clear: Excel's own password opens it, that of a user does not."""
    at = 0
    for kind, data in islice(records(stream, 0), _FIRST_RECORDS):
        at += 4 + len(data)
        if kind == Tag.PASSWORD:
            key = own_key(data)
            if key is None:
                raise XlplanError(find("F101"))
            return decrypted(stream, at, key)
    return stream


def _read_globals(stream: bytes, limits: Limits) -> _Globals:
    shared = _Globals(Workbook(limits))
    for index, (kind, data) in enumerate(records(stream, 0)):
        if index == 0:
            version = struct.unpack_from("<H", data)[0] if kind == Tag.BEGIN and len(data) >= 4 else 0  # noqa: PLR2004 - version and type
            if version not in {_BIFF8, _BIFF5}:
                raise damaged("xls: older than Excel 5")
            shared.strings.wide = version == _BIFF8
        if kind == Tag.END:
            shared.take(kind, data)
            shared.finish()
            return shared
        shared.take(kind, data)
    raise XlplanError(find("F103"))


def _read_sheet(stream: bytes, at: int, grid: Grid, strings: Strings) -> list[Finding]:
    reader, depth = SheetReader(grid, strings), 0
    for kind, data in records(stream, at):
        if kind == Tag.BEGIN:
            depth += 1
        elif kind == Tag.END:
            depth -= 1
            if depth == 0:
                break
        elif depth == 1:
            reader.take(kind, data)
        if depth < 1:
            raise damaged("xls: a sheet without its beginning")
    else:
        raise XlplanError(find("F103"))
    reader.finish()
    return grid.findings()
