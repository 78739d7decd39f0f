"""Cells as a sheet's XML: each value as what it is, text always as text, texts that repeat kept once."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from html import escape
from operator import itemgetter
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import Cell, Formula, Link, address, column_name
from xlplan.errors import ContractError
from xlplan.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from xlplan.book import Look, Sheet

MOST = 32_767
"""The UTF-16 units that a cell can hold."""

_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXACT = 10**15  # whole numbers beyond this lose digits in Excel
_FIRST_DAY = date(1900, 1, 1)
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's dates have no zone, here and below
_PLAIN_DAYS = datetime(1900, 3, 1)  # noqa: DTZ001 - before it Excel counts a 29 February 1900
_DAY = timedelta(days=1)
_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
FORMATS: dict[type, str] = {
    date: "yyyy-mm-dd",
    datetime: "yyyy-mm-dd hh:mm",
    time: "hh:mm",
    timedelta: "[h]:mm",
}
"""The number formats of days and times, where a look has none."""
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLACE = itemgetter(0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def clean(text: str) -> str:
    """A text without the characters that a workbook cannot carry, its line ends as Excel has them."""
    if text.isprintable() or not _UNCLEAN.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _BARRED.sub("", text))


def shorten(text: str, most: int = MOST) -> str:
    """A text that fits into `most` UTF-16 units, its end saying how many characters are left out."""
    if len(text) * 2 <= most or units(text) <= most:
        return text
    room = max(0, most - len(f"…(+{len(text)})"))
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return f"{kept}…(+{len(text) - len(kept)})"


def plain(text: str) -> str:
    """A text as a cell that openpyxl writes must have it: what Excel takes for a character's code is escaped."""
    return _ESCAPED.sub("_x005F_", shorten(clean(text)))


def sure(code: object, what: str) -> None:
    """Make a refusal of XlsxWriter's, which it only returns, an exception: writing must not lose anything silently."""
    if code:
        raise ContractError(f"XlsxWriter refused {what}: {code}")


def units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2


def fitting(text: str, place: Place, findings: list[Finding]) -> str:
    """A text as the cell at a place can hold it, with a finding when it had to be cut."""
    kept = clean(text)
    short = shorten(kept)
    if short is not kept:
        findings.append(rules.find("T901", place, length=len(kept), most=MOST))
    return short


class Texts:
    """The texts of one workbook, each kept once, and a finding for each that had to be cut."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.known: dict[str, int] = {}
        self._items: list[str] = []

    def number(self, text: str, place: Callable[[], Place]) -> int:
        """The number of a text that is not `known` yet; -1 when nothing is left of it."""
        if len(text) * 2 > MOST:  # one that is too long is reported for each of its cells
            return self._add(fitting(text, place(), self.findings))
        number = self.known[text] = self._add(text)
        return number

    def xml(self) -> str:
        """The part of the workbook that holds them."""
        return f'{_DECLARED}<sst xmlns="{_MAIN}" uniqueCount="{len(self._items)}">{"".join(self._items)}</sst>'

    def _add(self, text: str) -> int:
        text = clean(text)
        if not text:
            return -1
        number = self.known.setdefault(text, len(self._items))
        if number == len(self._items):
            self._items.append(_item(text))
        return number


@lru_cache(maxsize=4096)
def _item(text: str) -> str:
    """A text as the workbook keeps it; forms of one plan have most of theirs in common."""
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<si><t{kept}>{xml_text(text)}</t></si>"


def xml_text(text: str, *, quoted: bool = False) -> str:
    """A text in XML that Excel reads as just this text; `quoted`: between quotation marks."""
    if not ("&" in text or "<" in text or ">" in text or '"' in text or "_x" in text):
        return text
    text = escape(_ESCAPED.sub("_x005F_", text), quote=False)
    return text.replace('"', "&quot;") if quoted else text


class CellWriter:
    """Writes the cells of one sheet, in the styles that the workbook has for their looks."""

    def __init__(self, sheet: Sheet, styles: Mapping[tuple[Look, str], int], texts: Texts) -> None:
        self.sheet = sheet
        self.texts = texts
        self._styles = styles
        self._known: dict[tuple[int, type], str] = {}
        self._texts_known: dict[int, str] = {}

    def rows(self) -> Iterator[str]:
        """The rows, one after another."""
        known, texts = self._texts_known, self.texts.known
        line: list[str] = []
        current, name = -1, ""
        widest = max((column for _, column in self.sheet.cells), default=-1)
        begin = [f'<c r="{column_name(at)}' for at in range(widest + 1)]
        for (row, column), (value, look, _) in self._placed():
            if row != current:
                if line:
                    line.append("</row>")
                    yield "".join(line)
                current, name = row, str(row + 1)
                line = [self._row(row)]
            if column < 0:
                continue
            if value is None or isinstance(value, str):  # most cells, written with few calls
                style = known.get(id(look)) or self._text_style(look)
                number = -1
                if value:
                    found = texts.get(value)
                    number = self._new(row, column, value) if found is None else found
                if number < 0:
                    line.append(f'{begin[column]}{name}"{style}/>')
                else:
                    line.append(f'{begin[column]}{name}"{style} t="s"><v>{number}</v></c>')
            else:
                kind = type(value)
                style = self._known_style(look, kind)
                line.append(f'{begin[column]}{name}"{style}{WRITERS[kind](self, row, column, value)}')
        if line:
            yield "".join([*line, "</row>"])

    def _placed(self) -> list[tuple[tuple[int, int], Cell]]:
        """The cells with their places in order; where a row has a height and no cell, one before its first column."""
        cells = self.sheet.cells
        bare = self.sheet.heights.keys() - {row for row, _ in cells}
        return sorted([*cells.items(), *(((row, -1), Cell()) for row in bare)], key=_PLACE)

    def _row(self, row: int) -> str:
        height = self.sheet.heights.get(row)
        if height is None:
            return f'<row r="{row + 1}">'
        points = int(height * 4 / 3 + 0.5) * 0.75  # whole pixels
        kept = "" if row in self.sheet.growing else ' customHeight="1"'
        return f'<row r="{row + 1}" ht="{points:g}"{kept}>'

    def _text_style(self, look: Look) -> str:
        style = self._texts_known[id(look)] = self._style(look, str)
        return style

    def _known_style(self, look: Look, kind: type) -> str:
        key = (id(look), kind)  # the sheet keeps its looks alive, so the id stays theirs
        if key not in self._known:
            self._known[key] = self._style(look, kind)
        return self._known[key]

    def _style(self, look: Look, kind: type) -> str:
        if kind not in WRITERS:
            raise ContractError(f"a cell cannot hold {kind.__name__}")
        number = self._styles[look, number_format(look, kind)]
        return f' s="{number}"' if number else ""

    def _nothing(self, _row: int, _column: int, _value: None) -> str:
        return "/>"

    def _new(self, row: int, column: int, text: str) -> int:
        """The number of a text that is not known yet; -1 when nothing is left of it."""
        return self.texts.number(text, lambda: Place(sheet=self.sheet.name, cell=address(row, column)))

    def _string(self, row: int, column: int, value: str) -> str:
        number = self.texts.known.get(value)
        if number is None:
            number = self._new(row, column, value)
        return "/>" if number < 0 else f' t="s"><v>{number}</v></c>'

    def _number(self, row: int, column: int, value: float | Decimal) -> str:
        if isinstance(value, int) and -_EXACT < value < _EXACT:
            return f"><v>{value}</v></c>"
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if not exact.is_finite() or abs(exact) >= _EXACT or Decimal(repr(float(exact))) != exact:
            return self._string(row, column, str(value))
        return f"><v>{float(exact):.16G}</v></c>"

    def _boolean(self, _row: int, _column: int, value: bool) -> str:  # noqa: FBT001 - a cell's value
        return f' t="b"><v>{int(value)}</v></c>'

    def _moment(self, row: int, column: int, value: date | time | timedelta) -> str:
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date) and day < _FIRST_DAY:
            return self._string(row, column, str(value))
        return _day(value) if type(value) is date else f"><v>{serial(value):.16G}</v></c>"

    def _formula(self, _row: int, _column: int, value: Formula) -> str:
        found = clean(value.value) if isinstance(value.value, str) else value.value
        kind = ""
        if isinstance(found, str):
            kind = ' t="e"' if found in _ERRORS else ' t="str"' if found else ""
            found = xml_text(found)
        return f"{kind}><f>{escape(value.text.removeprefix('='), quote=False)}</f><v>{found}</v></c>"

    def _link(self, row: int, column: int, value: Link) -> str:
        return self._string(row, column, value.text)


@lru_cache(maxsize=1024)
def _day(value: date) -> str:
    """The end of a cell with a day, of which most rows have the same."""
    return f"><v>{serial(value):.16G}</v></c>"


def number_format(look: Look, kind: type) -> str:
    """The number format that a value of some type needs where its look has none."""
    return "" if look.number else FORMATS.get(kind, "")


def serial(value: date | time | timedelta) -> float:
    """A day or a time as Excel counts it: in days since the end of 1899."""
    if isinstance(value, time):
        value = timedelta(0, value.hour * 3600 + value.minute * 60 + value.second, value.microsecond)
    elif isinstance(value, date):
        at = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
        value = at - _DAY_ZERO - (_DAY if at < _PLAIN_DAYS else _DAY * 0)
    return value / _DAY


WRITERS: dict[type, Callable[..., str]] = {
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
"""How each type of value ends its cell, from the style on."""
