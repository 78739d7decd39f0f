"""The preflight of packages: nothing that a package declares is trusted, and every bound holds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from museum import makers

from xlplan.errors import XlplanError
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.preflight import preflight
from xlplan.files.workbook import read_book

GOOD = makers.one_sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
CENTRAL = b"PK\x01\x02"


def code(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(XlplanError) as refusal:
        preflight(data, limits)
    return refusal.value.finding.code


def with_part(name: str, content: bytes | str) -> bytes:
    return makers.package(makers.unpacked(GOOD) | {name: content})


def doubled(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in makers.unpacked(GOOD).items():
            archive.writestr(part, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(name, b"other")
    return target.getvalue()


def patched(data: bytes, at: int, value: int, form: str = "<I") -> bytes:
    """The file with a field of its first central directory entry changed."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.index(CENTRAL) + at, value)
    return bytes(changed)


def test_a_good_package_gives_its_parts():
    package = preflight(GOOD)
    assert package.read("XL/Workbook.xml").startswith(b"<?xml")
    assert package.read("missing.xml") == b""


@pytest.mark.parametrize("text", ['<!DOCTYPE x [<!ENTITY a "b">]><x/>', "<!DOCTYPE x><x/>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
def test_entities_are_refused_in_every_encoding(text, encoding):
    assert code(with_part("xl/theme/theme1.xml", text.encode(encoding))) == "F106"


def test_a_part_that_claims_to_be_empty_is_inflated_all_the_same():
    hidden = patched(patched(with_part("[Content_Types].xml", "<!DOCTYPE x><x/>"), 24, 0), 16, 0)
    assert code(hidden) == "F102"


def test_a_stream_that_was_never_closed_is_read_when_nothing_is_missing():
    machine, content = zlib.compressobj(9, zlib.DEFLATED, -15), b"<x>" + b"text" * 1000 + b"</x>"
    packed = machine.compress(content) + machine.flush(zlib.Z_SYNC_FLUSH)
    fields = (8, 0, 0x21, zlib.crc32(content), len(packed), len(content), 5)
    local = b"PK\x03\x04" + struct.pack("<HH", 20, 0) + struct.pack("<HHHIIIH", *fields) + b"\0\0a.xml" + packed
    entry = CENTRAL + struct.pack("<HHH", 20, 20, 0) + struct.pack("<HHHIIIH", *fields) + bytes(16) + b"a.xml"
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, len(entry), len(local), 0)
    assert preflight(local + entry + end).read("a.xml") == content


def test_entities_are_refused_in_large_parts_at_any_place():
    filler = "<!--" + "x" * (5 * MEGABYTE) + "-->"
    assert code(with_part("xl/theme/theme1.xml", f"{filler}<!DOCTYPE x><x/>")) == "F106"


def test_members_that_stand_twice_are_refused():
    assert code(doubled("xl/workbook.xml")) == "F107"


def test_members_that_differ_in_case_only_stand_twice():
    assert code(makers.package(makers.unpacked(GOOD) | {"XL/WORKBOOK.XML": "x"})) == "F107"


@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "xl/../../x.xml", "C:/x.xml", "..\\x.xml", "C:\\x.xml"])
def test_paths_that_escape_are_refused(name):
    assert code(with_part(name, "x")) == "F108"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(size=100), "F111"),
        (Limits(members=3), "F112"),
        (Limits(inflated=500), "F113"),
    ],
)
def test_bounds_are_named_one_by_one(limits, expected):
    assert code(GOOD, limits) == expected


def test_a_bomb_is_refused_for_its_ratio():
    assert code(with_part("xl/media/a.xml", bytes(20 * MEGABYTE))) == "F114"


def test_a_bomb_is_refused_for_its_size():
    assert code(with_part("xl/media/a.xml", bytes(20 * MEGABYTE)), Limits(inflated=10 * MEGABYTE)) == "F113"


@pytest.mark.parametrize("declared", [0, 10, 1 << 30])
def test_a_wrong_declared_size_is_damage(declared):
    assert code(patched(GOOD, 24, declared)) in {"F102", "F113"}


def test_a_wrong_declared_size_of_a_large_member_is_damage():
    filler = b"".join(struct.pack("<I", zlib.crc32(struct.pack("<I", number))) for number in range(1_500_000))
    data = makers.package({"big.bin": filler} | makers.unpacked(GOOD))
    assert code(patched(data, 24, len(filler) - 5)) == "F102"


def test_a_wrong_checksum_is_damage():
    assert code(patched(GOOD, 16, 1)) == "F102"


def test_an_encrypted_member_asks_for_the_password():
    assert code(patched(GOOD, 8, 1, "<H")) == "F101"


def test_an_unknown_compression_is_damage():
    assert code(patched(GOOD, 10, 9, "<H")) == "F102"


def test_a_member_that_begins_elsewhere_is_damage():
    assert code(patched(GOOD, 42, 7)) == "F102"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_package_cut_off_is_told(share):
    assert code(GOOD[: int(len(GOOD) * share)]) == "F103"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(sheets=2), "F115"),
        (Limits(cells=5), "F116"),
        (Limits(characters=5), "F117"),
    ],
)
def test_bounds_inside_a_workbook(limits, expected):
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 4))
    data = makers.open_xml(dict.fromkeys("甲乙丙", makers.sheet(cells)), strings=["<si><t>一二三四五六</t></si>"])
    book, findings = read_book(data, "甲科.xlsx", limits)
    assert book is None
    assert [one.code for one in findings] == [expected]
