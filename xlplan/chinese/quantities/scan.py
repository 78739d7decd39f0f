"""Numbers with their units, found in running text: 240家 · 3.2亿元 · 1-2场 · 八成 · 百分之十五 · 翻一番."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xlplan.chinese import numerals
from xlplan.chinese.numerals import Numeral
from xlplan.chinese.quantities import units
from xlplan.once import once

_RANGE = re.compile(r"--?|至|到")
_DOUBLE = re.compile(r"翻(?:[一两二三])?番")
_LATIN_OR_JOINED = re.compile(r"[A-Za-z+./·#_*×=〔\[]")
_JOINED_AFTER = re.compile(r"[+×*/·][0-9A-Za-z]|[A-Za-z]{2}")
_WORDS_WITH_ONE = frozenset("统唯逐同单专合归之")
_SHARES = {100: "%", 1000: "‰"}
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Quantity:
    """One figure in a folded text: its span with the unit, its value or range, and how it was written.

    `coded` tells that the number is part of a name or code (G50, 3+5+7), `ordinal` that it counts places (第3),
    `bare` that it is a 百/千/万 without a digit, `more` that 多 or 余 follows.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    value_max: Decimal | None = None
    chinese: bool = False
    coded: bool = False
    ordinal: bool = False
    bare: bool = False
    more: bool = False

    @once
    def sort(self) -> units.Sort | None:
        """What its unit is for."""
        return units.parse(self.unit).sort


@dataclass(frozen=True)
class _Part:
    """One number with what follows it: its value in `unit`, its span, and the number itself."""

    start: int
    end: int
    value: Decimal
    unit: str
    numeral: Numeral
    more: bool = False


def scan(text: str) -> list[Quantity]:
    """Every figure with a unit in a folded text, from left to right, in time that grows with the text's length."""
    found = [_doubling(text, match) for match in _DOUBLE.finditer(text)]
    parts = list(_parts(text))
    index = 0
    while index < len(parts):
        pair = _join(text, *parts[index : index + 2]) if index + 1 < len(parts) else None
        if pair:
            found.append(pair)
        elif parts[index].unit:
            found.append(_quantity(text, parts[index], parts[index]))
        index += 2 if pair else 1
    return sorted(found, key=lambda one: one.start)


def _doubling(text: str, match: re.Match[str]) -> Quantity:
    times = numerals.read(text[match.start() + 1 : match.end() - 1]) or Decimal(1)
    return Quantity(match.start(), match.end(), times, "番", chinese=True)


def _parts(text: str) -> Iterator[_Part]:
    whole: Numeral | None = None
    done = 0
    for number in numerals.scan(text):
        if number.start < done:  # the 万 of 3万元 is part of the unit
            continue
        if whole is not None and number.start == whole.end + 2:
            value, unit = _share(whole.value, number.value)
            yield _Part(whole.start, number.end, value, unit, replace(number, bare=False))
            whole = None
            continue
        whole = number if text.startswith("分之", number.end) and number.value else None
        if whole is None:
            part = _part(text, number)
            done = part.end
            yield part


def _share(whole: Decimal, part: Decimal) -> tuple[Decimal, str]:
    """百分之十五 is 15 %, 千分之三 is 3 ‰, 五分之一 is 20 %."""
    unit = _SHARES.get(int(whole), "")
    if unit:
        return part, unit
    return units.plain(round(part / whole * _HUNDRED, 2)), "%"


def _part(text: str, number: Numeral) -> _Part:
    number = _without_unit(text, number)
    value, written = number.value, text[number.start : number.end]
    mark = next((mark for mark in ("万亿", "亿", "万") if written.endswith(mark)), "") if number.chinese else ""
    if written == mark:  # 亿元, not 1亿元
        mark = ""
    value = value / units.SCALES[mark] if mark else value
    after = units.after(text, number.end)
    if not after or (mark and after.is_scaled):
        return _Part(number.start, number.end, units.plain(value), mark, number)
    return _Part(number.start, after.end, units.plain(value), mark + after.unit, number, after.more)


def _without_unit(text: str, number: Numeral) -> Numeral:
    """The number without a 千 that begins the unit: 一百亿千瓦时 is 100亿 × 千瓦时."""
    shorter = text[number.start : number.end - 1]
    if not number.chinese or not text.startswith("千", number.end - 1) or not shorter:
        return number
    unit = units.after(text, number.end - 1)
    value = None if unit is None or unit.is_scaled else numerals.read(shorter)
    return number if value is None else replace(number, end=number.end - 1, value=value)


def _join(text: str, low: _Part, high: _Part) -> Quantity | None:
    """Two numbers as one range, when a dash or 至 or 到 and nothing else stands between them."""
    gap = _RANGE.match(text, low.end)
    if not gap or gap.end() != high.start or not high.unit:
        return None
    least = low.value if low.unit in ("", high.unit) else None
    if low.unit and least is None:
        least = units.scale(low.value, _completed(low.unit, high.unit), high.unit)
    if least is None or least >= high.value:
        return None
    return _quantity(text, low, high, least)


def _completed(unit: str, other: str) -> str:
    """A scale that stands alone borrows the unit of the other end: 5万-8万元."""
    return unit + units.base_name(other) if unit in units.SCALES else unit


def _quantity(text: str, first: _Part, last: _Part, least: Decimal | None = None) -> Quantity:
    before = text[first.start - 1 : first.start]
    one = first.numeral.chinese and text[first.start : first.end].startswith("一")
    return Quantity(
        first.start,
        last.end,
        first.value if least is None else least,
        last.unit,
        None if least is None else last.value,
        chinese=first.numeral.chinese,
        coded=_is_code(text, first, last) or (one and before in _WORDS_WITH_ONE),
        ordinal=before == "第",
        bare=first.numeral.bare,
        more=last.more,
    )


def _is_code(text: str, first: _Part, last: _Part) -> bool:
    """Whether letters or signs tie the number to others: G50, 3+5+7, 5×24; 12/10万 is a rate."""
    compared = text[max(0, first.start - 2) : first.start] in (">=", "<=")
    if not compared and _LATIN_OR_JOINED.match(text[first.start - 1 : first.start]):
        return True
    if last.unit in units.SCALES and text[last.end : last.end + 1] == "+":
        return True  # 阅读量10万+
    own = last.unit.startswith("/") or last.unit[:1].isascii()
    return not own and bool(_JOINED_AFTER.match(text, first.numeral.end))
