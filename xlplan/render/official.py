"""Documents in the layout of official papers (GB/T 9704): page, type, headings, signature, page numbers.

The text comes as lines, each a paragraph; how a line begins says what it is:

    # title        @ addressee        ## first heading        ### second heading        > signature        | no indent

Everything else is body text. Lines may hold the tags of docxtpl, so that a template is written just like a letter.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the file's times have no zone, and these only have to be fixed
_EM = 320  # a character of 16 points (三号), in twips
_LINE = 579  # 22 lines in 225 mm: 28.95 points
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # millimetres
_ACROSS, _DOWN = 210, 297
_FOOT = 23  # millimetres from the page's lower edge to the number, which is 7 mm below the text
_LONGEST = 255  # characters of a property
_AXIS = int(20.6 * _EM)  # where the signature's lines are centred, so that the date ends four characters from the edge
_FONTS = {
    "zh": {"body": "仿宋", "title": "方正小标宋简体", "first": "黑体", "second": "楷体", "number": "宋体"},
    "en": dict.fromkeys(("body", "title", "first", "second", "number"), "Times New Roman"),
}
_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'  # the mainland's shapes of characters and marks
_STYLES = {"# ": "Title", "@ ": "Addressee", "## ": "Heading 1", "### ": "Heading 2", "> ": "Signature", "| ": "Plain"}
_MARK = re.compile(r"(#{1,3} |[@>|] )?(.*)", re.DOTALL)
_KEEP = "<w:keepNext/><w:keepLines/>"
_PLAIN = re.compile(r"\{%p (end|if|for|).*%\}")


def official(text: str, lang: str) -> bytes:
    """The document of some lines, in `zh` or `en`; its first title stands in the file's properties too."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    _page(document)
    for name, style in _styles(lang).items():
        _restyle(document, name, style)
    for at, part in enumerate(_paragraphs(text)):
        body.insert(at, parse_xml(part))
    _number_pages(document, _FONTS[lang]["number"])
    about = document.core_properties
    about.title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), "")[:_LONGEST]
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = _CREATED
    about.revision = 1
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraphs(text: str) -> Iterator[str]:
    lines = [(style, words) for line in text.strip().splitlines() for style, words in (_styled(line),) if style]
    signed = next((at for at, (style, _) in enumerate(lines) if style == "Signature"), 0)
    closing = _closing(lines, signed)
    for at, (style, words) in enumerate(lines):
        if signed and at == signed:
            yield from (_paragraph("", "Plain", kept=True),) * 2
        yield _paragraph(f"\t{words}" if style == "Signature" else words, style, kept=at in closing)


def _styled(line: str) -> tuple[str, str]:
    """The style and the words of a line; no style for an empty one."""
    mark, words = _MARK.fullmatch(line.strip()).groups("")  # type: ignore[union-attr] # every line matches
    style = _STYLES.get(mark, "")
    if words and not style:
        style = "Plain" if _PLAIN.fullmatch(words) else "Normal"
    return style, words


def _closing(lines: Sequence[tuple[str, str]], signed: int) -> set[int]:
    """The last paragraphs above the signature, which must not stand alone on a page; every one that may be the last."""
    kept: set[int] = set()
    depth, last = 0, True
    for at in range(signed - 1, -1, -1):
        style, words = lines[at]
        if tag := _PLAIN.fullmatch(words):
            depth += {"end": 1, "if": -1, "for": -1}.get(tag[1], 0)
            last = depth > 0
        elif style != "Normal":
            break
        elif last:
            kept.add(at)
            last = False
        if kept and depth <= 0:
            break
    return kept


def _paragraph(words: str, style: str, *, kept: bool = False) -> str:
    tab = "<w:tab/>" if words.startswith("\t") else ""
    keep = _KEEP if kept else ""
    run = f'<w:r>{tab}<w:t xml:space="preserve">{escape(words.lstrip(chr(9)))}</w:t></w:r>' if words else ""
    return f'<w:p {_W}><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{keep}</w:pPr>{run}</w:p>'


def _styles(lang: str) -> dict[str, tuple[str, str]]:
    """For each style what its paragraphs and its letters are like, as Word writes it."""
    fonts = _FONTS[lang]
    line = f'<w:spacing w:before="0" w:after="0" w:line="{_LINE}" w:lineRule="exact"/>'
    title = f'<w:spacing w:before="{_LINE}" w:after="{_LINE}" w:line="680" w:lineRule="exact"/>'
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * _EM}"/>'
    none = '<w:ind w:left="0" w:firstLineChars="0" w:firstLine="0"/>'
    even = '<w:jc w:val="both"/>' if lang == "zh" else '<w:jc w:val="left"/>'
    axis = f'<w:tabs><w:tab w:val="center" w:pos="{_AXIS}"/></w:tabs>'
    keep = _KEEP
    body = _letters(fonts["body"], 32)
    return {
        "Normal": (f"<w:widowControl/>{line}{indent}{even}", body),
        "Title": (f'{keep}{title}{none}<w:jc w:val="center"/>', _letters(fonts["title"], 44, bold=lang == "en")),
        "Heading 1": (f"{keep}{line}{indent}{even}", _letters(fonts["first"], 32, bold=lang == "en")),
        "Heading 2": (f"{keep}{line}{indent}{even}", _letters(fonts["second"], 32)),
        "Addressee": (f"{line}{none}{even}", body),
        "Plain": (f"{line}{none}{even}", body),
        "Signature": (f'{keep}{axis}{line}{none}<w:jc w:val="left"/>', body),
    }


def _letters(font: str, halves: int, *, bold: bool = False) -> str:
    latin = font if font.isascii() else "Times New Roman"
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    names = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{font}"/>'
    plain = '<w:i w:val="0"/><w:iCs w:val="0"/><w:color w:val="000000"/><w:spacing w:val="0"/><w:kern w:val="0"/>'
    return f'{names}{weight}{plain}<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>{_LANGUAGE}'


def _restyle(document: Any, name: str, style: tuple[str, str]) -> None:  # noqa: ANN401 - python-docx's own
    """Give a style our looks instead of those of python-docx's template."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    styles = document.styles
    element = (styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)).element
    for child in list(element):
        if child.tag in {qn("w:pPr"), qn("w:rPr")}:
            element.remove(child)
    level = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name[-1].isdigit() else ""
    element.append(parse_xml(f"<w:pPr {_W}>{style[0]}{level}</w:pPr>"))
    element.append(parse_xml(f"<w:rPr {_W}>{style[1]}</w:rPr>"))


def _page(document: Any) -> None:  # noqa: ANN401 - python-docx's own document
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(_ACROSS), Mm(_DOWN)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.footer_distance, section.header_distance = Mm(_FOOT), Mm(15)


def _number_pages(document: Any, font: str) -> None:  # noqa: ANN401 - python-docx's own document
    """The page's number between two dashes, on the outer side, one character from the edge of the text."""
    from docx.oxml import parse_xml

    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    letters = f"<w:rPr>{_letters(font, 28)}</w:rPr>"
    for footer, side, indent in ((section.footer, "right", "w:right"), (section.even_page_footer, "left", "w:left")):
        element = footer._element  # noqa: SLF001 - python-docx has no other way to fields
        for child in list(element):
            element.remove(child)
        runs = [f'<w:r>{letters}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in ("— ", "1", " —")]
        runs[1] = f'<w:fldSimple w:instr="PAGE">{runs[1]}</w:fldSimple>'
        place = f'<w:ind {indent}="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/>'
        element.append(parse_xml(f"<w:p {_W}><w:pPr>{place}</w:pPr>{''.join(runs)}</w:p>"))
