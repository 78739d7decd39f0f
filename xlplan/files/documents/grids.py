"""Tables of documents: which of them only lay out the page, and are therefore text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlplan.finding import Place

_PROSE = 600


def flatten(rows: Sequence[Sequence[str]], place: Place) -> Iterator[Paragraph | Grid]:
    """A table as a grid of even rows; one that only lays out the page as the paragraphs of its cells."""
    width = max((len(row) for row in rows), default=0)
    even = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    if width <= 1 or _is_layout(even):
        for row in even:
            for cell in dict.fromkeys(row):
                yield from (Paragraph(line, place) for line in cell.split("\n") if line.strip())
    elif any(cell.strip() for row in even for cell in row):
        yield Grid(even, place)


def _is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most of a small table's text stands in one cell with many paragraphs."""
    cells = [cell for row in rows for cell in dict.fromkeys(row)]
    longest = max(cells, key=len, default="")
    return len(longest) > _PROSE and longest.count("\n") >= 3 and len(longest) * 2 > sum(map(len, cells))  # noqa: PLR2004 - a few paragraphs
