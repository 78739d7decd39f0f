"""同上, figures and days in prose, pictures: reported, and taken only where nothing can be meant otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xlplan.finding import Place
from xlplan.headers import Field
from xlplan.model import Assignment, Kind, ReturnedRow, ReturnedSheet, Role, Target, Written
from xlplan.steps.days import day_of, impossible_days
from xlplan.steps.prose import figures_in, look_closer, prose_of, without_ditto

COUNT = Target("新增40家", "企业", Kind.INCREMENT, value=Decimal(40), unit="家")
MONEY = Target("完成投资2亿元", "投资", Kind.LEVEL, value=Decimal(2), unit="亿元")
MILESTONE = Target("6月底前出台办法", kind=Kind.MILESTONE, due=date(2019, 6, 30))


def column(*texts: str) -> ReturnedSheet:
    rows = (ReturnedRow.of(at, ((Field.PROGRESS, Written(text, f"K{at}")),)) for at, text in enumerate(texts, 2))
    return ReturnedSheet("表", tuple(rows))


def read(sheet: ReturnedSheet) -> list[str]:
    return [row.get(Field.PROGRESS).text for row in sheet.rows]


@pytest.mark.parametrize(
    "words", ["同上", "同上。", "(同上)", "\uff08同上\uff09", "同上\uff0e", "〃", "同上行", '"', "\uff02"]
)
def test_the_same_as_above_is_what_the_row_above_says(words: str) -> None:
    asked = column("已印发", words, words)
    sheet, found = without_ditto(asked, "a.xlsx", prose_of(asked))
    assert read(sheet) == ["已印发"] * 3
    assert [(one.code, one.place.cell, one.fact("above")) for one in found] == [
        ("E213", "K3", "K2"),
        ("E213", "K4", "K3"),
    ]


@pytest.mark.parametrize(
    "texts", [("同上", "别的"), ("已印发", "", "同上"), ("已印发", "同上季度"), ("已印发", "同上年")]
)
def test_what_points_nowhere_or_elsewhere_stays(texts: tuple[str, ...]) -> None:
    asked = column(*texts)
    sheet, found = without_ditto(asked, "a.xlsx", prose_of(asked))
    assert (read(sheet), found) == (list(texts), [])


@pytest.mark.parametrize(
    ("text", "target", "figures"),
    [
        ("新增25家,培训8次", COUNT, ["25家"]),
        ("一季度10家,二季度15家", COUNT, ["10家", "15家"]),
        ("完成投资12000万元", MONEY, ["12000万元"]),
        ("按序时推进", COUNT, []),
        ("第3家正在办", COUNT, []),
    ],
)
def test_figures_of_the_unit_are_found(text: str, target: Target, figures: list[str]) -> None:
    assert figures_in(text, target) == figures


def codes(row: Assignment, **cells: Written) -> list[str]:
    names = {"done": Field.DONE, "progress": Field.PROGRESS}
    written = ReturnedRow.of(2, tuple((names[name], cell) for name, cell in cells.items()))
    return [one.code for one in look_closer(row, written, Place("a.xlsx", "表"))]


LEAD = Assignment("T001-01", "T001", "甲科", Role.LEAD, COUNT)


def test_a_figure_in_prose_is_named_only_where_one_is_due_and_missing() -> None:
    prose = Written("已新增25家", "K2")
    assert codes(LEAD, done=Written("", "I2"), progress=prose) == ["E214"]
    assert codes(LEAD, done=Written("无", "I2"), progress=prose) == ["E214"]
    assert codes(LEAD, done=Written("25", "I2"), progress=prose) == []
    support = Assignment("T001-02", "T001", "甲科", Role.SUPPORT, COUNT)
    assert codes(support, done=Written("", "I2"), progress=prose) == []


def test_a_picture_alone_is_reported() -> None:
    assert codes(LEAD, progress=Written("", "K2", picture=True)) == ["E212"]
    assert codes(LEAD, progress=Written("已办", "K2", picture=True)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019.6.28", "2019-06-28"),
        ("6月底", "2019-06-30"),
        ("6月上旬", "2019-06-10"),
        ("43644", "2019-06-28"),
        ("2019-11-31", ""),
        ("80", ""),
    ],
)
def test_the_day_of_a_milestone(text: str, day: str) -> None:
    assert day_of(MILESTONE, text) == day
    assert day_of(COUNT, text) == ""


def test_days_that_cannot_be() -> None:
    assert impossible_days("拟于2023-11-31前完成,2023年2月29日开会,2024年2月29日总结") == [
        "2023-11-31",
        "2023年2月29日",
    ]
    assert impossible_days("2019.6.30,12019-13-41,版本2019.1") == []
    assert impossible_days("2023-11-31," * 100_000) == ["2023-11-31"]
