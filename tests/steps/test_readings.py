"""The catalogue of readings in docs/readings.toml is what the program does; docs/readings.md is made from it."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xlplan.finding import Place
from xlplan.headers import Field
from xlplan.model import Assignment, Kind, ReturnedRow, Role, Target, Written
from xlplan.steps.interpret import Reading, says_nothing, says_pending

TABLE = tomllib.loads((Path(__file__).resolve().parents[2] / "docs" / "readings.toml").read_text("utf-8"))
TARGETS = {
    "家": Target("新增40家", kind=Kind.INCREMENT, value=Decimal(40), unit="家"),
    "人": Target("培训2000人", kind=Kind.INCREMENT, value=Decimal(2000), unit="人"),
    "%": Target("达到90%", kind=Kind.RATIO, value=Decimal(90), unit="%"),
    "%以内": Target("控制在4.5%以内", kind=Kind.CEILING, value=Decimal("4.5"), unit="%"),
    "万元": Target("完成投资3000万元", kind=Kind.LEVEL, value=Decimal(3000), unit="万元"),
}
MILESTONE = Target("6月底前出台", kind=Kind.MILESTONE, due=date(2019, 6, 30))


def read(target: Target | None, field: Field, text: str) -> Reading:
    row = Assignment("T001-01", "T001", "甲科", Role.LEAD, target)
    return Reading(row, ReturnedRow(1, ((field, Written(text, "K2")),)), Place("a.xlsx", "表"))


def codes(reading: Reading) -> str:
    return " ".join(sorted({one.code for one in reading.found}))


@pytest.mark.parametrize("one", TABLE["number"], ids=lambda one: f"{one['written']} {one['unit']}")
def test_numbers(one: dict[str, str]) -> None:
    reading = read(TARGETS[one["unit"]], Field.DONE, one["written"])
    amount = reading.amount(Written(one["written"], "K2"))
    assert amount is not None
    assert amount.raw == one["written"]
    assert amount.value == (Decimal(one["value"]) if one["value"] else None)
    assert codes(reading) == one["finding"]


@pytest.mark.parametrize("one", TABLE["nothing"], ids=lambda one: one["written"])
def test_words_that_stand_for_no_number(one: dict[str, str]) -> None:
    reading = read(TARGETS["家"], Field.DONE, one["written"])
    amount = reading.amount(Written(one["written"], "K2"))
    assert amount is None or amount.value is None
    assert says_pending(one["written"]) == (one["means"] == "待数")
    assert says_nothing(one["written"]) == (one["means"] == "空")
    assert codes(reading) == ""


@pytest.mark.parametrize("one", TABLE["status"], ids=lambda one: one["written"])
def test_words_for_a_status(one: dict[str, str]) -> None:
    reading = read(None, Field.STATUS, one["written"])
    status = reading.status(Written(one["written"], "K2"))
    assert (status.value if status else "") == one["value"]
    assert codes(reading) == one["finding"]


@pytest.mark.parametrize("one", TABLE["day"], ids=lambda one: one["written"])
def test_days_of_a_milestone(one: dict[str, str]) -> None:
    reading = read(MILESTONE, Field.DONE, one["written"])
    reading.amount(Written(one["written"], "K2"))
    assert codes(reading) == one["finding"]
    days = [found.fact("day") for found in reading.found if found.code == "E216"]
    assert days == ([one["value"]] if one["value"] else [])
