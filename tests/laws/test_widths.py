"""Whatever people type is read alike in half and in full width, and what they wrote stays as they wrote it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import pytest
from openpyxl import load_workbook
from simulator import by_file, by_layout, by_owner, by_value
from simulator.case import WAYS
from simulator.round import Round
from simulator.town import OFFICES, Town

from xlplan.book import Book, Sheet
from xlplan.books.form.adopt import adopt
from xlplan.books.plan.compose import compose
from xlplan.books.plan.parse import parse
from xlplan.books.plan.roster import parse_roster
from xlplan.books.template import parse as parse_template
from xlplan.files.resources import resource
from xlplan.files.workbook import read_book
from xlplan.files.xlsx_writer import write_book
from xlplan.steps.allocate import allocate
from xlplan.steps.codes import settle
from xlplan.steps.offices import complete_roster
from xlplan.workflow.demo.filling import save
from xlplan.workflow.draft import draft_document
from xlplan.workflow.plan_reading import read_roster

if TYPE_CHECKING:
    from xlplan.finding import Finding
    from xlplan.model import Plan

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*/plan.txt"))
MARKS = {ord(mark): ord(mark) + 0xFEE0 for mark in ",;:!?()"}
FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
NO_LETTERS = {code: wide for code, wide in FULL.items() if not chr(code).isalpha()}
WIDTHS = pytest.mark.parametrize("wide", [MARKS, FULL | {0x20: 0x3000}], ids=["marks", "everything"])
KINDS = (by_file, by_layout, by_owner, by_value)


def told(one: Any) -> Any:
    """A value with every text in it in one width."""
    if isinstance(one, str) and not isinstance(one, Enum):
        return unicodedata.normalize("NFKC", one)
    if is_dataclass(one):
        return [told(getattr(one, field.name)) for field in fields(one)]
    if isinstance(one, Mapping):
        return {told(key): told(value) for key, value in one.items()}
    return [told(part) for part in one] if isinstance(one, (list, tuple)) else one


def widened(sheets: list[Sheet], wide: dict[int, int]) -> Book:
    """The sheets with every text typed in full width."""
    return Book(
        [
            replace(
                sheet,
                rows=[[one.translate(wide) if isinstance(one, str) else one for one in row] for row in sheet.rows],
            )
            for sheet in sheets
        ]
    )


def drafted(path: Path, text: str) -> tuple[Plan | None, list[Finding]]:
    path.write_text(text, "utf-8")
    return draft_document(path)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda one: one.parent.name)
@pytest.mark.parametrize("wide", [MARKS, NO_LETTERS], ids=["marks", "figures"])
def test_a_document_is_drafted_alike(seed: Path, wide: dict[int, int], tmp_path: Path) -> None:
    text = seed.read_text("utf-8")
    usual, full = drafted(tmp_path / "plan.txt", text), drafted(tmp_path / "plan.txt", text.translate(wide))
    assert usual[0]
    assert usual[0].tasks
    assert told(full) == told(usual)


@WIDTHS
def test_a_plan_workbook_is_read_alike(wide: dict[int, int]) -> None:
    template, _ = parse_template(resource("workbook_templates", "plan.toml").read_text("utf-8"), "plan.toml")
    offices, _ = read_roster(SEEDS[1].with_name("roster.csv"))
    plan, _ = draft_document(SEEDS[1], offices)
    assert plan
    assert template
    offices, _ = complete_roster(plan.offices, [owner for task in plan.tasks for owner in task.owners])
    plan = allocate(replace(plan, offices=offices))
    book, _ = read_book(write_book(compose(plan, {}, template))[0], "plan.xlsx")
    assert book
    read = [parse(one, "plan.xlsx") for one in (book, widened(book.sheets, wide))]
    (usual, lines, found), (full, wider, said) = read
    assert usual
    assert full
    assert told((full, wider, said)) == told((usual, lines, found))
    assert told(settle(full, wider, {})) == told(settle(usual, lines, {}))


@WIDTHS
def test_a_roster_is_read_alike(wide: dict[int, int]) -> None:
    rows = [
        ["单位名称", "别名(简称)", "包含单位", "分管领导", "主要职责"],
        ["产业科", "高新科,产科;成果科", None, "王某", "企业/平台|园区"],
        ["党委(人事)科", "党办(人事)", None, None, None],
        ["各科室", None, "产业科;党委(人事)科", None, None],
    ]
    sheet = Sheet("名册", rows=rows)
    usual, full = parse_roster(Book([sheet]), "a.xlsx"), parse_roster(widened([sheet], wide), "a.xlsx")
    assert [len(one.aliases) + len(one.members) + len(one.duties) for one in usual[0]] == [6, 1, 2]
    assert told(full) == told(usual)


def test_a_member_is_called_as_the_office_calls_itself() -> None:
    rows: list[list[object]] = [
        ["名称", "成员"],
        ["党委(人事)科", None],
        ["各科室", "党委\uff08人事\uff09科\uff1b别的科"],
    ]
    offices, _ = parse_roster(Book([Sheet("名册", rows=rows)]), "a.xlsx")  # type: ignore[arg-type] - plain values
    assert offices[1].members == ("党委(人事)科", "别的科")


@WIDTHS
@pytest.mark.parametrize("label", ["填报单位:", "填报单位(盖章):", "责任科室: 产业科", "单位名称(公章) : ____"])
def test_a_form_of_the_bureaus_own_is_understood_alike(label: str, wide: dict[int, int]) -> None:
    rows = [
        ["2019年第二季度重点工作进展情况表(截至6月底)"],
        [label, None, "填报人:"],
        ["序号", "工作任务", "目标(年度)", "完成时限", "进展情况(200字以内)", "存在问题/下一步", "备注"],
        ["1", "建设平台(二期)", "新增40家", None, None, None, None],
        ["注:1.请于25日前报送;2.保留一位小数。"],
    ]
    sheet = Sheet("表", rows=[[*row, *[None] * (7 - len(row))] for row in rows])
    usual, full = (adopt(one, "a.xlsx", "form.toml") for one in ([sheet], widened([sheet], wide).sheets))
    assert usual[0]
    assert any("{office}" in text for text in usual[0].cells.values())
    assert told(full) == told(usual)


def test_returns_typed_in_full_width_say_the_same(tmp_path: Path) -> None:
    """Each office of a whole round sends what it sends, with every text of the sheets in full width."""
    round_ = Round(Town(tmp_path, OFFICES[: len(WAYS)]))
    round_.spoil(WAYS)
    for case in round_.cases.values():
        case.files = {path: typed(data) if path.endswith(".xlsx") else data for path, data in case.files.items()}
    round_.deliver()
    round_.run()
    for case in round_.cases.values():
        wrong = round_.wrong_rows(case).values()
        assert [pair for row in wrong for pair in row.values() if told(pair[0]) != told(pair[1])] == []
        assert (round_.wrong_files(case), round_.unplaced(case)) == ({}, case.unplaced)


def typed(data: bytes) -> bytes:
    """A form whose visible texts were typed in full width; what is no workbook stays as it is."""
    try:
        book = load_workbook(io.BytesIO(data))
    except (BadZipFile, KeyError, OSError, ValueError):  # a file that was spoiled on purpose
        return data
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for cell in (cell for sheet in shown for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "s":
            cell.value = cell.value.translate(FULL | {0x20: 0x3000})
    return save(book, book.properties.modified.replace(tzinfo=UTC)) if shown else data
