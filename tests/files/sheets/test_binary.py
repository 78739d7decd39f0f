"""Binary workbooks: .xls of Excel 97 and Excel 5, .et, .xlsb."""

from __future__ import annotations

import hashlib
import struct
import subprocess
from datetime import date

import pytest
from museum import makers
from museum.makers import record, xls, xlsb, xlsb_record

from xlplan.book import Area, Book, Mark
from xlplan.files.sheets import xls_cipher
from xlplan.files.sheets.biff import rk_number
from xlplan.files.workbook import read_book

SST = record(0xFC, struct.pack("<II", 2, 2) + b"\x02\x00\x01" + "甲科".encode("utf-16-le") + b"\x03\x00\x00abc")
XLS_CELLS = [
    record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)),
    record(0x203, struct.pack("<HHHd", 0, 1, 1, 0.8)),
    record(0x27E, struct.pack("<HHHI", 0, 2, 0, (300 << 2) | 2)),
    record(0xBD, struct.pack("<HHHIHIH", 2, 0, 2, (43646 << 2) | 2, 0, (1250 << 2) | 3, 1)),
    record(0x205, struct.pack("<HHHBB", 3, 0, 0, 7, 1)),
    record(0x205, struct.pack("<HHHBB", 3, 1, 0, 1, 0)),
    record(0x06, struct.pack("<HHHdHI", 4, 0, 0, 6.0, 0, 0)),
    record(0x06, struct.pack("<HHH", 4, 1, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(6)),
    record(0x207, struct.pack("<H", 2) + b"\x01" + "结果".encode("utf-16-le")),
    record(0x06, struct.pack("<HHH", 4, 2, 0) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(6)),
    record(0x204, struct.pack("<HHHH", 5, 0, 0, 2) + b"\0ok"),
    record(0xE5, struct.pack("<HHHHH", 1, 6, 7, 0, 2)),
]


def good(data: bytes) -> Book:
    book, findings = read_book(data, "甲科.xls")
    assert book is not None, findings
    return book


def codes(data: bytes) -> list[str]:
    return [one.code for one in read_book(data, "甲科.xls")[1]]


def test_every_kind_of_cell_of_an_xls():
    sheet = good(xls(XLS_CELLS, [SST])).sheets[0]
    assert sheet.rows == [
        ["甲科", 0.8, 300],
        [],
        [date(2019, 6, 30), 12.5],
        ["#DIV/0!", True],
        [6, "结果", "#N/A"],
        ["ok"],
    ]
    assert sheet.marks[0, 1] == {Mark.PERCENT}
    assert sheet.marks[3, 0] == {Mark.ERROR}
    assert sheet.marks[4, 2] == {Mark.FORMULA, Mark.ERROR}
    assert sheet.merges == [Area(6, 0, 7, 2)]
    assert sheet.name == "表"


def test_shared_strings_go_on_in_continuations_with_another_width():
    first = record(0xFC, struct.pack("<II", 1, 1) + struct.pack("<HB", 6, 1) + "甲乙".encode("utf-16-le"))
    second = record(0x3C, b"\x00" + b"ab")
    third = record(0x3C, b"\x01" + "丙丁".encode("utf-16-le"))
    assert good(xls(XLS_CELLS[:1], [first, second, third])).sheets[0].rows == [["甲乙ab丙丁"]]


def test_rich_shared_strings_leave_their_runs_behind():
    strings = struct.pack("<II", 2, 2) + struct.pack("<HBHI", 2, 0b1101, 1, 4) + "甲乙".encode("utf-16-le") + bytes(8)
    data = xls([record(0xFD, struct.pack("<HHHI", 0, 0, 0, 1))], [record(0xFC, strings + b"\x01\x00\x00z")])
    assert good(data).sheets[0].rows == [["z"]]


def test_excel_5_in_its_code_page():
    cells = [record(0x204, struct.pack("<HHHH", 0, 0, 0, 4) + "甲科".encode("gb18030"))]
    before = [record(0x42, struct.pack("<H", 936))]
    stream = makers.xls_stream(cells, before, version=0x500)
    book = good(makers.compound({"Book": stream}))
    assert (book.sheets[0].name, book.sheets[0].rows) == ("表", [["甲科"]])


def test_a_bare_workbook_stream_is_read():
    assert good(makers.xls_stream(XLS_CELLS, [SST])).sheets[0].rows[0][0] == "甲科"


def test_comments_of_an_xls():
    cells = [
        *XLS_CELLS[:1],
        record(0x5D, struct.pack("<HHHH", 0x15, 18, 0x19, 7) + bytes(14)),
        record(0x1B6, bytes(10) + struct.pack("<HHI", 2, 16, 0)),
        record(0x3C, b"\x01" + "请核".encode("utf-16-le")),
        record(0x1C, struct.pack("<HHHH", 0, 0, 0, 7) + bytes(4)),
    ]
    sheet = good(xls(cells, [SST])).sheets[0]
    assert sheet.comments == {(0, 0): "请核"}


@pytest.mark.parametrize(
    ("packed", "expected"),
    [((300 << 2) | 2, 300), ((12345 << 2) | 3, 123.45), (0xFFFFFFFE, -1), (0x3FF00000, 1.0), (0x40590001, 1.0)],
)
def test_packed_numbers(packed, expected):
    assert rk_number(packed) == expected


def test_a_password_is_told_apart_from_damage():
    assert codes(xls(XLS_CELLS, [record(0x2F, bytes(54))])) == ["F101"]
    assert codes(makers.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})) == ["F101"]


def locked(salt: bytes, verifier: bytes, way: str) -> tuple[bytes, xls_cipher.Key]:
    """A FilePass record's content for Excel's own password, and its keys."""
    if way == "standard":
        key, digest, head = xls_cipher.standard_key(salt), hashlib.md5(verifier).digest(), struct.pack("<HHH", 1, 1, 1)  # noqa: S324 - as the format has it
    else:
        key, digest = xls_cipher.crypto_api_key(salt, 128), hashlib.sha1(verifier).digest()  # noqa: S324 - as the format has it
        header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "RC4\0".encode("utf-16-le")
        head = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header + struct.pack("<I", 16)
    both = verifier + digest
    mixed = bytes(a ^ b for a, b in zip(both, xls_cipher.rc4(key(0), len(both)), strict=True))
    size = b"" if way == "standard" else struct.pack("<I", 20)
    return head + salt + mixed[:16] + size + mixed[16:], key


def protected(way: str, salt: bytes = bytes(range(16))) -> bytes:
    """A workbook stream as Excel writes it when the structure of the workbook is protected."""
    content, key = locked(salt, b"verifier-16bytes", way)
    before = record(0x2F, content)
    stream = makers.xls_stream(XLS_CELLS * 30, [before, SST])
    # the cipher is its own inverse
    return xls_cipher.decrypted(stream, stream.index(before) + len(before), key)


@pytest.mark.parametrize("way", ["standard", "crypto api"])
def test_a_protected_workbook_that_excel_encrypted_is_open(way):
    assert "甲科".encode("utf-16-le") not in protected(way)
    assert good(makers.compound({"Workbook": protected(way)})).sheets[0].rows[0][0] == "甲科"


@pytest.mark.needs("soffice")
def test_libreoffice_agrees_about_the_cipher(tmp_path):
    source = tmp_path / "甲科.xls"
    source.write_bytes(makers.compound({"Workbook": protected("standard")}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=180)
    assert source.with_suffix(".csv").read_text(encoding="utf-8").startswith("甲科,")


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ({"WordDocument": b"x"}, "F132"),
        ({"PowerPoint Document": b"x"}, "F132"),
        ({"__properties_version1.0": b"x"}, "F132"),
        ({"Other": b"x"}, "F132"),
        ({"Workbook": b"x" * 100}, "F103"),
        ({"Workbook": record(0x809, struct.pack("<HH", 0x400, 5))}, "F102"),
    ],
)
def test_other_compound_files_are_named_for_what_they_are(streams, code):
    assert codes(makers.compound(streams)) == [code]


def test_an_xls_cut_off_is_told():
    data = xls(XLS_CELLS * 40, [SST])
    assert codes(data[: len(data) // 2]) == ["F103"]


def test_a_sector_chain_that_runs_in_a_circle_ends():
    data = bytearray(xls(XLS_CELLS, [SST]))
    table = data[512:1024]
    struct.pack_into("<I", data, 512 + 4 * 4, 3)
    assert data[512:1024] != table
    assert codes(bytes(data)) == ["F102"]


def test_embedded_workbooks_do_not_take_the_place_of_the_outer_one():
    data = bytearray(makers.compound({"Workbook": makers.xls_stream(XLS_CELLS, [SST]), "Workbook2": b"y"}))
    assert good(bytes(data)).sheets[0].rows[0][0] == "甲科"


def cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    return xlsb_record(kind, struct.pack("<II", column, style) + value)


XLSB_CELLS = [
    xlsb_record(0, struct.pack("<I", 0) + bytes(12)),
    cell(7, 0, struct.pack("<I", 0)),
    cell(5, 1, struct.pack("<d", 0.8), 1),
    cell(2, 2, struct.pack("<I", (300 << 2) | 2)),
    xlsb_record(0, struct.pack("<I", 2) + bytes(12)),
    cell(5, 0, struct.pack("<d", 43646), 2),
    cell(3, 1, b"\x17"),
    cell(4, 2, b"\x01"),
    cell(6, 3, makers.wide("文")),
    cell(8, 4, makers.wide("果") + bytes(8)),
    cell(9, 5, struct.pack("<d", 6) + bytes(8)),
    cell(11, 6, b"\x2a" + bytes(8)),
    xlsb_record(146),
    xlsb_record(176, struct.pack("<IIII", 3, 4, 0, 1)),
]


def test_every_kind_of_cell_of_an_xlsb():
    sheet = good(xlsb(XLSB_CELLS, ["甲科"])).sheets[0]
    assert sheet.rows == [["甲科", 0.8, 300], [], [date(2019, 6, 30), "#REF!", True, "文", "果", 6, "#N/A"]]
    assert sheet.marks[0, 1] == {Mark.PERCENT}
    assert sheet.marks[2, 1] == {Mark.ERROR}
    assert sheet.marks[2, 4] == {Mark.FORMULA}
    assert sheet.marks[2, 6] == {Mark.FORMULA, Mark.ERROR}
    assert sheet.merges == [Area(3, 0, 4, 1)]


def test_an_xlsb_counts_from_1904_where_it_says_so():
    cells = [XLSB_CELLS[0], cell(5, 0, struct.pack("<d", 42184), 2)]
    assert good(xlsb(cells, flags=1)).sheets[0].rows == [[date(2019, 6, 30)]]


@pytest.mark.parametrize(
    ("cells", "strings", "code"),
    [
        ([XLSB_CELLS[0], cell(7, 0, struct.pack("<I", 9))], ["甲"], "F206"),
        ([XLSB_CELLS[0], b"\x05\x7f"], [], "F102"),
        ([XLSB_CELLS[0], cell(5, 2000, struct.pack("<d", 1))], [], "F204"),
        ([XLSB_CELLS[0], cell(5, 0, struct.pack("<d", float("nan")))], [], "F206"),
    ],
)
def test_what_is_wrong_in_an_xlsb(cells, strings, code):
    assert codes(xlsb(cells, strings)) == [code]
