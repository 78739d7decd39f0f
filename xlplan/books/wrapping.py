"""Wrapping: how many lines a text takes, with words kept whole and no punctuation at the wrong end of a line.

A line is so many ems long; Chinese letters are an em wide, others are narrower.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from unicodedata import east_asian_width

_HAIR = 1e-9  # ems, for sums of widths that are not exact
_EM_WIDE = frozenset("WFA")
_HAN = re.compile("[\u3001-\u303e\u4e00-\u9fff\uff01-\uff60]+")  # each an em wide, and told at a glance
_OPENING = frozenset("([{‘“《〈「『【〔〖\uff08")
_ENDING = frozenset(")]}’”》〉」』】〕〗,。、;:?!…—·%\uff09\uff0c\uff1b\uff1a\uff1f\uff01\uff05")
_WORD = frozenset(chr(code) for code in range(0x250) if re.match(r"[A-Za-z0-9À-ɏ.,:;!?%'&@#$*+/=<>_~^|\\-]", chr(code)))
_BOTH = _WORD & _ENDING
_NO_START = _WORD | _ENDING  # what may not begin a line, or not always
_TOGETHER = re.compile(
    "[{}]*(?:[{}]+|.)[{}]*".format(*(re.escape("".join(sorted(one))) for one in (_OPENING, _WORD, _ENDING))), re.DOTALL
)
"""What stays on one line: a word or a character, with the brackets that open it and the punctuation that ends it."""


class _Widths(dict[str, float]):
    """The width in ems of every letter met so far."""

    def __init__(self, latin: float) -> None:
        super().__init__()
        self.latin = latin

    def __missing__(self, letter: str) -> float:
        wide = east_asian_width(letter) in _EM_WIDE
        if wide:
            _wide.add(letter)
        self[letter] = width = 1.0 if wide else self.latin
        return width


_widths: dict[float, _Widths] = {}
_wide: set[str] = set()


def breadth(text: str, latin: float) -> float:
    """A text's width in ems on one line, with letters that are not Chinese `latin` ems wide."""
    return sum(map(_widths_of(latin).__getitem__, text))


def count_lines(text: str, room: float, latin: float) -> int:
    """How many lines a text takes; `room` is a line's length in ems."""
    room = max(room, 1.0)
    if "\n" not in text:
        return _wrapped(text, room, latin)
    lines = [_wrapped(one, room, latin) if len(one) > room else 1 for one in text.split("\n")]
    return sum(lines)


def _widths_of(latin: float) -> _Widths:
    return _widths.get(latin) or _widths.setdefault(latin, _Widths(latin))


def _wrapped(paragraph: str, room: float, latin: float) -> int:
    """A paragraph's lines, found from line end to line end; what is longer than a line is left to `_broken`."""
    size, lines, start = len(paragraph), 1, 0
    if size <= room:  # nothing is wider than an em
        return 1
    ends = None if _is_wide(paragraph) else _ends(paragraph, latin)
    letters = int(room + _HAIR)
    while True:
        at = start + letters if ends is None else bisect_right(ends, ends[start] + room + _HAIR) - 1
        if at >= size:
            return lines
        if paragraph[at] in _NO_START or paragraph[at - 1] in _OPENING:
            while at > start and not _may_break(paragraph, at, start):
                at -= 1
        if at == start:
            return _broken(paragraph, room, latin)
        lines, start = lines + 1, at


@lru_cache(maxsize=4096)
def _is_wide(paragraph: str) -> bool:
    """Whether each letter is known to be an em wide."""
    return bool(_HAN.fullmatch(paragraph)) or _wide.issuperset(paragraph)


@lru_cache(maxsize=4096)
def _ends(paragraph: str, latin: float) -> list[float]:
    """How far into the paragraph each letter begins, and the last one ends."""
    return list(accumulate(map(_widths_of(latin).__getitem__, paragraph), initial=0.0))


def _may_break(paragraph: str, at: int, start: int) -> bool:
    """Whether a line that begins at `start` may end before the letter `at`: the same as `_TOGETHER` says."""
    letter, before = paragraph[at], paragraph[at - 1]
    if letter in _ENDING or before in _OPENING:
        return False
    if letter in _WORD and before in _WORD:
        back = at - 1
        while back >= start and paragraph[back] in _BOTH:  # they end what is no word, or go on with a word
            back -= 1
        return back >= start and paragraph[back] not in _WORD and paragraph[back] not in _OPENING
    return True


def _broken(paragraph: str, room: float, latin: float) -> int:
    """A paragraph's lines where something in it is longer than a line and broken anywhere."""
    lines, used = 1, 0.0
    for together in _TOGETHER.findall(paragraph):
        wide = breadth(together, latin)
        if used + wide <= room + _HAIR:
            used += wide
        elif wide <= room + _HAIR:
            lines, used = lines + 1, wide
        else:
            whole, used = divmod(used + wide, room)
            lines += int(whole)
    return lines
