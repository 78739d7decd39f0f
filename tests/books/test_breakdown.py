"""The printed breakdown: every task, target and office of the plan, once, in plan order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.book import Area, Look, Sheet
from xlplan.book.parts import Print
from xlplan.books.blocks import Block, Run, lay
from xlplan.books.breakdown import compose
from xlplan.books.lines import task_lines
from xlplan.books.metrics import TALLEST, page_height, split_text, text_height
from xlplan.books.template import parse
from xlplan.books.values import collapsed
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Assignment, Office, Owner, Plan, Role, Section, Target, Task

TEMPLATE, _ = parse(
    (Path(__file__).parents[2] / "workbook_templates" / "breakdown.toml").read_text(encoding="utf-8"), "breakdown.toml"
)
ONE, TWO = Target("达到240家", value=Decimal(240)), Target("增长8%", value=Decimal(8))
SECTIONS = (Section("01", "一", "创新主体"), Section("02", "二", "创新平台"))
TASKS = (
    Task("T001", "1", "01", "培育企业", "培育企业。建库。", leader="张三"),
    Task(
        "T002", "2", "01", "成果转化", "成果转化。", owners=(Owner("甲科"), Owner("乙科", Role.SUPPORT)), targets=(TWO,)
    ),
    Task("T003", "3", "02", "平台建设", "建设平台。"),
)
ROWS = (
    Assignment("T001-01", "T001", "甲科", Role.LEAD, ONE, date(2019, 12, 31), "张三"),
    Assignment("T001-02", "T001", "甲科", Role.LEAD, TWO, date(2019, 12, 31), "张三"),
    Assignment("T001-03", "T001", "乙科", Role.SUPPORT),
    Assignment("T001-04", "T001", "丙科", Role.SUPPORT),
    Assignment("T002-01", "T002", "丙科", Role.LEAD, TWO),
)


def plan_of(rows=ROWS, tasks=TASKS, offices=()) -> Plan:
    return Plan("2019年工作要点", "云岭市科技局", "云科〔2019〕9号", 2019, SECTIONS, tasks, (), offices, rows)


def sheet_of(plan=None, lang="zh", day=None):
    return compose(plan or plan_of(), TEMPLATE, lang, day).sheets[0]


def texts(sheet) -> list[list[str]]:
    bottom = max(row for row, _ in sheet.cells)
    rows = [[sheet.value(row, column) for column in range(len(sheet.widths))] for row in range(bottom + 1)]
    return [[str(value) for value in row if value is not None] for row in rows]


def test_head_sections_tasks_and_numbers_stand_in_plan_order():
    found = texts(sheet_of())
    assert found[0] == ["附件"]
    assert found[1] == ["2019年工作要点任务分解表"]
    assert found[2] == ["云岭市科技局    云科〔2019〕9号"]
    assert found[3] == ["序号", "工作任务", "目标", "牵头单位", "配合单位", "完成时限", "责任领导"]
    assert [row[0] for row in found if row[0].startswith(("一、", "二、"))] == ["一、创新主体", "二、创新平台"]
    assert [row[0] for row in found[4:] if len(row) > 2 and row[0].isdigit()] == ["1", "2", "3"]


def test_a_task_runs_over_its_targets_and_names_each_office_once():
    sheet = sheet_of()
    task = next(area for area in sheet.merges if area.left == area.right == 1)
    assert sheet.value(task.top, 1) == "培育企业。建库。"
    assert [sheet.value(row, 2) for row in range(task.top, task.bottom + 1)] == ["达到240家", "增长8%"]
    assert (sheet.value(task.top, 3), sheet.value(task.top, 4)) == ("甲科", "乙科、丙科")
    assert sheet.value(task.top, 5) == "12月31日"


def test_the_day_stands_below_the_title_when_it_is_given():
    assert texts(sheet_of(day=date(2019, 3, 8)))[2] == ["云岭市科技局    2019年3月8日"]


def test_a_plan_without_rows_is_printed_as_the_document_has_it():
    found = [row for row in texts(sheet_of(plan_of(rows=()))) if "成果转化。" in row]
    assert found == [["2", "成果转化。", "增长8%", "甲科", "乙科", "—", "张三"]] or found[0][2:5] == [
        "增长8%",
        "甲科",
        "乙科",
    ]


def test_columns_in_which_nothing_stands_are_left_out():
    rows = (Assignment("T003-01", "T003", "甲科"),)
    tasks = TASKS[2:]
    assert texts(sheet_of(plan_of(rows, tasks)))[3] == ["序号", "工作任务", "牵头单位"]


def test_rows_of_a_task_that_is_not_there_are_printed_too():
    plan = plan_of((*ROWS, Assignment("G001-01", "G001", "丁科", Role.LEAD, ONE)))
    assert any("丁科" in row for row in texts(sheet_of(plan)))


def test_a_collective_office_stands_for_its_members():
    everyone = Office("O9", "各科室", members=("甲科", "乙科"))
    assert collapsed(["丙科", "甲科", "乙科", "甲科"], [everyone]) == ["丙科", "各科室"]
    assert collapsed(["甲科", "丙科"], [everyone]) == ["甲科", "丙科"]


def test_every_row_of_the_plan_is_in_the_lines_once():
    lines = task_lines(plan_of())
    assert sorted(row.code for task in lines for row in task.rows if row.code) == sorted(row.code for row in ROWS)


@given(st.text(alphabet="工作任务。，,abc ", min_size=1, max_size=4000), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_no_text_is_lost_and_every_part_of_it_has_room(text, targets):
    found = tuple(Target(f"目标{number}") for number in range(targets))
    rows = tuple(Assignment(f"T001-{at}", "T001", "甲科", Role.LEAD, one) for at, one in enumerate(found))
    sheet = sheet_of(plan_of(rows, (Task("T001", "1", "01", "", text),)))
    assert max(sheet.heights.values()) <= TALLEST
    areas = [area for area in sheet.merges if area.left == area.right == 1] or [
        Area(row, 1, row, 1) for (row, column), cell in sheet.cells.items() if column == 1 and row > 4
    ]
    parts = [sheet.value(area.top, 1) for area in sorted(areas, key=lambda one: one.top)]
    assert "".join(part for part in parts if part not in {"（续）", "—"}) == text.strip()
    for area, part in zip(sorted(areas, key=lambda one: one.top), parts, strict=True):
        room = sum(sheet.heights[row] for row in range(area.top, area.bottom + 1))
        assert room + 0.1 >= text_height(part, sheet.widths[1], 11)


def test_no_cell_runs_over_a_page_break():
    text = "建立科技型企业梯度培育库。" * 90
    tasks = tuple(Task(f"T{at:03d}", "1", "01", "", text[: 60 + at * 130 % 1100]) for at in range(20))
    rows = tuple(
        Assignment(f"{task.code}-{at}", task.code, "甲科", target=one)
        for task in tasks
        for at, one in enumerate((ONE, TWO))
    )
    sheet = sheet_of(plan_of(rows, tasks))
    assert sheet.print.breaks
    assert not [area for area in sheet.merges for row in sheet.print.breaks if area.top < row <= area.bottom]
    ends = [*sheet.print.breaks, max(sheet.heights) + 1]
    for start, end in zip([0, *sheet.print.breaks], ends, strict=True):
        assert sum(sheet.heights[row] for row in range(start, end)) <= page_height(sheet, sheet.print)


@given(st.text(alphabet="工作。，,\nab ", max_size=600), st.lists(st.floats(10, 200), min_size=1, max_size=5))
def test_split_text_loses_nothing(text, heights):
    parts = split_text(text, 30, 11, heights)
    assert "".join(parts) == text
    assert len(parts) == len(heights)


def test_a_band_stays_with_the_block_below_it():
    sheet = Sheet("表", widths={0: 100})
    row = Block((Run(0, 0, 0, "行", Look(size=10)),), floor=150)
    band = Block((Run(0, 0, 0, "段", Look(size=10)),), floor=20, band=True)
    setup = lay(sheet, 0, [row, row, row, band, row], Print(), "")
    assert setup.breaks == (3,)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_breakdown_is_written_the_same_each_time(lang):
    first, second = (write_book(compose(plan_of(), TEMPLATE, lang)) for _ in range(2))
    assert first == second
    assert first[1] == []
