"""Delimited text (.csv, .tsv) as a Book of one sheet. Every cell is text: what it means is for those who read it on."""

from __future__ import annotations

import codecs
import csv
import io

from xlplan.book import Book, Sheet
from xlplan.errors import XlplanError
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.sheets.cells import Workbook
from xlplan.files.sheets.grid import Grid
from xlplan.finding import Finding
from xlplan.rules import find

_DELIMITERS = ",\t;|"
_TYPED = "\uff0c\uff1b"  # by hand, with a Chinese keyboard
_SAMPLED = 20
_SAMPLE = 1 << 16
_ENCODINGS = ("utf-8", "gb18030")
_SHARE = 0.1  # of the bytes of one half that are zero in UTF-16


def encoding_of(data: bytes) -> tuple[str, int]:
    """The encoding of a text, by its mark or by what decodes without a fault, and the number of faults."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", _faults(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", _faults(data, "utf-8-sig")
    zeros = data[0:512:2].count(0), data[1:512:2].count(0)
    if max(zeros) > _SHARE * len(data[:512]) / 2:
        wide = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        return wide, _faults(data, wide)
    # where neither fits to the last byte, the one with fewer faults is nearer
    found = {encoding: _faults(data, encoding) for encoding in _ENCODINGS}
    return min(found.items(), key=lambda one: one[1])


def _faults(data: bytes, encoding: str) -> int:
    """How many places of the data are wrong in an encoding, found piece by piece."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    pieces = range(0, len(data), MEGABYTE)
    return sum(decoder.decode(data[at : at + MEGABYTE]).count("\ufffd") for at in pieces) + decoder.decode(
        b"", final=True
    ).count("\ufffd")


def _delimiter(text: str) -> str:
    """The character that divides most of the first rows, and into equally many cells; a comma when in doubt.

    The full-width marks of prose count only where no other divides anything.
    """
    lines = [line for line in text.splitlines()[:_SAMPLED] if line.strip()]

    def score(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1]
        return len(widths), max((widths.count(width) for width in widths), default=0)

    mark = max(_DELIMITERS, key=score)
    return mark if score(mark) > (0, 0) else max((mark, *_TYPED), key=score)


def read(data: bytes, title: str, limits: Limits) -> tuple[Book | None, list[Finding]]:
    """One sheet, named by `title`, with the text of each cell."""
    encoding, faults = encoding_of(data)
    if not encoding.startswith("utf-16"):
        data = data.rstrip(b"\r\n\x1a\0")
    sheet = Sheet(title)
    grid = Grid(Workbook(limits), sheet)
    csv.field_size_limit(max(csv.field_size_limit(), limits.size))
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")
    mark = _delimiter(stream.read(_SAMPLE))
    stream.seek(0)
    try:
        for index, row in enumerate(csv.reader(stream, delimiter=mark)):
            _put_row(grid, index, row)
    except csv.Error as error:
        raise XlplanError(find("F102", detail=str(error))) from None
    findings = [find("F136", count=faults)] if faults else []
    return Book([sheet]), findings + grid.findings()


def _put_row(grid: Grid, index: int, row: list[str]) -> None:
    for column, cell in enumerate(row):
        if cell:
            grid.workbook.count(1)
            grid.put_text((index, column), cell)
