"""Characters as they come: traditional and simplified, full and half width, and the debris that web pages leave.

`clean` mends a text without changing its script; `fold` gives the form that patterns are written for, character by
character, so that a position in the folded text is the same position in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from xlplan.marks import OPEN, SHUT

if TYPE_CHECKING:
    from opencc import OpenCC

CJK = "㐀-䶿一-鿿豈-﫿〇"
"""Chinese characters, for use inside a character class."""

_PLAIN = "bpmfdtnlgkhjqxzcsrwyaeiouvüɡɑ"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_TONELESS = frozenset(("men", "de", "le", "zi", "me", "ma", "ne", "ba", "zhe", "ge", "li", "tou"))
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2060, 0xFEFF, 0xFFFC))
_SPACES = dict.fromkeys((0x09, 0x0B, 0x0C, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS |= {0x2EA0: "民", 0x2EC5: "见", 0x2ED3: "长", 0x2EDA: "页", 0x2EE9: "黄", 0x2EEC: "齐", 0x2EF0: "龙"}
_MENDED = {**_INVISIBLE, **_SPACES, **_RADICALS, 0x0D: None, 0x00: None}
_FIRST_CJK = 0x2E80
_FOLDED_RANGES = (range(0xFF01, 0xFF5F), range(0xFE10, 0xFE1A), range(0xFE30, 0xFE70), range(0xF900, 0xFB00))


def clean(text: str) -> str:
    """The text without invisible characters, look-alike radicals of PDF fonts and pinyin debris such as 創(chuàng)新.

    Its script, its punctuation and its wording stay as issued; odd spaces become plain ones.
    """
    mended = unicodedata.normalize("NFC", text).translate(_MENDED)
    return _pinyin().sub(_without_pinyin, mended) if "(" in mended or "\uff08" in mended else mended


@cache
def _pinyin() -> re.Pattern[str]:
    """Pinyin in brackets; made when it is first needed, because such large classes of characters take their time."""
    return re.compile(rf"(?<=[{CJK}])[{OPEN}]((?:[{_PLAIN}{_TONED}][ \n]?){{1,7}})[{SHUT}]")


def _without_pinyin(found: re.Match[str]) -> str:
    syllable = found.group(1).replace(" ", "").replace("\n", "")  # a PDF breaks it between letters
    toned = any(letter in _TONED for letter in syllable)
    return "" if toned or syllable in _TONELESS else found.group()


class _Fold(dict[int, str]):
    """A translation table that fills itself: each character's half-width, simplified form, always one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char) if any(code in part for part in _FOLDED_RANGES) else char
        simple = _converter().convert(plain) if code >= _FIRST_CJK else plain
        self[code] = simple if len(simple) == 1 else char
        return self[code]


_FOLD = _Fold()
_FOLD[0x3000] = _FOLD[0xA0] = " "


def fold(text: str) -> str:
    """The text in half width and simplified characters, of the same length: what patterns are matched against."""
    return text.translate(_FOLD)


def simplified(text: str) -> str:
    """The text in simplified characters, with the phrase rules of OpenCC; everything else stays as it is."""
    simple: str = _converter().convert(text)
    return simple


def key(text: str) -> str:
    """What two writings of the same thing share: letters and digits only, folded, in lower case."""
    return "".join(char for char in unicodedata.normalize("NFKC", fold(text)).casefold() if char.isalnum())


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
