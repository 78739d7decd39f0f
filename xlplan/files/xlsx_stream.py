"""The rows of a `Stream` as a sheet's XML, written while they are made: a long table never stands in memory.

Texts are written inside their cells and not into the workbook's table of texts, which would hold them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.book import Cell, Link, column_name
from xlplan.files.xlsx_cells import FORMATS, WRITERS, CellWriter, clean, fitting, number_format, xml_text
from xlplan.files.xlsx_page import LINKS, location
from xlplan.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlplan.book import Content, Look, Sheet
    from xlplan.book.parts import Stream
    from xlplan.files.xlsx_cells import Texts

_SURELY = 16_000  # characters that fit into any cell
_REPEATED, _KNOWN = 60, 20_000  # names and words that come again and again are made ready once
_AFTER_LINKS = "<printOptions", "<pageMargins", "<pageSetup", "<headerFooter", "<drawing", "<tableParts", "</worksheet>"
"""What follows a sheet's links."""


class StreamWriter(CellWriter):
    """Writes the rows of a sheet's stream."""

    def __init__(self, sheet: Sheet, stream: Stream, styles: Mapping[tuple[Look, str], int], texts: Texts) -> None:
        super().__init__(sheet, styles, texts)
        self.stream = stream
        self.links: list[str] = []
        self._inline: dict[str, str] = {}

    def rows(self) -> Iterator[str]:
        """The rows, one after another."""
        columns = [(at, column_name(at), look) for at, look in enumerate(self.stream.looks)]
        plain = [(f'<c r="{name}', f'"{self._style(look, str)}') for _, name, look in columns]
        for row, values in enumerate(self.stream.rows(), self.stream.top):
            parts = [f'<row r="{row + 1}">']
            for value, (name, style), column in zip(values, plain, columns, strict=True):
                if value is None or value == "":
                    parts.append(f"{name}{row + 1}{style}/>")
                elif value.__class__ is str:
                    parts.append(f"{name}{row + 1}{style}{self._string(row, column[0], value)}")
                else:
                    parts.append(self._other(row, column, value))
            parts.append("</row>")
            yield "".join(parts)

    def end(self, after: str) -> Iterator[str]:
        """What follows the rows, with the links that were met, which are known once the rows are written."""
        at = min(found for part in _AFTER_LINKS if (found := after.find(part)) >= 0)
        links = f"<hyperlinks>{''.join(self.links)}</hyperlinks>" if self.links else ""
        yield f"</sheetData>{after[:at]}{links}{after[at:]}"

    def _other(self, row: int, column: tuple[int, str, Look], value: Content | Cell) -> str:
        """A cell that is not just text in its column's look."""
        at, name, look = column
        content, look = (value.value, value.look) if isinstance(value, Cell) else (value, look)
        place = f"{name}{row + 1}"
        if isinstance(content, Link) and clean(content.text) and len(self.links) < LINKS:
            shown = xml_text(clean(content.text), quoted=True)
            where = xml_text(location(content), quoted=True)
            self.links.append(f'<hyperlink ref="{place}" location="{where}" display="{shown}"/>')
        kind = type(content)
        return f'<c r="{place}"{self._known_style(look, kind)}{WRITERS[kind](self, row, at, content)}'

    def _string(self, row: int, column: int, value: str) -> str:
        known = self._inline.get(value)
        if known is None:
            text = value
            if len(value) > _SURELY:
                text = fitting(
                    value, Place(sheet=self.sheet.name, cell=f"{column_name(column)}{row + 1}"), self.texts.findings
                )
            known = _inside(clean(text))
            if len(value) <= _REPEATED and len(self._inline) < _KNOWN:
                self._inline[value] = known
        return known


def _inside(text: str) -> str:
    """The end of a cell with a clean text in it."""
    if not text:
        return "/>"
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f' t="inlineStr"><is><t{kept}>{xml_text(text)}</t></is></c>'


def looks_of(stream: Stream) -> list[tuple[Look, str]]:
    """Every look that a stream's cells may have, with the number formats that its values may need."""
    looks = dict.fromkeys((*stream.looks, *stream.also))
    return [(look, number_format(look, kind)) for look in looks for kind in (str, *FORMATS)]
