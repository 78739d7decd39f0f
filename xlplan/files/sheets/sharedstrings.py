"""The shared strings of an Open XML workbook.

Where every string is plain and marked up alike, one split gives them all. Any other piece is split into texts and the
joints between them; few joints differ, so each is read once and remembered: how many strings begin in it, and what it
leaves and enters, a plain string or a run of a rich one. Joints fit when each leaves what the one before it entered;
where they do not, expat reads the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.preflight import Package
from xlplan.files.sheets import markup, values
from xlplan.files.sheets.cells import Irregular
from xlplan.files.sheets.characters import decode, resolve
from xlplan.rules import find

_HEAD = re.compile(
    rb'\s*(?:<\?xml[^<>]*\?>\s*)?<sst\s[^<>]*?xmlns="http://'
    rb'(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main|purl\.oclc\.org/ooxml/spreadsheetml/main)"[^<>]*>\s*+'
)
_LONGEST_STRING = 8 << 20

_TEXT = re.compile(rb">([^<]+)<")
_TAG = r'<t(?: xml:space="preserve")?+'
_RUN = rf"<r>(?:<rPr>(?:<[^<>/]*+/>)*+</rPr>)?+{_TAG}"
_END = r"(?:<phoneticPr [^<>]*+>)?</si>"
_EMPTY = rf"<si>(?:{_TAG}></t>|<t ?/>)?+{_END}"
_WITHIN = re.compile(rf"/t></r>{_RUN}")
_BETWEEN = re.compile(rf"(/t>(</r>)?{_END})?+(?:{_EMPTY})*+(<si>(?:{_TAG}|({_RUN})))?+")
_OUTSIDE, _PLAIN, _RICH = "-", "p", "r"
_NEXT = b"<"  # where a string begins: no text has it
_STRING = b"<si><t"
_PLAIN_BEGIN, _PLAIN_END, _PLAIN_TAGS = re.compile(r'<si><t(?: xml:space="preserve")?>'), "</t></si>", 4
_LONGEST_JOINT, _MOST = 2048, 1024


def strings(package: Package, part: str, limits: Limits) -> list[str]:
    """The shared strings. Fonts and phonetic guides fall away, struck-through text stays."""
    try:
        found = _scan(package.chunks(part), limits)
    except Irregular:
        handlers = _Strings(limits)
        markup.parse(package.chunks(part), handlers, part, markup.bare)
        found = handlers.found
    return found


def _bounded(found: list[str], characters: int, limits: Limits) -> None:
    if len(found) > limits.cells:
        raise XlplanError(find("F116", limit=limits.cells))
    if characters > limits.characters:
        raise XlplanError(find("F117", limit=limits.characters))


def _scan(chunks: Iterable[bytes], limits: Limits) -> list[str]:
    """Strings that are written the common way, piece by piece; raises `Irregular` where they are not."""
    pieces = iter(chunks)
    data = next(pieces, b"")
    head = _HEAD.match(data)
    if not head or not markup.is_utf8(data):
        raise Irregular
    data = data[head.end() :]
    found: list[str] = []
    characters = 0
    while True:
        more = next(pieces, b"")
        if not more:
            data, end, rest = data.rpartition(b"</sst>")
            if not end or rest.strip():
                raise Irregular
        cut = len(data) if not more else data.rfind(b"</si>") + len(b"</si>") if b"</si>" in data else 0
        if len(data) - cut > _LONGEST_STRING:
            raise Irregular
        fresh = _items(data[:cut])
        found += fresh
        characters += sum(map(len, fresh))
        _bounded(found, characters, limits)
        if not more:
            return found
        data = data[cut:] + more


def _items(source: bytes) -> list[str]:
    """The strings of a piece that begins and ends between two of them."""
    source = source.strip()
    texts = decode(source) if source.startswith(_STRING) else ""
    found = _alike(texts, source.count(b"<"))
    if found is None:
        texts = decode(_joined(source))
        found = texts.split(_NEXT.decode())[1:]
    if "&" in texts:
        found = [resolve(one) for one in found]
    return [values.unescaped(one) for one in found] if "_" in texts else found


def _alike(source: str, tags: int) -> list[str] | None:
    """The texts of a piece with so many tags: plain strings, all marked up as the first one; None for any other."""
    begin = _PLAIN_BEGIN.match(source)
    if not begin or not source.endswith(_PLAIN_END):
        return None
    texts = source[begin.end() : -len(_PLAIN_END)].split(_PLAIN_END + begin[0])
    return texts if tags == _PLAIN_TAGS * len(texts) else None


def _joined(source: bytes) -> bytes:
    """The texts of a piece with its joints out; the runs of a rich string follow one another."""
    parts = _TEXT.split(source)
    begins, states = zip(*map(_joints.__getitem__, parts[::2]), strict=True)
    path = "".join(states)
    if path[0] + path[-1] != _OUTSIDE * 2 or path[1:-1:2] != path[2::2]:
        raise Irregular
    parts[::2] = begins
    return b"".join(parts)


class _Joints(dict[bytes, tuple[bytes, str]]):
    """For the markup between two texts: a sign for each string that begins in it, and what it leaves and enters."""

    def __missing__(self, joint: bytes) -> tuple[bytes, str]:
        found = _joint(decode(joint))
        if len(joint) <= _LONGEST_JOINT:
            if len(self) >= _MOST:
                self.clear()
            self[joint] = found
        return found


def _joint(source: str) -> tuple[bytes, str]:
    if _WITHIN.fullmatch(source):
        return b"", _RICH + _RICH
    found = _BETWEEN.fullmatch(source)
    if not found:
        raise Irregular
    left = _OUTSIDE if not found[1] else _RICH if found[2] else _PLAIN
    entered = _OUTSIDE if not found[3] else _RICH if found[4] else _PLAIN
    return _NEXT * source.count("<si>"), left + entered


_joints = _Joints()


class _Strings(markup.Handlers):
    """The strings of any well-formed part."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.characters = 0
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.taking = False
        self.skipping = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the handlers' common shape
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.skipping += 1
        elif name == "t":
            self.taking = not self.skipping

    def text(self, data: str) -> None:
        if self.taking:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(values.unescaped("".join(self.pieces)))
            self.characters += len(self.found[-1])
            _bounded(self.found, self.characters, self.limits)
        elif name == "rPh":
            self.skipping -= 1
        elif name == "t":
            self.taking = False
