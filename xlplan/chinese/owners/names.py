"""A list of offices taken apart into names, whatever stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlplan.chinese.owners import words

_OPEN, _SHUT = "([〔【{<", ")]〕】}>"
_SEPARATOR = re.compile(r"[、,;/|。\n ]")
_JOINT = re.compile(r"以及|和|及|与|暨")
_INNER_BLANK = re.compile(r"[ \n]+")
_LONGEST = 30
_SHORT = 8
_LAST_BRACKET = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]$")
_NO_NAME = re.compile(r"[的为是:;。“”]|排在")


def split_marks(text: str) -> Iterator[tuple[str, str]]:
    """The pieces between separators outside brackets, each with the separator before it. Blank pieces are left out."""
    depth, start, mark = 0, 0, ""
    for index, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _SHUT:
            depth = max(0, depth - 1)
        elif not depth and _SEPARATOR.match(char):
            if piece := text[start:index].strip():
                yield piece, mark
                mark = ""
            mark = char if char not in " \n" or not mark else mark
            start = index + 1
    if piece := text[start:].strip():
        yield piece, mark


def pieces(text: str) -> list[tuple[str, str]]:
    """The pieces of a list of offices: a blank or line break inside a name is closed, one between two names divides."""
    joined: list[tuple[str, str]] = []
    for piece, mark in split_marks(text):
        if joined and mark in (" ", "\n") and not _complete(joined[-1][0], piece):
            joined[-1] = (joined[-1][0] + piece, joined[-1][1])
        else:
            joined.append((piece, mark))
    return [(part, mark) for piece, mark in joined for part in _at_joints(piece)]


def _complete(left: str, right: str) -> bool:
    """Whether a blank between two pieces divides names: the left one is whole and the right one more than a scrap."""
    return (is_office(left) and len(right) > 1) or _has_role(left)


def _has_role(piece: str) -> bool:
    return any(ending.search(piece) for ending in (words.LEAD_ENDING, words.SUPPORT_ENDING, words.SHARED_ENDING))


def _at_joints(piece: str) -> Iterator[str]:
    """A和B divided when both sides are whole names; 发展和改革委 is one name."""
    start = 0
    for joint in _JOINT.finditer(piece):
        left, right = piece[start : joint.start()], piece[joint.end() :]
        if _whole(left) and _whole(_first(right)):
            yield left
            start = joint.end()
    yield piece[start:]


def _first(text: str) -> str:
    """The text up to the next role word, which is where a name ends at the latest."""
    return re.split(r"牵头|负责|配合|参与|协助|按", text, maxsplit=1)[0]


def _whole(name: str) -> bool:
    return len(name) >= 3 and name.endswith(words.STRONG) and _balanced(name)  # noqa: PLR2004 (办公室, 财务科: no name is shorter)


def _balanced(name: str) -> bool:
    return sum(name.count(mark) for mark in _OPEN) == sum(name.count(mark) for mark in _SHUT)


def is_office(name: str) -> bool:
    """Whether a name is built like an office's."""
    bare = _bare(name)
    if not 1 < len(name) <= _LONGEST or _NO_NAME.search(name):
        return False
    return bare.endswith(words.ENDINGS) or name.endswith(words.ENDINGS)


def is_surely_office(name: str) -> bool:
    """Whether a name is an office's even where no word says so."""
    collective = name.startswith(("各", "局属", "市直", "县直", "区直")) and len(name) < _SHORT
    return is_office(name) and (_bare(name).endswith(words.STRONG) or collective)


def _bare(name: str) -> str:
    return _LAST_BRACKET.sub("", name) or name


def tidy(name: str) -> str:
    """The name without blanks inside and marks around."""
    return _INNER_BLANK.sub("", name).strip("、,;:。.·-由 ")
