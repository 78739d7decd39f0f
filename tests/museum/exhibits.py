"""Files that are ill in a known way, made anew each time."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from museum import makers
from museum.makers import record
from museum.writers import by_hand_ods, by_hand_xls, by_xlsxwriter

MEGABYTE = 1 << 20
Shown = Iterator[tuple[str | bytes, ...]]
_SHEET, _STRINGS, _STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


@dataclass(frozen=True)
class Exhibit:
    """An ill file and the codes of the findings that it may end with; none where it must be read in full."""

    name: str
    data: bytes
    codes: frozenset[str]


def replaced(name: str, content: Callable[[bytes], bytes], data: bytes | None = None) -> bytes:
    """A healthy workbook with one part made anew."""
    parts = makers.unpacked(data or by_xlsxwriter())
    parts[name] = content(parts.get(name, b""))
    return makers.package(parts)


def _in_sheet(old: str, new: str) -> bytes:
    return replaced(_SHEET, lambda part: part.replace(old.encode(), new.encode(), 1))


def _in_strings(old: str, new: str) -> bytes:
    return replaced(_STRINGS, lambda part: part.replace(old.encode(), new.encode(), 1))


def _rows(count: int, cell: str = '<c r="A{0}"><v>1</v></c>') -> str:
    return "".join(f'<row r="{row}">{cell.format(row)}</row>' for row in range(1, count + 1))


def _nested(depth: int) -> bytes:
    return f'<x xmlns="{makers.MAIN}">{"<a>" * depth}{"</a>" * depth}</x>'.encode()


def _overlapping() -> bytes:
    """Many members that share one piece of data."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", bytes(8 * MEGABYTE))
        first = archive.filelist[0]
        for number in range(60):
            twin = zipfile.ZipInfo(f"xl/{number}.xml")
            for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(twin, field, getattr(first, field))
            archive.filelist.append(twin)
    return target.getvalue()


_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def intended() -> Iterator[Exhibit]:
    """Files that are ill in a known way."""
    for name, data, *codes in (*_packages(), *_sheets(), *_bombs(), *_others()):
        yield Exhibit(name, data, frozenset(codes))


def _packages() -> Shown:
    good = by_xlsxwriter()
    yield "no bytes", b"", "F104"
    yield "zeros", bytes(len(good)), "F105"
    yield "a lock file", b"\x05user" + bytes(160), "F134"
    for share in (1, 10, 50, 90, 99):
        yield f"cut off at {share}%", good[: len(good) * share // 100], "F103", "F102"
    yield "zeros at the end", good[: len(good) // 2] + bytes(len(good) // 2), "F103", "F102"
    yield "zeros at the beginning", bytes(512) + good[512:], "F102", "F134"
    yield "more in front of it", b"x" * 100 + good, "F134"
    yield "more behind it", good + b"x" * 100
    yield "no content types", makers.package({"xl/workbook.xml": b"<x/>"}), "F132"
    yield "no workbook", makers.package({"[Content_Types].xml": b"<Types/>"}), "F102"
    yield "entities in a sheet", _in_sheet("<worksheet", _ENTITIES + "<worksheet"), "F106"
    yield "entities in the strings", _in_strings("<sst", _ENTITIES + "<sst"), "F106"
    yield "outer entity", _in_sheet("<worksheet", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet'), "F106"
    yield "escaping member", replaced("../../evil.xml", lambda _: b"x"), "F108"
    yield "absolute member", replaced("/etc/evil.xml", lambda _: b"x"), "F108"
    yield "member in another case", replaced("XL/workbook.xml", lambda _: b"x"), "F107"
    yield "sheet list is no XML", replaced("xl/workbook.xml", lambda _: b"\xff\xff<"), "F102"
    yield "sheet list in another language", replaced("xl/workbook.xml", lambda _: b"<html/>"), "F102"
    yield "styles are no XML", replaced(_STYLES, lambda _: b"<a><b></a>"), "F102"
    yield "properties are no XML", replaced("docProps/core.xml", lambda _: b"<a><b></a>")
    yield "relations are no XML", replaced("xl/_rels/workbook.xml.rels", lambda _: b"<a"), "F102"
    yield "no relations", replaced("xl/_rels/workbook.xml.rels", lambda _: b"<Relationships/>"), "F137"
    yield (
        "a relation to itself",
        replaced("xl/_rels/workbook.xml.rels", lambda part: part.replace(b"worksheets/sheet1.xml", b"workbook.xml")),
        "F137",
    )


def _sheets() -> Shown:
    yield "sheet cut off", replaced(_SHEET, lambda part: part[: len(part) // 2]), "F137"
    yield "sheet empty", replaced(_SHEET, lambda _: b""), "F137"
    yield "sheet of zeros", replaced(_SHEET, lambda part: bytes(len(part))), "F137"
    yield "sheet is a picture", replaced(_SHEET, lambda _: b"\x89PNG\r\n\x1a\n" * 9), "F137"
    yield "sheet nested deeply", replaced(_SHEET, lambda _: _nested(100_000)), "F137"
    yield "tags crossed", _in_sheet("</v></c>", "</c></v>"), "F137"
    yield (
        "bytes that are no UTF-8",
        replaced(_STRINGS, lambda part: part.replace("编".encode(), b"\xff\xfe")),
        "F102",
    )
    yield "count of strings lies high", _in_strings(' count="', ' count="4294967295" x="')
    yield "count of strings lies low", _in_strings(' uniqueCount="', ' uniqueCount="0" y="')
    yield "dimension lies", _in_sheet('<dimension ref="', '<dimension ref="A1:XFD1048576" x="')
    yield "row spans lie", _in_sheet('spans="1:5"', 'spans="1:16384"')
    yield "a string that is not there", _in_sheet("<v>0</v>", "<v>99999999999999999999</v>"), "F206"
    yield "a string before the first", _in_sheet("<v>0</v>", "<v>-1</v>"), "F206"
    yield "a style that is not there", _in_sheet(' s="1"', ' s="999999999"')
    yield "a number of a million digits", _in_sheet("<v>30</v>", f"<v>{'9' * MEGABYTE}</v>"), "F206", "F208"
    yield "not a number", _in_sheet("<v>30</v>", "<v>NaN</v>"), "F206"
    yield "infinity", _in_sheet("<v>30</v>", "<v>1e9999</v>"), "F206"
    yield "a date after all days", _in_sheet("<v>43646</v>", "<v>99999999</v>"), "F207"
    yield "a date before all days", _in_sheet("<v>43646</v>", "<v>-1e300</v>"), "F207"
    yield (
        "a cell far outside",
        _in_sheet("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>9</v></c></row></sheetData>'),
        "F204",
    )
    yield (
        "a styled cell far outside",
        _in_sheet("</sheetData>", '<row r="1048574"><c r="XFD1048574" s="1"/></row></sheetData>'),
    )
    yield "a cell beyond the grid", _in_sheet('r="A3"', 'r="ZZZ9999999"'), "F204"
    yield "a cell in row zero", _in_sheet('r="A3"', 'r="A0"'), "F204"
    yield "a cell without a number", _in_sheet('r="A3"', 'r="A"'), "F137"
    yield "two cells in one place", _in_sheet('r="B3"', 'r="A3"'), "F205"
    yield (
        "a merged area turned round",
        _in_sheet("</sheetData>", '</sheetData><mergeCells><mergeCell ref="C9:A1"/></mergeCells>'),
    )
    yield (
        "a merged area of everything",
        _in_sheet("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    yield "a text of two megabytes", _in_strings("培育企业", "长" * 700_000), "F208"
    yield "half of a character", _in_strings("培育企业", "_xD800_")
    yield (
        "a format of a megabyte",
        replaced(_STYLES, lambda part: part.replace(b'formatCode="0%"', b'formatCode="' + b"[" * MEGABYTE + b'"')),
    )


def _bombs() -> Shown:
    yield (
        "blanks beyond measure",
        replaced(_SHEET, lambda part: part + b" " * (300 * MEGABYTE)),
        "F113",
    )
    yield (
        "blanks beyond ratio",
        replaced(_SHEET, lambda part: part + b" " * (60 * MEGABYTE)),
        "F114",
    )
    yield "zeros in a picture", replaced("xl/media/a.png", lambda _: bytes(100 * MEGABYTE)), "F114"
    yield "members that overlap", _overlapping(), "F113"
    yield "ten thousand members", makers.package({f"{number}.xml": b"" for number in range(10_000)}), "F112"
    yield "a thousand sheets", makers.open_xml({f"s{number}": makers.sheet("") for number in range(1000)}), "F115"
    yield "a million cells", makers.one_sheet(_rows(1_000_001, '<c r="A{0}"><v>1</v></c>')), "F204", "F116"
    yield "rows without number", makers.one_sheet("<row/>" * 500_000)
    yield "open cells", makers.one_sheet('<c r="A1">' * 200_000), "F137"
    yield "open rows", makers.one_sheet('<row r="1">' * 200_000), "F137"
    yield "brackets", makers.one_sheet("<" * MEGABYTE), "F137"
    yield "ampersands", makers.one_sheet(f'<row r="1"><c r="A1" t="str"><v>{"&" * MEGABYTE}</v></c></row>'), "F137"
    yield (
        "strings that do not end",
        replaced(_STRINGS, lambda _: f'<sst xmlns="{makers.MAIN}">{"<si><r><t>" * 200_000}</sst>'.encode()),
        "F102",
    )
    areas = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 1_000_002))
    yield (
        "a million merged areas",
        makers.one_sheet("", f"<mergeCells>{areas}</mergeCells>"),
        "F116",
    )
    repeats = 'table:number-columns-repeated="16384"'
    repeated = f'<table:table-cell {repeats} office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{repeated}</table:table-row>'
    yield (
        "a cell repeated without end",
        makers.ods(f'<table:table table:name="t">{row}</table:table>'),
        "F116",
    )


def _others() -> Shown:
    xls = by_hand_xls()
    yield "password of Open XML", makers.compound({"EncryptionInfo": b"x", "EncryptedPackage": bytes(5000)}), "F101"
    yield "password of .xls", makers.xls([], [record(0x2F, bytes(54))]), "F101"
    yield "Word document", makers.compound({"WordDocument": bytes(5000)}), "F132"
    yield "web page as .xls", b"<html><body><table><tr><td>30</td></tr></table></body></html>", "F131"
    yield (
        "XML of 2003",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "F131",
    )
    yield "RAR", b"Rar!\x1a\x07\x01\x00" + bytes(50), "F133"
    yield "7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), "F133"
    yield "PDF", b"%PDF-1.7\n", "F132"
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "F132"
    yield "noise", random.Random(1).randbytes(5000), "F134"  # noqa: S311 - a test
    yield "compound file of nothing", xls[:512], "F102", "F103"
    yield "compound file in a circle", xls[:512] + bytes(512) + xls[1024:], "F102", "F103", "F132"
    yield (
        "sheet begins beyond the end",
        makers.xls([], name="x").replace(b"\x85\x00", b"\x85\x00", 1)[:1600],
        "F103",
        "F102",
    )
    yield (
        "record longer than the file",
        makers.compound({"Workbook": record(0x809, bytes(16)) + b"\xfc\x00\xff\xff"}),
        "F102",
        "F103",
    )
    yield (
        "strings that lie about their length",
        makers.xls(
            [record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0))], [record(0xFC, struct.pack("<IIHB", 1, 1 << 31, 65535, 1))]
        ),
    )
    yield "string cells without strings", makers.xls([record(0xFD, struct.pack("<HHHI", 0, 0, 0, 1 << 31))]), "F206"
    yield "cells cut short", makers.xls([record(0x203, b"\0\0")]), "F102"
    yield "OpenDocument with a password", makers.ods("", {"META-INF/manifest.xml": b"<encryption-data/>"}), "F101"
    yield (
        "OpenDocument without content",
        makers.package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "F102",
    )
    yield "OpenDocument that is no XML", replaced("content.xml", lambda part: part[:-30], by_hand_ods()), "F102"
