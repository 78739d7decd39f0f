"""Where cells stand: addresses and rectangles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@lru_cache(maxsize=1 << 10)
def column_name(index: int) -> str:
    """The letters of the column with this 0-based index: 0 is `A`, 26 is `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address people see, from 0-based row and column: (6, 10) is `K7`."""
    return f"{column_name(column)}{row + 1}"


def position(cell: str) -> tuple[int, int]:
    """The 0-based row and column of an address such as `K7`."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d+)", cell)
    if not found:
        raise ValueError(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"
