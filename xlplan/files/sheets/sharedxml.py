"""The parts of an Open XML workbook that its sheets share: relations, sheet list and styles."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from xlplan.book import Visibility
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.preflight import Package
from xlplan.files.sheets import markup
from xlplan.files.sheets.cells import Patterns
from xlplan.files.sheets.shapes import Shape, built_in, shape
from xlplan.rules import find

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
    folder, slash, name = part.rpartition("/")
    path = f"{folder}{slash}_rels/{name}.rels"
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


@lru_cache(maxsize=64)
def patterns(shapes: tuple[Shape, ...]) -> Patterns:
    """What is remembered of rows in workbooks whose styles give these shapes."""
    del shapes
    return Patterns()


def shapes(package: Package, part: str) -> tuple[Shape, ...]:
    """The shape that each cell style gives to a number, by the style's index."""
    data = package.read(part)
    return _shapes(data, part) if len(data) <= _CACHED else _shapes.__wrapped__(data, part)


def first(found: Iterable[Relation], kind: str) -> str:
    """The path of the first relation of a type, "" when there is none."""
    return next((one.target for one in found if one.type == kind), "")
