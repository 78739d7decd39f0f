from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.model import Amount, Assignment, Entry, Grade, Kind, Light, Plan, Source, Status, Target, Turn
from xlplan.model.light import SIGNS
from xlplan.model.progress import Progress, Tally
from xlplan.period import Period, Span
from xlplan.steps.compare import compare

Q1, Q2 = (Period(2019, Span.QUARTER, index) for index in (1, 2))
GOAL = Target("新增10家", "企业", Kind.INCREMENT, value=Decimal(10), unit="家")
LEVEL = Target("达到10家", "企业", Kind.LEVEL, value=Decimal(10), unit="家")
SOURCE = Source("a.xlsx", "表", (), "ab")
GREEN, YELLOW, RED, NONE = Light.GREEN, Light.YELLOW, Light.RED, Light.NONE


def line(light: Light = GREEN, value: int | None = None, grade: Grade = Grade.OK, **facts) -> Progress:
    code = facts.get("code", "T001-01")
    amount = None if value is None else Amount(str(value), Decimal(value))
    entry = Entry(code, "2019-Q2", "甲", SOURCE, amount, facts.get("status", Status.RUNNING))
    rate = None if value is None else Decimal(value) / 10
    row = Assignment(code, "T001", "甲", target=facts.get("target", GOAL))
    return Progress(row, "甲", None if grade is Grade.NOT_REPORTED else entry, grade, light, rate)


def turns(now: Progress, before: Progress | None) -> list[Turn]:
    earlier = Tally(Plan(""), Q1, (before,) if before else ())
    return [one.turn for one in compare(Tally(Plan(""), Q2, (now,)), earlier)]


def test_a_first_period_has_no_changes() -> None:
    assert compare(Tally(Plan(""), Q1, (line(RED),)), None) == ()


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (GREEN, RED, [Turn.RED]),
        (YELLOW, RED, [Turn.RED]),
        (NONE, RED, [Turn.RED]),
        (RED, RED, []),
        (GREEN, YELLOW, [Turn.YELLOW]),
        (NONE, YELLOW, [Turn.YELLOW]),
        (RED, YELLOW, [Turn.RECOVERED]),
        (RED, GREEN, [Turn.RECOVERED]),
        (YELLOW, GREEN, [Turn.RECOVERED]),
        (NONE, GREEN, []),
        (RED, NONE, []),
    ],
)
def test_lights_turn_for_worse_and_for_better(before: Light, now: Light, expected: list[Turn]) -> None:
    assert turns(line(now), line(before)) == expected


def test_a_slot_that_was_not_due_can_be_newly_red() -> None:
    assert turns(line(RED), None) == [Turn.RED]
    assert turns(line(grade=Grade.NOT_REPORTED, light=NONE), None) == []


def test_only_what_adds_up_over_the_year_falls() -> None:
    assert turns(line(value=3), line(value=5)) == [Turn.FALLEN]
    assert turns(line(value=3, target=LEVEL), line(value=5, target=LEVEL)) == []
    assert turns(line(), line(value=5)) == []


def test_completed_by_word_or_by_the_years_amount_but_not_against_its_own_figure() -> None:
    assert turns(line(status=Status.DONE), line()) == [Turn.COMPLETED]
    assert turns(line(value=10), line(value=5)) == [Turn.COMPLETED]
    assert turns(line(value=11), line(value=10)) == []
    assert turns(line(value=10, target=LEVEL), line(value=5, target=LEVEL)) == []
    assert turns(line(value=3, status=Status.DONE, grade=Grade.CONTRADICTION), line(value=3)) == []


def test_silence_and_its_end() -> None:
    silent = line(grade=Grade.NOT_REPORTED, light=NONE)
    assert turns(silent, line()) == [Turn.SILENT]
    assert turns(line(), silent) == [Turn.HEARD]
    assert turns(line(grade=Grade.BLANK, light=NONE), silent) == []


def test_the_same_text_again_and_several_turns_of_one_slot() -> None:
    assert turns(line(RED, 3, Grade.STALE), line(GREEN, 5)) == [Turn.RED, Turn.FALLEN, Turn.SAME]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([sign.light for sign in SIGNS]),
            st.sampled_from([sign.light for sign in SIGNS]),
            st.sampled_from(Grade),
        ),
        max_size=12,
    )
)
def test_changes_are_sorted_and_each_slot_turns_a_way_once(lights) -> None:
    codes = [f"T{at:03d}" for at in range(len(lights))]
    now = [line(one, code=code, grade=grade) for code, (one, _, grade) in zip(codes, lights, strict=True)]
    before = [line(one, code=code) for code, (_, one, _) in zip(codes, lights, strict=True)]
    found = compare(Tally(Plan(""), Q2, tuple(now)), Tally(Plan(""), Q1, tuple(before)))
    keys = [(list(Turn).index(one.turn), codes.index(one.now.row.code)) for one in found]
    assert keys == sorted(set(keys))
    assert all(one.before and one.before.row.code == one.now.row.code for one in found)
    reds = sum(now is RED and before is not RED for now, before, _ in lights)
    assert sum(one.turn is Turn.RED for one in found) == reds
