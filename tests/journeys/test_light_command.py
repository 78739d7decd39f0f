"""Lights set by hand, and the rule, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from xlplan.headers import Field

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bureau

WHY = ("--why", "项目已停", "--by", "王主任")


def a_row(bureau: Bureau) -> tuple[str, str]:
    return next(iter(bureau.entries()))


def told(bureau: Bureau, row: str) -> dict[str, str]:
    content = json.loads(bureau("-v", "export", "--period", bureau.period, "--json").expect(0).out)
    return next(one for one in content["entries"] if one["row"] == row)


def test_a_light_set_by_hand_counts_everywhere_and_is_undone(bureau: Bureau) -> None:
    row, _ = a_row(bureau)
    assert told(bureau, row)["light"] == "none"
    bureau("light", row, "红", *WHY).expect(0)
    entry = told(bureau, row)
    assert (entry["light"], entry["override"]["by"], entry["override"]["instead"]) == ("red", "王主任", "none")
    assert entry["reason"].startswith("人工：项目已停（王主任，2019-07-01；按规则未亮灯：")
    book = consolidated(bureau)
    assert "（人工）" in book
    assert "人工：项目已停" in book
    bureau("light", row, "--clear", "--by", "王主任").expect(0)
    assert told(bureau, row)["override"] is None
    history = json.loads(bureau("history", row, "--json").expect(0).out)
    assert [one["light"] for one in history["lights"]] == ["red", None]
    assert "W613" in bureau("light", row, "--clear", "--by", "王主任").expect(2).err


def consolidated(bureau: Bureau) -> str:
    bureau("consolidate", "--period", bureau.period, "-o", bureau.root / "c.xlsx").expect(0)
    book = openpyxl.load_workbook(bureau.root / "c.xlsx")
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("T999-99", "red", *WHY), "W610"),
        (("{row}", "紫", *WHY), "W611"),
        (("{row}", "red", "--why", "x"), "W614"),
        (("{row}", "red", "--by", "x"), "W614"),
        (("{row}", "red", "--office", "没有的科", *WHY), "W612"),
        (("{row}", "--clear", "--by", "x"), "W613"),
        (("{row}", "red", "--period", "2018-Q1", *WHY), "W112"),
    ],
)
def test_what_cannot_be_set_is_refused(bureau: Bureau, words: tuple[str, ...], code: str) -> None:
    row, _ = a_row(bureau)
    assert code in bureau("light", *(word.replace("{row}", row) for word in words)).expect(2).err


def test_the_rule_is_shown_chosen_and_copied(bureau: Bureau) -> None:
    names = [one["name"] for one in json.loads(bureau("light", "--presets", "--json").expect(0).out)]
    assert {"default", "sanya", "dazu"} <= set(names)
    assert json.loads(bureau("light", "--json").expect(0).out)["preset"] == "default"
    bureau("template", "copy", "lights/dazu").expect(0)
    assert (bureau.root / "lights.toml").is_file()
    lights = json.loads(bureau("light", "--json").expect(0).out)["lights"]
    assert [one["color"] for one in lights] == ["blue", "green", "yellow", "orange", "red", "none"]
    bureau("template", "check").expect(0)
    (bureau.root / "lights.toml").write_text("[lights]\nx = 1\ny = 2\n", "utf-8")
    found = json.loads(bureau("template", "check", "--json").expect(1).out)
    assert [(one["code"], one["place"]) for one in found] == [("W602", "lights.toml:2"), ("W602", "lights.toml:3")]


def test_a_figure_of_the_years_end_is_marked_in_the_plan(bureau: Bureau) -> None:
    path: Path = bureau.root / "plan.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = {cell.value: cell.column for cell in sheet[3]}
    at = next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, header["目标值"]).value)
    code, office = sheet.cell(at, header["编号"]).value, sheet.cell(at, header["责任单位"]).value
    sheet.cell(at, header["考核方式"]).value = "年度指标"
    book.save(path)
    answer = {Field.DONE: 0, Field.STATUS: "推进中", Field.PROGRESS: "数据年底统计。"}
    bureau.paper(office).fill(lambda one: answer if one == code else {}).save(bureau.inbox / "a.xlsx")
    assert bureau("collect", bureau.inbox).code in {0, 1}
    entry = told(bureau, code)
    assert (entry["light"], "年底考核" in entry["reason"]) == ("none", True)
