"""Numbers as they are written in Chinese text (12,000 · 三千五百 · 三点五亿 · 两百五), and back into characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億兩点點", "一二三四五六七八九十百千万亿两点点")
_SMALL = {"十": 10, "百": 100, "千": 1000}
_TWENTIES = {"廿": "二十", "卅": "三十"}

# Longer runs are no numbers that anybody counts with (and would make arithmetic on them slow).
MAX_LENGTH = 40

_ARABIC = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])|[0-9]++)(?:\.[0-9]++)?"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿廿卅]++(?:点[零〇一二三四五六七八九]++[百千万亿]*+)?"
NUMERAL = re.compile(rf"(?P<arabic>{_ARABIC})|(?P<chinese>{_CHINESE})")
_STRICT = re.compile(rf"(?:{_ARABIC})\Z")


@dataclass(frozen=True)
class Numeral:
    """One number in a text: where it stands, its value, and how it is written.

    `bare` is a 百/千/万/亿 without a digit (百名, 万亩), which is more often rhetoric than a count.
    """

    start: int
    end: int
    value: Decimal
    chinese: bool = False
    bare: bool = False


def read(text: str) -> Decimal | None:
    """The value of a text that is one number and nothing else; None otherwise. Financial forms (叁拾) count too."""
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return None
    if _STRICT.match(text):
        return Decimal(text.replace(",", ""))
    return _chinese(text.translate(_FORMAL))


def scan(text: str) -> Iterator[Numeral]:
    """Every number of a folded text from left to right; what only looks like one (三五, 一二一) is passed over."""
    for match in NUMERAL.finditer(text):
        raw = match.group()
        if len(raw) > MAX_LENGTH:
            continue
        if match["arabic"]:
            yield Numeral(match.start(), match.end(), Decimal(raw.replace(",", "")))
        elif (value := _chinese(raw)) is not None:
            yield Numeral(
                match.start(),
                match.end(),
                value,
                chinese=True,
                bare=not any(c in _DIGITS for c in raw if c != "十") and "十" not in raw,
            )


def spell(value: Decimal | int) -> str:
    """A number in Chinese characters: 12 → 十二, 3.5 → 三点五, 20000 → 二万. For values from 0 up to 10^16."""
    whole, _, fraction = f"{Decimal(value):f}".partition(".")
    spelled = _spell_whole(int(whole))
    digits = fraction.rstrip("0")
    return spelled + ("点" + "".join("零一二三四五六七八九"[int(digit)] for digit in digits) if digits else "")


@lru_cache(maxsize=4096)
def _chinese(text: str) -> Decimal | None:
    for short, long in _TWENTIES.items():
        text = text.replace(short, long)
    whole, point, fraction = text.partition("点")
    if not point:
        value = _whole(whole)
        return None if value is None else Decimal(value)
    digits = fraction.rstrip("百千万亿")
    left = _whole(whole)
    if left is None or not digits or any(digit not in _DIGITS for digit in digits):
        return None
    scale = 1
    for char in fraction[len(digits) :]:
        scale *= _SMALL.get(char) or {"万": 10**4, "亿": 10**8}[char]
    return Decimal(f"{left}." + "".join(str(_DIGITS[digit]) for digit in digits)) * scale


def _whole(text: str) -> int | None:
    """The whole number that the characters spell, by 亿 and 万; None when they spell none."""
    for mark, scale in (("亿", 10**8), ("万", 10**4)):
        left, found, right = text.rpartition(mark)
        if found:
            high = _whole(left) if left else 1
            low = _tail(right, scale) if right else 0
            return None if high is None or low is None else high * scale + low
    return _below_wan(text)


def _tail(text: str, scale: int) -> int | None:
    """What follows 万 or 亿: 三万五 means 35,000, 三万零五 means 30,005."""
    if len(text) == 1 and text in _DIGITS and text not in "零〇":
        return _DIGITS[text] * scale // 10
    return _whole(text)


def _below_wan(text: str) -> int | None:
    total, digit, last = 0, None, 10**4
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            continue
        unit = _SMALL.get(char)
        if unit is None or unit >= last or (digit == 0 and char != "十"):
            return None
        total += (1 if digit is None else digit) * unit
        digit, last = None, unit
    if digit is None:
        return total if text else None
    colloquial = len(text) > 1 and text[-2] in "百千"
    return total + digit * (last // 10 if colloquial else 1)


def _spell_whole(value: int) -> str:
    if value >= 10**8:
        return _spell_pair(value, 10**8, "亿")
    if value >= 10**4:
        return _spell_pair(value, 10**4, "万")
    spelled = ""
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十")):
        digit = value // scale % 10
        if digit:
            spelled += "零一二三四五六七八九"[digit] + mark
        elif spelled and value % scale and not spelled.endswith("零"):
            spelled += "零"
    spelled += "零一二三四五六七八九"[value % 10] if value % 10 or not value else ""
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _spell_pair(value: int, scale: int, mark: str) -> str:
    high, low = divmod(value, scale)
    gap = "零" if low and low < scale // 10 else ""
    tail = _spell_whole(low) if low else ""
    if tail.startswith("十"):
        tail = "一" + tail
    return _spell_whole(high) + mark + gap + tail
