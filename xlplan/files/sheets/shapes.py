"""What number formats say about a number: a percentage, a date, a time of day, a duration, or just a number."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache

from xlplan.files.sheets.values import clock

# Formats 27-36 and 50-58 are the Chinese built-ins, which files name by number only (ECMA-376 part 1, 18.8.30).
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56})
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}) - _TIMES
_DURATION = 46
_DIGITS = 5
_PERCENTS = frozenset({9, 10})
# Quoted words, escaped characters, fill and width characters, and the names of colours, conditions and locales.
_NOISE = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"E[+-]", re.IGNORECASE)
LAST_SERIAL = 2_958_466  # the day after 9999-12-31
_FEBRUARY_29 = 60  # Lotus took 1900 for a leap year, and so does every spreadsheet since
_MILLISECONDS = 86_400_000


class Shape(IntEnum):
    """How a number is shown."""

    NUMBER = 0
    PERCENT = 1
    DATE = 2
    TIME = 3
    DURATION = 4


def built_in(text: str | int) -> Shape:
    """The shape of a built-in format, by its number."""
    number = int(text) if str(text).isascii() and str(text).isdecimal() and len(str(text)) < _DIGITS else 0
    if number in _PERCENTS:
        return Shape.PERCENT
    if number in _TIMES:
        return Shape.TIME
    if number == _DURATION:
        return Shape.DURATION
    return Shape.DATE if number in _DATES else Shape.NUMBER


@lru_cache(maxsize=1024)
def shape(code: str) -> Shape:
    """The shape that a format code such as `yyyy"年"m"月"`, `0.0%` or `[h]:mm` gives to a number."""
    plain = _NOISE.sub("", code[:1024]).split(";", 1)[0]
    if "%" in plain:
        return Shape.PERCENT
    if _ELAPSED.search(plain):
        return Shape.DURATION
    letters = set(_SCIENTIFIC.sub("", plain.lower().replace("general", "")))
    clock = letters & set("hs")
    if letters & set("yd") or ("m" in letters and not clock) or (letters & set("ea") and not letters & set("0#?h")):
        return Shape.DATE
    return Shape.TIME if clock else Shape.NUMBER


def moment(serial: float, kind: Shape, *, from_1904: bool) -> date | datetime | time | timedelta | None:
    """What a serial number is in a cell with the shape of a date, time or duration; None when it is no such thing."""
    if kind is Shape.DURATION:
        return timedelta(milliseconds=round(serial * _MILLISECONDS)) if abs(serial) < LAST_SERIAL else None
    if not 0 <= serial < LAST_SERIAL:
        return None
    milliseconds = round(serial * _MILLISECONDS)
    days, rest = divmod(milliseconds, _MILLISECONDS)
    if days == 0 and not from_1904:
        return clock(timedelta(milliseconds=rest)) if kind is Shape.TIME else None
    found = _day(days, from_1904=from_1904)
    if found is None or rest == 0:
        return found
    return datetime(found.year, found.month, found.day) + timedelta(milliseconds=rest)  # noqa: DTZ001 - cells have no zone


def _day(days: int, *, from_1904: bool) -> date | None:
    if from_1904:
        base = date(1904, 1, 1)
    elif days == _FEBRUARY_29:
        return None
    else:
        base = date(1899, 12, 31) if days < _FEBRUARY_29 else date(1899, 12, 30)
    try:
        return base + timedelta(days=days)
    except OverflowError:
        return None
