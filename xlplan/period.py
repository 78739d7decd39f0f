"""Reporting periods: a year, a half, a quarter or a month, written `2019`, `2019-H1`, `2019-Q2`, `2019-06`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

CLAIM = "claim"
"""What stands for the period of a claim round in stamps and in the ledger."""

_LONGEST, _AFTER = 10, 6  # letters of a period as people write it (2019年第二季度), and of what makes it a day
_CN = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_CODE = re.compile(r"(\d{4})(?:-?(?:H([12])|Q([1-4])|(0?[1-9]|1[0-2])))?", re.IGNORECASE)
_WORDS = re.compile(r"(\d{4})年(?:度|全年)?(?:(上|下)半年|第?([一二三四1-4])季度?|(1[0-2]|0?[1-9])月份?)?")

_BLANKS = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_YEAR = re.compile(r"(?<!\d)\d{4}")
_DAY = re.compile(r"份?(?:前|底|末|初|上旬|中旬|下旬|[-./]?\d)")


class Span(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


_CODES = {
    Span.YEAR: "{:04d}",
    Span.HALF: "{:04d}-H{}",
    Span.QUARTER: "{:04d}-Q{}",
    Span.MONTH: "{:04d}-{:02d}",
}
_MONTHS = {Span.YEAR: 12, Span.HALF: 6, Span.QUARTER: 3, Span.MONTH: 1}


@dataclass(frozen=True)
class Period:
    """One reporting period; dates are half-open: `start` belongs to it, `end` does not."""

    year: int
    span: Span = Span.YEAR
    index: int = 1

    @classmethod
    @lru_cache(maxsize=1 << 10)
    def parse(cls, text: str) -> Period | None:
        """Read `2019-Q2`, `2019Q2`, `2019-06`, `2019年第二季度`, `2019年上半年`; None when it is none of these."""
        plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
        found = _CODE.fullmatch(plain) or _WORDS.fullmatch(plain)
        if not found:
            return None
        year, half, quarter, month = found.groups()
        for span, part in ((Span.HALF, half), (Span.QUARTER, quarter), (Span.MONTH, month)):
            if part:
                return cls(int(year), span, _CN.get(part) or int(part))
        return cls(int(year))

    @property
    def code(self) -> str:
        """The contract form, such as `2019-Q2`."""
        return _CODES[self.span].format(self.year, self.index)

    @property
    def months(self) -> int:
        """Its length in months."""
        return _MONTHS[self.span]

    @property
    def start(self) -> date:
        """The first day of the period."""
        return date(self.year, (self.index - 1) * self.months + 1, 1)

    @property
    def end(self) -> date:
        """The first day after the period."""
        return _month_start(self.year, self.index * self.months)

    @property
    def pace(self) -> Fraction:
        """序时进度: the share of the year that has passed at the period's end, 0 to 1."""
        from fractions import Fraction

        return Fraction(self.index * self.months, 12)

    @property
    def previous(self) -> Period | None:
        """The period before this one in the same year; None for the first."""
        return Period(self.year, self.span, self.index - 1) if self.index > 1 else None

    def label(self, lang: str = "zh") -> str:
        """The name people use: `2019年第二季度`, `Q2 2019`."""
        if lang == "zh":
            tail = {
                Span.YEAR: "度",
                Span.HALF: "上下"[self.index - 1] + "半年" if self.span is Span.HALF else "",
                Span.QUARTER: f"第{'一二三四'[(self.index - 1) % 4]}季度",
                Span.MONTH: f"{self.index}月",
            }
            return f"{self.year}年{tail[self.span]}"
        tail = {
            Span.YEAR: "",
            Span.HALF: f"H{self.index} ",
            Span.QUARTER: f"Q{self.index} ",
            Span.MONTH: f"{self.start:%m}/",
        }
        return f"{tail[self.span]}{self.year}"

    def __str__(self) -> str:
        return self.code


@lru_cache(maxsize=64)  # thousands of forms have one title
def find_period(text: str) -> Period | None:
    """The most exact period written out in a longer text such as a title; the first of equals; None without any.

    A day, such as a deadline, is no period, nor is the month that it lies in.
    """
    plain = _BLANKS.sub("", text)
    every = (_period_at(plain[year.start() : year.start() + _LONGEST + _AFTER]) for year in _YEAR.finditer(plain))
    return min(filter(None, every), key=lambda one: one.months, default=None)


@lru_cache(maxsize=64)  # as above
def _period_at(text: str) -> Period | None:
    """The longest period that a text begins with, where it goes on with no day."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    end = next((end for end in range(min(len(plain), _LONGEST), 3, -1) if Period.parse(plain[:end])), 0)
    period = Period.parse(plain[:end])
    return None if period and period.span is Span.MONTH and _DAY.match(plain, end) else period


def _month_start(year: int, months: int) -> date:
    return date(year + months // 12, months % 12 + 1, 1)
