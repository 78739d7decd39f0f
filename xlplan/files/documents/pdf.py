"""PDF with text: lines put together into paragraphs by where they stand on the page, ruled tables as grids."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from xlplan import rules
from xlplan.chinese.numbering import read_mark
from xlplan.chinese.script import fold
from xlplan.files.documents.grids import flatten
from xlplan.files.documents.source import Source, Unreadable
from xlplan.marks import OPEN, half
from xlplan.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlplan.finding import Finding

_MAX_PAGES = 600
_ENDED = re.compile(r"[。;:!?)\]】〕”]$")
_PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*\d{1,4}\s*页?)?[-—–·\s]*")
_RULED = 6
_MIN_TEXT = 2
_WORD = re.compile(rf"[{OPEN}《“\[]?[!-~À-ɏ]+")
_WORD_GAP, _WIDE_GAP = 0.15, 0.9
_FRONT_MATTER = 60
"""How far the printed page numbers may run ahead of the pages of the file."""
_PATH = 2
"""The library's code of a drawn path."""


@dataclass(frozen=True)
class _Line:
    """One line of a page: its text, where it begins and ends, its baseline from the top, its height."""

    text: str
    left: float
    right: float
    top: float
    height: float
    page: int


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The blocks of a PDF; pages without text are named."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(source.content)
    except pypdfium2.PdfiumError as problem:
        code = "D105" if "password" in str(problem).lower() else "D103"
        raise Unreadable(rules.find(code, source.place, reason="PDF")) from problem
    try:
        return _blocks(document, source)
    finally:
        document.close()


def _blocks(document: Any, source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:  # noqa: ANN401 - untyped library
    found: list[Finding] = []
    if len(document) > _MAX_PAGES:
        found.append(rules.find("D110", source.place, limit=_MAX_PAGES))
    content: list[_Line | list[list[str]]] = []
    silent: list[int] = []
    for number in range(min(len(document), _MAX_PAGES)):
        page = document[number]
        lines, ruled = _lines(page, number)
        if not any(len(line.text.strip()) >= _MIN_TEXT for line in lines):
            silent.append(number + 1)
        elif ruled:
            content += _with_tables(source, number, lines)
        else:
            content += lines
        page.close()
    if silent:
        found.append(rules.find("D108", source.place, pages="、".join(map(str, silent))))
    return list(_paragraphs(content, source)), found


@dataclass(frozen=True)
class _Char:
    """A character, where its baseline begins, its right edge and its size; from the top of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float


def _lines(page: Any, number: int) -> tuple[list[_Line], bool]:  # noqa: ANN401 - untyped library
    """The lines of a page in reading order, and whether ruled lines may draw a table on it."""
    height = page.get_height()
    ruled = sum(1 for one in page.get_objects(max_depth=2) if one.type == _PATH)
    lines = _gathered(_chars(page, height), number)
    return [line for line in lines if not _is_margin(line, height)], ruled >= _RULED


def _chars(page: Any, height: float) -> Iterator[_Char]:  # noqa: ANN401 - untyped library
    import ctypes

    from pypdfium2 import raw

    text = page.get_textpage()
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in {0, 0xD, 0xA, 0xFFFE, 0xFFFF, 2}:
            continue
        raw.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        size = raw.FPDFText_GetFontSize(text, at) or 1.0
        if raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        yield _Char(chr(code), min(x.value, left.value), right.value, height - y.value, size)
    text.close()


def _gathered(chars: Iterator[_Char], number: int) -> Iterator[_Line]:
    """Characters that stand on one baseline, in the order in which the page draws them."""
    row: list[_Char] = []
    for char in chars:
        shown = next((one for one in reversed(row) if one.text.strip()), None)
        if shown and char.text.strip() and not _same_row(shown, char):
            yield from _line(row, number)
            row = []
        row.append(char)
    yield from _line(row, number)


def _same_row(one: _Char, other: _Char) -> bool:
    return abs(one.base - other.base) <= 0.45 * max(one.size, other.size) and other.left >= one.left - 0.5 * one.size


def _line(row: Sequence[_Char], number: int) -> Iterator[_Line]:
    shown = [char for char in row if char.text.strip()]
    if shown:
        text = _spaced(row).strip()
        size = statistics.median(char.size for char in shown)
        yield _Line(text, shown[0].left, max(char.right for char in shown), shown[0].base - size, size, number)


def _spaced(row: Sequence[_Char]) -> str:
    """The text of a row: a gap is a space between Latin words, and elsewhere when it is wide."""
    text = ""
    for before, char in pairwise((None, *row)):
        if before and char:
            gap = char.left - before.right
            latin = before.text.isascii() and char.text.isascii() and before.text.isalnum() and char.text.isalnum()
            text += " " if gap > (_WORD_GAP if latin else _WIDE_GAP) * char.size and before.text != " " else ""
        text += char.text if char else ""
    return text


def _is_margin(line: _Line, height: float) -> bool:
    """Whether a line is a page number in the margin."""
    if not (line.top > height * 0.88 or line.top < height * 0.08) or not _PAGE_NUMBER.fullmatch(half(line.text)):
        return False
    printed = re.findall(r"\d+", line.text)
    return int(printed[0]) <= line.page + _FRONT_MATTER


# --- tables -----------------------------------------------------------------------------------------------------------


def _with_tables(source: Source, number: int, lines: Sequence[_Line]) -> list[_Line | list[list[str]]]:
    """A page's lines with its ruled tables in their place."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(source.content), pages=[number + 1]) as document:
        tables = [
            (table.bbox, [[cell or "" for cell in row] for row in table.extract()])
            for table in document.pages[0].find_tables()
        ]
    tables = [(box, rows) for box, rows in tables if len(rows) > 1 and len(rows[0]) > 1]
    content: list[_Line | list[list[str]]] = []
    placed: set[int] = set()
    for line in lines:
        inside = next(
            (at for at, (box, _) in enumerate(tables) if box[1] - 1 <= line.top + line.height / 2 <= box[3] + 1), None
        )
        if inside is None:
            content.append(line)
        elif inside not in placed:
            placed.add(inside)
            content.append(tables[inside][1])
    return content


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _paragraphs(content: Sequence[_Line | list[list[str]]], source: Source) -> Iterator[Paragraph | Grid]:
    """Lines as paragraphs; a table that goes on over the page break is one table."""
    lines = [one for one in content if isinstance(one, _Line)]
    right = _edge(line.right for line in lines)
    left = min((line.left for line in lines), default=0.0)
    pending: list[_Line] = []
    count = 0
    table: list[list[str]] = []
    for one in [*content, None]:
        if isinstance(one, _Line) and pending and _goes_on(pending[-1], one, left, right):
            pending.append(one)
            continue
        if pending:
            count += 1
            yield Paragraph(_text(pending), source.line(count))
            pending = []
        if isinstance(one, list) and table and len(table[0]) == len(one[0]):
            table += one[1:] if one[0] == table[0] else one
            continue
        if table and (one is None or not isinstance(one, list) or len(table[0]) != len(one[0])):
            count += 1
            yield from flatten(_filled(table), source.line(count))
            table = []
        if isinstance(one, list):
            table = list(one)
        elif one is not None:
            pending = [one]


def _edge(rights: Iterator[float]) -> float:
    """The right edge of the text: where the longest lines commonly end."""
    ordered = sorted(rights, reverse=True)
    return ordered[min(len(ordered) - 1, len(ordered) // 20)] if ordered else 0.0


def _goes_on(before: _Line, line: _Line, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph: the one before is full, this one is not indented, both are alike."""
    word = _WORD.match(line.text)  # what could not be broken, and so went to the next line whole
    missing = max(2.2, 0.6 * len(word.group()) + 1.0 if word else 0.0)
    full = before.right >= right - missing * before.height
    flush = line.left <= left + 0.9 * line.height
    alike = abs(before.height - line.height) <= 0.15 * max(before.height, line.height)
    near = line.page != before.page or 0 < line.top - before.top <= 3.2 * before.height
    ended = bool(_ENDED.search(fold(before.text)) and read_mark(fold(line.text)))
    return full and flush and alike and near and not ended


def _text(lines: Sequence[_Line]) -> str:
    whole = lines[0].text
    for line in lines[1:]:
        gap = " " if re.search(r"[A-Za-z]$", whole) and re.match(r"[A-Za-z]", line.text) else ""
        whole += gap + line.text
    return whole


def _filled(rows: list[list[str]]) -> list[list[str]]:
    """Cells without the line breaks of their width."""
    return [[re.sub(r"\s*\n\s*", "", cell).strip() for cell in row] for row in rows]
