"""Delimited text (.csv, .tsv) as a Book of one sheet. Every cell is text: what it means is for those who read it on."""

from __future__ import annotations

import csv
import io

from xlplan.book import Book, Sheet
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.sheets.grid import Grid, Workbook
from xlplan.finding import Finding
from xlplan.rules import find

_DELIMITERS = ",\t;|"
_SAMPLED = 20
_ENCODINGS = ("utf-8", "gb18030")
_SHARE = 0.1  # of the bytes of one half that are zero in UTF-16


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """The text of a file in UTF-8, UTF-16 or GB18030, told by its mark or by what decodes without a fault."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _replacing(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _replacing(data[3:], "utf-8")
    zeros = data[0:512:2].count(0), data[1:512:2].count(0)
    if max(zeros) > _SHARE * len(data[:512]) / 2:
        return _replacing(data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError:
            continue
    # neither fits to the last byte: the one with fewer faults is nearer
    texts = [_replacing(data, encoding) for encoding in _ENCODINGS]
    return min(texts, key=lambda one: one[0].count("\ufffd"))


def _replacing(data: bytes, encoding: str) -> tuple[str, list[Finding]]:
    text = data.decode(encoding, errors="replace")
    faults = text.count("\ufffd")
    return text, [find("F136", count=faults)] if faults else []


def _delimiter(text: str) -> str:
    """The character that divides most of the first rows, and into equally many cells; a comma when in doubt."""
    lines = [line for line in text[: 1 << 16].splitlines()[:_SAMPLED] if line.strip()]

    def score(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1]
        return len(widths), max((widths.count(width) for width in widths), default=0)

    return max(_DELIMITERS, key=score)


def read(data: bytes, title: str, limits: Limits) -> tuple[Book | None, list[Finding]]:
    """One sheet, named by `title`, with the text of each cell."""
    if len(data) > limits.size:
        raise XlplanError(find("F111", found=len(data), limit=limits.size))
    text, findings = decode(data)
    if len(text) > limits.characters:
        raise XlplanError(find("F117", limit=limits.characters))
    text = text.rstrip("\x1a\0")
    sheet = Sheet(title)
    grid = Grid(Workbook(limits), sheet)
    csv.field_size_limit(max(csv.field_size_limit(), limits.size))
    try:
        mark = _delimiter(text)
        for index, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark)):
            filled = [(column, cell) for column, cell in enumerate(row) if cell]
            grid.workbook.count(len(filled))
            for column, cell in filled:
                grid.put_text((index, column), cell)
    except csv.Error as error:
        raise XlplanError(find("F102", detail=str(error))) from None
    return Book([sheet]), findings + grid.findings()
