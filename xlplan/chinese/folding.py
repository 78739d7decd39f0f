"""One spelling for finding figures and names: half width, simplified, one dash and one pair of quotation marks."""

from __future__ import annotations

from xlplan.chinese import script

_ONE_FOR_MANY = {
    "-": "~-‐‑‒–—―−─━~～〜﹣－﹘",
    "“": "“「『‘﹁",
    "”": "”」』’﹂",
    "。": "｡",
    "、": "､",
    ":": "：∶﹕",
    " ": "\t\v\f\r\n\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"
    + "".join(map(chr, range(0x2000, 0x200B))),
}
_TABLE = {ord(mark): one for one, many in _ONE_FOR_MANY.items() for mark in many}


def fold(text: str) -> str:
    """`text` in one spelling, as long as before: index *i* of the result is about index *i* of the text."""
    return script.fold(text).translate(_TABLE)
