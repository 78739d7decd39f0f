"""OLE compound files: the container of .xls and .et, of encrypted workbooks, and of old Word documents.

Only what is needed to find streams and document properties; every chain is bounded by the file's own size.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from xlplan.errors import XlplanError
from xlplan.files.preflight import damaged
from xlplan.rules import find

_HEADER = 512
_END = 0xFFFFFFF8  # sector numbers from here on are marks, not sectors
_ENTRY = 128
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MINI_CUTOFF = 4096
_MOST_ENTRIES = 20_000
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_TEXTS = {0x1E, 0x1F}
_FILETIME, _INTEGER, _SHORT, _DOUBLE, _BOOLEAN = 0x40, 3, 2, 5, 0xB
_CODEPAGES = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8", 950: "big5", 1252: "cp1252", 10000: "mac-roman"}
_MOST_PROPERTIES = 1000


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file whose streams can be read by name."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise XlplanError(find("F103"))
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift > shift:
            raise damaged("OLE: sector size")
        self.sector, self.mini = 1 << shift, 1 << mini_shift
        self.total = (len(data) + self.sector - 1) // self.sector
        self.table = self._allocation()
        entries = self._entries(self._chain(struct.unpack_from("<I", data, 48)[0]))
        self.streams = self._top(entries)
        self.mini_table, self.mini_stream = self._minis(entries)

    def names(self) -> set[str]:
        """The names of the streams and storages at the top, in lower case."""
        return set(self.streams)

    def read(self, name: str) -> bytes:
        """A stream's content, b"" when there is none."""
        entry = self.streams.get(name.lower())
        if entry is None or entry.kind != _STREAM:
            return b""
        if entry.size >= _MINI_CUTOFF:
            return self._chain(entry.start)[: entry.size]
        return self._mini_chain(entry.start, entry.size)

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _allocation(self) -> list[int]:
        """The table that says which sector follows which."""
        count, following, extra = (struct.unpack_from("<I", self.data, at)[0] for at in (44, 68, 72))
        where = list(struct.unpack_from("<109I", self.data, 76))
        for _ in range(min(extra, self.total)):
            if following >= self.total:
                break
            numbers = self._numbers(self._at(following))
            where += numbers[:-1]
            following = numbers[-1] if numbers else _END
        table: list[int] = []
        for number in where[: min(count, self.total)]:
            if number < self.total:
                table += self._numbers(self._at(number))
        return table

    def _chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        while number < self.total:
            if len(pieces) > self.total:
                raise damaged("OLE: endless chain of sectors")
            piece = self._at(number)
            if not piece:
                raise XlplanError(find("F103"))
            pieces.append(piece)
            number = self.table[number] if number < len(self.table) else _END
        return b"".join(pieces)

    def _entries(self, data: bytes) -> list[_Entry]:
        found = []
        for at in range(0, min(len(data), _MOST_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            left, right, child = struct.unpack_from("<III", data, at + 68)
            start, size = struct.unpack_from("<II", data, at + 116)
            name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            found.append(_Entry(name, kind, left, right, child, start, size))
        if not found:
            raise damaged("OLE: no directory")
        return found

    @staticmethod
    def _top(entries: list[_Entry]) -> dict[str, _Entry]:
        """What lies at the top level; documents embedded in the workbook lie deeper."""
        streams: dict[str, _Entry] = {}
        waiting, seen = [entries[0].child], set()
        while waiting:
            number = waiting.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            entry = entries[number]
            if entry.kind in {_STORAGE, _STREAM}:
                streams.setdefault(entry.name.lower(), entry)
            waiting += [entry.left, entry.right]
        return streams

    def _minis(self, entries: list[_Entry]) -> tuple[tuple[int, ...], bytes]:
        root = entries[0]
        first = struct.unpack_from("<I", self.data, 60)[0]
        return self._numbers(self._chain(first)), self._chain(root.start)

    def _mini_chain(self, number: int, size: int) -> bytes:
        pieces: list[bytes] = []
        while number < len(self.mini_table) and len(pieces) * self.mini < size:
            pieces.append(self.mini_stream[number * self.mini : (number + 1) * self.mini])
            number = self.mini_table[number]
        return b"".join(pieces)[:size]


@dataclass
class Properties:
    """Document properties: by number from the standard sets, by name from the user's own."""

    numbered: dict[int, str | datetime]
    named: dict[str, str]


def properties(data: bytes) -> Properties:
    """Read a property set stream ([MS-OLEPS]); what cannot be read of it is left out."""
    found = Properties({}, {})
    with suppress(struct.error, ValueError, OverflowError, LookupError):
        for at in _sections(data):
            _section(data, at, found)
    return found


def _sections(data: bytes) -> list[int]:
    count = min(struct.unpack_from("<I", data, 24)[0], 2)
    return [struct.unpack_from("<I", data, 28 + 20 * index + 16)[0] for index in range(count)]


def _section(data: bytes, base: int, found: Properties) -> None:
    count = min(struct.unpack_from("<I", data, base + 4)[0], _MOST_PROPERTIES)
    places = dict(struct.unpack_from("<II", data, base + 8 + 8 * index) for index in range(count))
    encoding = "cp1252"
    if 1 in places:
        encoding = _CODEPAGES.get(struct.unpack_from("<H", data, base + places[1] + 4)[0], "cp1252")
    names = _dictionary(data, base + places[0], encoding) if 0 in places else {}
    for number, at in places.items():
        value = _value(data, base + at, encoding) if number > 1 else None
        if value is None:
            continue
        if number in names:
            found.named[names[number]] = str(value)
        elif not names:
            found.numbered.setdefault(number, value)


def _dictionary(data: bytes, at: int, encoding: str) -> dict[int, str]:
    names = {}
    count = min(struct.unpack_from("<I", data, at)[0], _MOST_PROPERTIES)
    at += 4
    for _ in range(count):
        number, length = struct.unpack_from("<II", data, at)
        wide = encoding == "utf-16-le"
        size = length * 2 if wide else length
        names[number] = data[at + 8 : at + 8 + size].decode(encoding, errors="replace").rstrip("\0")
        at += 8 + size
        if wide:
            at += -at % 4
    return names


def _value(data: bytes, at: int, encoding: str) -> str | datetime | None:
    kind, length = struct.unpack_from("<II", data, at)
    at += 4
    if kind in _TEXTS:
        wide = kind == 0x1F  # noqa: PLR2004 - VT_LPWSTR
        raw = data[at + 4 : at + 4 + (length * 2 if wide else length)]
        return raw.decode("utf-16-le" if wide else encoding, errors="replace").rstrip("\0")
    if kind == _FILETIME:
        ticks = struct.unpack_from("<Q", data, at)[0]
        return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
    simple = {_INTEGER: "<i", _SHORT: "<h", _DOUBLE: "<d"}.get(kind)
    if simple:
        return str(struct.unpack_from(simple, data, at)[0])
    return str(bool(struct.unpack_from("<H", data, at)[0])).lower() if kind == _BOOLEAN else None
