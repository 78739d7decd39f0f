"""XML read event by event with expat from the standard library: no DTD, no entities, no network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pyexpat import ExpatError, ParserCreate, XMLParserType

from xlplan.errors import XlplanError
from xlplan.files.preflight import damaged
from xlplan.rules import find

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
DEEPEST = 256


class Handlers:
    """What to do with elements; names are local names, those of other namespaces keep theirs behind a space.

    Elements of SpreadsheetML, transitional or strict, with any prefix or none, come by their bare names.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters between tags."""


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def bare(name: str) -> str:
    """The bare name of an element of SpreadsheetML; other names stay qualified."""
    for namespace in _MAIN:
        if name.startswith(namespace):
            return name[len(namespace) :]
    return name


def parse(chunks: Iterable[bytes], handlers: Handlers, part: str, naming: Callable[[str], str] = local) -> None:
    """Run a part of a package through the handlers. Raises with F102 when it is not well-formed, F106 on a DTD."""
    parser = ParserCreate(namespace_separator=" ")
    names: dict[str, str] = {}
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged(f"{part}: nested too deeply")
        known = names.get(name)
        if known is None:
            known = names[name] = naming(name)
        handlers.start(known, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handlers.end(names.get(name) or naming(name))

    def refuse(*_: object) -> None:
        raise XlplanError(find("F106", member=part))

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        _feed(parser, chunks, part)
    finally:  # parser and handlers hold each other, and through them the whole file
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None


def _feed(parser: XMLParserType, chunks: Iterable[bytes], part: str) -> None:
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position
    except (ExpatError, ValueError, LookupError) as error:
        raise damaged(f"{part}: {error}") from None


def is_utf8(head: bytes) -> bool:
    """Whether a part declares, or by default has, the encoding UTF-8."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in head[:64]:
        return False
    declared = head[:200].partition(b"?>")[0]
    if b"encoding" not in declared:
        return True
    return b'"utf-8"' in declared.lower() or b"'utf-8'" in declared.lower()
