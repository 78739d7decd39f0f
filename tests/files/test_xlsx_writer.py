"""What write_book puts into the file, read back by openpyxl and out of the zip."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.book import Area, Book, Formula, Link, Look, Sheet, Visibility
from xlplan.book.parts import Chart, Choice, Highlight, ListTable, Print, Series
from xlplan.errors import ContractError
from xlplan.files.xlsx_cells import MOST, clean, shorten
from xlplan.files.xlsx_writer import write_book

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def book_of(*values: object) -> Book:
    book = Book()
    sheet = book.add("表")
    for row, value in enumerate(values):
        sheet.put(row, 0, value)
    return book


def reread(book: Book, sheet: str = "表") -> object:
    data, found = write_book(book)
    assert found == []
    return openpyxl.load_workbook(io.BytesIO(data))[sheet]


def part(book: Book, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(write_book(book)[0])) as packed:
        return packed.read(name).decode()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=1+1}",
        "+8613800000000",
        "-5",
        "@SUM(A1)",
        "http://example.org/a b",
        "internal:'x'!A1",
        "file:///etc/hosts",
        "_x0041_",
        "<b>&amp;</b>",
        "<r><t>rich</t></r>",
        "'quoted",
        " two  spaces ",
        "一行\n又一行",
        "\u202eright to left",
        "😀",
        "#REF!",
        "TRUE",
        "0.1",
    ],
)
def test_text_stays_text(text):
    cell = reread(book_of(text))["A1"]
    assert cell.data_type in {"s", "e"}  # openpyxl itself takes the text #REF! for an error
    assert cell.value == text


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_written_as_its_cleaned_self(text):
    cell = reread(book_of("first", text))["A2"]
    assert (cell.value or "") == clean(text)


@given(st.one_of(st.integers(-(10**14), 10**14), st.decimals(-(10**9), 10**9, places=4)))
@settings(max_examples=100, deadline=None)
def test_any_number_is_written_as_itself(number):
    value = reread(book_of(number))["A1"].value
    assert Decimal(repr(value)) == number


@pytest.mark.parametrize("number", [10**15 + 1, Decimal("0.12345678901234567890"), float("nan"), Decimal("Infinity")])
def test_numbers_that_excel_would_change_are_text(number):
    assert reread(book_of(number))["A1"].value == str(number)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2019, 6, 30), datetime(2019, 6, 30)),  # noqa: DTZ001
        (datetime(2019, 6, 30, 8, 5), datetime(2019, 6, 30, 8, 5)),  # noqa: DTZ001
        (datetime(2019, 6, 30, 8, 5, tzinfo=UTC), datetime(2019, 6, 30, 8, 5)),  # noqa: DTZ001
        (time(8, 5), time(8, 5)),
        (timedelta(hours=30), timedelta(hours=30)),
        (date(1899, 12, 31), "1899-12-31"),
        (True, True),
        (None, None),
        ("", None),
    ],
)
def test_values_keep_their_kind(value, shown):
    assert reread(book_of(value))["A1"].value == shown


def test_a_value_of_no_kind_is_a_defect():
    with pytest.raises(ContractError):
        write_book(book_of(object()))


def test_control_characters_and_halves_of_characters_are_cleaned():
    assert clean("a\x00b\x1fc\r\nd\re\ud800f\ufffeg") == "abc\nd\ne\ufffdfg"


def test_text_longer_than_a_cell_is_cut_visibly_and_reported():
    data, found = write_book(book_of("字" * 40_000, "😀" * MOST, "😀" * 20_000, "😀" * 20_000))
    assert [(one.code, one.place.sheet) for one in found] == [("T901", "表")] * 4
    assert [one.place.cell for one in found] == ["A1", "A2", "A3", "A4"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["表"]
    assert sheet["A1"].value.startswith("字字")
    assert sheet["A1"].value.endswith(f"(+{40_000 - sheet['A1'].value.count('字')})")
    assert len(sheet["A2"].value.encode("utf-16-le")) // 2 <= MOST


@given(st.text(max_size=80), st.integers(12, 60))
def test_shortened_text_fits(text, most):
    short = shorten(clean(text), most)
    assert len(short.encode("utf-16-le")) // 2 <= most


def test_formulas_carry_their_value_and_links_their_target():
    book = book_of(Formula("SUM(B1:B2)", 7), Link("其他 'x' 表", "B3", "见来源"), Formula('IF(B1="","空","满")', "空"))
    book.add("其他 'x' 表")
    data, _ = write_book(book)
    live = openpyxl.load_workbook(io.BytesIO(data))["表"]
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]
    assert (live["A1"].value, cached["A1"].value) == ("=SUM(B1:B2)", 7)
    assert cached["A3"].value == "空"
    assert live["A2"].value == "见来源"
    assert live["A2"].hyperlink.location == "'其他 ''x'' 表'!B3"


def test_the_same_book_gives_the_same_bytes():
    assert write_book(full_book())[0] == write_book(full_book())[0]


def test_no_name_or_time_of_the_writer_is_in_the_file():
    core = part(full_book(), "docProps/core.xml")
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "2000-01-01T00:00:00Z" in core


def full_book() -> Book:
    book = Book(title="表样", properties={"xlplan.stamp": '{"a":"b"}'})
    sheet = book.add("表")
    sheet.merge(Area(0, 0, 0, 3), "题目", Look(size=20, align="center", font="方正小标宋简体"))
    for column, word in enumerate(("名称", "数", "状态", "比例")):
        sheet.put(1, column, word, Look(bold=True, fill="E5E7EB"))
    for row in (2, 3, 4):
        for column, value in enumerate((f"第{row}项", row, "推进中", row / 10)):
            sheet.put(row, column, value, Look(locked=column < 2), comment="说明" if row == 2 and column == 1 else "")
    sheet.widths = {0: 20, 1: 8, 4: 3}
    sheet.hidden_columns = {4}
    sheet.heights = {0: 36, 2: 60, 3: 60}
    sheet.growing = {3}
    sheet.choices = [
        Choice(Area(2, 2, 4, 2), "list", options=("推进中", "已完成"), message="请选择"),
        Choice(Area(2, 1, 2, 1), "number", also=(Area(4, 1, 4, 1),), minimum=0, strict=False, prompt="数"),
        Choice(Area(2, 0, 4, 0), "length", maximum=200, strict=False, message="太长"),
        Choice(Area(3, 1, 3, 1), "date", minimum=date(2019, 1, 1), maximum=date(2019, 12, 31)),
    ]
    sheet.highlights = [
        Highlight(Area(2, 2, 4, 2), also=(Area(2, 1, 2, 1),), formula='C3=""', fill="FFE9A8", bold=True),
        Highlight(Area(2, 3, 4, 3), fill="A7C7E7", bar=True),
    ]
    points = (("70AD47", ""), ("FFC000", "wide_upward_diagonal"), ("C00000", "dark_vertical"))
    pie = Series("=数", "表", Area(2, 0, 4, 0), Area(2, 1, 4, 1), points=points)
    sheet.charts = [
        Chart("pie", "=图", (pie,), 6, 0),
        Chart(
            "bar", "条", (Series("数", "表", Area(2, 0, 4, 0), Area(2, 1, 4, 1), "888888"),), 6, 8, subtype="stacked"
        ),
        Chart("line", "线", (Series("数", "表", Area(2, 0, 4, 0), Area(2, 3, 4, 3)),), 30, 0, value_format="0%"),
    ]
    sheet.freeze = (2, 1)
    sheet.filter = Area(1, 0, 4, 3)
    sheet.protected = True
    sheet.tab = "C00000"
    sheet.zoom = 90
    sheet.print = Print(paper="A3", repeat=(0, 1), breaks=(4,))
    secret = book.add("_xlplan")
    secret.visibility = Visibility.VERY_HIDDEN
    secret.put(0, 0, "period")
    listed = book.add("明细")
    for column, word in enumerate(("甲", "乙")):
        listed.put(0, column, word)
        listed.put(1, column, column)
    listed.tables = [ListTable(Area(0, 0, 1, 1), "detail", ("甲", "乙"))]
    return book


def test_sheets_carry_their_set_up():
    data, _ = write_book(full_book())
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["表"]
    assert [one.sheet_state for one in book] == ["visible", "veryHidden", "visible"]
    assert book.custom_doc_props["xlplan.stamp"].value == '{"a":"b"}'
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.oddFooter.center.text == "- &P -"
    assert [one.id for one in sheet.row_breaks.brk] == [4]
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:D5"
    assert sheet.column_dimensions["E"].hidden
    assert sheet["B3"].comment.text == "说明"
    assert {one.ref for one in book["明细"].tables.values()} == {"A1:B2"}


def test_protection_is_open_for_looks_filters_and_sorting():
    sheet = reread(full_book())
    protection = sheet.protection
    assert protection.sheet
    assert not protection.password
    allowed = (protection.formatCells, protection.formatColumns, protection.formatRows, protection.sort)
    assert not any((*allowed, protection.autoFilter, protection.selectLockedCells, protection.selectUnlockedCells))
    assert protection.insertRows
    assert (sheet["A3"].protection.locked, sheet["C3"].protection.locked) == (True, False)


def test_validations_say_what_is_wanted():
    rules = {str(one.sqref): one for one in reread(full_book()).data_validations.dataValidation}
    assert rules["C3:C5"].formula1 == '"推进中,已完成"'
    assert rules["C3:C5"].errorStyle in {None, "stop"}
    assert (rules["B3 B5"].type, rules["B3 B5"].errorStyle) == ("decimal", "information")
    assert (rules["A3:A5"].type, rules["A3:A5"].operator, rules["A3:A5"].formula1) == (
        "textLength",
        "lessThanOrEqual",
        "200",
    )
    assert rules["B4"].type == "date"


def test_only_growing_rows_may_change_their_height():
    rows = part(full_book(), "xl/worksheets/sheet1.xml")
    third, fourth = (re.search(rf'<row r="{number}" [^>]*>', rows).group() for number in (3, 4))
    assert 'ht="60" customHeight="1"' in third
    assert 'ht="60"' in fourth
    assert "customHeight" not in fourth


@pytest.mark.filterwarnings("ignore:Must have at least one data row")
def test_a_table_over_nothing_is_a_defect():
    book = Book(sheets=[Sheet("表", tables=[ListTable(Area(0, 0, 0, 0), "empty", ("甲",))])])
    with pytest.raises(ContractError):
        write_book(book)
