from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.period import Period, Span, find_period

LENGTHS = {Span.YEAR: 1, Span.HALF: 2, Span.QUARTER: 4, Span.MONTH: 12}
periods = st.sampled_from(list(Span)).flatmap(
    lambda span: st.builds(Period, st.integers(1990, 2100), st.just(span), st.integers(1, LENGTHS[span]))
)


@given(periods)
def test_code_and_label_read_back(period: Period) -> None:
    assert Period.parse(period.code) == period
    assert Period.parse(period.label("zh")) == period


@given(periods)
def test_dates_are_half_open_and_pace_is_the_year_elapsed_at_the_end(period: Period) -> None:
    assert period.start < period.end
    assert period.pace == Fraction((period.end.year - period.year) * 12 + period.end.month - 1, 12)
    if period.previous:
        assert period.previous.end == period.start


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2019Q2", "2019-Q2"),
        ("2019年二季度", "2019-Q2"),
        ("2019 年第 3 季度", "2019-Q3"),
        ("2019年下半年", "2019-H2"),
        ("2019年6月", "2019-06"),
        ("2019年度", "2019"),
        ("2019-q4", "2019-Q4"),
    ],
)
def test_other_ways_of_writing(text: str, code: str) -> None:
    period = Period.parse(text)
    assert period is not None
    assert period.code == code


@pytest.mark.parametrize("text", ["", "2019-13", "2019-Q5", "2019-H3", "Q2", "19-Q2", "2019-Q2-1", "二季度"])
def test_what_is_no_period(text: str) -> None:
    assert Period.parse(text) is None


def test_a_period_inside_a_title() -> None:
    assert find_period("某局2019年工作要点2019年第二季度进展情况表") == Period(2019, Span.QUARTER, 2)
    assert find_period("办公室_2019-Q3.xlsx") == Period(2019, Span.QUARTER, 3)
    assert find_period("没有日期") is None


@pytest.mark.parametrize("day", ["2019年6月25日前发回", "20190625", "2019-06-25", "截至2019年6月底"])
def test_a_day_is_no_period(day: str) -> None:
    assert find_period(day) is None
    assert find_period(f"某局2019年第二季度进展情况表 {day}") == Period(2019, Span.QUARTER, 2)


def test_end_of_year() -> None:
    assert Period(2019, Span.QUARTER, 4).end == date(2020, 1, 1)


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0", "\u2003"])
def test_blanks_between_the_letters_of_a_heading_do_not_matter(blank):
    assert find_period((blank * 3).join("某局2019年第二季度填报表")) == Period.parse("2019-Q2")
