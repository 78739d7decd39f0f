"""Cells for XlsxWriter: each value as what it is, text always as text, looks as formats that are made once."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlplan import rules
from xlplan.book import Formula, Link, Look, address
from xlplan.errors import ContractError
from xlplan.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlplan.book import Content

MOST = 32_767
"""The UTF-16 units that a cell can hold."""

_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINKS = 65_000  # Excel opens no sheet with more than 65,530
_EXACT = 10**15  # whole numbers beyond this lose digits in Excel
_FIRST_DAY = date(1900, 1, 1)
_PLAIN_DAYS, _DAY_ZERO = date(1900, 3, 1), date(1899, 12, 30)  # Excel counts a 29 February 1900
_DATES = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm"}
_GB2312 = 134  # the character set that makes Excel look for a Chinese font where the named one is missing


def clean(text: str) -> str:
    """A text without the characters that a workbook cannot carry, its line ends as Excel has them."""
    if not _UNCLEAN.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _BARRED.sub("", text))


def shorten(text: str, most: int = MOST) -> str:
    """A text that fits into `most` UTF-16 units, its end saying how many characters are left out."""
    if len(text) * 2 <= most or _units(text) <= most:
        return text
    room = max(0, most - len(f"…(+{len(text)})"))
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return f"{kept}…(+{len(text) - len(kept)})"


def sure(code: object, what: str) -> None:
    """Make a refusal of XlsxWriter's, which it only returns, an exception: writing must not lose anything silently."""
    if code:
        raise ContractError(f"XlsxWriter refused {what}: {code}")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class CellWriter:
    """Writes the cells of one workbook: the formats made so far, and a finding for each text that had to be cut."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401 - XlsxWriter ships no types
        self.workbook = workbook
        self.findings: list[Finding] = []
        self._sheet = ""
        self._page: Any = None
        self._links = 0
        self._by_look: dict[tuple[Look, str], Any] = {}
        self._by_id: dict[int, Any] = {}

    def turn(self, sheet: str, page: Any) -> None:  # noqa: ANN401 - XlsxWriter ships no types
        """Go on with another sheet."""
        self._sheet, self._page, self._links = sheet, page, 0

    def put(self, row: int, column: int, value: Content, look: Look) -> None:
        """Write one cell of the sheet in turn."""
        write = _WRITERS.get(type(value))
        if write is None:
            raise ContractError(f"a cell cannot hold {type(value).__name__}")
        code = write(self, row, column, value, look)
        if code:
            raise ContractError(f"XlsxWriter refused {self._sheet}!{address(row, column)}: {code}")

    def format(self, look: Look, number: str = "") -> Any:  # noqa: ANN401 - XlsxWriter ships no types
        """XlsxWriter's format for a look; `number` is the number format where the look has none."""
        if not number and (known := self._by_id.get(id(look))) is not None:
            return known
        made = self._by_look.get((look, number))
        if made is None:
            made = self._by_look[look, number] = self.workbook.add_format(_format(look, number))
        if not number:
            self._by_id[id(look)] = made  # the book keeps its looks alive, so the id stays theirs
        return made

    def note(self, row: int, column: int, text: str) -> None:
        """Write a comment to a cell."""
        options = {"author": "", "x_scale": 2, "font_size": 9}
        sure(self._page.write_comment(row, column, self._text(row, column, text), options), f"comment {row},{column}")

    def _text(self, row: int, column: int, text: str) -> str:
        kept = clean(text)
        short = shorten(kept)
        if short is not kept:
            place = Place(sheet=self._sheet, cell=address(row, column))
            self.findings.append(rules.find("T901", place, length=len(kept), most=MOST))
        return short

    def _nothing(self, row: int, column: int, _value: None, look: Look) -> object:
        return self._page._write_blank(row, column, None, self.format(look))  # noqa: SLF001 - as `write_blank` does

    def _string(self, row: int, column: int, value: str, look: Look) -> object:
        text = self._text(row, column, value)
        if not text:
            return self._nothing(row, column, None, look)
        return self._page._write_string(row, column, text, self.format(look))  # noqa: SLF001 - as `write_string` does

    def _number(self, row: int, column: int, value: float | Decimal, look: Look) -> object:
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if not exact.is_finite() or abs(exact) >= _EXACT or Decimal(repr(float(exact))) != exact:
            return self._string(row, column, str(value), look)
        return self._page.write_number(row, column, float(exact), self.format(look))

    def _boolean(self, row: int, column: int, value: bool, look: Look) -> object:  # noqa: FBT001 - a cell's value
        return self._page.write_boolean(row, column, value, self.format(look))

    def _moment(self, row: int, column: int, value: date | time | timedelta, look: Look) -> object:
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date) and day < _FIRST_DAY:
            return self._string(row, column, str(value), look)
        if type(value) is date and value >= _PLAIN_DAYS:
            serial = (value - _DAY_ZERO).days
            shown = self.format(look) if look.number else self.format(look, _DATES[date])
            return self._page._write_number(row, column, serial, shown)  # noqa: SLF001 - as `write_number` does
        return self._page.write_datetime(row, column, value, self.format(look, look.number or _DATES[type(value)]))

    def _formula(self, row: int, column: int, value: Formula, look: Look) -> object:
        cached = clean(value.value) if isinstance(value.value, str) else value.value
        return self._page.write_formula(row, column, f"={value.text.removeprefix('=')}", self.format(look), cached)

    def _link(self, row: int, column: int, value: Link, look: Look) -> object:
        text = self._text(row, column, value.text)
        if self._links >= _LINKS or not text:
            return self._string(row, column, text, look)
        self._links += 1
        target = "internal:'{}'!{}".format(value.sheet.replace("'", "''"), value.cell)
        return self._page.write_url(row, column, target, self.format(look), text)


def _format(look: Look, number: str) -> dict[str, object]:
    options: dict[str, object] = {
        "font_size": look.size,
        "bold": look.bold,
        "align": look.align,
        "valign": look.valign,
        "text_wrap": look.wrap,
        "locked": look.locked,
        "indent": look.indent,
        "underline": 1 if look.link else 0,
    }
    if look.font:
        options["font_name"] = look.font
        options |= {} if look.font.isascii() else {"font_charset": _GB2312}
    if look.color:
        options["font_color"] = f"#{look.color}"
    if look.fill:
        options["bg_color"] = f"#{look.fill}"
    if look.border:
        options["border"] = 1
        options |= {"border_color": f"#{look.line}"} if look.line else {}
    if number or look.number:
        options["num_format"] = look.number or number
    return options


_WRITERS: dict[type, Callable[..., object]] = {
    type(None): CellWriter._nothing,  # noqa: SLF001 - the class's own dispatch, here and below
    str: CellWriter._string,  # noqa: SLF001
    bool: CellWriter._boolean,  # noqa: SLF001
    int: CellWriter._number,  # noqa: SLF001
    float: CellWriter._number,  # noqa: SLF001
    Decimal: CellWriter._number,  # noqa: SLF001
    date: CellWriter._moment,  # noqa: SLF001
    datetime: CellWriter._moment,  # noqa: SLF001
    time: CellWriter._moment,  # noqa: SLF001
    timedelta: CellWriter._moment,  # noqa: SLF001
    Formula: CellWriter._formula,  # noqa: SLF001
    Link: CellWriter._link,  # noqa: SLF001
}
