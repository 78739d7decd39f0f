"""How the texts of plain cells are read, as mappings: what was read before is looked up without a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from xlplan.book import Value
from xlplan.files.sheets import values
from xlplan.files.sheets.cells import Irregular, Workbook
from xlplan.files.sheets.characters import decode, resolve
from xlplan.files.sheets.grid import PICTURE_CALL
from xlplan.files.sheets.shapes import Shape, moment

_LONGEST, _MOST = 96, 4096  # characters of a text that is remembered, and how many are


class _Lookup(dict[bytes, Value]):
    """Values by their texts, read when they are first asked for; KeyError for a text that is not a plain one."""

    def __init__(self, read: Callable[[str], Value]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, source: bytes) -> Value:
        try:
            value = self.read(resolve(decode(source)))
        except Irregular:
            value = None
        if value is None:
            raise KeyError(source)
        if len(source) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[source] = value
        return value


def _day(text: str, *, from_1904: bool) -> Value:
    amount = values.number(text)
    return None if amount is None else moment(amount, Shape.DATE, from_1904=from_1904)


def _plain_text(text: str, *, most: int) -> str | None:
    """A text that goes into a cell as it is; what begins like a formula may be a picture of WPS."""
    found = values.unescaped(text)
    return None if len(found) > most or found.startswith("=") else found


def _formula(text: str) -> bool | None:
    """A formula is only known to be there."""
    return None if PICTURE_CALL in text else True


def _result(text: str) -> Value:
    """What a formula gave, where a 0 says that it was never computed."""
    return None if text == "0" else values.number(text)


_NUMBERS, _RESULTS, _FORMULAS = _Lookup(values.number), _Lookup(_result), _Lookup(_formula)
_DAYS = {from_1904: _Lookup(partial(_day, from_1904=from_1904)) for from_1904 in (False, True)}


@lru_cache(maxsize=4)
def _inline(most: int) -> _Lookup:
    return _Lookup(partial(_plain_text, most=most))


def lookups(workbook: Workbook) -> tuple[Mapping[bytes, Value], ...]:
    """How to read the texts of a workbook's plain cells, in the order of `Ease`."""
    days, inline = _DAYS[workbook.from_1904], _inline(workbook.limits.text)
    results = _RESULTS if workbook.uncomputed else _NUMBERS
    return {}, workbook.by_number, _NUMBERS, _NUMBERS, days, inline, _FORMULAS, results
