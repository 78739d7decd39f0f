"""Small parts that differ in their texts alone, as document properties do: expat reads them once for each outline.

The outline is a part with its texts taken out. When it is new, expat reads the part, and then again with a number in
the place of every text, which shows what texts each value is made of. Where it is known, the texts are put there.
"""

from __future__ import annotations

import re
from contextlib import suppress

from xlplan.errors import XlplanError
from xlplan.files.preflight import Package
from xlplan.files.sheets import markup
from xlplan.files.sheets.cells import Irregular
from xlplan.files.sheets.characters import decode, resolve

_TEXT = re.compile(r">(\s*+[^<\s][^<]*+)<")
_NUMBERED = re.compile(r"(?:#[0-9]+;)*")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_FORBIDDEN = ("]]>", "\ufffe", "\uffff", "<!")  # what no text has, and what hides markup
_GAP = ">\0<"
_LONGEST, _MOST = 16 << 10, 64
Places = dict[str, list[int]]


class Finder(markup.Handlers):
    """Handlers that find values by name, each made of texts of the part, without the space around them."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}


def read(package: Package, part: str, kind: type[Finder]) -> dict[str, str]:
    """What is found in a part; as far as the parser came where it is damaged."""
    if not part or part not in package:
        return {}
    try:
        pieces = _TEXT.split(_plain(package.parts.get(part.lower(), b"")))
        texts = [resolve(one) for one in pieces[1::2]]
    except Irregular:
        return _parsed(package, part, kind)
    key = kind, _GAP.join(pieces[::2])
    if key not in _known:
        if len(_known) >= _MOST:
            _known.clear()
        _known[key] = _places(pieces, kind)
    places = _known[key]
    if places is None:
        return _parsed(package, part, kind)
    return {name: "".join([texts[at] for at in made_of]).strip() for name, made_of in places.items()}


_known: dict[tuple[type[Finder], str], Places | None] = {}


def _plain(source: bytes) -> str:
    """The text of a small part whose texts can be told without a parser."""
    if not 0 < len(source) <= _LONGEST or source.translate(None, _CONTROLS) != source or not markup.is_utf8(source):
        raise Irregular
    text = decode(source)
    if any(one in text for one in _FORBIDDEN):
        raise Irregular
    return text


def _parsed(package: Package, part: str, kind: type[Finder]) -> dict[str, str]:
    handlers = kind()
    with suppress(XlplanError):
        markup.parse(package.chunks(part), handlers, part)
    return handlers.found


def _places(pieces: list[str], kind: type[Finder]) -> Places | None:
    """The numbers of the texts that each value is made of; None where values are made of more, or of nothing sound."""
    handlers, numbered = kind(), list(pieces)
    numbered[1::2] = [f"#{at};" for at in range(len(pieces) // 2)]
    try:
        markup.parse(["".join(f">{one}<" if at % 2 else one for at, one in enumerate(numbered)).encode()], handlers, "")
    except XlplanError:
        return None
    if not all(map(_NUMBERED.fullmatch, handlers.found.values())):
        return None
    return {name: [int(one) for one in re.findall("[0-9]+", value)] for name, value in handlers.found.items()}
