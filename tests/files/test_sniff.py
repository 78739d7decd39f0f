import pytest
from hypothesis import given
from hypothesis import strategies as st
from museum import makers

from xlplan.files.sniff import Kind, sniff
from xlplan.files.workbook import read_book


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.EMPTY),
        (bytes(20_000), Kind.ZEROS),
        (makers.package({"a": "b"}), Kind.ZIP),
        (b"PK\x05\x06" + bytes(18), Kind.ZIP),
        (makers.compound({"a": b"b"}), Kind.OLE),
        (b"PK\x03", Kind.ZIP),
        (b"%PDF-1.7 ...", Kind.PDF),
        (b"{\\rtf1 ...", Kind.RTF),
        (b"Rar!\x1a\x07\x01\x00", Kind.PACKED),
        (b"7z\xbc\xaf\x27\x1c", Kind.PACKED),
        (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
        (b"<html><table><tr><td>1</td></tr></table></html>", Kind.MARKUP),
        (b"\xef\xbb\xbf  \r\n<?xml version='1.0'?><Workbook/>", Kind.MARKUP),
        ("\ufeff<html>".encode("utf-16-le"), Kind.MARKUP),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n<html", Kind.MARKUP),
        (b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nbody", Kind.MAIL),
        (b"Subject: budget, remarks\nA, B\n1, 2\n", Kind.TEXT),
        ("编号,值\n1,2\n".encode("gb18030"), Kind.TEXT),
        ("编号,值\n1,2\n".encode("utf-16"), Kind.TEXT),
        ("a,b\n1,2\n".encode("utf-16-le"), Kind.TEXT),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(9), Kind.XLS),
        (b"\x00\x01\x02\x03" * 50, Kind.UNKNOWN),
        (b"\x7fELF\x02\x01\x01", Kind.UNKNOWN),
    ],
)
def test_content_tells_the_kind(data, kind):
    assert sniff(data) is kind


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(data):
    assert sniff(data) in Kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "F104"),
        (bytes(9000), "F105"),
        (b"<html><table/></html>", "F131"),
        (b"%PDF-1.7", "F132"),
        (b"\x89PNG\r\n", "F132"),
        (makers.package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>",
                         "_rels/.rels": makers.relations(("officeDocument", "word/document.xml"))}), "F132"),
        (makers.package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "F132"),
        (makers.package({"甲科.xlsx": "x"}), "F132"),
        (b"Rar!\x1a\x07\x01\x00", "F133"),
        (b"\x00\x01\x02\x03" * 50, "F134"),
        (b"PK\x03\x04\x14", "F103"),
        (b"\xd0\xcf\x11", "F103"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_named_for_what_it_is(data, code):
    book, findings = read_book(data, "甲科.xlsx")
    assert book is None
    assert [one.code for one in findings] == [code]
    assert findings[0].place.file == "甲科.xlsx"


def test_the_ending_does_not_matter():
    data = makers.one_sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    for name in ("甲科.xls", "甲科.csv", "甲科", "甲科.doc"):
        book, findings = read_book(data, name)
        assert book is not None
        assert book.sheets[0].rows == [[1]]
        assert findings == []
