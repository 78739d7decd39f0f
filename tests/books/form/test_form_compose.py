"""The form as an office gets it, and as openpyxl and LibreOffice see it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.book import Area, Formula, Visibility
from xlplan.books.form.compose import compose
from xlplan.books.form.layout import STAMP_KEYS, STAMP_PROPERTY, STAMP_SHEET, joined_property
from xlplan.books.template import parse
from xlplan.files.xlsx_writer import write_book
from xlplan.model import (
    Amount,
    Assignment,
    Entry,
    Form,
    Office,
    Plan,
    Role,
    Section,
    Source,
    Stamp,
    Status,
    Target,
    Task,
)
from xlplan.period import Period

FOLDER = Path(__file__).parents[3] / "workbook_templates"
TEMPLATE, _ = parse((FOLDER / "form.toml").read_text(encoding="utf-8"), "form.toml")
HEADERS = (
    "编号",
    "序号",
    "工作任务",
    "目标",
    "责任单位",
    "角色",
    "完成时限",
    "上期进展",
    "完成值",
    "状态",
    "进展情况",
    "存在问题及下一步",
)
PERIOD = Period.parse("2019-Q2")
OFFICE = Office("O01", "高新技术科")
COUNT = Target("培育企业240家", "企业", value=Decimal(240), unit="家")
SHARE = Target("占比达到60%", "占比", value=Decimal(60), unit="%")
SOURCE = Source("a.xlsx", "填报表", (), "0" * 64)


def plan_of(text: str = "培育企业。建立企业库。", language: str = "zh") -> Plan:
    tasks = (
        Task("T001", "1", "01", "培育企业", text),
        Task("T002", "2", "01", "作风建设", "常抓不懈。"),
    )
    return Plan(
        "工作要点", "云岭市科技局", year=2019, sections=(Section("01", "一", "创新"),), tasks=tasks, language=language
    )


ROWS = (
    Assignment("T001-01", "T001", "高新技术科", Role.LEAD, COUNT, date(2019, 12, 31)),
    Assignment("T001-02", "T001", "高新技术科", Role.LEAD, SHARE),
    Assignment("T002-01", "T002", "高新技术科", Role.SUPPORT),
)


def form_of(rows=ROWS, before=()) -> Form:
    stamp = Stamp("p" * 64, "O01", PERIOD.code, 1, tuple(row.code for row in rows), "s" * 64)
    return Form(OFFICE, PERIOD, rows, stamp, date(2019, 6, 20), before)


def made(form=None, plan=None, template=TEMPLATE):
    return compose(form or form_of(), template, plan or plan_of())


def table_of(book):
    """The visible sheet, the row of its header, and the columns by header."""
    sheet = book.sheets[0]
    header = next(row for (row, column), cell in sheet.cells.items() if column == 0 and cell.value in {"编号", "Code"})
    columns = {sheet.value(header, at): at for at in range(len(sheet.widths)) if sheet.value(header, at)}
    return sheet, header, columns


def counter_of(book):
    return next(cell.value for cell in book.sheets[0].cells.values() if isinstance(cell.value, Formula))


def test_one_visible_sheet_has_exactly_the_contracts_header():
    book = made()
    assert [sheet.visibility for sheet in book.sheets] == [Visibility.VISIBLE, Visibility.VERY_HIDDEN]
    _, _, columns = table_of(book)
    assert tuple(columns) == HEADERS


def test_plan_columns_are_locked_and_entry_columns_are_not():
    sheet, header, columns = table_of(made())
    assert sheet.protected
    for name, column in columns.items():
        locked = [sheet.cells[row, column].look.locked for row in (header + 1, header + 2, header + 3)]
        if name == "完成值":
            assert locked == [False, False, True]
        else:
            assert locked == [name in HEADERS[:8]] * 3


def test_rows_hold_what_the_plan_says():
    sheet, header, columns = table_of(made())
    first = {name: sheet.value(header + 1, column) for name, column in columns.items()}
    assert first["编号"] == "T001-01"
    assert first["工作任务"] == "培育企业。建立企业库。"
    assert (first["目标"], first["角色"], first["完成时限"]) == ("培育企业240家", "牵头", date(2019, 12, 31))
    assert [sheet.value(header + row, columns["角色"]) for row in (1, 2, 3)] == ["牵头", "牵头", "配合"]
    assert all(sheet.value(header + 1, columns[name]) is None for name in HEADERS[8:])


def test_a_long_text_is_written_once_and_named_by_its_title_below():
    text = "培育企业。" + "建立企业库。" * 20
    sheet, header, columns = table_of(made(plan=plan_of(text)))
    tasks = [sheet.value(header + row, columns["工作任务"]) for row in (1, 2, 3)]
    assert tasks[0] == text
    assert tasks[1].startswith("培育企业\n")
    assert "T001-01" in tasks[1]
    assert tasks[2].startswith("作风建设")


def test_the_last_value_and_text_stand_beside_the_row():
    entry = Entry(
        "T001-01", "2019-Q1", "O01", SOURCE, Amount("120", Decimal(120)), Status.RUNNING, "推进中", "已建库。"
    )
    sheet, header, columns = table_of(made(form_of(before=(entry,))))
    text = sheet.value(header + 1, columns["上期进展"])
    assert "2019年第一季度" in text
    assert "120家" in text
    assert "推进中" in text
    assert text.endswith("已建库。")
    assert sheet.value(header + 2, columns["上期进展"]) is None


def test_the_stamp_is_on_the_hidden_sheet_and_in_the_properties():
    rows = tuple(replace(ROWS[0], code=f"T001-{number:03d}") for number in range(80))
    form = form_of(rows)
    book = made(form)
    wanted = (form.stamp.plan, "O01", "2019-Q2", 1, [row.code for row in rows], form.stamp.signature)
    assert json.loads(joined_property(book.properties)) == dict(zip(STAMP_KEYS, wanted, strict=True))
    assert all(len(value) <= 255 for value in book.properties.values())
    assert book.properties[STAMP_PROPERTY]
    sheet = book.sheet(STAMP_SHEET)
    pairs = {sheet.value(row, 0): sheet.value(row, 1) for row in range(len(STAMP_KEYS))}
    assert json.loads(pairs["rows"]) == [row.code for row in rows]
    assert pairs["edition"] == "1"


def test_status_is_chosen_from_the_contracts_words_and_numbers_only_inform():
    sheet, header, columns = table_of(made())
    rules = {(choice.kind, choice.area.left): choice for choice in sheet.choices}
    status = rules["list", columns["状态"]]
    assert status.options == ("未启动", "推进中", "已完成", "申请调整", "不适用")
    assert status.area == Area(header + 1, columns["状态"], header + 3, columns["状态"])
    numbers = [choice for choice in sheet.choices if choice.kind == "number"]
    assert [(choice.area.top, choice.strict) for choice in numbers] == [(header + 1, False), (header + 2, False)]
    assert "家" in numbers[0].prompt


@pytest.mark.parametrize(("rows", "due"), [(ROWS, 8), (ROWS[2:], 2), (ROWS[:1], 3)])
def test_the_counter_counts_every_cell_that_is_due(rows, due):
    value = counter_of(made(form_of(rows))).value
    assert value == f"还有 {due} 项未填"


def test_an_office_without_rows_gets_a_form_that_is_complete():
    book = made(form_of(()))
    assert counter_of(book).value == "已全部填好"
    assert write_book(book)[1] == []


def test_the_form_speaks_english():
    book = made(plan=plan_of(language="en"))
    sheet, header, columns = table_of(book)
    assert list(columns)[:3] == ["Code", "No.", "Task"]
    assert next(choice for choice in sheet.choices if choice.kind == "list").options[1] == "in progress"
    assert counter_of(book).value == "8 cells to fill"
    assert sheet.value(header + 1, columns["Role"]) == "lead"


def test_a_text_taller_than_a_row_is_spread_over_several():
    sheet, header, columns = table_of(made(plan=plan_of("培育企业。" + "建立企业库" * 700)))
    heights = [sheet.heights[row] for row in sheet.heights if row > header]
    assert max(heights) <= 409
    merged = next(area for area in sheet.merges if area.top == header + 1 and area.left == columns["工作任务"])
    second = merged.bottom + 1
    assert sheet.value(second, columns["编号"]) == "T001-02"
    assert sheet.value(header + 2, columns["编号"]) is None


def test_a_custom_column_shows_the_plans_text_or_is_filled_by_the_office():
    text = (FOLDER / "form.toml").read_text(encoding="utf-8")
    for header, look, fill in (("会办意见", "text", "false"), ("佐证材料", "entry", "true")):
        text += '\n[[sheets.form.columns]]\nfield = "extra"\nwidth = 9\n'
        text += f'header = "{header}"\nlook = "{look}"\nfill = {fill}\n'
    template, found = parse(text, "form.toml", TEMPLATE)
    assert found == []
    rows = (replace(ROWS[0], extra=(("会办意见", "同意"),)), *ROWS[1:])
    sheet, header, columns = table_of(made(form_of(rows), template=template))
    assert sheet.value(header + 1, columns["会办意见"]) == "同意"
    assert sheet.cells[header + 1, columns["会办意见"]].look.locked
    assert not sheet.cells[header + 1, columns["佐证材料"]].look.locked


@given(
    st.lists(
        st.builds(
            Assignment,
            code=st.integers(1, 10**6).map("T{}".format),
            task=st.sampled_from(["T001", "T002"]),
            office=st.just("高新技术科"),
            role=st.sampled_from(Role),
            target=st.sampled_from([None, COUNT, SHARE, Target("出台办法")]),
        ),
        max_size=12,
        unique_by=lambda row: row.code,
    ),
    st.text(max_size=300),
)
@settings(max_examples=40, deadline=None)
def test_any_form_is_written_whole_and_the_same_each_time(rows, text):
    book = made(form_of(tuple(rows)), plan_of(text))
    data, found = write_book(book)
    assert found == []
    assert data == write_book(made(form_of(tuple(rows)), plan_of(text)))[0]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    codes = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert [code for code in codes if code in {row.code for row in rows}] == [row.code for row in rows]


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_libreoffice_counts_what_is_left_and_keeps_the_stamp(tmp_path, ending):
    data, _ = write_book(made())
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    sheet = workbook.worksheets[0]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "编号")
    sheet.cell(header + 1, 9).value = 120
    sheet.cell(header + 1, 10).value = "推进中"
    sheet.cell(header + 2, 10).value = "不适用"
    workbook.save(tmp_path / "form.xlsx")
    saved = resaved(tmp_path / "form.xlsx", tmp_path / "again", ending)
    plain = resaved(saved, tmp_path / "back", "xlsx")
    again = openpyxl.load_workbook(plain, data_only=True)
    texts = [cell.value for row in again.worksheets[0].iter_rows(max_row=header) for cell in row if cell.value]
    assert "还有 4 项未填" in texts
    properties = {one.name: one.value for one in again.custom_doc_props}
    assert json.loads(joined_property(properties))["office"] == "O01"
    assert again[STAMP_SHEET].sheet_state != "visible"
    assert again.worksheets[0].protection.sheet


def resaved(path: Path, folder: Path, ending: str) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        shutil.which("soffice"),
        profile,
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{ending}"


def test_a_second_sheet_explains_the_columns_where_the_template_asks_for_it():
    text = 'workbook = "form"\n[sheets.guide]\nshow = true\n'
    template, _ = parse(text, "form.toml", TEMPLATE)
    for lang, name in (("zh", "填写说明"), ("en", "How to fill")):
        book = compose(form_of(), template, plan_of(language=lang))
        sheet = book.sheets[1]
        assert sheet.name == name
        headers = [column.header for column in template.dress(lang).pages["form"].columns if column.fill]
        assert [sheet.value(row, 0) for row in range(2, 6)] == headers
        assert all(sheet.value(row, column) for row in range(2, 6) for column in (1, 2))
    assert [one.name for one in compose(form_of(), TEMPLATE, plan_of()).sheets] == ["填报表", STAMP_SHEET]
