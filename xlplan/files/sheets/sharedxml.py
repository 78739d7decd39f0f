"""The parts of an Open XML workbook that its sheets share: relations, sheet list, styles and strings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from xlplan.book import Visibility
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.preflight import Package
from xlplan.files.sheets import markup, values
from xlplan.files.sheets.cells import Irregular, Pattern
from xlplan.files.sheets.characters import decode, resolve
from xlplan.files.sheets.shapes import Shape, built_in, shape
from xlplan.rules import find

_STRING = re.compile(
    r'<si>(?:<t(?: xml:space="preserve")?+>([^<]*+)</t>|<t ?/>)?+(?:<phoneticPr [^<>]*+>)?</si>'
    r"|<si>((?:<r>(?:<rPr>(?:<[^<>/]*+/>)*+</rPr>)?<t(?: [^<>]*+)?>[^<]*+</t></r>)++)(?:<phoneticPr [^<>]*+>)?</si>"
)
_RUN = re.compile(r"<t(?: [^<>]*)?>([^<]*)</t>")
_STRINGS_HEAD = re.compile(
    rb'\s*(?:<\?xml[^<>]*\?>\s*)?<sst\s[^<>]*?xmlns="http://'
    rb'(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main|purl\.oclc\.org/ooxml/spreadsheetml/main)"[^<>]*>\s*+'
)
_STRINGS_END = re.compile(r"\s*</sst>\s*")
_BLANK = re.compile(r"\s*")
_LONGEST_STRING = 8 << 20
_CACHED = 1 << 16
_MAX_STYLES = 70_000  # Excel has at most 65,490 cell formats


@dataclass(frozen=True)
class Relation:
    """A link from one part of a package to another: its id, the last word of its type, and the path it leads to."""

    id: str
    type: str
    target: str


class _Relations(markup.Handlers):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: list[Relation] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))
        self.found.append(Relation(attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], path))


@lru_cache(maxsize=256)
def _relations(data: bytes, folder: str) -> tuple[Relation, ...]:
    handlers = _Relations(folder)
    markup.parse([data], handlers, "relations")
    return tuple(handlers.found)


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """The parts that this part links to inside the package; "" is the package itself."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package:
        return ()
    data = package.read(path)
    return _relations(data, folder) if len(data) <= _CACHED else _relations.__wrapped__(data, folder)


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    visibility: Visibility


@dataclass(frozen=True)
class Contents:
    """What the workbook part says: its sheets in order, whether dates count from 1904, and formulas are uncomputed."""

    sheets: tuple[SheetEntry, ...]
    from_1904: bool
    uncomputed: bool


_STATES = {"hidden": Visibility.HIDDEN, "veryHidden": Visibility.VERY_HIDDEN}


class _Contents(markup.Handlers):
    def __init__(self) -> None:
        self.sheets: list[SheetEntry] = []
        self.from_1904 = False
        self.uncomputed = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
        elif name == "calcPr":
            self.uncomputed = attributes.get("fullCalcOnLoad", "0") in {"1", "true", "on"}
        elif name == "sheet":
            link = next((value for key, value in attributes.items() if markup.local(key) == "id" and " " in key), "")
            state = _STATES.get(attributes.get("state", ""), Visibility.VISIBLE)
            self.sheets.append(SheetEntry(attributes.get("name", ""), link, state))


@lru_cache(maxsize=64)
def _contents(data: bytes, part: str) -> Contents:
    handlers = _Contents()
    markup.parse([data], handlers, part, markup.bare)
    return Contents(tuple(handlers.sheets), handlers.from_1904, handlers.uncomputed)


def contents(package: Package, part: str, limits: Limits) -> Contents:
    """The workbook part, read."""
    data = package.read(part)
    found = _contents(data, part) if len(data) <= _CACHED else _contents.__wrapped__(data, part)
    if len(found.sheets) > limits.sheets:
        raise XlplanError(find("F115", found=len(found.sheets), limit=limits.sheets))
    return found


class _Styles(markup.Handlers):
    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.formats: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside and len(self.formats) < _MAX_STYLES:
            self.formats.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


@lru_cache(maxsize=64)
def _shapes(data: bytes, part: str) -> tuple[Shape, ...]:
    handlers = _Styles()
    markup.parse([data], handlers, part, markup.bare)
    kinds: dict[str, Shape] = {number: shape(code) for number, code in handlers.codes.items()}
    kinds |= {number: built_in(number) for number in set(handlers.formats) - kinds.keys()}
    return tuple(kinds[number] for number in handlers.formats)


@lru_cache(maxsize=16)
def patterns(shapes: tuple[Shape, ...]) -> dict[str, Pattern]:
    """What is remembered of rows in workbooks whose styles give these shapes."""
    del shapes
    return {}


def shapes(package: Package, part: str) -> tuple[Shape, ...]:
    """The shape that each cell style gives to a number, by the style's index."""
    data = package.read(part)
    return _shapes(data, part) if len(data) <= _CACHED else _shapes.__wrapped__(data, part)


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
    head = _STRINGS_HEAD.match(data)
    if not head or not markup.is_utf8(data):
        raise Irregular
    data = data[head.end() :]
    found: list[str] = []
    characters = 0
    while True:
        more = next(pieces, b"")
        cut = data.rfind(b"</si>") + len(b"</si>") if more and b"</si>" in data else 0 if more else len(data)
        if len(data) - cut > _LONGEST_STRING:
            raise Irregular
        fresh = _items(decode(data[:cut]), last=not more)
        found += fresh
        characters += sum(map(len, fresh))
        _bounded(found, characters, limits)
        if not more:
            return found
        data = data[cut:] + more


def _items(text: str, *, last: bool) -> list[str]:
    """The strings of a piece that ends behind an item or, when it is the last, with the part."""
    parts = _STRING.split(text)
    if not (_STRINGS_END if last else _BLANK).fullmatch("".join(parts[::3])):
        raise Irregular
    plain, rich = parts[1::3], parts[2::3]
    found = [one or "" for one in plain]
    if any(rich):
        runs = ("".join(_RUN.findall(one)) if one else None for one in rich)
        found = [one if run is None else run for one, run in zip(found, runs, strict=True)]
    if "&" in text:
        found = [resolve(one) for one in found]
    return [values.unescaped(one) for one in found] if "_x" in text else found


class _Strings(markup.Handlers):
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


def first(found: Iterable[Relation], kind: str) -> str:
    """The path of the first relation of a type, "" when there is none."""
    return next((one.target for one in found if one.type == kind), "")
