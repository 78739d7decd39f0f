from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.model import Amount, Assignment, Comparator, Entry, Kind, Light, Role, Source, Status, Target
from xlplan.period import Period, Span
from xlplan.reasons import reason_text
from xlplan.steps.light import PRESETS, LightRule, light_of, measure

Q = {index: Period(2019, Span.QUARTER, index) for index in range(1, 5)}
SOURCE = Source("a.xlsx", "表", (), "ab")


def target(kind: Kind, value: str, comparator: Comparator = Comparator.AT_LEAST, **rest: object) -> Target:
    return Target("目标", kind=kind, comparator=comparator, value=Decimal(value), unit="家", **rest)  # type: ignore[arg-type] - by name


def light(
    goal: Target | None, value: str | None, quarter: int = 2, rule: LightRule = PRESETS["default"], **entry: object
) -> Light:
    row = Assignment("T001-01", "T001", "甲", Role.LEAD, goal, entry.pop("deadline", None))  # type: ignore[arg-type] - a date
    amount = None if value is None else Amount(value, Decimal(value))
    return light_of(row, Entry("T001-01", "2019-Q2", "甲", SOURCE, amount, **entry), Q[quarter], rule)[0]  # type: ignore[arg-type] - by name


def test_an_increment_goes_by_its_share_of_the_year() -> None:
    goal = target(Kind.INCREMENT, "240")
    result = measure(goal, Decimal(120), Q[3])
    assert (result.rate, result.behind, result.met) == (Decimal("0.5"), Decimal(25), False)
    assert reason_text(result.reason, "zh") == "完成120/240家,50.0%,序时75.0%,滞后25.0个百分点"
    assert reason_text(result.reason, "en") == "120 of 240 家 done, 50.0%, pace 75.0%, 25.0 percentage points behind"


def test_a_level_goes_from_its_baseline_where_that_is_known() -> None:
    known = target(Kind.LEVEL, "240", baseline=Decimal(209))
    assert measure(known, Decimal(209), Q[2]).rate == 0
    assert measure(known, Decimal("224.5"), Q[2]).behind == 0
    assert measure(target(Kind.LEVEL, "240"), Decimal(209), Q[2]).behind == 0


def test_a_target_that_is_met_is_never_behind() -> None:
    assert measure(target(Kind.INCREMENT, "10"), Decimal(10), Q[4]).behind == 0
    assert measure(target(Kind.LEVEL, "5", baseline=Decimal(9)), Decimal(6), Q[1]).behind == 0


def test_of_a_rank_or_a_ceiling_no_share_is_done() -> None:
    assert measure(target(Kind.RANK, "10", Comparator.AT_MOST), Decimal(12), Q[2]).rate is None
    assert measure(target(Kind.CEILING, "10", Comparator.AT_MOST), Decimal(9), Q[2]).rate is None
    assert measure(target(Kind.GROWTH, "10"), Decimal(5), Q[2]).rate == Decimal("0.5")


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "met"),
    [
        (Kind.GROWTH, Comparator.AT_LEAST, "10", True),
        (Kind.GROWTH, Comparator.AT_LEAST, "9.9", False),
        (Kind.RATIO, Comparator.MORE, "10", False),
        (Kind.CEILING, Comparator.AT_MOST, "10", True),
        (Kind.CEILING, Comparator.LESS, "10", False),
        (Kind.RANK, Comparator.AT_MOST, "8", True),
        (Kind.RANK, Comparator.AT_MOST, "11", False),
        (Kind.LEVEL, Comparator.EQUAL, "10", True),
    ],
)
def test_what_meets_a_target(kind: Kind, comparator: Comparator, value: str, *, met: bool) -> None:
    assert measure(target(kind, "10", comparator), Decimal(value), Q[1]).met is met


@pytest.mark.parametrize(("value", "expected"), [("50", "green"), ("49", "yellow"), ("30", "yellow"), ("29", "red")])
def test_the_default_rule_at_mid_year(value: str, expected: str) -> None:
    assert light(target(Kind.INCREMENT, "100"), value) == Light(expected)


@pytest.mark.parametrize(("value", "expected"), [("40", "green"), ("39", "yellow"), ("20", "yellow"), ("19", "red")])
def test_the_yinchuan_rule_at_mid_year(value: str, expected: str) -> None:
    """At or above pace green, 10 to 30 points behind yellow, more red; below 10 it says nothing, taken as green."""
    assert light(target(Kind.INCREMENT, "100"), value, rule=PRESETS["yinchuan"]) == Light(expected)


def test_direct_kinds_turn_red_only_at_the_years_end() -> None:
    goal = target(Kind.GROWTH, "10")
    assert light(goal, "8", quarter=2) is Light.YELLOW
    assert light(goal, "8", quarter=4) is Light.RED
    assert light(goal, "12", quarter=1) is Light.GREEN


@pytest.mark.parametrize(
    ("status", "deadline", "quarter", "expected"),
    [
        (Status.DONE, None, 1, Light.GREEN),
        (Status.RUNNING, None, 2, Light.GREEN),
        (Status.RUNNING, date(2019, 5, 31), 2, Light.RED),
        (Status.RUNNING, date(2019, 12, 31), 2, Light.GREEN),
        (Status.NOT_STARTED, None, 1, Light.NONE),
        (Status.NOT_STARTED, None, 2, Light.YELLOW),
        (Status.CHANGE, None, 2, Light.YELLOW),
        (None, None, 2, Light.NONE),
    ],
)
def test_rows_without_a_number_go_by_status_and_deadline(
    status: Status | None, deadline: date | None, quarter: int, expected: Light
) -> None:
    assert light(None, None, quarter, status=status, deadline=deadline) is expected


@given(st.integers(1, 10**6), st.integers(0, 2 * 10**6), st.integers(1, 4))
def test_more_is_never_worse(goal: int, value: int, quarter: int) -> None:
    order = [Light.RED, Light.YELLOW, Light.GREEN]
    lower = light(target(Kind.INCREMENT, str(goal)), str(value), quarter)
    higher = light(target(Kind.INCREMENT, str(goal)), str(value + 1), quarter)
    assert order.index(higher) >= order.index(lower)
