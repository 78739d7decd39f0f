"""Dates as offices write them: 2019.6.30 · 6月底前 · 上半年 · 三季度末 · 12月上旬 · 年内; and dates that cannot be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xlplan.chinese import numerals
from xlplan.chinese.folding import fold


class Doubt(StrEnum):
    """Why a text is not read as a date, or what had to be assumed to read it."""

    NONE = ""
    NO_DATE = "no date"
    IMPOSSIBLE = "impossible"
    NO_YEAR = "no year"
    SERIAL = "serial"


@dataclass(frozen=True)
class DateReading:
    """What a text says about a day. `day` is the last day that it allows (6月底: 30 June); `span` where it stands."""

    raw: str
    day: date | None = None
    doubt: Doubt = Doubt.NONE
    span: tuple[int, int] = (0, 0)


_N = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = r"(?P<year>[12][0-9]{3}|[零〇一二三四五六七八九]{4}|今|本|当|明|次|翌|去|上)"
_FULL = re.compile(
    r"(?<![0-9.])(?P<year>[12][0-9]{3})(?:[-./](?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})|(?P<m8>[01][0-9])(?P<d8>[0-3][0-9]))(?![0-9.%])"
)
_YEAR_MONTH = re.compile(r"(?<![0-9.])(?P<year>20[0-9]{2})[-./](?P<month>[0-9]{1,2})(?![0-9.%])")
_PART = re.compile(
    rf"(?:(?<![0-9]){_YEAR}年度?的?)?(?:"
    rf"(?P<month>{_N})月(?:份)?(?:(?P<day>{_N})[日号]|(?P<third>上旬|中旬|下旬|底|末|初|中))?"
    r"|(?P<half>上半年|下半年|前半年|后半年)|第?(?P<quarter>[一二三四1-4])季度?(?:末|底)?"
    r"|(?P<end>年底|年末|岁末|年终|年内|全年|年前)|(?P<middle>年中))(?P<before>之?前|以前)?"
)
_YEAR_ONLY = re.compile(rf"(?<![0-9]){_YEAR}年度?(?P<end>底|末|内)?(?P<before>之?前|以前)?")
_SERIAL = re.compile(r"[34][0-9]{4}(?:\.0+)?\Z")
_EPOCH = date(1899, 12, 30)
_THIRDS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_RELATIVE = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "翌": 1, "去": -1, "上": -1}


def read_date(text: str, year: int | None) -> DateReading:
    """The day that a cell or phrase names; `year` is taken where it names none. Without a day, `doubt` says why."""
    plain = fold(text)
    compact = plain.replace(" ", "")
    if _SERIAL.match(compact):
        return DateReading(text, _EPOCH + timedelta(days=int(float(compact))), Doubt.SERIAL)
    reading = find_date(plain, year)
    if reading is None and compact != plain:
        reading = find_date(compact, year)
    if reading is None:
        return DateReading(text, None, Doubt.NO_DATE)
    return DateReading(text, reading.day, reading.doubt, reading.span)


def find_date(text: str, year: int | None, start: int = 0) -> DateReading | None:
    """The first date in a folded text from `start` on, with its span; None when there is none."""
    found = [
        (match.start(), -match.end(), match, read)
        for pattern, read in _READERS
        if (match := pattern.search(text, start))
    ]
    if not found:
        return None
    _, _, match, read = min(found, key=lambda one: one[:2])
    day, doubt = read(match, year)
    return DateReading(match.group(), day, doubt, match.span())


Read = tuple[date | None, Doubt]


def _full(match: re.Match[str], year: int | None) -> Read:
    del year
    return _day(int(match["year"]), int(match["month"] or match["m8"]), int(match["day"] or match["d8"]))


def _year_month(match: re.Match[str], year: int | None) -> Read:
    del year
    return _month_end(int(match["year"]), int(match["month"]))


def _part(match: re.Match[str], default: int | None) -> Read:
    year = _year(match["year"], default)
    if year is None:
        return None, Doubt.NO_YEAR
    if match["month"]:
        return _within_month(match, year)
    if match["quarter"]:
        number = int(numerals.read(match["quarter"]) or 0)
        return (
            _before(match, year, 3 * number - 2)
            if match["before"] and not match.group().rstrip("之以前").endswith(("末", "底"))
            else _month_end(year, 3 * number)
        )
    if match["half"]:
        return _month_end(year, 6 if match["half"] in ("上半年", "前半年") else 12)
    return _month_end(year, 6 if match["middle"] else 12)


def _within_month(match: re.Match[str], year: int) -> Read:
    month = int(numerals.read(match["month"]) or 0)
    if match["day"]:
        return _day(year, month, int(numerals.read(match["day"]) or 0))
    third = match["third"]
    if third in _THIRDS:
        return _day(year, month, _THIRDS[third])
    if third is None and match["before"]:
        return _before(match, year, month)
    return _month_end(year, month)


def _year_only(match: re.Match[str], default: int | None) -> Read:
    year = _year(match["year"], default)
    return (None, Doubt.NO_YEAR) if year is None else _month_end(year, 12)


def _before(match: re.Match[str], year: int, month: int) -> Read:
    """7月前 ends with June; 1月前 of a year is taken as that January, because nobody means the year before."""
    del match
    return _month_end(year, month - 1 if 1 < month <= 12 else month)  # noqa: PLR2004 (the year has twelve months)


def _year(raw: str | None, default: int | None) -> int | None:
    if not raw:
        return default
    if raw in _RELATIVE:
        return None if default is None else default + _RELATIVE[raw]
    return int(
        "".join(
            str("零一二三四五六七八九".find(digit.replace("〇", "零"))) if not digit.isascii() else digit
            for digit in raw
        )
    )


def _day(year: int, month: int, day: int) -> Read:
    try:
        return date(year, month, day), Doubt.NONE
    except ValueError:
        return None, Doubt.IMPOSSIBLE


def _month_end(year: int, month: int) -> Read:
    if not 1 <= month <= 12:  # noqa: PLR2004 (the year has twelve months)
        return None, Doubt.IMPOSSIBLE
    return _day(year, month, monthrange(year, month)[1])


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int | None], Read]], ...] = (
    (_FULL, _full),
    (_YEAR_MONTH, _year_month),
    (_PART, _part),
    (_YEAR_ONLY, _year_only),
)
