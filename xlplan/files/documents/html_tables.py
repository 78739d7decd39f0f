"""Tables of web pages: which of them only lay out the page, and the cells of the others, merged ones filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.files.documents.nodes import integer, is_block, is_skipped
from xlplan.files.documents.source import Source, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_SPAN = 200
_MAX_CELLS = 500_000
_LAYOUT_BLOCKS = 4
_LAYOUT_TEXT = 300


def is_layout(table: _Element) -> bool:
    """Whether a table only lays out the page: it holds tables, or a cell with most of its words in many blocks."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    whole = sum(len(text.strip()) for text in table.itertext())
    for cell in table.iterdescendants("td"):
        words = sum(len(text.strip()) for text in cell.itertext())
        blocks = sum(1 for one in cell.iterdescendants("p", "div", "br", "h1", "h2", "h3", "li"))
        if words * 2 > whole and words > _LAYOUT_TEXT and blocks >= _LAYOUT_BLOCKS:
            return True
    return False


def read_grid(table: _Element, source: Source) -> list[list[str]]:
    """The cells of a table, merged ones filled."""
    rows: list[dict[int, str]] = []
    pending: dict[int, tuple[int, str]] = {}
    size = 0
    for row in table.iterdescendants("tr"):
        cells = {column: text for column, (_, text) in pending.items()}
        pending = {column: (left - 1, text) for column, (left, text) in pending.items() if left > 1}
        at = 0
        for cell in row.iterchildren("td", "th"):
            while at in cells:
                at += 1
            text = _cell_text(cell)
            tall = min(max(integer(cell.get("rowspan"), 1), 1), _MAX_SPAN * 10)
            for _ in range(min(max(integer(cell.get("colspan"), 1), 1), _MAX_SPAN)):
                cells[at] = text
                if tall > 1:
                    pending[at] = (tall - 1, text)
                at += 1
        size += len(cells)
        if size > _MAX_CELLS:
            raise Unreadable(rules.find("D106", source.place, reason=f"> {_MAX_CELLS} cells"))
        rows.append(cells)
    return [[row.get(column, "") for column in range(max(row, default=-1) + 1)] for row in rows]


def _cell_text(cell: _Element) -> str:
    pieces: list[str] = [cell.text or ""]
    for node in cell.iterdescendants():
        if is_skipped(node):
            pieces.append(node.tail or "")
            continue
        if is_block(node):
            pieces.append("\n")
        pieces += [re.sub(r"\s+", " ", node.text or ""), re.sub(r"\s+", " ", node.tail or "")]
    text = "".join(pieces)
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
