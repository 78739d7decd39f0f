"""Delimited text in the encodings that offices use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.files.limits import Limits
from xlplan.files.workbook import read_book

TEXT = '编号,进展\r\n0012,"完成,\n30家"\r\n\r\n003,80%\r\n'
ROWS = [["编号", "进展"], ["0012", "完成,\n30家"], [], ["003", "80%"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding):
    book, findings = read_book(TEXT.encode(encoding), "收/甲科.csv")
    assert book is not None
    assert (book.sheets[0].name, book.sheets[0].rows, findings) == ("甲科", ROWS, [])


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_delimiters(mark):
    book, _ = read_book(f"编号{mark}值\n1{mark}2,5\n".encode(), "甲科.csv")
    assert book is not None
    assert book.sheets[0].rows == [["编号", "值"], ["1", "2,5"]]


@pytest.mark.parametrize("mark", ["\uff0c", "\uff1b"])
def test_full_width_marks_divide_what_nothing_else_divides(mark):
    book, _ = read_book(f"名称{mark}别名\n产业科{mark}高新科\n".encode(), "名册.csv")
    assert book is not None
    assert book.sheets[0].rows == [["名称", "别名"], ["产业科", "高新科"]]
    prose = f"已印发{mark}正推进{mark}待验收"
    book, _ = read_book(f'编号,进展\n1,"{prose}\n{prose}"\n'.encode(), "甲科.csv")
    assert book is not None
    assert book.sheets[0].rows == [["编号", "进展"], ["1", f"{prose}\n{prose}"]]


def test_bytes_that_fit_no_encoding_are_named():
    book, findings = read_book("编号,值\n".encode() + b"\xff\xfe\xfa,1\n", "甲科.csv")
    assert book is not None
    assert [one.code for one in findings] == ["F136"]


def test_limits_hold_for_text():
    assert [one.code for one in read_book(b"1,2\n" * 100, "a.csv", Limits(cells=50))[1]] == ["F116"]
    book, findings = read_book(b"1\n" * 100, "a.csv", Limits(rows=50))
    assert book is not None
    assert len(book.sheets[0].rows) == 50
    assert [one.code for one in findings] == ["F204"]


@given(st.lists(st.lists(st.text(st.sampled_from('甲乙ab1,"\n ')), min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_is_written_comes_back(rows):
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    book, _ = read_book("\n".join(lines).encode(), "甲科.csv")
    assert book is not None
    found = book.sheets[0]
    assert all(
        found.value(at, column) == (cell or None) for at, row in enumerate(rows) for column, cell in enumerate(row)
    )
