"""A printed table to the bytes of a .docx file: the lines above it as paragraphs, its header on every page.

The same Book gives the same bytes. Word breaks the pages itself, between rows where it can.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from xlplan.book import Area, Cell, Formula, Link, Look
from xlplan.files.disk import steady
from xlplan.files.xlsx_cells import clean

if TYPE_CHECKING:
    from typing import Any

    from xlplan.book import Book, Sheet
    from xlplan.book.parts import Print

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the file's times have no zone, and these only have to be fixed
_PAPER = {"A4": (595.3, 841.9), "A3": (841.9, 1190.6)}
_TWIPS, _HALVES = 20, 2  # of a point
_VALIGN = {"top": "top", "vcenter": "center", "bottom": "bottom"}
_TALL = 0.5  # of a page: what is higher may be torn, and begins at its top
_FOOTER = re.compile(r"&[CLR]|&\d+|&[PN]|[^&]+")
_FIELDS = {"&P": "PAGE", "&N": "NUMPAGES"}


def write_docx(book: Book) -> bytes:
    """The document of a Book's first sheet, whose print set-up names the row of the header."""
    sheet = book.sheets[0]
    setup = sheet.print
    if setup is None or setup.repeat is None:
        raise ValueError("a printed table names its header")
    document = Document()
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    room = _page(document.sections[0], setup)
    header = setup.repeat[0]
    parts = [part for row in range(header) for part in _heading(sheet, row)]
    parts += [_table(sheet, header, room), _paragraph("", Look(size=2))]  # a table may not end a document
    for at, part in enumerate(parts):
        body.insert(at, parse_xml(part))
    _number_pages(document.sections[0], setup.footer, book.font)
    _describe(document, book.title)
    return _bytes(document)


def _page(section: Any, setup: Print) -> tuple[float, float]:  # noqa: ANN401 - python-docx's own section
    """Set the page up; gives the width and the height in points that a table has."""
    across, down = _PAPER[setup.paper]
    if setup.landscape:
        across, down = down, across
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(across), Pt(down)
    left, right, top, bottom = (margin * 72 for margin in setup.margins)
    section.left_margin, section.right_margin = Pt(left), Pt(right)
    section.top_margin, section.bottom_margin = Pt(top), Pt(bottom)
    section.footer_distance = Pt(bottom / 2)
    return across - left - right, down - top - bottom


def _heading(sheet: Sheet, row: int) -> list[str]:
    cell = sheet.cells.get((row, 0), Cell())
    return [_paragraph(line, cell.look, after=8) for line in _text(cell).split("\n")]


def _table(sheet: Sheet, header: int, page: tuple[float, float]) -> str:
    room, high = page
    columns = sorted(sheet.widths)
    whole = sum(sheet.widths.values())
    widths = [int(sheet.widths[column] / whole * room * _TWIPS) for column in columns]
    bottom = max(row for row, _ in sheet.cells)
    spans = {(area.top, area.left): area for area in sheet.merges}
    covered = {
        (row, column): area
        for area in sheet.merges
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    frame = (widths, spans, covered, high)
    rows = [_row(sheet, row, frame, head=row == header) for row in range(header, bottom + 1)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 40), ("left", 50), ("bottom", 40), ("right", 50))
    )
    return (
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


_Frame = tuple[list[int], dict[tuple[int, int], Area], dict[tuple[int, int], Area], float]


def _row(sheet: Sheet, row: int, frame: _Frame, *, head: bool) -> str:
    widths, spans, covered, high = frame
    height = sheet.heights.get(row, 0.0)
    goes_on = any(area.top <= row < area.bottom for (at, _), area in covered.items() if at == row)
    band = any(area.top == area.bottom == row for area in spans.values())
    cells = []
    for column, width in enumerate(widths):
        area = covered.get((row, column))
        if area and column > area.left:
            continue
        top = area is None or row == area.top
        cell = sheet.cells.get((area.top, area.left) if area else (row, column), Cell())
        across = area.right - area.left + 1 if area else 1
        wide = sum(widths[column : column + across]) if area else width
        marks = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        if area and area.bottom > area.top:
            marks += '<w:vMerge w:val="restart"/>' if top else "<w:vMerge/>"
        tall = _height(sheet, area or Area(row, column, row, column)) > high * _TALL
        look = replace(cell.look, valign="top") if tall else cell.look
        content = _paragraphs(_text(cell) if top else "", look, keep=(head or band or goes_on) and not tall)
        cells.append(_cell(content, look, wide, marks))
    repeat = "<w:tblHeader/>" if head else ""
    low = f'<w:trHeight w:val="{int(height * _TWIPS)}" w:hRule="atLeast"/>' if height else ""
    whole = "<w:cantSplit/>" if height < high * _TALL else ""
    return f"<w:tr><w:trPr>{whole}{low}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _height(sheet: Sheet, area: Area) -> float:
    return sum(sheet.heights.get(row, 0.0) for row in range(area.top, area.bottom + 1))


def _cell(content: str, look: Look, width: int, marks: str) -> str:
    color = look.line or "000000"
    sides = ("top", "left", "bottom", "right") if look.border else ()
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{color}"/>' for side in sides)
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.fill}"/>' if look.fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{marks}<w:tcBorders>{lines}</w:tcBorders>{fill}'
        f'<w:vAlign w:val="{_VALIGN.get(look.valign, "center")}"/></w:tcPr>{content}</w:tc>'
    )


def _paragraphs(text: str, look: Look, *, keep: bool) -> str:
    return "".join(_paragraph(line, look, keep=keep, inside=True) for line in text.split("\n"))


def _paragraph(text: str, look: Look, after: float = 0, *, keep: bool = False, inside: bool = False) -> str:
    align = {"center": "center", "right": "right", "justify": "both"}.get(look.align, "left")
    keeping = "<w:keepNext/>" if keep else ""
    space = "" if inside else f" {_NAMESPACE}"
    return (
        f'<w:p{space}><w:pPr>{keeping}<w:spacing w:before="0" w:after="{int(after * _TWIPS)}"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{_run(text, look)}</w:p>'
    )


def _run(text: str, look: Look) -> str:
    bold = "<w:b/>" if look.bold else ""
    color = f'<w:color w:val="{look.color}"/>' if look.color else ""
    size = int(look.size * _HALVES)
    return (
        f'<w:r><w:rPr>{_fonts(look.font)}{bold}{color}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _fonts(name: str) -> str:
    """The font for Chinese; Latin letters and figures beside a Chinese font are set in Times, as is usual in print."""
    if not name:
        return ""
    latin = name if name.isascii() else "Times New Roman"
    return f"<w:rFonts w:ascii={quoteattr(latin)} w:hAnsi={quoteattr(latin)} w:eastAsia={quoteattr(name)}/>"


def _text(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, Formula):
        value = value.value
    elif isinstance(value, Link):
        value = value.text
    return "" if value is None else clean(str(value))


def _number_pages(section: Any, footer: str, font: str) -> None:  # noqa: ANN401 - python-docx's own section
    """The footer, with Excel's codes for the page's number and the count of pages as fields."""
    look = Look(font=font, size=10, align="center")
    runs = []
    for part in _FOOTER.findall(footer):
        if part in _FIELDS:
            runs.append(f'<w:fldSimple w:instr="{_FIELDS[part]}">{_run("1", look)}</w:fldSimple>')
        elif not part.startswith("&"):
            runs.append(_run(part, look))
    paragraph = parse_xml(f'<w:p {_NAMESPACE}><w:pPr><w:jc w:val="center"/></w:pPr>{"".join(runs)}</w:p>')
    element = section.footer._element  # noqa: SLF001 - python-docx has no other way to fields
    for child in list(element):
        element.remove(child)
    element.append(paragraph)


def _describe(document: Any, title: str) -> None:  # noqa: ANN401 - python-docx's own document
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = clean(title)[:255], "", "", ""
    about.created = about.modified = _CREATED
    about.revision = 1
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # the mainland's shapes of characters and marks


def _bytes(document: Any) -> bytes:  # noqa: ANN401 - python-docx's own document
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())
