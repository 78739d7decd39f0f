"""A Book to the bytes of an .xlsx file.

XlsxWriter makes everything but the cells (see `xlsx_frame`); the cells are written here, with the properties that
differ from form to form. The same Book gives the same bytes: dates and names in the file are fixed. Text is written as
text whatever it begins with; only a `Formula` becomes a formula.
"""

from __future__ import annotations

import io
import zipfile
from itertools import chain, islice
from typing import TYPE_CHECKING

from xlsxwriter.custom import Custom

from xlplan.files.xlsx_cells import CellWriter, Texts, clean, sure, units
from xlplan.files.xlsx_frame import MOMENT, PROPERTIES, STRINGS, frame_of
from xlplan.files.xlsx_stream import StreamWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlplan.book import Book
    from xlplan.finding import Finding

_BATCH = 200  # pieces that are handed on at once
_LONGEST = 255  # UTF-16 units of a document property


def write_book(book: Book) -> tuple[bytes, list[Finding]]:
    """The workbook's bytes, and a finding for each text that was longer than a cell can hold."""
    frame = frame_of(book)
    texts = Texts()
    package = io.BytesIO()
    package.write(frame.fixed)
    with zipfile.ZipFile(package, "a") as parts:
        for sheet, (name, before, after) in zip(book.sheets, frame.sheets, strict=True):
            rows = CellWriter(sheet, frame.styles, texts).rows()
            if sheet.stream is None:
                _add(parts, name, f"{before}<sheetData>{''.join(rows)}</sheetData>{after}")
            else:
                below = StreamWriter(sheet, sheet.stream, frame.styles, texts)
                _stream(parts, name, chain([f"{before}<sheetData>"], rows, below.rows(), below.end(after)))
        _add(parts, STRINGS, texts.xml())
        if book.properties:
            _add(parts, PROPERTIES, _properties(book))
    return package.getvalue(), [*texts.findings, *frame.findings]


def _add(parts: zipfile.ZipFile, name: str, content: str) -> None:
    parts.writestr(zipfile.ZipInfo(name, MOMENT), content.encode(), zipfile.ZIP_DEFLATED)


def _stream(parts: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    """Write a part piece by piece, so that it never stands in memory."""
    info = zipfile.ZipInfo(name, MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    with parts.open(info, "w", force_zip64=True) as part:
        waiting = iter(pieces)
        while batch := "".join(islice(waiting, _BATCH)):
            part.write(batch.encode())


def _properties(book: Book) -> str:
    properties = [(clean(name), clean(value), "text") for name, value in book.properties.items()]
    for name, value, _ in properties:
        sure(max(units(name), units(value)) > _LONGEST, f"property {name}")
    out, part = io.StringIO(), Custom()
    part._set_properties(properties)  # noqa: SLF001 - as XlsxWriter's own packager does, here and below
    part._set_xml_writer(out)  # noqa: SLF001
    part._assemble_xml_file()  # noqa: SLF001
    return out.getvalue()
