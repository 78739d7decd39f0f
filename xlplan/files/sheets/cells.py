"""What the cells of a workbook share, and what the attributes of a cell say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from xlplan.book import Value
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.sheets import values
from xlplan.files.sheets.shapes import Shape, moment
from xlplan.files.sheets.values import Sort
from xlplan.rules import find

_ATTRIBUTE = re.compile(r' ([\w:.]++)="([^"<>&]*+)"', re.ASCII)
_STYLE_DIGITS = 7
_REMEMBERED = 1 << 10


class Ease(IntEnum):
    """How little a cell needs: one step for each of the common kinds, the long way for all others."""

    HARD = 0
    SHARED = 1
    NUMBER = 2
    PERCENT = 3
    DAY = 4


@dataclass
class Workbook:
    """What the sheets of a workbook share: strings, the shapes that styles give to numbers, the date system, limits.

    `uncomputed` tells that computing was left to the program that opens the file, so that a formula's 0 is no result.
    `rich_pictures` tells that the file keeps pictures as values of cells, `plain_strings` that every shared string may
    go into a cell as it is; `cells` counts what was read so far. `row_kinds` remembers what rows with certain letters
    and attributes hold, for all workbooks with the same styles.
    """

    limits: Limits
    strings: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    from_1904: bool = False
    uncomputed: bool = False
    rich_pictures: bool = False
    plain_strings: bool = True
    cells: int = 0
    row_kinds: dict[tuple[str, ...], tuple[Ease, ...]] = field(default_factory=dict)

    @cached_property
    def by_number(self) -> dict[str, str]:
        """The shared strings by their number as files write it."""
        return {str(number): text for number, text in enumerate(self.strings)} if self.plain_strings else {}

    @cached_property
    def decoders(self) -> tuple[Callable[[str], Value], ...]:
        """How to read a cell by its ease; KeyError for what is not as easy as it looked."""
        return (_never, self.by_number.__getitem__, values.number, _never, self._day)

    def _day(self, text: str) -> Value:
        day = _day(text, from_1904=self.from_1904)
        if day is None:
            raise KeyError(text)
        return day

    def count(self, cells: int) -> None:
        """Count filled cells; over the limit the file is refused."""
        self.cells += cells
        if self.cells > self.limits.cells:
            raise XlplanError(find("F116", limit=self.limits.cells))

    def shape(self, style: int) -> Shape:
        """The shape of a cell style; a style that does not exist shows plain numbers."""
        return self.shapes[style] if 0 <= style < len(self.shapes) else Shape.NUMBER


def _never(text: str) -> Value:
    raise KeyError(text)


@lru_cache(maxsize=1 << 10)
def _day(text: str, *, from_1904: bool) -> Value:
    """The day that a number stands for; deadlines are the same in many cells."""
    amount = values.number(text)
    return None if amount is None else moment(amount, Shape.DATE, from_1904=from_1904)


class Inner(NamedTuple):
    """What is inside a cell when it is more than a value: a formula, a value, an inline text."""

    formula: str | None
    text: str | None
    inline: str | None


class Irregular(Exception):  # noqa: N818 - not an error: the other way of reading takes over
    """A part is not written the common way."""


# Column letters, row digits, attributes, value, and whatever else is inside: as they stand in the file.
RawCell = tuple[str, str, str, str | None, str | Inner | None]


class RawRows(NamedTuple):
    """Raw cells of many rows, part by part."""

    letters: list[str]
    digits: list[str]
    attributes: list[str]
    texts: list[str | None]
    inners: list[str | Inner | None]

    def by_row(self) -> Iterator[RawRows]:
        """The cells of each row, where the file has its rows one after the other; else all cells as they come."""
        bounds = [0, *accumulate(Counter(self.digits).values())]
        spans = list(pairwise(bounds))
        if any(self.digits[start:end].count(self.digits[start]) < end - start for start, end in spans):
            spans = [(at, at + 1) for at in range(len(self.digits))]
        for start, end in spans:
            yield RawRows(*[part[start:end] for part in self])  # type: ignore[arg-type] # slices of what they are

    def cells(self) -> Iterator[RawCell]:
        """One cell after the other."""
        return zip(*self, strict=True)


@dataclass(frozen=True)
class Kind:
    """What the attributes of a cell say: how to read its text, and how a number in it is shown."""

    sort: Sort
    shape: Shape
    rich: bool


class Kinds:
    """The attributes of cells, read once for each text: a sheet has thousands of cells and a handful of these."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.known: dict[str, Kind] = {}

    def row(self, letters: list[str], attributes: list[str]) -> tuple[Ease, ...]:
        """How to read the cells of a row like this one, all at once; empty where that is not possible."""
        row_kinds, key = self.workbook.row_kinds, (*letters, *attributes)
        found = row_kinds.get(key)
        if found is None:
            plain = [column_index(one) for one in letters] == list(range(len(letters)))
            eases = tuple(map(self._common, attributes)) if plain else ()
            found = eases if all(eases) else ()
            if len(row_kinds) < _REMEMBERED:
                row_kinds[key] = found
        return found

    def _common(self, attributes: str) -> Ease:
        """As `ease`, for reading without marks."""
        kind = self._read(attributes)
        if kind.sort is Sort.SHARED:
            return Ease.SHARED
        common = {Shape.NUMBER: Ease.NUMBER, Shape.DATE: Ease.DAY}
        return common.get(kind.shape, Ease.HARD) if kind.sort is Sort.NUMBER else Ease.HARD

    def ease(self, text: str) -> Ease:
        """Read an attribute text, and say how easy its cells are."""
        kind = self.known[text] = self._read(text)
        if kind.sort is Sort.SHARED:
            return Ease.SHARED if self.workbook.plain_strings else Ease.HARD
        easy = {Shape.NUMBER: Ease.NUMBER, Shape.PERCENT: Ease.PERCENT}
        return easy.get(kind.shape, Ease.HARD) if kind.sort is Sort.NUMBER else Ease.HARD

    def _read(self, text: str) -> Kind:
        parts = _ATTRIBUTE.split(text)
        if any(parts[::3]) and text.strip(" "):
            raise Irregular
        named = dict(zip(parts[1::3], parts[2::3], strict=True))
        style = named.get("s", "0")
        is_number = style.isascii() and style.isdecimal() and len(style) <= _STYLE_DIGITS
        shape = self.workbook.shape(int(style)) if is_number else Shape.NUMBER
        return Kind(values.SORTS.get(named.get("t", "n"), Sort.NUMBER), shape, "vm" in named)


def column_index(letters: str) -> int:
    """The 0-based index of the column with these letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
