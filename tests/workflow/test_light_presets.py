"""Each shipped light rule on examples worked out by hand from the rule as it was published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xlplan.model import Amount, Assignment, Comparator, Entry, Grade, Kind, Light, Plan, Role, Source, Status, Target
from xlplan.model.progress import Progress, Tally
from xlplan.period import Period
from xlplan.reasons import reason_text
from xlplan.steps.light import LightRule, Scene, give_lights, made_good, office_lights
from xlplan.workflow.lights import preset, presets

GOAL = Target("新增100家", "企业", Kind.INCREMENT, value=Decimal(100), unit="家")
GROWTH = Target("增长8%", "产值", Kind.GROWTH, value=Decimal(8), unit="%")
SOURCE = Source("a.xlsx", "表", (), "ab")


def line(value: str | None, office: str = "甲", target: Target | None = GOAL, **facts: object) -> Progress:
    code = str(facts.pop("code", "T001-01"))
    amount = None if value is None else Amount(value, Decimal(value))
    row = Assignment(code, "T001", office, facts.pop("role", Role.LEAD), target, facts.pop("deadline", None))  # type: ignore[arg-type] - by name
    return Progress(row, office, Entry(code, "", office, SOURCE, amount, **facts), Grade.OK)  # type: ignore[arg-type] - by name


def tallied(rule: LightRule, period: str, lines: list[Progress], *earlier: Tally) -> Tally:
    when = Period.parse(period)
    assert when
    lit = give_lights(lines, Scene(when, rule, earlier))
    return Tally(Plan(""), when, tuple(lit), (), rule.signs, office_lights(rule, lit, earlier))


def lights(rule: LightRule, period: str, lines: list[Progress], *earlier: Tally) -> list[str]:
    return [one.light.value for one in tallied(rule, period, lines, *earlier).lines]


def test_every_preset_says_what_it_is_and_where_it_comes_from() -> None:
    found = presets()
    assert [one.name for one in found] == [
        "default", "cangnan", "dazu", "ouhai", "sanya", "suqian", "tianjin", "xinhuang", "yinchuan",
    ]  # fmt: skip
    assert all(one.zh and one.en for one in found)
    assert all(one.source for one in found if one.name != "default")


@pytest.mark.parametrize("name", [one.name for one in presets()])
def test_every_preset_lights_whatever_is_reported(name: str) -> None:
    rule = preset(name)
    kinds = [Target("目标", kind=kind, comparator=Comparator.AT_LEAST, value=Decimal(8), unit="%") for kind in Kind]
    lines = [line(value, target=one) for one in kinds for value in ("0", "5", "20")]
    lines += [
        line(None, target=None, status=status, deadline=day) for status in Status for day in (None, date(2019, 5, 1))
    ]
    for period in ("2019-Q1", "2019-Q2", "2019"):
        for one in tallied(rule, period, lines).lines:
            assert one.light in {sign.light for sign in rule.signs}
            assert reason_text(one.reason, "zh")
            assert reason_text(one.reason, "en")


@pytest.mark.parametrize("name", [one.name for one in presets()])
def test_more_done_is_never_a_worse_light(name: str) -> None:
    rule = preset(name)
    order = [sign.light for sign in rule.signs]
    for target in (GOAL, GROWTH):
        for period in ("2019-03", "2019-H1", "2019-11", "2019"):
            found = [
                tallied(rule, period, [line(str(value), target=target)]).lines[0].light for value in range(0, 130, 3)
            ]
            places = [order.index(one) for one in found]
            assert places == sorted(places, reverse=True)


def test_the_default_preset_is_the_rule_that_the_code_falls_back_on() -> None:
    assert preset("default") == LightRule()


def test_default() -> None:
    """At mid-year of 100: 50 is on pace, 30 is 20 points behind, 29 more."""
    assert lights(preset("default"), "2019-H1", [line(one) for one in ("50", "49", "30", "29")]) == [
        "green", "yellow", "yellow", "red",
    ]  # fmt: skip


def test_yinchuan() -> None:
    """On pace green; 10 to 30 points behind, both included, yellow; more red. Overdue three periods running red."""
    rule = preset("yinchuan")
    values = [line(one) for one in ("50", "41", "40", "20", "19.9")]
    assert lights(rule, "2019-H1", values) == ["green", "green", "yellow", "yellow", "red"]
    late = line(None, target=None, status=Status.NOT_STARTED, deadline=date(2019, 1, 31))
    march = tallied(
        rule,
        "2019-03",
        [late],
        *(months := [tallied(rule, "2019-01", [late])]),
        tallied(rule, "2019-02", [late], *months),
    )
    assert march.lines[0].light is Light.RED
    assert months[0].lines[0].light is Light.YELLOW
    assert "连续3期" in reason_text(march.lines[0].reason, "zh")


def test_sanya() -> None:
    """June, 50 of 100 due: 50 green, 25 (half of it lacks) yellow, 24 red; an office missing two months is red."""
    rule = preset("sanya")
    assert lights(rule, "2019-06", [line(one) for one in ("50", "49", "25", "24")]) == [
        "green",
        "yellow",
        "yellow",
        "red",
    ]
    may = tallied(rule, "2019-05", [line("40", "甲"), line("50", "乙"), line("50", "丙")])
    june = tallied(rule, "2019-06", [line("49", "甲"), line("49", "乙"), line("50", "丙")], may)
    assert [(one.office, one.light.value) for one in june.offices] == [("甲", "red"), ("乙", "yellow"), ("丙", "green")]
    assert [reason_text(one.reason, "zh") for one in june.offices[:2]] == [
        "本期1项未达到，连续2期未达到",
        "本期1项未达到",
    ]
    assert rule.signs[2].zh == "红牌"


def test_tianjin() -> None:
    """Planned 8 %: at least that and the average (7.5) green; growing but below either yellow; negative red."""
    rule = preset("tianjin")
    found = tallied(
        rule,
        "2019-Q2",
        [line(one, office, GROWTH) for office, one in zip("甲乙丙丁", ("16", "8", "7", "-1"), strict=True)],
    )
    assert [one.light.value for one in found.lines] == ["green", "green", "yellow", "red"]
    higher = tallied(
        rule, "2019-Q2", [line(one, office, GROWTH) for office, one in zip("甲乙丙", ("16", "9", "11"), strict=True)]
    )
    assert [one.light.value for one in higher.lines] == ["green", "yellow", "yellow"]
    assert "低于平均12%" in reason_text(higher.lines[1].reason, "zh")


def test_tianjin_does_not_call_a_ceiling_negative() -> None:
    """Emissions planned at −2 % or less: −3 is met; −1 is not, but no negative growth either."""
    emissions = Target("下降2%以上", "排放", Kind.CEILING, Comparator.AT_MOST, Decimal(-2), unit="%")
    found = lights(preset("tianjin"), "2019-Q2", [line(one, target=emissions) for one in ("-3", "-1")])
    assert found == ["green", "yellow"]


def test_xinhuang() -> None:
    """120 a year, 10 a month, 50 by May: of June's own 10, 8 are normal, 7 and 6 tracked, 5 a yellow card."""
    rule, year = preset("xinhuang"), Target("新增120家", "企业", Kind.INCREMENT, value=Decimal(120), unit="家")
    may = tallied(rule, "2019-05", [line("50", target=year)])
    for done, light in (("60", "green"), ("58", "green"), ("57", "blue"), ("56", "blue"), ("55", "yellow")):
        june = tallied(rule, "2019-06", [line(done, target=year)], may)
        assert june.lines[0].light.value == light
    assert june.sign(june.lines[0].light).zh == "黄牌"
    assert "本期任务完成50.0%" in reason_text(june.lines[0].reason, "zh")


def test_cangnan() -> None:
    """Of six towns three are below pace and in the last three, one is below pace and not among them."""
    values = ("60", "50", "45", "40", "30", "20")
    found = lights(
        preset("cangnan"), "2019-H1", [line(one, office) for office, one in zip("甲乙丙丁戊己", values, strict=True)]
    )
    assert found == ["green", "green", "yellow", "red", "red", "red"]
    tied = lights(
        preset("cangnan"),
        "2019-H1",
        [line(one, office) for office, one in zip("甲乙丙丁戊", ("50", "40", "40", "40", "40"), strict=True)],
    )
    assert tied == ["green", "red", "red", "red", "red"]
    fine = lights(preset("cangnan"), "2019-H1", [line("50", office) for office in "甲乙丙丁"])
    assert fine == ["green"] * 4


def test_ouhai() -> None:
    """25 due by March, 20 there: red. 30 by June makes that good, though June itself is red; March turns yellow."""
    rule = preset("ouhai")
    march = tallied(rule, "2019-Q1", [line("20")])
    june = tallied(rule, "2019-Q2", [line("30")], march)
    assert [march.lines[0].light, june.lines[0].light] == [Light.RED, Light.RED]
    kept = made_good([march, june], rule)
    assert [one.lines[0].light for one in kept] == [Light.YELLOW, Light.RED]
    assert "2019年第二季度已补上" in reason_text(kept[0].lines[0].reason, "zh")
    assert "滞后5.0" in reason_text(kept[0].lines[0].reason, "zh")
    still = tallied(rule, "2019-Q2", [line("24")], march)
    assert made_good([march, still], rule)[0].lines[0].light is Light.RED


def test_suqian() -> None:
    """Overdue red, behind pace yellow, the deadline near blue, else green."""
    rule = preset("suqian")
    july = [
        line(None, target=None, status=Status.RUNNING, deadline=day)
        for day in (date(2019, 6, 20), date(2019, 7, 25), date(2019, 7, 31), date(2019, 12, 31))
    ]
    assert lights(rule, "2019-06", july) == ["red", "blue", "green", "green"]
    assert lights(rule, "2019-06", [line("40"), line("50")]) == ["yellow", "green"]
    assert lights(rule, "2019-06", [line(None, target=None, status=Status.DONE, deadline=date(2019, 6, 20))]) == [
        "green"
    ]


def test_dazu() -> None:
    """Below 30 per cent red, accepted blue; between them orange below 60, yellow below 100, green."""
    rule = preset("dazu")
    assert lights(rule, "2019-Q1", [line(one) for one in ("29", "30", "59", "60", "99", "100")]) == [
        "red", "orange", "orange", "yellow", "yellow", "green",
    ]  # fmt: skip
    assert lights(rule, "2019-Q1", [line("100", status=Status.DONE)]) == ["blue"]
    assert lights(rule, "2019-Q1", [line("20", status=Status.DONE)]) == ["red"]
    assert lights(rule, "2019-Q1", [line(None, target=None, status=Status.DONE)]) == ["blue"]
