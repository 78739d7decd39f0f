"""Whether two indicators mean the same: their nouns compared, without verbs, brackets and comparing words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from xlplan.chinese.folding import fold
from xlplan.chinese.targets import verbs

_BRACKETED = re.compile(r"\([^()]*\)")
_COMPARING = re.compile(
    r"(?:达到|总数|总量|数量|达|为|突破|超过|实现|完成|保持|在|的|全部|全市|全县|全区|力争|确保|争取|再|新)+$|^(?:力争|确保|争取|全市|全县|全区|全省|全年|全部|再|新)+"
)


def likeness(one: str, other: str) -> float:
    """How alike two indicators' cores are, from 0 to 1. One that holds the other counts as alike."""
    if not one or not other:
        return 0.0
    short, long = sorted((one, other), key=len)
    if short in long and len(short) >= 3:  # noqa: PLR2004 (two characters stand in too many words)
        return max(0.8, len(short) / len(long))
    if short[0] == long[0] and _in_order(short, long):
        return 0.8
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _in_order(short: str, long: str) -> bool:
    """Whether one may be short for the other: 高企 for 高新技术企业."""
    rest = iter(long)
    return len(short) > 1 and all(char in rest for char in short)


def core(indicator: str) -> str:
    """The indicator's noun: without brackets, verbs that bring it about, and comparing words."""
    text = _BRACKETED.sub("", fold(indicator).replace(" ", ""))
    text = _COMPARING.sub("", text)
    for length in (4, 3, 2):
        if text[:length] in verbs.ACTIONS and len(text) > length + 1:
            return _COMPARING.sub("", text[length:])
    return text
