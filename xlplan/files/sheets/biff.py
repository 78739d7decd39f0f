"""Strings, numbers and error codes as the binary formats of Excel pack them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.rules import find

CODEPAGES = {
    936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 1200: "utf-16-le", 1250: "cp1250", 1251: "cp1251",
    1252: "cp1252", 10000: "mac-roman", 10008: "gb18030", 367: "ascii", 437: "cp437", 65001: "utf-8",
}  # fmt: skip
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
_WIDE, _EXTENDED, _RICH = 1, 4, 8


def error_text(code: int) -> str:
    """An error value as people see it."""
    return _ERRORS.get(code, "#VALUE!")


def rk_number(packed: int) -> float:
    """The number in an RK value: 30 bits of an integer or of a double, perhaps hundredfold."""
    if packed & 2:
        amount = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        amount = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return amount / 100 if packed & 1 else amount


@dataclass
class Strings:
    """How a workbook writes its strings: Excel 97 and later in Latin-1 or UTF-16 by turns, Excel 5 in its code page."""

    wide: bool = True
    codepage: str = "cp1252"

    def short(self, data: bytes, at: int) -> str:
        """A string with its length in one byte."""
        return self._sized(data, at + 1, data[at] if at < len(data) else 0)

    def long(self, data: bytes, at: int) -> str:
        """A string with its length in two bytes."""
        return self._sized(data, at + 2, struct.unpack_from("<H", data, at)[0])

    def _sized(self, data: bytes, at: int, size: int) -> str:
        return self.characters(data[at:], size) if self.wide else self.narrow(data[at : at + size])

    def narrow(self, raw: bytes) -> str:
        """A string in the code page."""
        return raw.decode(self.codepage, errors="replace")

    @staticmethod
    def characters(data: bytes, size: int) -> str:
        """Characters behind a byte of flags that tells their width; formatting runs behind them are left."""
        if not data:
            return ""
        flags = data[0]
        at = 1 + (2 if flags & _RICH else 0) + (4 if flags & _EXTENDED else 0)
        if flags & _WIDE:
            return data[at : at + 2 * size].decode("utf-16-le", errors="replace")
        return data[at : at + size].decode("latin-1")


def shared_strings(pieces: list[bytes], limits: Limits) -> list[str]:
    """The shared strings out of their record and its continuations."""
    found: list[str] = []
    characters = 0
    for text in _Shared(pieces).texts():
        found.append(text)
        characters += len(text)
        if len(found) > limits.cells:
            raise XlplanError(find("F116", limit=limits.cells))
        if characters > limits.characters:
            raise XlplanError(find("F117", limit=limits.characters))
    return found


class _Shared:
    """A walk over the table of strings. Where characters go on in a continuation, a new byte of flags comes first."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = iter(pieces)
        self.piece = next(self.pieces, b"")
        self.at = 8

    def texts(self) -> Iterator[str]:
        """All strings, as many as there are, whatever number is declared."""
        while self._more():
            if self.at + 3 > len(self.piece):
                return
            size, flags = struct.unpack_from("<HB", self.piece, self.at)
            self.at += 3
            runs = self._number("<H") if flags & _RICH else 0
            extra = self._number("<I") if flags & _EXTENDED else 0
            yield self._characters(size, flags)
            self._skip(runs * 4 + extra)

    def _more(self) -> bool:
        while self.at >= len(self.piece):
            following = next(self.pieces, None)
            if following is None:
                return False
            self.at -= len(self.piece)
            self.piece = following
        return True

    def _number(self, form: str) -> int:
        if self.at + struct.calcsize(form) > len(self.piece):
            return 0
        found: int = struct.unpack_from(form, self.piece, self.at)[0]
        self.at += struct.calcsize(form)
        return found

    def _characters(self, size: int, flags: int) -> str:
        parts: list[bytes] = []
        while size:
            if self.at >= len(self.piece):
                if not self._more():
                    break
                flags, self.at = self.piece[self.at], self.at + 1
            width = 2 if flags & _WIDE else 1
            count = min(size, (len(self.piece) - self.at) // width)
            if not count:
                self.at = len(self.piece)
                continue
            raw = self.piece[self.at : self.at + count * width]
            parts.append(raw if width == 2 else raw.decode("latin-1").encode("utf-16-le"))  # noqa: PLR2004 - UTF-16
            self.at += count * width
            size -= count
        return b"".join(parts).decode("utf-16-le", errors="replace")

    def _skip(self, size: int) -> None:
        self.at += size
