"""Texts of cells to plain values: strict about numbers, finite, and exact about dates."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import TypeAlias

Moment: TypeAlias = date | datetime | time | timedelta | str

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_DIGITS = 15  # what a double holds exactly
_WHOLE = 10.0**_DIGITS
_LONGEST = 400  # digits of the largest double, with room
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Texts hold UTF-16 units as _xHHHH_; half of a pair alone is no character.
_SURROGATES = range(0xD800, 0xE000)


class Sort(IntEnum):
    """How the text of a cell is to be read."""

    NUMBER = 0
    SHARED = 1
    TEXT = 2
    BOOLEAN = 3
    ERROR = 4
    DATE = 5


SORTS = {"s": Sort.SHARED, "str": Sort.TEXT, "inlineStr": Sort.TEXT, "b": Sort.BOOLEAN, "e": Sort.ERROR, "d": Sort.DATE}


def number(text: str) -> int | float | None:
    """The number a text writes: an int when whole, None when it is no finite number in plain ASCII notation."""
    if len(text) < _DIGITS and text.isascii():
        if text.isdecimal():
            return int(text)
        units, _, parts = text.partition(".")
        if units.isdecimal() and parts.isdecimal():
            return whole(float(text))
    text = text.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    return whole(float(text))


def whole(value: float) -> int | float | None:
    """The value as an int when it is whole, as it is when not; None when it is not finite."""
    if -_WHOLE < value < _WHOLE:
        nearest = int(value)
        return nearest if nearest == value else value
    return value if math.isfinite(value) else None


def unescaped(text: str) -> str:
    """The text with `_x000D_` and the like read as the characters that they stand for."""

    def one(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return found[0] if code in _SURROGATES else chr(code)

    return _ESCAPED.sub(one, text) if "_x" in text else text


def iso_moment(text: str) -> date | datetime | time | None:
    """A date, time or both in ISO 8601, as strict workbooks and OpenDocument write them; None when it is none."""
    text = text.strip()
    for kind in (date, datetime, time):
        try:
            found = kind.fromisoformat(text)
        except ValueError:
            continue
        if isinstance(found, datetime) and found.time() == time():
            return found.date()
        return found.replace(tzinfo=None) if isinstance(found, datetime | time) else found
    return None


def clock(since_midnight: timedelta) -> time:
    """The time of day this long after midnight."""
    return (datetime(1900, 1, 1) + since_midnight).time()  # noqa: DTZ001 - a time of day has no zone
