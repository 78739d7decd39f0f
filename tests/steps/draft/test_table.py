"""Breakdown tables made by others."""

from __future__ import annotations

from datetime import date

import pytest

from xlplan.finding import Place
from xlplan.model import Plan, Role
from xlplan.model.document import Grid, Outline
from xlplan.steps.draft import draft
from xlplan.steps.draft.table import Column, classify


def drawn(table: str) -> Plan:
    """The plan of a table drawn with bars, one line a row."""
    rows = tuple(tuple(cell.strip() for cell in line.strip().split("|")) for line in table.strip().split("\n"))
    grid = Grid(rows, Place("table.xlsx", "表"))
    return draft(Outline((grid,), "table.xlsx"))[0]


@pytest.mark.parametrize(
    ("word", "column"),
    [
        ("序号", Column.SERIAL),
        ("重点任务", Column.TASK),
        ("民生实事", Column.TASK),
        ("具体措施", Column.CONTENT),
        ("工作目标", Column.TARGET),
        ("目标值", Column.VALUE),
        ("计量单位", Column.UNIT),
        ("单位", Column.UNIT),
        ("责任单位", Column.OFFICE),
        ("牵头部门", Column.LEAD),
        ("协办部门", Column.SUPPORT),
        ("分管领导", Column.LEADER),
        ("完成时限", Column.DEADLINE),
        ("进展情况", Column.OTHER),
        ("备注", Column.OTHER),
    ],
)
def test_header_words(word: str, column: Column) -> None:
    assert classify(word) is column


def test_header_in_two_rows_bands_and_continued_numbers() -> None:
    plan = drawn(
        """
        附件1 | 附件1 | 附件1 | 附件1 | 附件1
        某县2023年任务表 | 某县2023年任务表 | 某县2023年任务表 | 某县2023年任务表 | 某县2023年任务表
        序号 | 重 点 任 务 | 责任分工 | 责任分工 | 完成时限
        序号 | 重 点 任 务 | 牵头单位 | 责任单位 | 完成时限
        一、保障民生 | 一、保障民生 | 一、保障民生 | 一、保障民生 | 一、保障民生
        1 | 扩大学前教育 | 基教科 | 人事科、计财科 | 2023年10月底前
        二、深化改革 | 二、深化改革 | 二、深化改革 | 二、深化改革 | 二、深化改革
        2 | 规范校外培训 | 职成科 |  | 2023年6月
        合计 | 2项 |  |  |
        """
    )
    assert [(one.label, one.title) for one in plan.sections] == [("一", "保障民生"), ("二", "深化改革")]
    assert [(one.label, one.section, one.title) for one in plan.tasks] == [
        ("1", "01", "扩大学前教育"),
        ("2", "02", "规范校外培训"),
    ]
    assert [(owner.name, owner.role) for owner in plan.tasks[0].owners] == [
        ("基教科", Role.LEAD),
        ("人事科", Role.SUPPORT),
        ("计财科", Role.SUPPORT),
    ]
    assert plan.tasks[0].deadline == date(2023, 10, 31)


def test_a_task_cell_merged_over_rows_is_one_task_with_all_its_targets() -> None:
    plan = drawn(
        """
        序号 | 任务 | 指标 | 目标值 | 计量单位 | 责任单位
        1 | 改善办学条件 | 新增学位 | 900 | 个 | 教育局
        1 | 改善办学条件 | 改造校舍 | 3000 | 平方米 | 住建局
        2 | 稳定就业 | 城镇新增就业 | 5000 | 人 | 人社局
        """
    )
    assert [task.title for task in plan.tasks] == ["改善办学条件", "稳定就业"]
    assert [(target.value, target.unit) for target in plan.tasks[0].targets] == [(900, "个"), (3000, "平方米")]
    assert [owner.name for owner in plan.tasks[0].owners] == ["教育局", "住建局"]


def test_blank_cells_go_on_with_the_row_above() -> None:
    plan = drawn(
        """
        序号 | 任务 | 具体措施 | 责任单位
        1 | 改善办学条件 | 新建学校2所 | 教育局
          |  | 改造食堂5个 |
        """
    )
    (task,) = plan.tasks
    assert task.text.split("\n") == ["改善办学条件", "新建学校2所", "改造食堂5个"]


def test_a_repeated_header_is_no_task() -> None:
    plan = drawn(
        """
        序号 | 任务 | 责任单位
        1 | 改善办学条件 | 教育局
        序号 | 任务 | 责任单位
        2 | 稳定就业 | 人社局
        """
    )
    assert [task.title for task in plan.tasks] == ["改善办学条件", "稳定就业"]


def test_a_table_without_a_header_that_names_tasks_gives_none() -> None:
    plan, found = draft(Outline((Grid((("姓名", "电话"), ("甲", "1")), Place("t.xlsx", "表")),), "t.xlsx"))
    assert plan.tasks == ()
    assert [one.code for one in found] == ["D102"]


def test_places_name_sheet_and_row() -> None:
    plan = drawn("序号 | 任务 | 责任单位\n1 | 稳定就业 | 人社局")
    assert [task.place for task in plan.tasks] == [Place("table.xlsx", "表", "A2")]
