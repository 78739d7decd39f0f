"""The sheet that tells where the content of a filled form comes from one level down, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.books.table import text_of
from xlplan.headers import ENTRY, Field, header_words
from xlplan.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlplan.book import Book

ORIGIN_SHEET = {"zh": "数据出处", "en": "Origins"}
ORIGIN_SHEETS = frozenset(ORIGIN_SHEET.values())
ORIGIN_WIDTHS = (12, 18, 24, 40, 30, 16, 9, 68)
_HEAD = {
    "zh": ("编号", "栏目", "单位", "内容", "文件", "工作表", "单元格", "文件摘要"),
    "en": ("Code", "Column", "Office", "Content", "File", "Sheet", "Cell", "Digest"),
}
_FIELDS = {header_words(field, lang): field for field in ENTRY for lang in ORIGIN_SHEET}


def origin_lines(origins: Iterable[tuple[str, Origin]], lang: str) -> tuple[tuple[str, ...], ...]:
    """The sheet's lines, header first; each origin with the code of the row that it went into."""
    names = {field: header_words(field, lang) for field in ENTRY}
    lines = (
        (code, names[Field(one.field)], one.office, one.text, one.file, one.sheet, one.cell, one.sha256)
        for code, one in origins
    )
    return (_HEAD[lang], *lines)


def read_origins(book: Book) -> tuple[tuple[str, Origin], ...]:
    """What such a sheet of a returned workbook says; empty when there is none."""
    sheet = next((one for one in book.sheets if one.name in ORIGIN_SHEETS), None)
    if sheet is None or not sheet.rows:
        return ()
    found = []
    for row in sheet.rows[1:]:
        texts = [text_of(cell) for cell in row[: len(_HEAD["zh"])]]
        code, header, *rest = texts + [""] * (len(_HEAD["zh"]) - len(texts))
        if code and header in _FIELDS:
            found.append((code, Origin(_FIELDS[header], *rest)))
    return tuple(found)
