from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.model import Amount, Assignment, Comparator, Entry, Grade, Kind, Light, Plan, Role, Source, Status, Target
from xlplan.model.light import Ruling
from xlplan.model.progress import Progress, Tally
from xlplan.period import Period, Span
from xlplan.reasons import reason_text
from xlplan.steps.light import Case, Lamp, LightRule, Scene, give_lights, overrule, waits_for_year_end
from xlplan.steps.light.rule import CASES, DEFAULT_LAMPS
from xlplan.steps.light.stages import stages, tells_of

Q = {index: Period(2019, Span.QUARTER, index) for index in range(1, 5)}
SOURCE = Source("a.xlsx", "表", (), "ab")
GOAL = Target("新增100家", "企业", Kind.INCREMENT, value=Decimal(100), unit="家")
GROWTH = Target("增长8%", "产值", Kind.GROWTH, value=Decimal(8), unit="%")
BRIDGE = Target("5月底前动工9月投入使用", "大桥", Kind.MILESTONE)
SCHEME = Target("3月底前出台方案,10月底前完成改造", "改造", Kind.MILESTONE)


def line(value: str | None = None, target: Target | None = None, **facts) -> Progress:
    amount = None if value is None else Amount(value, Decimal(value))
    office, code = facts.pop("office", "甲"), facts.pop("code", "T001-01")
    row = Assignment(code, "T001", office, facts.pop("role", Role.LEAD), target, facts.pop("deadline", None))
    return Progress(row, office, Entry(code, "", office, SOURCE, amount, **facts), Grade.OK)


def judged(one: Progress, quarter: int = 2, rule: LightRule | None = None, *earlier: Tally) -> Progress:
    return give_lights([one], Scene(Q[quarter], rule or LightRule(), earlier))[0]


@pytest.mark.parametrize(
    ("status", "deadline", "quarter", "expected"),
    [
        (Status.DONE, None, 1, "green"),
        (Status.DONE, date(2019, 5, 31), 2, "green"),
        (Status.RUNNING, None, 2, "green"),
        (Status.RUNNING, date(2019, 5, 31), 2, "red"),
        (Status.RUNNING, date(2019, 6, 30), 2, "red"),
        (Status.RUNNING, date(2019, 7, 1), 2, "green"),
        (Status.CHANGE, date(2019, 5, 31), 2, "red"),
        (Status.NOT_STARTED, None, 1, "none"),
        (Status.NOT_STARTED, None, 2, "yellow"),
        (Status.CHANGE, None, 2, "yellow"),
        (None, date(2019, 5, 31), 2, "none"),
    ],
)
def test_rows_without_a_number_go_by_status_and_deadline(
    status: Status | None, deadline: date | None, quarter: int, expected: str
) -> None:
    assert judged(line(status=status, deadline=deadline), quarter).light == expected


def test_only_the_leading_office_is_late() -> None:
    late = line(status=Status.RUNNING, deadline=date(2019, 5, 31), role=Role.SUPPORT)
    assert judged(late).light is Light.GREEN


@pytest.mark.parametrize(
    ("target", "status", "progress", "quarter", "expected"),
    [
        (BRIDGE, Status.NOT_STARTED, "", 1, "none"),
        (BRIDGE, Status.NOT_STARTED, "", 2, "red"),
        (BRIDGE, Status.RUNNING, "", 2, "green"),
        (BRIDGE, Status.RUNNING, "", 3, "red"),
        (BRIDGE, Status.DONE, "", 3, "green"),
        (SCHEME, Status.RUNNING, "正在调研。", 1, "yellow"),
        (SCHEME, Status.RUNNING, "已于3月出台方案,改造施工。", 1, "green"),
        (SCHEME, Status.RUNNING, "拟于4月出台方案。", 1, "yellow"),
        (SCHEME, Status.RUNNING, "改造施工过半。", 4, "red"),
    ],
)
def test_of_a_milestone_in_stages_the_one_that_is_due_counts(
    target: Target, status: Status, progress: str, quarter: int, expected: str
) -> None:
    assert judged(line(target=target, status=status, progress=progress), quarter).light == expected


def test_stages_are_read_in_the_order_of_their_days() -> None:
    assert [(one.day, one.what) for one in stages("10月底前完成改造,3月底前出台方案", 2019)] == [
        (date(2019, 3, 31), "出台方案"),
        (date(2019, 10, 31), "完成改造"),
    ]
    assert stages("6月底前出台方案", 2019) == ()
    assert stages("", 2019) == ()


@given(st.text(alphabet="3月底前年内出台动工、,。2019", max_size=60))
def test_any_text_can_be_read_for_stages(text: str) -> None:
    for one in stages(text, 2019):
        assert one.what
        assert isinstance(tells_of(text, one), bool)


def test_growth_and_ceilings_turn_red_only_at_the_years_end() -> None:
    assert judged(line("7", GROWTH), 2).light is Light.YELLOW
    assert judged(line("7", GROWTH), 4).light is Light.RED
    assert judged(line("12", GROWTH), 1).light is Light.GREEN


@pytest.mark.parametrize(
    "target",
    [
        Target("新增100家", "企业", Kind.INCREMENT, value=Decimal(100), year_end=True),
        Target("年度指标:新增100家", "企业", Kind.INCREMENT, value=Decimal(100)),
        Target("研发投入占比", "研发投入", Kind.INCREMENT, value=Decimal(100)),
    ],
)
def test_a_figure_of_the_years_end_has_no_light_before(target: Target) -> None:
    rule = LightRule(year_end=("研发投入",))
    assert judged(line("0", target), 3, rule).light is Light.NONE
    assert not judged(line("0", target), 3, rule).missed
    assert judged(line("0", target), 4, rule).light is Light.RED
    assert "年底考核" in reason_text(judged(line("0", target), 3, rule).reason, "zh")


def test_who_asks_for_a_change_is_never_better_than_that_case() -> None:
    assert judged(line("90", GOAL, status=Status.CHANGE)).light is Light.YELLOW
    assert judged(line("1", GOAL, status=Status.CHANGE)).light is Light.RED
    assert "申请调整" in reason_text(judged(line("90", GOAL, status=Status.CHANGE)).reason, "zh")


def test_a_rule_may_ask_growth_too() -> None:
    lamps = (Lamp(DEFAULT_LAMPS[0].sign, ((("of_due_below", Decimal(50)),),)), DEFAULT_LAMPS[2])
    asked = LightRule(lamps=lamps, direct=True)
    assert [judged(line(value, GROWTH), 1, asked).light.value for value in ("3.9", "4", "9")] == [
        "red",
        "green",
        "green",
    ]


def test_every_condition_of_one_must_hold_and_one_of_several() -> None:
    both = (("behind_over", Decimal(0)), ("overdue", True))
    rule = LightRule(lamps=(Lamp(DEFAULT_LAMPS[0].sign, (both,)), DEFAULT_LAMPS[2]))
    assert judged(line("40", GOAL), 2, rule).light is Light.GREEN
    assert judged(line("40", GOAL, deadline=date(2019, 6, 1)), 2, rule).light is Light.RED
    never = LightRule(lamps=(Lamp(DEFAULT_LAMPS[0].sign, ((("overdue", False), ("done", False)),)), DEFAULT_LAMPS[2]))
    assert judged(line("40", GOAL), 2, never).light is Light.RED


def test_periods_running_are_counted_until_one_is_reached() -> None:
    rule = LightRule(
        lamps=(Lamp(DEFAULT_LAMPS[0].sign, ((("missed_running", Decimal(2)),),)), Lamp(DEFAULT_LAMPS[2].sign))
    )
    tallies: list[Tally] = []
    for quarter, value in ((1, "10"), (2, "60"), (3, "60"), (4, "60")):
        tallies.append(Tally(Plan(""), Q[quarter], (judged(line(value, GOAL), quarter, rule, *tallies),)))
    assert [one.lines[0].light.value for one in tallies] == ["green", "green", "green", "red"]


def ruling(light: Light | None, office: str = "", row: str = "T001-01", hour: int = 8) -> Ruling:
    return Ruling(row, "2019-Q2", office, light, "王主任", "项目已停", datetime(2019, 7, 5, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("rulings", "expected"),
    [
        ([], ["green", "green"]),
        ([ruling(Light.RED)], ["red", "red"]),
        ([ruling(Light.RED, "甲")], ["red", "green"]),
        ([ruling(Light.RED), ruling(Light.YELLOW, "甲")], ["yellow", "red"]),
        ([ruling(Light.YELLOW, "甲"), ruling(Light.RED)], ["red", "red"]),
        ([ruling(Light.RED), ruling(None)], ["green", "green"]),
        ([ruling(Light.RED), ruling(None, "甲")], ["green", "red"]),
        ([ruling(Light.RED, row="T009-01")], ["green", "green"]),
        ([ruling(Light.BLUE)], ["green", "green"]),
        ([ruling(Light.ORANGE)], ["yellow", "yellow"]),
    ],
)
def test_the_latest_ruling_counts(rulings: list[Ruling], expected: list[str]) -> None:
    rule = LightRule()
    lines = give_lights([line("90", GOAL), line("90", GOAL, office="乙")], Scene(Q[2], rule))
    found = overrule(lines, rulings, rule)
    assert [one.light.value for one in found] == expected
    for one in found:
        assert one.override is None or (one.override.instead.light, one.override.by) == (Light.GREEN, "王主任")


TARGETS = st.none() | st.builds(
    Target,
    st.sampled_from(["新增", "5月底前动工9月投入使用", "降到"]),
    kind=st.sampled_from(Kind),
    comparator=st.sampled_from(Comparator),
    value=st.none() | st.integers(-5, 50).map(Decimal),
    value_max=st.none() | st.integers(-5, 50).map(Decimal),
    unit=st.sampled_from(["家", "%"]),
    baseline=st.none() | st.integers(-5, 50).map(Decimal),
    due=st.none() | st.dates(date(2018, 6, 1), date(2020, 6, 1)),
    year_end=st.booleans(),
)
LINES = st.builds(
    line,
    st.none() | st.integers(-10, 90).map(str),
    TARGETS,
    status=st.none() | st.sampled_from(Status),
    progress=st.sampled_from(["", "已动工。"]),
    deadline=st.none() | st.dates(date(2018, 6, 1), date(2020, 6, 1)),
    role=st.sampled_from(Role),
    office=st.sampled_from("甲乙丙丁"),
)
ALL = [
    "behind_over",
    "behind_from",
    "of_due_below",
    "of_period_below",
    "of_target_below",
    "last",
    "missed_running",
    "due_within",
    "below_average",
    "negative",
    "overdue",
    "done",
]
FLAGS = frozenset({"below_average", "negative", "overdue", "done"})
RULES = st.builds(
    lambda red, yellow, direct: LightRule(
        "any",
        (Lamp(DEFAULT_LAMPS[0].sign, red), Lamp(DEFAULT_LAMPS[1].sign, yellow), DEFAULT_LAMPS[2]),
        CASES,
        direct,
    ),
    *[
        st.lists(
            st.sampled_from(ALL).flatmap(
                lambda name: st.tuples(
                    st.tuples(st.just(name), st.booleans() if name in FLAGS else st.integers(1, 120).map(Decimal))
                )
            ),
            min_size=1,
            max_size=3,
        ).map(tuple)
    ]
    * 2,
    st.booleans(),
)


@given(st.lists(LINES, max_size=6), RULES, st.integers(1, 4))
def test_any_rule_lights_any_rows_with_a_reason_in_both_languages(
    lines: list[Progress], rule: LightRule, quarter: int
) -> None:
    first = Tally(Plan(""), Q[1], tuple(give_lights(lines, Scene(Q[1], rule))))
    found = give_lights(lines, Scene(Q[quarter], rule, (first,) if quarter > 1 else ()))
    assert len(found) == len(lines)
    for one in found:
        assert one.light in {sign.light for sign in rule.signs}
        for lang in ("zh", "en"):
            assert reason_text(one.reason, lang)


def test_a_rule_names_every_case() -> None:
    assert set(CASES) == set(Case)


def test_a_figure_of_the_years_end_needs_no_number_before() -> None:
    target = Target("研发投入占比", "研发投入", Kind.RATIO, value=Decimal(3), unit="%", year_end=True)
    waiting = judged(line(None, target, status=Status.RUNNING), 3)
    assert (waiting.light, reason_text(waiting.reason, "en")) == (Light.NONE, "judged once, at the year's end")


def test_full_width_words_of_a_rule_mean_the_same_target() -> None:
    row = Assignment(
        "T001-01", "T001", target=Target("研发投入\uff08R&D\uff09占比达到3%", "研发投入", value=Decimal(3), unit="%")
    )
    assert waits_for_year_end(row, Q[2], LightRule(year_end=("研发投入(R\uff06D)",)))
