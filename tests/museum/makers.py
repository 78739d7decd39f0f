"""Workbooks written to the byte, so that a test can say exactly what is in a file and what is wrong with it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def package(parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 6, 28, 9, 30, 0)), content, compression)
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relations(*links: tuple[str, str]) -> str:
    """A relations part: type and target of each link, with ids rId1, rId2 …"""
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{_TYPE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">{body}</Relationships>'


def sheet(data: str, after: str = "", namespace: str = MAIN) -> str:
    """A sheet part around the source of its rows."""
    return f'{_DECLARATION}<worksheet xmlns="{namespace}"><sheetData>{data}</sheetData>{after}</worksheet>'


def open_xml(
    sheets: Mapping[str, bytes | str],
    strings: Iterable[str] = (),
    formats: Iterable[tuple[int, str]] = (),
    extra: Mapping[str, bytes | str] | None = None,
    properties: str = "",
) -> bytes:
    """A workbook of these sheet parts. Cell style n (from 1) has the n-th of the formats."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(sheets, 1)
    )
    formats = list(formats)
    codes = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in formats if code)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number, _ in [(0, ""), *formats])
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f"{_DECLARATION}<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{_TYPE}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *(("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": f'{_DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'{_DECLARATION}<sst xmlns="{MAIN}">{"".join(strings)}</sst>',
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": source for number, source in enumerate(sheets.values(), 1)}
    return package(parts | dict(extra or {}))


def one_sheet(data: str, after: str = "", **how: object) -> bytes:
    """A workbook of one sheet, from the source of its rows."""
    return open_xml({"表": sheet(data, after)}, **how)  # type: ignore[arg-type]


# --- compound files and binary workbooks ------------------------------------------------------------------------------

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file; streams are padded so that none is small enough for the mini stream."""
    padded = {name: content + bytes(max(0, 4096 - len(content))) for name, content in streams.items()}
    sizes = [-(-len(content) // _SECTOR) for content in padded.values()]
    directory_size = -(-(len(padded) + 1) // 4)
    total = 1 + directory_size + sum(sizes)
    assert total <= _SECTOR // 4, "one sector of allocation table"
    table, at = [_TABLE, *range(2, directory_size + 1), _END], 1 + directory_size
    entries = [_entry("Root Entry", 5, 1 if padded else _FREE, _END, 0)]
    for number, (name, content) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, _FREE, at, len(content), right))
        count = sizes[number - 1]
        table += [*range(at + 1, at + count), _END]
        at += count
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, _END, 0, _END, 0, 0) + struct.pack("<108I", *[_FREE] * 108)
    body = struct.pack(f"<{_SECTOR // 4}I", *table, *[_FREE] * (_SECTOR // 4 - len(table)))
    body += b"".join(entries).ljust(directory_size * _SECTOR, b"\0")
    return (
        header
        + body
        + b"".join(content.ljust(-(-len(content) // _SECTOR) * _SECTOR, b"\0") for content in padded.values())
    )


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + struct.pack("<III", _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook of Excel 97."""
    return struct.pack("<HH", kind, len(content)) + content


def xls_stream(cells: Iterable[bytes], before: Iterable[bytes] = (), name: str = "表", version: int = 0x600) -> bytes:
    """The workbook stream of one sheet with these cell records."""
    text = b"\x01" + name.encode("utf-16-le") if version == 0x600 else name.encode("gb18030")
    count = len(name) if version == 0x600 else len(text)
    begin = record(0x809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0))
    formats = b"".join(record(0xE0, struct.pack("<HHHH", 0, number, 0, 0) + bytes(12)) for number in (0, 9, 14, 46))
    opening = begin + b"".join(before) + formats
    listed_size = 4 + 7 + len(text)
    at = len(opening) + listed_size + 4
    listed = record(0x85, struct.pack("<IBBB", at, 0, 0, count) + text)
    return (
        opening
        + listed
        + record(0x0A)
        + record(0x809, struct.pack("<HHHHII", version, 0x10, 0, 0, 0, 0))
        + b"".join(cells)
        + record(0x0A)
    )


def xls(cells: Iterable[bytes], before: Iterable[bytes] = (), **how: object) -> bytes:
    """A binary workbook of one sheet."""
    return compound({"Workbook": xls_stream(cells, before, **how)})  # type: ignore[arg-type]


def grouped(number: int) -> bytes:
    """A number in groups of seven bits, as .xlsb writes kinds and sizes."""
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def xlsb_record(kind: int, content: bytes = b"") -> bytes:
    """A record of an .xlsb part."""
    return grouped(kind) + grouped(len(content)) + content


def wide(text: str) -> bytes:
    """A string of an .xlsb part."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: Iterable[bytes], strings: Iterable[str] = (), name: str = "表", flags: int = 0) -> bytes:
    """A binary Open XML workbook of one sheet with these cell records."""
    styles = b"".join(xlsb_record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 9, 14))
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": xlsb_record(153, struct.pack("<I", flags))
            + xlsb_record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(name)),
            "xl/_rels/workbook.bin.rels": relations(
                ("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")
            ),
            "xl/styles.bin": xlsb_record(617) + styles + xlsb_record(618),
            "xl/sharedStrings.bin": b"".join(xlsb_record(19, b"\0" + wide(text)) for text in strings),
            "xl/worksheets/sheet1.bin": b"".join(cells),
        }
    )


# --- OpenDocument -----------------------------------------------------------------------------------------------------

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)


def ods(tables: str, extra: Mapping[str, bytes | str] | None = None, styles: str = "") -> bytes:
    """An OpenDocument spreadsheet, from the source of its tables."""
    content = (
        f"{_DECLARATION}<office:document-content {_NAMESPACES}>"
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    ).replace(">xmlns:calcext", " xmlns:calcext")
    content += f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return package(parts | dict(extra or {}))
