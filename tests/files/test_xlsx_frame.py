"""Frames that are kept: a workbook is the same, byte for byte, whatever was written before it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields
from datetime import datetime
from decimal import Decimal

import pytest

from xlplan.book import Area, Book, Cell, Link, Look, Sheet, Visibility
from xlplan.book.parts import Chart, Choice, Highlight, ListTable, Print, Series, Stream
from xlplan.files import xlsx_frame
from xlplan.files.xlsx_writer import write_book

READ = {"rows", "marks", "comments"}
SERIES = Series("数", "表", Area(1, 0, 2, 0), Area(1, 1, 2, 1))
SHEET = {
    "name": ["别的表"],
    "visibility": [Visibility.HIDDEN, Visibility.VERY_HIDDEN],
    "cells": [
        {(0, 0): Cell("别的")},
        {(0, 0): Cell("甲", Look(bold=True))},
        {(0, 0): Cell("甲", Look(size=11.0))},
        {(0, 0): Cell("甲", comment="说明")},
        {(0, 0): Cell(Link("表", "B2", "甲"))},
        {(0, 0): Cell(2), (9, 9): Cell("远")},
    ],
    "merges": [[Area(0, 0, 0, 1)]],
    "widths": [{0: 20}, {0: 20.0}, {0: 21}],
    "heights": [{0: 40}, {5: 40}],
    "growing": [{0}],
    "hidden_columns": [{1}],
    "choices": [
        [Choice(Area(0, 0, 2, 0), "number", minimum=1, also=(Area(4, 0, 4, 0),))],
        [Choice(Area(0, 0, 2, 0), "number", minimum=Decimal(1), also=(Area(4, 0, 4, 0),))],
        [Choice(Area(0, 0, 2, 0), "number", minimum=1)],
        [Choice(Area(0, 0, 2, 0), "list", options=("是", "否"))],
    ],
    "highlights": [
        [Highlight(Area(0, 0, 2, 0), 'A1=""', "FFE9A8")],
        [Highlight(Area(0, 0, 2, 0), 'A1=""', "FFE9A8", "C00000")],
    ],
    "charts": [[Chart("column", "图", (SERIES,), 5, 0)]],
    "tables": [[ListTable(Area(0, 0, 2, 1), "one", ("甲", "乙"))], [ListTable(Area(0, 0, 2, 1), "two", ("甲", "乙"))]],
    "stream": [
        Stream(4, 2, (Look(), Look()), lambda: iter([("丙", 1), ("丁", 2)])),
        Stream(4, 1, (Look(), Look(bold=True)), lambda: iter([("丙", 3)])),
    ],
    "filter": [Area(0, 0, 2, 1)],
    "freeze": [(1, 0), (1, 1)],
    "protected": [True],
    "print": [Print(), Print(margins=(1, 1, 1, 1)), Print(margins=(1.0, 1.0, 1.0, 1.0)), Print(breaks=(2,))],
    "tab": ["C00000"],
    "zoom": [85],
    "grid": [True],
}
BOOK = {
    "properties": [{"stamp": "a"}, {"stamp": "b"}, {"stamp": "a", "stamp.2": "b"}],
    "title": ["题", "别的题"],
    "subject": ["事"],
    "font": ["Calibri"],
    "modified": [datetime(2019, 6, 1)],  # noqa: DTZ001
}


def base() -> Book:
    book = Book()
    sheet = book.add("表")
    for row in range(3):
        sheet.put(row, 0, "甲" if row == 0 else f"第{row}项", Look())
        sheet.put(row, 1, "乙" if row == 0 else row, Look(number="0"))
    sheet.heights = {0: 30}
    book.add("后").put(0, 0, "尾")
    return book


def changed(field: str, value: object) -> Book:
    """The book with one thing another."""
    book = base()
    if field == "cells":
        book.sheets[0].cells |= deepcopy(value)  # type: ignore[call-overload] # a mapping of cells
    else:
        setattr(book if field in BOOK else book.sheets[0], field, deepcopy(value))
    return book


def test_everything_that_a_book_has_is_tried_here():
    assert {one.name for one in fields(Sheet)} == set(SHEET) | READ
    assert {one.name for one in fields(Book)} == {*BOOK, "sheets"}


@pytest.mark.parametrize("field", [*SHEET, *BOOK])
def test_what_was_written_before_changes_nothing(field):
    books = [base(), *(changed(field, value) for value in (SHEET | BOOK)[field])]
    alone = []
    for book in books:
        xlsx_frame.forget()
        alone.append(write_book(book))
    xlsx_frame.forget()
    assert [write_book(book) for book in [*books, *books[::-1]]] == [*alone, *alone[::-1]]
    assert len({data for data, _ in alone}) >= min(2, len(books))


def test_a_layout_is_worked_out_once(monkeypatch):
    made = []
    monkeypatch.setattr(xlsx_frame, "PageWriter", lambda *given: made.append(given) or _Silent())
    xlsx_frame.forget()
    for text in ("一", "二", "三"):
        xlsx_frame.frame_of(changed("cells", {(0, 0): Cell(text)}))
    xlsx_frame.forget()
    assert len(made) == len(base().sheets)


class _Silent:
    def write(self) -> list[object]:
        return []
