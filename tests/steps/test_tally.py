from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from xlplan.model import (
    Amount,
    Assignment,
    Comparator,
    Entry,
    Grade,
    Kind,
    Light,
    Office,
    Plan,
    Role,
    Source,
    Status,
    Sure,
    Target,
    Task,
)
from xlplan.model.progress import Tally
from xlplan.period import Period, Span
from xlplan.steps.merge import Folded
from xlplan.steps.tally import Basis, tally

Q2 = Period(2019, Span.QUARTER, 2)
SOURCE = Source("a.xlsx", "表", (), "ab")
GOAL = Target("新增企业10家", "企业", Kind.INCREMENT, Comparator.AT_LEAST, Decimal(10), unit="家")
PLAN = Plan(
    "计划",
    tasks=(Task("T001", "一", "01", "培育", "培育。"), Task("T002", "二", "01", "宣传", "宣传。")),
    offices=(Office("K01", "甲"), Office("K02", "乙"), Office("K03", "各科", members=("甲", "乙"))),
    rows=(
        Assignment("T001-01", "T001", "甲", Role.LEAD, GOAL),
        Assignment("T001-02", "T001", "乙", Role.SUPPORT),
        Assignment("T002-01", "T002", "各科", Role.LEAD),
    ),
)
DONE_WELL = Entry("T001-01", "2019-Q2", "甲", SOURCE, Amount("5", Decimal(5)), Status.RUNNING, "推进中", "已新增5家")


def run(*entries: Entry, before: tuple[Entry, ...] = ()) -> Tally:
    folded = Folded({(one.row, one.office): one for one in entries}, ())
    return tally(PLAN, Basis(Q2, folded, {(one.row, one.office): one for one in before}))


def grade_of(entry: Entry, before: Entry | None = None) -> tuple[Grade, list[str]]:
    got = run(entry, before=(before,) if before else ())
    line = next(one for one in got.lines if (one.row.code, one.office) == (entry.row, entry.office))
    own = [one.code for one in got.findings if "row" in dict(one.facts) and one.fact("row") == entry.row]
    return line.grade, own


def test_every_slot_has_a_line_in_plan_order_and_collectives_are_expanded() -> None:
    lines = run(DONE_WELL).lines
    assert [(one.row.code, one.office) for one in lines] == [
        ("T001-01", "甲"),
        ("T001-02", "乙"),
        ("T002-01", "甲"),
        ("T002-01", "乙"),
    ]


def test_nothing_came_and_a_row_that_is_absent_are_told_apart() -> None:
    got = run(DONE_WELL)
    grades = {(one.row.code, one.office): one.grade for one in got.lines}
    assert grades["T001-01", "甲"] is Grade.OK
    assert grades["T002-01", "甲"] is Grade.ROW_ABSENT
    assert grades["T001-02", "乙"] is Grade.NOT_REPORTED
    assert [one.fact("office") for one in got.findings if one.code == "E307"] == ["乙"]


@pytest.mark.parametrize(
    ("change", "expected", "codes"),
    [
        ({}, Grade.OK, []),
        ({"amount": None}, Grade.BLANK, ["E301"]),
        ({"amount": Amount("很多", None, Sure.NO)}, Grade.BLANK, ["E308"]),
        ({"amount": None, "progress": "数据上报中"}, Grade.PENDING, ["E305"]),
        ({"status": Status.NOT_APPLICABLE, "amount": None}, Grade.NOT_APPLICABLE, []),
        ({"status": Status.DONE}, Grade.CONTRADICTION, ["E302"]),
        ({"status": Status.DONE, "amount": Amount("10", Decimal(10))}, Grade.OK, []),
    ],
)
def test_grades_of_a_row_with_a_number(change: dict[str, object], expected: Grade, codes: list[str]) -> None:
    assert grade_of(DONE_WELL._replace(**change)) == (expected, codes)  # type: ignore[arg-type] - by name


@pytest.mark.parametrize("text", ["", "无", "同上", "/", "—", "正在推进"])
def test_words_that_say_nothing_are_blank(text: str) -> None:
    entry = Entry("T001-02", "2019-Q2", "乙", SOURCE, progress=text)
    assert grade_of(entry) == (Grade.BLANK, ["E301"])


def test_a_cumulative_value_that_fell_is_a_contradiction() -> None:
    assert grade_of(DONE_WELL, DONE_WELL._replace(amount=Amount("6", Decimal(6)))) == (Grade.CONTRADICTION, ["E303"])


def test_the_text_of_last_period_is_stale() -> None:
    assert grade_of(DONE_WELL, DONE_WELL._replace(amount=Amount("3", Decimal(3)))) == (Grade.STALE, ["E304"])
    typed, retyped = (DONE_WELL._replace(progress=f"新增3家{mark}已验收") for mark in (",", "\uff0c"))
    assert grade_of(retyped, typed) == (Grade.STALE, ["E304"])
    fresh = DONE_WELL._replace(progress="又新增2家")
    assert grade_of(fresh, DONE_WELL)[0] is Grade.OK


def test_a_gap_has_no_light() -> None:
    line = run(DONE_WELL._replace(amount=None)).lines[0]
    assert (line.light, line.rate) == (Light.NONE, None)


def test_offices_that_answer_one_target_differently_are_a_conflict() -> None:
    goal = replace(PLAN.rows[2], target=GOAL)
    plan = replace(PLAN, rows=(goal,))
    one = DONE_WELL._replace(row="T002-01")
    other = one._replace(office="乙", amount=Amount("7", Decimal(7)))
    folded = Folded({("T002-01", "甲"): one, ("T002-01", "乙"): other}, ())
    assert "M114" in [finding.code for finding in tally(plan, Basis(Q2, folded)).findings]


def test_a_blank_number_of_the_years_end_is_no_gap_before() -> None:
    waits = replace(PLAN, rows=(replace(PLAN.rows[0], target=replace(GOAL, year_end=True)), *PLAN.rows[1:]))
    folded = Folded({("T001-01", "甲"): DONE_WELL._replace(amount=None)}, ())
    for period, expected in ((Q2, Grade.OK), (Period(2019), Grade.BLANK)):
        line = tally(waits, Basis(period, folded)).lines[0]
        assert (line.grade, line.light) == (expected, Light.NONE)
