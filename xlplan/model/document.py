"""Documents: paragraphs and tables in reading order, whatever format they came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.finding import Place


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or line. `level` is a heading style's level (0: none); `number` an automatic number."""

    text: str
    place: Place
    level: int = 0
    bold: bool = False
    number: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of a document: rows of cell texts; a merged cell's text stands in each cell that it covers."""

    rows: tuple[tuple[str, ...], ...]
    place: Place


@dataclass(frozen=True)
class Outline:
    """文稿结构: a document as its blocks in reading order, whatever format it came in."""

    blocks: tuple[Paragraph | Grid, ...]
    source: str = ""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The blocks that are text."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
