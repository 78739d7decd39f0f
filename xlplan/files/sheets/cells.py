"""What the cells of a workbook share, and what the attributes of a cell say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from xlplan.book import Value
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.sheets import values
from xlplan.files.sheets.shapes import Shape
from xlplan.files.sheets.values import Sort
from xlplan.rules import find

_ATTRIBUTE = re.compile(r' ([\w:.]++)="([^"<>&]*+)"', re.ASCII)
_STYLE_DIGITS = 7
_NUMERALS = tuple(b"%d" % at for at in range(1024))


class Ease(IntEnum):
    """How little a cell needs: one step for each of the common kinds, the long way for all others."""

    HARD = 0
    SHARED = 1
    NUMBER = 2
    PERCENT = 3
    DAY = 4
    TEXT = 5
    FORMULA = 6
    RESULT = 7


@dataclass
class Pattern:
    """What rows with one markup hold: how to read each text, and where it goes; how many `rows` were seen to have it.

    `percents` and `formulas` are columns. `places` makes the row of the values with None behind them, where they do not
    fill it from its first column on.
    """

    markup: bytes = b""
    eases: tuple[int, ...] = ()  # members of Ease, which index slowly
    percents: tuple[int, ...] = ()
    formulas: tuple[int, ...] = ()
    places: Callable[[list[Value]], Iterable[Value]] | None = None
    rows: int = 0


class Patterns(dict[bytes, Pattern]):
    """The patterns of rows by their markup; of the most frequent, by how many tags they have, expressions of rows."""

    def __init__(self) -> None:
        super().__init__()
        self.frequent: dict[int, list[tuple[re.Pattern[bytes], Pattern]]] = {}


@dataclass
class Workbook:
    """What the sheets of a workbook share: strings, the shapes that styles give to numbers, the date system, limits.

    `uncomputed` tells that computing was left to the program that opens the file, so that a formula's 0 is no result.
    `rich_pictures` tells that the file keeps pictures as values of cells, `plain_strings` that every shared string may
    go into a cell as it is; `cells` counts what was read so far. `patterns` remembers what rows with certain markup
    hold, for all workbooks with the same styles; `lookups` read the texts of plain cells, by their ease.
    """

    limits: Limits
    strings: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    from_1904: bool = False
    uncomputed: bool = False
    rich_pictures: bool = False
    plain_strings: bool = True
    cells: int = 0
    patterns: Patterns = field(default_factory=Patterns)
    lookups: tuple[Mapping[bytes, Value], ...] = ()

    @cached_property
    def by_number(self) -> dict[bytes, str]:
        """The shared strings by their number as files write it."""
        if not self.plain_strings:
            return {}
        numerals = chain(_NUMERALS, (b"%d" % at for at in range(len(_NUMERALS), len(self.strings))))
        return dict(zip(numerals, self.strings, strict=False))

    def count(self, cells: int) -> None:
        """Count filled cells; over the limit the file is refused."""
        self.cells += cells
        if self.cells > self.limits.cells:
            raise XlplanError(find("F116", limit=self.limits.cells))

    def shape(self, style: int) -> Shape:
        """The shape of a cell style; a style that does not exist shows plain numbers."""
        return self.shapes[style] if 0 <= style < len(self.shapes) else Shape.NUMBER


class Inner(NamedTuple):
    """What is inside a cell when it is more than a value: a formula, a value, an inline text."""

    formula: str | None
    text: str | None
    inline: str | None


class Irregular(Exception):  # noqa: N818 - not an error: the other way of reading takes over
    """A part is not written the common way."""


# Column letters, row digits, attributes, value, and whatever else is inside: as they stand in the file.
RawCell = tuple[str, str, str, str | None, str | Inner | None]


class Kind(NamedTuple):
    """What the attributes of a cell say: how to read its text, and how a number in it is shown."""

    sort: Sort
    shape: Shape
    rich: bool


class Kinds:
    """The attributes of cells, read once for each text: a sheet has thousands of cells and a handful of these."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.known: dict[str, Kind] = {}

    def ease(self, text: str) -> Ease:
        """Read an attribute text, and say how easy its cells are."""
        kind = self.known[text] = self.read(text)
        if kind.sort is Sort.SHARED:
            return Ease.SHARED if self.workbook.plain_strings else Ease.HARD
        easy = {Shape.NUMBER: Ease.NUMBER, Shape.PERCENT: Ease.PERCENT}
        return easy.get(kind.shape, Ease.HARD) if kind.sort is Sort.NUMBER else Ease.HARD

    def read(self, text: str) -> Kind:
        """What an attribute text says."""
        parts = _ATTRIBUTE.split(text)
        if "".join(parts[::3]).strip(" "):
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
