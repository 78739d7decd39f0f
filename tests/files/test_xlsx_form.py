"""Forms of others: rows taken out and put in, with everything that hangs on rows."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from xlplan.book import Area, Book, Look, Visibility
from xlplan.book.parts import Choice
from xlplan.files.xlsx_form import Table, empty_form, fill_form
from xlplan.files.xlsx_rows import Exchange, exchange_rows

THIN = Border(*[Side(style="thin")] * 4)


def a_form() -> bytes:
    """Title, a header, a band, three rows of which two share a cell, a note, who signs."""
    book = Workbook()
    book.properties.creator = "张三"
    sheet = book.active
    sheet.title = "进展表"
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "进展情况表"
    for column, header in zip("ABCD", ("序号", "任务", None, "进展情况"), strict=True):
        sheet[f"{column}2"] = header
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("A3:D3")
    sheet["A3"] = "一、板块"
    for row in (4, 5, 6):
        sheet.merge_cells(f"B{row}:C{row}")
        sheet.row_dimensions[row].height = 40
        for column in "ABCD":
            sheet[f"{column}{row}"].border = THIN
            sheet[f"{column}{row}"].font = Font(name="仿宋", size=12)
        sheet[f"B{row}"] = f"旧任务{row}"
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("A7:D7")
    sheet["A7"] = "注:按时报送。"
    sheet["A7"].fill = PatternFill("solid", fgColor="FFEEEE")
    sheet.row_dimensions[7].height = 33
    sheet["D8"] = "审核人:"
    limit = DataValidation("textLength", operator="lessThan", formula1="500")
    limit.add("D4:D6")
    sheet.add_data_validation(limit)
    sheet.conditional_formatting.add("D4:D6", FormulaRule(["LEN($D4)=0"], fill=PatternFill(bgColor="FFFF00")))
    sheet.print_area = "A1:D8"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLE = Table("进展表", 1, 6, (0, 1, 3, 4), "编号")


def filled(count: int) -> Book:
    book = Book(title="计划")
    book.properties = {"xlplan.stamp": "{}"}
    sheet = book.add("进展表")
    sheet.protected = True
    for row in range(2, 2 + count):
        values = (Decimal(row), f"=任务{row}", None, None, f"T{row}")
        for column, value in enumerate(values):
            if column != 2:
                sheet.put(row, column, value, Look(locked=column != 3))
        sheet.heights[row] = 60.0
    sheet.choices.append(Choice(Area(2, 3, 1 + count, 3), "list", ("推进中", "已完成")))
    hidden = book.add("_xlplan")
    hidden.visibility = Visibility.VERY_HIDDEN
    hidden.put(0, 0, "plan")
    return book


@pytest.fixture(scope="module")
def emptied() -> bytes:
    return empty_form(a_form(), TABLE).data


def test_a_form_is_emptied_down_to_one_plain_row(emptied: bytes) -> None:
    sheet = load_workbook(io.BytesIO(emptied)).active
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == ["进展情况表", "序号", None, "注:按时报送。", None]
    assert sheet["D5"].value == "审核人:"
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:D1", "B2:C2", "B3:C3", "A4:D4"}
    assert (sheet.row_dimensions[3].height, sheet.row_dimensions[4].height) == (40, 33)
    assert sheet["A3"].font.name == "仿宋"
    assert sheet["E2"].value == "编号"
    measured = empty_form(a_form(), TABLE)
    assert measured.size == 12
    assert measured.widths[1] == pytest.approx(2 * measured.widths[0])
    assert not measured.pictures


@pytest.mark.parametrize("count", [1, 2, 40])
def test_rows_are_made_like_the_first_and_the_rest_moves_down(emptied: bytes, count: int) -> None:
    book = load_workbook(io.BytesIO(fill_form(emptied, filled(count), 1)))
    sheet = book["进展表"]
    last = 2 + count
    assert [sheet.cell(row, 5).value for row in range(3, last + 1)] == [f"T{row}" for row in range(2, last)]
    assert sheet.cell(last + 1, 1).value == "注:按时报送。"
    assert sheet.cell(last + 1, 1).fill.fgColor.rgb == "00FFEEEE"
    assert sheet.row_dimensions[last + 1].height == 33
    assert {f"B{row}:C{row}" for row in range(3, last + 1)} <= {str(one) for one in sheet.merged_cells.ranges}
    assert all(sheet.cell(row, 4).border.left.style == "thin" for row in range(3, last + 1))
    assert all(sheet.row_dimensions[row].height == 60 for row in range(3, last + 1))
    assert sheet["B3"].value == "=任务2"
    assert sheet["B3"].data_type == "s"
    area = f"D3:D{last}" if count > 1 else "D3"
    assert str(sheet.data_validations.dataValidation[0].sqref) == area
    assert len(sheet.data_validations.dataValidation) == 1  # the form's own, in the column that xlplan would guide
    assert [str(one.sqref) for one in sheet.conditional_formatting] == [area]
    assert sheet.print_area == f"'进展表'!$A$1:$D${last + 2}"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.protection.sheet
    assert sheet["B3"].protection.locked
    assert not sheet["D3"].protection.locked
    assert not sheet.cell(last + 2, 4).protection.locked
    assert book["_xlplan"].sheet_state == "veryHidden"
    assert book.custom_doc_props["xlplan.stamp"].value == "{}"


def test_the_same_values_give_the_same_bytes_without_names_of_people(emptied: bytes) -> None:
    data = fill_form(emptied, filled(3), 1)
    assert data == fill_form(emptied, filled(3), 1)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        core = package.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "张三" not in core


def test_dates_are_written_as_dates(emptied: bytes) -> None:
    book = filled(1)
    book.sheets[0].put(2, 3, date(2019, 12, 31), Look())
    cell = load_workbook(io.BytesIO(fill_form(emptied, book, 1)))["进展表"]["D3"]
    assert cell.is_date
    assert cell.value.date() == date(2019, 12, 31)


def test_rules_that_only_stood_in_rows_taken_out_go_with_them() -> None:
    sheet = Workbook().active
    gone, kept = DataValidation("whole"), DataValidation("whole")
    gone.add("A3:A4")
    kept.add("A1:A9")
    sheet.add_data_validation(gone)
    sheet.add_data_validation(kept)
    sheet.cell(9, 1).value = "end"
    exchange_rows(sheet, Exchange(3, 5, 3, 0))
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["A1:A7"]
    assert sheet["A7"].value == "end"
