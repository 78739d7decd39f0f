from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.model import Comparator, Kind, Target
from xlplan.period import Period, Span
from xlplan.reasons import reason_text
from xlplan.steps.light import holds, measure

Q = {index: Period(2019, Span.QUARTER, index) for index in range(1, 5)}
MORE = [Kind.INCREMENT, Kind.LEVEL, Kind.GROWTH, Kind.RATIO]


def target(kind: Kind, value: str, comparator: Comparator = Comparator.AT_LEAST, **rest: object) -> Target:
    text = str(rest.pop("text", "目标"))
    unit = str(rest.pop("unit", "家"))
    return Target(text, kind=kind, comparator=comparator, value=Decimal(value), unit=unit, **rest)  # type: ignore[arg-type] - by name


def test_an_increment_goes_by_its_share_of_the_year() -> None:
    result = measure(target(Kind.INCREMENT, "240"), Decimal(120), Q[3])
    assert (result.rate, result.behind, result.met) == (Decimal("0.5"), Decimal(25), False)
    assert reason_text(result.reason, "zh") == "完成120/240家，50.0%，序时75.0%，滞后25.0个百分点"
    assert reason_text(result.reason, "en") == "120 of 240 家 done, 50.0%, pace 75.0%, 25.0 percentage points behind"


@pytest.mark.parametrize(
    ("code", "behind"), [("2019-01", "0"), ("2019-06", "0"), ("2019-H1", "0"), ("2019-09", "25"), ("2019", "50")]
)
def test_pace_goes_by_the_end_of_any_sort_of_period(code: str, behind: str) -> None:
    period = Period.parse(code)
    assert period
    assert measure(target(Kind.INCREMENT, "240"), Decimal(120), period).behind == Decimal(behind)


def test_from_its_deadline_on_all_of_a_target_is_due() -> None:
    goal = target(Kind.INCREMENT, "240")
    assert measure(goal, Decimal(120), Q[2], date(2019, 6, 30)).behind == Decimal(50)
    assert measure(goal, Decimal(120), Q[2], date(2019, 7, 1)).behind == 0


def test_a_level_goes_from_its_baseline_where_that_is_known() -> None:
    known = target(Kind.LEVEL, "240", baseline=Decimal(209))
    assert measure(known, Decimal(209), Q[2]).rate == 0
    assert measure(known, Decimal("224.5"), Q[2]).behind == 0
    assert "基数209家" in reason_text(measure(known, Decimal(224), Q[2]).reason, "zh")
    alone = measure(target(Kind.LEVEL, "240"), Decimal(209), Q[2])
    assert (alone.behind, "没有基数" in reason_text(alone.reason, "zh")) == (0, True)


def test_a_level_that_falls_goes_down_from_its_baseline() -> None:
    falling = target(Kind.LEVEL, "80", text="下降到80", baseline=Decimal(100))
    half = measure(falling, Decimal(90), Q[2])
    assert (half.rate, half.behind, half.met) == (Decimal("0.5"), 0, False)
    assert measure(falling, Decimal(98), Q[2]).behind == Decimal(40)
    assert measure(falling, Decimal(75), Q[2]).met
    at_most = target(Kind.LEVEL, "80", Comparator.AT_MOST, baseline=Decimal(100))
    assert measure(at_most, Decimal(90), Q[2]).rate == Decimal("0.5")


def test_a_floor_below_the_baseline_and_a_level_to_be_held_compare_directly() -> None:
    floor = target(Kind.LEVEL, "80", text="不低于80", baseline=Decimal(100))
    held = target(Kind.LEVEL, "80", text="保持80", baseline=Decimal(80))
    for goal in (floor, held):
        assert measure(goal, Decimal(80), Q[1]).met
        below = measure(goal, Decimal(79), Q[1])
        assert (below.behind, below.missed) == (None, True)


def test_a_target_that_is_met_is_never_behind() -> None:
    assert measure(target(Kind.INCREMENT, "10"), Decimal(10), Q[4]).behind == 0
    assert not measure(target(Kind.LEVEL, "5", baseline=Decimal(9)), Decimal(6), Q[1]).missed


def test_what_must_be_exceeded_is_missed_when_it_is_only_reached() -> None:
    goal = target(Kind.INCREMENT, "10", Comparator.MORE)
    assert not measure(goal, Decimal(10), Q[3]).missed
    end = measure(goal, Decimal(10), Q[4])
    assert end.missed
    assert "滞后0.0" not in reason_text(end.reason, "zh")


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
        (Kind.CEILING, Comparator.AT_LEAST, "10.1", False),
        (Kind.CEILING, Comparator.LESS, "10", False),
        (Kind.RANK, Comparator.AT_MOST, "8", True),
        (Kind.RANK, Comparator.AT_LEAST, "8", True),
        (Kind.RANK, Comparator.AT_MOST, "11", False),
        (Kind.LEVEL, Comparator.EQUAL, "10", True),
        (Kind.INCREMENT, Comparator.EQUAL, "11", True),
        (Kind.GROWTH, Comparator.ABOUT, "9.5", True),
        (Kind.GROWTH, Comparator.ABOUT, "9.4", False),
        (Kind.CEILING, Comparator.ABOUT, "10.5", True),
    ],
)
def test_what_meets_a_target(kind: Kind, comparator: Comparator, value: str, *, met: bool) -> None:
    assert measure(target(kind, "10", comparator), Decimal(value), Q[1]).met is met


def test_of_a_range_the_nearer_end_counts() -> None:
    events = target(Kind.INCREMENT, "8", Comparator.RANGE, value_max=Decimal(10))
    assert holds(events, Decimal(8))
    assert holds(events, Decimal(12))
    assert not holds(events, Decimal(7))
    ceiling = target(Kind.CEILING, "3", Comparator.RANGE, value_max=Decimal(5))
    assert holds(ceiling, Decimal(5))
    assert not holds(ceiling, Decimal("5.1"))


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "unit", "zh"),
    [
        (Kind.GROWTH, Comparator.AT_LEAST, "8.5", "%", "完成8.5%，目标≥10%，未达到，差1.5个百分点"),
        (Kind.RANK, Comparator.AT_LEAST, "12", "位", "完成12位，目标≤10位，未达到，差2位"),
        (Kind.CEILING, Comparator.AT_MOST, "11", "%", "完成11%，目标≤10%，未达到，超出1个百分点"),
        (Kind.CEILING, Comparator.AT_MOST, "12", "起", "完成12起，目标≤10起，未达到，超出2起"),
        (Kind.RATIO, Comparator.AT_LEAST, "9", "人/万人", "完成9人/万人，目标≥10人/万人，未达到，差1人/万人"),
    ],
)
def test_the_distance_is_told_in_what_it_is_measured_in(
    kind: Kind, comparator: Comparator, value: str, unit: str, zh: str
) -> None:
    assert reason_text(measure(target(kind, "10", comparator, unit=unit), Decimal(value), Q[2]).reason, "zh") == zh


@pytest.mark.parametrize(("goal", "value", "met"), [("0", "0", True), ("-2", "-1", True), ("-2", "-3", False)])
def test_targets_of_zero_and_below_compare_directly(goal: str, value: str, *, met: bool) -> None:
    result = measure(target(Kind.GROWTH, goal), Decimal(value), Q[1])
    assert (result.rate, result.met) == (None, met)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(1, 12))
def test_shares_meet_thresholds_exactly(goal: int, done: int, month: int) -> None:
    """What is exactly 20 points behind is 20 points behind, whatever the division leaves."""
    found = measure(target(Kind.INCREMENT, str(goal)), Decimal(done), Period(2019, Span.MONTH, month))
    exact = max(Fraction(0), (Fraction(month, 12) - Fraction(done, goal)) * 100) if done < goal else Fraction(0)
    assert found.behind is not None
    for threshold in (0, 10, 20, 25, 30, 50):
        assert (found.behind > threshold, found.behind >= threshold) == (exact > threshold, exact >= threshold)


NUMBERS = st.decimals(-(10**7), 10**7, places=2)
TARGETS = st.builds(
    Target,
    st.sampled_from(["新增", "降到", "达到"]),
    kind=st.sampled_from(Kind),
    comparator=st.sampled_from(Comparator),
    value=NUMBERS,
    value_max=st.none() | NUMBERS,
    unit=st.sampled_from(["家", "%", "", "位"]),
    baseline=st.none() | NUMBERS,
)
PERIODS = st.builds(Period, st.just(2019), st.just(Span.MONTH), st.integers(1, 12))


@given(TARGETS, NUMBERS, PERIODS, st.none() | st.dates(date(2018, 1, 1), date(2020, 12, 31)))
def test_any_target_and_value_can_be_measured_and_told(
    goal: Target, value: Decimal, period: Period, deadline: date | None
) -> None:
    result = measure(goal, value, period, deadline)
    assert result.met is holds(goal, value)
    assert not (result.met and result.missed)
    assert 0 < result.due <= 1
    for lang in ("zh", "en"):
        assert reason_text(result.reason, lang)


@given(TARGETS, NUMBERS, NUMBERS, PERIODS)
def test_one_direction_is_the_good_one(goal: Target, one: Decimal, other: Decimal, period: Period) -> None:
    """Of two values the better is never further behind, nor does it miss what the worse one reaches."""
    low, high = sorted((one, other))
    results = [measure(goal, value, period) for value in (low, high)]
    up = [(not found.missed, -(found.behind or 0)) for found in results]
    assert up[0] <= up[1] or up[1] <= up[0]
    if goal.kind in MORE and goal.comparator not in {Comparator.AT_MOST, Comparator.LESS} and goal.baseline is None:
        assert up[0] <= up[1]
