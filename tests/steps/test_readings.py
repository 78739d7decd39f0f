"""The catalogue of readings in docs/readings.toml is what the program does; docs/readings.md is made from it."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xlplan.finding import Finding, Place
from xlplan.headers import Field
from xlplan.model import Assignment, Entry, Kind, ReturnedRow, Role, Target, Written
from xlplan.steps.interpret import Asked, Reading, says_nothing, says_pending

TABLE = tomllib.loads((Path(__file__).resolve().parents[2] / "docs" / "readings.toml").read_text("utf-8"))
TARGETS = {
    "家": Target("新增40家", kind=Kind.INCREMENT, value=Decimal(40), unit="家"),
    "人": Target("培训2000人", kind=Kind.INCREMENT, value=Decimal(2000), unit="人"),
    "%": Target("达到90%", kind=Kind.RATIO, value=Decimal(90), unit="%"),
    "%以内": Target("控制在4.5%以内", kind=Kind.CEILING, value=Decimal("4.5"), unit="%"),
    "万元": Target("完成投资3000万元", kind=Kind.LEVEL, value=Decimal(3000), unit="万元"),
}
FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
MILESTONE = Target("6月底前出台", kind=Kind.MILESTONE, due=date(2019, 6, 30))


def read(target: Target | None, field: Field, text: str) -> tuple[Entry, list[Finding]]:
    row = Assignment("T001-01", "T001", "甲科", Role.LEAD, target)
    reading = Reading(Place("a.xlsx", "表"), "甲科", "2019-Q2", "")
    return reading.entry(Asked(row), ReturnedRow.of(1, ((field, Written(text, "K2")),))), reading.found


def codes(found: list[Finding]) -> str:
    return " ".join(sorted({one.code for one in found}))


@pytest.mark.parametrize("one", TABLE["number"], ids=lambda one: f"{one['written']} {one['unit']}")
def test_numbers(one: dict[str, str]) -> None:
    entry, found = read(TARGETS[one["unit"]], Field.DONE, one["written"])
    amount = entry.amount
    assert amount is not None
    assert amount.raw == one["written"]
    assert amount.value == (Decimal(one["value"]) if one["value"] else None)
    assert codes(found) == one["finding"]


@pytest.mark.parametrize("one", TABLE["number"], ids=lambda one: f"{one['written']} {one['unit']}")
def test_numbers_in_full_width_are_the_same_numbers(one: dict[str, str]) -> None:
    written = one["written"].translate(FULL)
    (entry, found), (full, noted) = (read(TARGETS[one["unit"]], Field.DONE, text) for text in (one["written"], written))
    assert entry.amount
    assert full.amount == entry.amount._replace(raw=written)
    assert codes(noted) == codes(found)


@pytest.mark.parametrize("one", TABLE["nothing"], ids=lambda one: one["written"])
def test_words_that_stand_for_no_number(one: dict[str, str]) -> None:
    entry, found = read(TARGETS["家"], Field.DONE, one["written"])
    amount = entry.amount
    assert amount is None or amount.value is None
    assert says_pending(one["written"]) == (one["means"] == "待数")
    assert says_nothing(one["written"]) == (one["means"] == "空")
    assert codes(found) == ""


@pytest.mark.parametrize("one", TABLE["status"], ids=lambda one: one["written"])
def test_words_for_a_status(one: dict[str, str]) -> None:
    entry, found = read(None, Field.STATUS, one["written"])
    status = entry.status
    assert (status.value if status else "") == one["value"]
    assert codes(found) == one["finding"]


@pytest.mark.parametrize("one", TABLE["day"], ids=lambda one: one["written"])
def test_days_of_a_milestone(one: dict[str, str]) -> None:
    _, found = read(MILESTONE, Field.DONE, one["written"])
    assert codes(found) == one["finding"]
    days = [one.fact("day") for one in found if one.code == "E216"]
    assert days == ([one["value"]] if one["value"] else [])
