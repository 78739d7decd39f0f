"""The sheet parts of Open XML workbooks, two ways to the same raw cells.

`scan` takes the form in which the common programs write sheets: plain rows whole (see `patterns`), others cell by cell
with one expression, checking that cells and row tags tile the row without a gap. Whatever it does not
recognise to the last character goes to `parse_sheet`, which reads any well-formed part with expat: prefixes, other
encodings, comments, cells without addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlplan.book import column_name
from xlplan.files.preflight import Package, damaged
from xlplan.files.sheets import markup
from xlplan.files.sheets.cells import Inner, Irregular, RawCell, column_index
from xlplan.files.sheets.characters import decode, resolve
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.patterns import NUMBER, RowReader

_CELL = re.compile(
    r'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"([^<>/]*+)(?:/>|><v ?/></c>|>(?:<v>([^<]*+)</v></c>|'
    r"((?:<(?:f|v|is|t)(?: [^<>/]*+)?>[^<]*+|</(?:f|v|is|t)>|<(?:f|v|is|t)(?: [^<>/]*+)?/>)*+)</c>))"
)
_STRIDE = 6
_INNER = re.compile(
    r"(<f(?: [^<>/]*)?(?:/>|>[^<]*</f>))?"
    r'(?:<v(?: [^<>/]*)?>([^<]*)</v>|<v ?/>)?(?:<is>(?:<t(?: xml:space="preserve")?>([^<]*)</t>|<t ?/>)</is>)?'
)
_ROWS = re.compile(r'(?:\s++|<row(?: [\w:.]++="[^"<>&]*+")*+ ?(?:/>|>\s*+</row>))*+')
_HEAD = re.compile(
    rb'\s*(?:<\?xml[^<>]*\?>\s*)?<worksheet\s[^<>]*?xmlns="http://'
    rb'(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main|purl\.oclc\.org/ooxml/spreadsheetml/main)"'
)
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})" ?/>')
_ROW_END = b"</row>"
_LONGEST_HEAD = 4 << 20
_LONGEST_TAIL = 8 << 20
_BATCH = 4096
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)
ROOTS = frozenset({"worksheet", "chartsheet", "dialogsheet", "macrosheet"})


def opened(inside: str | Inner) -> Inner:
    """What stands inside a cell, from its source: a formula, a value, an inline text; or a bare value."""
    if isinstance(inside, Inner):
        return inside
    if not inside.startswith("<"):
        return Inner(None, resolve(inside), None)
    found = _INNER.fullmatch(inside)
    if not found:
        raise Irregular
    return Inner(*(None if one is None else resolve(one) for one in found.groups()))


def read_sheet(package: Package, part: str, grid: Grid) -> None:
    """Fill the grid from a sheet part: by scanning where that is possible, by parsing where not."""
    cells = grid.workbook.cells
    try:
        scan(package.chunks(part), grid)
    except Irregular:
        grid.clear()
        grid.workbook.cells = cells
        parse_sheet(package.chunks(part), part, grid)


def scan(chunks: Iterable[bytes], grid: Grid) -> None:
    """Read a sheet part that is written the common way; raises `Irregular` when it is not."""
    pieces = iter(chunks)
    data = next(pieces, b"")
    if not markup.is_utf8(data) or not _HEAD.match(data):
        raise Irregular
    while b"<sheetData" not in data[: len(data) - 16]:
        more = next(pieces, b"")
        if not more or len(data) > _LONGEST_HEAD:
            raise Irregular
        data += more
    head, _, data = data.partition(b"<sheetData")
    if b"!" in head and b"<!" in head:
        raise Irregular
    if data.startswith((b"/>", b" />")):
        _tail(data + b"".join(pieces), grid)
        return
    if not data.startswith(b">"):
        raise Irregular
    _tail(_cells(data[1:], pieces, grid), grid)


def _cells(data: bytes, pieces: Iterable[bytes], grid: Grid) -> bytes:
    """Read rows until the end of the sheet's data; give back what follows."""
    rest, reader = iter(pieces), RowReader(grid)
    while True:
        body, end, tail = data.rpartition(b"</sheetData>")
        if end:
            _rows(body, reader)
            return tail + b"".join(rest)
        cut = data.rfind(_ROW_END) + len(_ROW_END) if _ROW_END in data else 0
        _rows(data[:cut], reader)
        more = next(rest, b"")
        if not more or len(data) - cut > _LONGEST_TAIL:
            raise Irregular
        data = data[cut:] + more


def _rows(body: bytes, reader: RowReader) -> None:
    *rows, rest = body.split(_ROW_END)
    for row in rows if NUMBER in body else reader.others(rows):
        _cell_by_cell(row + _ROW_END, reader.grid)
    _cell_by_cell(rest, reader.grid)


def _cell_by_cell(source: bytes, grid: Grid) -> None:
    if not source:
        return
    parts = _CELL.split(decode(source))
    if not _ROWS.fullmatch("".join(parts[::_STRIDE])):
        raise Irregular
    grid.fill(zip(*(parts[at::_STRIDE] for at in range(1, _STRIDE)), strict=True), opened)


def _tail(data: bytes, grid: Grid) -> None:
    """Merged areas and the end of the part."""
    if len(data) > _LONGEST_TAIL or not data.rstrip().endswith(b"</worksheet>") or (b"!" in data and b"<!" in data):
        raise Irregular
    if b"mergeCell" not in data:
        return
    found = _MERGE.findall(data)
    if len(found) != data.count(b"<mergeCell") - data.count(b"<mergeCells"):
        raise Irregular
    for corners in found:
        grid.merge(*map(bytes.decode, corners))


class _Sheet(markup.Handlers):
    """Raw cells of any well-formed sheet part."""

    def __init__(self, grid: Grid, part: str) -> None:
        self.grid, self.part = grid, part
        self.batch: list[RawCell] = []
        self.root = ""
        self.row = self.column = 0
        self.cell: list[str] | None = None
        self.found: dict[str, str] = {}
        self.taking = ""
        self.taken: list[str] = []
        self.skipping = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self.root = name
            if name not in ROOTS:
                raise damaged(f"{self.part}: <{name}>")
        if name == "row":
            self.row, self.column = self._row_number(attributes.get("r")), 0
        elif name == "c":
            self._cell(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif self.cell is not None:
            self._inside(name)

    def _inside(self, name: str) -> None:
        if name == "rPh":
            self.skipping += 1
        elif name in {"f", "v"} or (name == "t" and not self.skipping):
            self.taking = name
            self.taken = []

    def text(self, data: str) -> None:
        if self.taking:
            self.taken.append(data)

    def end(self, name: str) -> None:
        if name == self.taking:
            text = "".join(self.taken)
            # the runs of a rich text follow one another; a formula counts even when it is shared and has no text
            self.found[name] = f"<f>{text}" if name == "f" else self.found.get(name, "") + text
            self.taking = ""
        elif name == "rPh":
            self.skipping -= 1
        elif name == "c" and self.cell is not None:
            letters, digits, attributes = self.cell
            found = self.found.get
            inner = Inner(found("f"), found("v"), found("t"))
            self.batch.append(
                (letters, digits, attributes, None, inner if any(inner) or inner.inline is not None else None)
            )
            self.cell = None
            if len(self.batch) >= _BATCH:
                self.flush()

    def flush(self) -> None:
        """Hand over the cells read so far."""
        self.grid.fill(self.batch, opened)
        self.batch = []

    def _row_number(self, text: str | None) -> int:
        if text is None:
            return self.row + 1
        if not (text.isascii() and text.isdecimal() and len(text) <= 7):  # noqa: PLR2004 - rows have up to seven digits
            raise damaged(f"{self.part}: row {text}")
        return int(text)

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            letters, digits = column_name(self.column), str(self.row or 1)
        else:
            found = _REFERENCE.fullmatch(reference)
            if not found:
                raise damaged(f"{self.part}: cell {reference}")
            letters, digits = found[1].upper(), found[2]
        self.column = column_index(letters) + 1
        known = [(name, attributes.get(name, "")) for name in ("s", "t", "vm")]
        named = "".join(f' {name}="{value}"' for name, value in known if value.isalnum())
        self.cell = [letters, digits, named]
        self.found = {}

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        first, last = corners[0], corners[-1]
        if first and last:
            self.grid.merge(first[1].upper(), first[2], last[1].upper(), last[2])


def parse_sheet(chunks: Iterable[bytes], part: str, grid: Grid) -> None:
    """Read any well-formed sheet part with expat."""
    handlers = _Sheet(grid, part)
    markup.parse(chunks, handlers, part, markup.bare)
    handlers.flush()
