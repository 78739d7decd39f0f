"""The directory of a zip file: read here or by zipfile, the members are the same."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from museum import makers

from xlplan.errors import XlplanError
from xlplan.files import zipdirectory
from xlplan.files.limits import Limits
from xlplan.files.zipdirectory import Member, directory, member, members

PACKAGE = makers.one_sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
START = PACKAGE.index(b"PK\x01\x02")


def by_zipfile(data: bytes) -> list[Member] | str:
    try:
        return [member(info) for info in directory(data, Limits())]
    except XlplanError as refusal:
        return refusal.finding.code


def ours(data: bytes) -> list[Member] | str:
    try:
        return members(data, Limits())
    except XlplanError as refusal:
        return refusal.finding.code


def test_what_programs_write_is_read_without_zipfile(monkeypatch):
    expected = by_zipfile(PACKAGE)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert members(PACKAGE, Limits()) == expected
    assert "xl/workbook.xml" in {one.name for one in members(PACKAGE, Limits())}


@given(
    st.lists(
        st.tuples(st.integers(START, len(PACKAGE)), st.integers(0, 255), st.integers(0, 2)), min_size=1, max_size=3
    )
)
def test_a_directory_that_is_changed_anywhere_lists_what_zipfile_lists(changes):
    data = PACKAGE
    for at, value, cut in changes:
        data = data[:at] + bytes([value]) + data[at + cut :]
    assert ours(data) == by_zipfile(data)


def written(*, name: str = "a.xml", comment: bytes = b"", extra: bytes = b"", before: bytes = b"") -> bytes:
    target = io.BytesIO(before)
    target.seek(len(before))
    with zipfile.ZipFile(target, "a" if before else "w") as archive:
        info = zipfile.ZipInfo(name)
        info.extra = extra
        archive.writestr(info, b"<a/>")
        archive.comment = comment
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        written(),
        written(name="图/表.xml"),
        written(comment="说明".encode()),
        written(extra=struct.pack("<HHB", 0x5455, 1, 0)),
        written(before=b"MZ" * 50),
        written() + b"\0",
        written()[:-1],
        written().replace(b"PK\x05\x06", b"PK\x05\x07"),
        b"PK\x05\x06" + bytes(18),
        b"",
    ],
    ids=["plain", "name", "comment", "extra", "before", "behind", "short", "no end", "empty", "nothing"],
)
def test_unusual_directories_are_left_to_zipfile(data):
    assert ours(data) == by_zipfile(data)


def test_too_many_members_are_counted_before_they_are_listed():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for at in range(20):
            archive.writestr(f"{at}.xml", b"")
    with pytest.raises(XlplanError) as refused:
        members(target.getvalue(), Limits(members=19))
    assert refused.value.finding.code == "F112"
    assert len(members(target.getvalue(), Limits(members=20))) == 20
    assert zipdirectory._plain(target.getvalue(), 19) is None  # noqa: SLF001 - it must not have listed them
