"""One sheet of a binary workbook of Excel 97 or Excel 5, record by record."""

from __future__ import annotations

import struct
from collections.abc import Callable
from enum import IntEnum

from xlplan.book import Area, Mark
from xlplan.files.sheets.biff import Strings, error_text, rk_number
from xlplan.files.sheets.grid import Grid

_PICTURE_OBJECT = 8
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"  # the head of a client anchor of 18 bytes inside a drawing


class Tag(IntEnum):
    """The records that matter, by their numbers."""

    FORMULA = 0x06
    END = 0x0A
    NOTE = 0x1C
    DATE_SYSTEM = 0x22
    PASSWORD = 0x2F
    CONTINUE = 0x3C
    CODE_PAGE = 0x42
    OBJECT = 0x5D
    SHEET = 0x85
    MANY_RK = 0xBD
    RICH_LABEL = 0xD6
    STYLE = 0xE0
    MERGES = 0xE5
    DRAWING = 0xEC
    STRINGS = 0xFC
    SHARED_LABEL = 0xFD
    TEXT_BOX = 0x1B6
    NUMBER = 0x203
    LABEL = 0x204
    BOOLEAN_OR_ERROR = 0x205
    STRING = 0x207
    RK = 0x27E
    OLD_FORMULA = 0x406
    FORMAT = 0x41E
    BEGIN = 0x809


class SheetReader:
    """The records of one sheet, put into its grid."""

    def __init__(self, grid: Grid, strings: Strings) -> None:
        self.grid, self.strings, self.workbook = grid, strings, grid.workbook
        self.awaiting: tuple[int, int] | None = None
        self.anchor: tuple[int, int] | None = None
        self.object = (0, 0)
        self.texts: dict[int, str] = {}
        self.notes: dict[tuple[int, int], int] = {}
        self.text_size = 0
        self.takers: dict[int, Callable[[bytes], None]] = {
            Tag.NUMBER: self._number,
            Tag.RK: self._rk,
            Tag.MANY_RK: self._many_rk,
            Tag.SHARED_LABEL: self._shared,
            Tag.LABEL: self._label,
            Tag.RICH_LABEL: self._label,
            Tag.BOOLEAN_OR_ERROR: self._boolean_or_error,
            Tag.FORMULA: self._formula,
            Tag.OLD_FORMULA: self._formula,
            Tag.STRING: self._string,
            Tag.MERGES: self._merges,
            Tag.NOTE: self._note,
            Tag.DRAWING: self._drawing,
            Tag.OBJECT: self._object,
            Tag.TEXT_BOX: self._text,
            Tag.CONTINUE: self._continue,
        }

    def take(self, kind: int, data: bytes) -> None:
        """One record."""
        taker = self.takers.get(kind)
        if taker is not None:
            taker(data)
        if kind not in {Tag.TEXT_BOX, Tag.CONTINUE}:
            self.text_size = 0

    def finish(self) -> None:
        """Give each note the text of its text box."""
        for at, number in self.notes.items():
            self.grid.comment(at, self.texts.get(number, ""))

    def _put_number(self, row: int, column: int, style: int, amount: float) -> None:
        self.workbook.count(1)
        self.grid.put_number((row, column), amount, self.workbook.shape(style))

    def _number(self, data: bytes) -> None:
        self._put_number(*struct.unpack_from("<HHHd", data))

    def _rk(self, data: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", data)
        self._put_number(row, column, style, rk_number(packed))

    def _many_rk(self, data: bytes) -> None:
        row, first = struct.unpack_from("<HH", data)
        for index in range((len(data) - 6) // 6):
            style, packed = struct.unpack_from("<HI", data, 4 + index * 6)
            self._put_number(row, first + index, style, rk_number(packed))

    def _shared(self, data: bytes) -> None:
        row, column, _, number = struct.unpack_from("<HHHI", data)
        self.workbook.count(1)
        if number < len(self.workbook.strings):
            self.grid.put_text((row, column), self.workbook.strings[number])
        else:
            self.grid.remark("F206", (row, column))

    def _label(self, data: bytes) -> None:
        row, column = struct.unpack_from("<HH", data)
        self.workbook.count(1)
        self.grid.put_text((row, column), self.strings.long(data, 6))

    def _boolean_or_error(self, data: bytes) -> None:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", data)
        self._put_boolean_or_error((row, column), value, is_error=bool(is_error))

    def _put_boolean_or_error(self, at: tuple[int, int], value: int, *, is_error: bool) -> None:
        self.workbook.count(1)
        if is_error:
            self.grid.mark(at, Mark.ERROR)
        self.grid.put(*at, error_text(value) if is_error else bool(value))

    def _formula(self, data: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", data)
        self.grid.mark((row, column), Mark.FORMULA)
        result = data[6:14]
        if result[6:8] != b"\xff\xff":
            self._put_number(row, column, style, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            self.awaiting = row, column
        elif result[0] in {1, 2}:
            self._put_boolean_or_error((row, column), result[2], is_error=result[0] == 2)  # noqa: PLR2004 - as numbered

    def _string(self, data: bytes) -> None:
        if self.awaiting is not None:
            self.workbook.count(1)
            self.grid.put_text(self.awaiting, self.strings.long(data, 0))
            self.awaiting = None

    def _merges(self, data: bytes) -> None:
        for index in range(min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)):
            top, bottom, left, right = struct.unpack_from("<4H", data, 2 + index * 8)
            self.workbook.count(1)
            if top <= bottom and left <= right:
                self.grid.sheet.merges.append(Area(top, left, bottom, right))

    def _note(self, data: bytes) -> None:
        if self.strings.wide:
            row, column, _, number = struct.unpack_from("<4H", data)
            self.notes[row, column] = number
        else:
            row, column, size = struct.unpack_from("<3H", data)
            self.grid.comment((row, column), self.strings.narrow(data[6 : 6 + size]))

    def _drawing(self, data: bytes) -> None:
        found = data.rfind(_ANCHOR)
        if 0 <= found <= len(data) - 24:
            _, column, _, row = struct.unpack_from("<4H", data, found + 6)
            self.anchor = row, column

    def _object(self, data: bytes) -> None:
        if len(data) >= 8:  # noqa: PLR2004 - the common object data
            self.object = struct.unpack_from("<HH", data, 4)
            if self.object[0] == _PICTURE_OBJECT and self.anchor is not None:
                self.grid.mark(self.anchor, Mark.PICTURE)

    def _text(self, data: bytes) -> None:
        self.text_size = struct.unpack_from("<H", data, 10)[0] if len(data) >= 12 else 0  # noqa: PLR2004 - up to the size

    def _continue(self, data: bytes) -> None:
        """The characters of a text box follow it, each part with its own width."""
        if self.text_size and data:
            text = self.strings.characters(data, self.text_size)
            self.texts[self.object[1]] = self.texts.get(self.object[1], "") + text
            self.text_size -= len(text)
