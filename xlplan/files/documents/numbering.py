"""The automatic numbers of a Word document: they stand in no text run and are counted from numbering.xml."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan.files.documents.wordml import attribute, child, children, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_LEVELS = 9
_ONES = "〇一二三四五六七八九"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_BULLETS = {"\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "l": "●", "n": "■", "u": "◆", "Ø": "➢", "ü": "✓"}
_SYMBOLS = 0xE000


def chinese(value: int) -> str:
    """A number in Chinese as headings count: 一, 十, 十一, 二十, 一百零三."""
    if not 0 < value < 1000:  # noqa: PLR2004 - headings do not count further
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_ONES[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _ONES[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_ONES[ones] if ones else "")


def _roman(value: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        count, value = divmod(value, amount)
        text += letters * count
    return text


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else f"({value})"  # noqa: PLR2004 - ⑳ is the last of its row


_PLAIN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate({48 + one: 0xFF10 + one for one in range(10)}),
    "decimalFullWidth2": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "ideographEnclosedCircle": lambda value: f"({chinese(value)})",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "none": lambda _: "",
}
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "taiwaneseDigital",
    "japaneseDigitalTenThousand",
    "koreanCounting",
)
_FORMATS = _PLAIN | dict.fromkeys(_CHINESE, chinese)


@dataclass
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    style: str = ""


@dataclass
class Counter:
    """Counts the numbered paragraphs of a document, in reading order."""

    _lists: dict[str, _List] = field(default_factory=dict)
    _numbers: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: _Element | None) -> Counter:
        """From the document's numbering part, which may be missing."""
        counter = cls()
        for node in children(root, "abstractNum"):
            levels = {int(attribute(one, "ilvl") or 0): _level(one) for one in children(node, "lvl")}
            counter._lists[attribute(node, "abstractNumId")] = _List(levels)
        for node in children(root, "num"):
            base = attribute(child(node, "abstractNumId"), "val")
            changed: dict[int, _Level] = {}
            for override in children(node, "lvlOverride"):
                at = int(attribute(override, "ilvl") or 0)
                own = child(override, "lvl")
                level = _level(own) if own is not None else _copied(counter._lists.get(base), at)
                start = child(override, "startOverride")
                if start is not None:
                    level.start = number(start, 1)
                    counter._begun.add((attribute(node, "numId"), at))
                changed[at] = level
            counter._numbers[attribute(node, "numId")] = (base, changed)
        return counter

    def next(self, num: str, level: int) -> str:
        """The number of the next paragraph of a list at a level, as printed; empty when it shows none."""
        if num not in self._numbers or not 0 <= level < _LEVELS:
            return ""
        base, changed = self._numbers[num]
        levels = {**(self._lists[base].levels if base in self._lists else {}), **changed}
        mine = levels.get(level)
        if mine is None:
            return ""
        counts = self._counts[base]
        if (num, level) in self._begun:
            self._begun.discard((num, level))
            counts.pop(level, None)
        counts[level] = counts.get(level, mine.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            if levels.get(deeper, _Level()).restart != 0:
                del counts[deeper]
        return self._printed(mine, levels, counts)

    @staticmethod
    def _printed(mine: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        if mine.form == "bullet":
            plain = len(mine.text) == 1 and ord(mine.text) < _SYMBOLS
            return _BULLETS.get(mine.text, mine.text if plain else "●")

        def value(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            level = levels.get(at, _Level())
            form = "decimal" if mine.legal else level.form
            return _FORMATS.get(form, str)(counts.get(at, level.start))

        return re.sub(r"%([1-9])", value, mine.text)


def _level(node: _Element) -> _Level:
    restart = child(node, "lvlRestart")
    return _Level(
        attribute(child(node, "numFmt"), "val") or "decimal",
        attribute(child(node, "lvlText"), "val"),
        number(child(node, "start"), 1),
        None if restart is None else number(restart, 0),
        child(node, "isLgl") is not None,
    )


def _copied(source: _List | None, at: int) -> _Level:
    level = source.levels.get(at, _Level()) if source else _Level()
    return _Level(level.form, level.text, level.start, level.restart, level.legal)
