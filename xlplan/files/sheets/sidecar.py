"""What stands beside the cells of an Open XML workbook: document properties, comments, pictures, macros."""

from __future__ import annotations

from datetime import datetime

from xlplan.book import Book, Mark, position
from xlplan.errors import XlplanError
from xlplan.files.preflight import Package
from xlplan.files.sheets import markup, outlines
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.sharedxml import first, relations

_MOST_PROPERTIES = 1000


class _Custom(outlines.Finder):
    """docProps/custom.xml: each property's name and the text of its value."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self.name, self.pieces = attributes.get("name", ""), []

    def text(self, data: str) -> None:
        if self.name:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        if name == "property" and self.name and len(self.found) < _MOST_PROPERTIES:
            self.found[self.name] = "".join(self.pieces).strip()
            self.name = ""


class _Core(outlines.Finder):
    """docProps/core.xml: title, subject, and when it was last saved."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the handlers' common shape
        self.pieces = []

    def text(self, data: str) -> None:
        self.pieces.append(data)

    def end(self, name: str) -> None:
        self.found.setdefault(name, "".join(self.pieces).strip())
        self.pieces = []


class _Comments(markup.Handlers):
    """A comments part: the text at each cell."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.at: tuple[int, int] | None = None
        self.pieces: list[str] = []
        self.taking = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            self.at, self.pieces = _cell(attributes.get("ref", "")), []
        elif name == "t":
            self.taking = self.at is not None

    def text(self, data: str) -> None:
        if self.taking:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        if name == "t":
            self.taking = False
        elif name == "comment" and self.at is not None:
            self.grid.comment(self.at, "".join(self.pieces))
            self.at = None


class _Pictures(markup.Handlers):
    """A drawing part: the cells at which pictures are anchored."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.corner: dict[str, int] = {}
        self.inside = ""
        self.from_ = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the handlers' common shape
        if name in {"twoCellAnchor", "oneCellAnchor"}:
            self.corner = {}
        elif name == "from":
            self.from_ = True
        elif name in {"col", "row"} and self.from_:
            self.inside = name
        elif name == "pic" and self.corner.keys() == {"col", "row"}:
            self.grid.mark((self.corner["row"], self.corner["col"]), Mark.PICTURE)

    def text(self, data: str) -> None:
        if self.inside and data.strip().isascii() and data.strip().isdecimal() and len(data) < 10:  # noqa: PLR2004 - rows have up to seven digits
            self.corner[self.inside] = int(data)

    def end(self, name: str) -> None:
        if name == "from":
            self.from_ = False
        elif name == self.inside:
            self.inside = ""


def _cell(reference: str) -> tuple[int, int] | None:
    try:
        return position(reference)
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """A time stamp such as `2019-06-28T08:00:00Z`; None when it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def read_properties(package: Package, book: Book) -> None:
    """Fill in the document properties. A damaged properties part is as good as none."""
    links = relations(package, "")
    core, custom = first(links, "core-properties"), first(links, "custom-properties")
    found = outlines.read(package, core, _Core)
    book.properties = outlines.read(package, custom, _Custom)
    book.title, book.subject = found.get("title", ""), found.get("subject", "")
    book.modified = moment_of(found.get("modified", ""))


def read_beside(package: Package, part: str, grid: Grid, *, comments: bool = True) -> None:
    """Comments and anchored pictures of a sheet. What is damaged there does not cost the cells."""
    for link in relations(package, part):
        if link.target not in package:
            continue
        try:
            if link.type == "comments" and comments:
                markup.parse(package.chunks(link.target), _Comments(grid), link.target)
            elif link.type == "drawing":
                markup.parse(package.chunks(link.target), _Pictures(grid), link.target)
        except XlplanError:
            continue
