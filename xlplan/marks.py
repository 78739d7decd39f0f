"""Marks as they are typed: Chinese keyboards give full-width ones, so that everything typed comes in two widths.

Whatever is read from people is held against half width (`half`), or by a class that has `both`.
"""

from __future__ import annotations

import re
import unicodedata

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SMALL = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFE50, 0xFE6C)}  # of Big5 documents
_BRACKETS = {0x28: 0xFF08, 0x29: 0xFF09}
_HALF: dict[int, int | str] = {**_FULL, **{code: plain for code, plain in _SMALL.items() if len(plain) == 1}}


def half(text: str) -> str:
    """The text with its full-width letters, digits, marks and blanks in half width; as long as before."""
    return text if text.isascii() else text.translate(_HALF)


def both(marks: str) -> str:
    """ASCII marks in half and in full width, for a class of a pattern that meets text as it was typed."""
    return marks + "".join(chr(ord(mark) + 0xFEE0) for mark in marks)


def code_of(text: str) -> str:
    """A code as it is compared: in half width and capitals, without the blanks around it."""
    return half(text).strip().upper()


def in_print(text: str) -> str:
    """A Chinese text as it is printed, with full-width brackets: `（三）1（1）`, `家（个）`."""
    return text if text.isascii() else text.translate(_BRACKETS)


OPEN, SHUT = both("("), both(")")
"""Round brackets, for a class of a pattern."""

PAUSES = f"、{both(',;:')}"
"""What stands between the parts of a sentence."""

LIST = f"、\n{both(',;/|')}"
"""What stands between the names in a cell that lists several, for a class of a pattern."""

_LIST = re.compile(f"[{LIST}]+")


def split_list(text: str) -> tuple[str, ...]:
    """The names in a cell that lists several, separated by 、 or another usual mark; written as they were."""
    return tuple(part.strip() for part in _LIST.split(text) if part.strip())
