"""Lights: how a row's progress stands against the year, by a rule, with the reason in one sentence.

序时进度 is the share of the year that has passed at the period's end. What a figure is compared with depends on the
target's kind: see `measure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from xlplan.model import Comparator, Kind, Light, Role, Status
from xlplan.words import word

if TYPE_CHECKING:
    from xlplan.model import Assignment, Entry, Target
    from xlplan.period import Period

_DIRECT = frozenset({Kind.GROWTH, Kind.RATIO, Kind.RANK, Kind.CEILING})
_FEWER = frozenset({Comparator.AT_MOST, Comparator.LESS})
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class LightRule:
    """A light rule: how many percentage points behind pace are still green, and how many are still yellow."""

    name: str = "default"
    green: Decimal = Decimal(0)
    yellow: Decimal = Decimal(20)


PRESETS = {
    "default": LightRule(),
    "yinchuan": LightRule("yinchuan", Decimal(10), Decimal(30)),
}
"""The rules that ship; the yinchuan rule leaves 0 to 10 points behind undefined, which counts as green here."""


@dataclass(frozen=True)
class Measure:
    """How far a row is: `rate` 1 is the whole target; `met` whether the target holds; `behind` in percentage points."""

    rate: Decimal | None
    met: bool
    behind: Decimal
    words: str


def measure(target: Target, value: Decimal, period: Period) -> Measure:
    """The progress of a value against its target at a period's end.

    Increments go by the share of the target; levels by the way from the baseline where it is known; growth, ratios,
    ranks and ceilings compare directly, because they do not add up over a year.
    """
    goal = target.value or Decimal(0)
    met = holds(target, value)
    fewer = target.comparator in _FEWER or target.kind in {Kind.RANK, Kind.CEILING}
    if target.kind in _DIRECT or fewer or goal <= 0:
        rate = None if fewer or goal <= 0 else value / goal  # of a ceiling or a rank no share can be done
        return Measure(rate, met, Decimal(0), _direct_words(target, value, met=met))
    base = target.baseline if target.kind is Kind.LEVEL and target.baseline is not None else Decimal(0)
    rate = (value - base) / (goal - base) if goal != base else Decimal(int(met))
    pace = Decimal(period.pace.numerator) / Decimal(period.pace.denominator)
    behind = Decimal(0) if met else max(Decimal(0), (pace - rate) * _HUNDRED)
    words = f"完成{plain(value)}/{plain(goal)}{target.unit},{percent(rate)},序时{percent(pace)}"
    return Measure(rate, met, behind, words + (f",滞后{points(behind)}个百分点" if behind else ""))


def holds(target: Target, value: Decimal) -> bool:
    """Whether a value reaches its target."""
    goal = target.value or Decimal(0)
    if target.comparator is Comparator.MORE:
        return value > goal
    if target.comparator is Comparator.LESS:
        return value < goal
    if target.comparator is Comparator.AT_MOST:
        return value <= goal
    if target.comparator is Comparator.EQUAL:
        return value == goal
    return value >= goal


def light_of(row: Assignment, entry: Entry, period: Period, rule: LightRule) -> tuple[Light, Decimal | None, str]:
    """The light of a row that was reported, its rate, and the reason in one sentence."""
    amount = entry.amount.value if entry.amount else None
    if row.target is None or not row.target.is_number or amount is None:
        return _by_status(row, entry, period)
    result = measure(row.target, amount, period)
    if row.target.kind in _DIRECT or row.target.comparator in _FEWER:
        light = Light.GREEN if result.met else (Light.RED if period.pace == 1 else Light.YELLOW)
    else:
        light = _band(result.behind, rule)
    return light, result.rate, result.words


def _band(behind: Decimal, rule: LightRule) -> Light:
    if behind <= rule.green:
        return Light.GREEN
    return Light.YELLOW if behind <= rule.yellow else Light.RED


def _by_status(row: Assignment, entry: Entry, period: Period) -> tuple[Light, Decimal | None, str]:
    """A row without a number: by its status, and by its deadline where it has one."""
    over = row.deadline is not None and row.deadline < period.end
    if entry.status is Status.DONE:
        return Light.GREEN, Decimal(1), "已完成"
    if entry.status is None or entry.status is Status.NOT_APPLICABLE:
        return Light.NONE, None, entry.status_raw or "没有填写状态"
    if over and row.role is Role.LEAD:
        return Light.RED, None, f"{entry.status.value},已过完成时限{row.deadline}"
    if entry.status is Status.RUNNING:
        return Light.GREEN, None, "推进中,未到完成时限" if row.deadline else "推进中"
    if entry.status is Status.CHANGE:
        return Light.YELLOW, None, "申请调整"
    late = period.pace * 2 >= 1
    return (Light.YELLOW if late else Light.NONE), None, "未启动,全年已过半" if late else "未启动"


def _direct_words(target: Target, value: Decimal, *, met: bool) -> str:
    sign = "" if target.comparator is Comparator.RANGE else word(target.comparator)
    goal = plain(target.value or Decimal(0))
    if target.value_max is not None:
        goal += f"~{plain(target.value_max)}"
    return f"完成{plain(value)}{target.unit},目标{sign}{goal}{target.unit},{'已达到' if met else '未达到'}"


def plain(value: Decimal) -> str:
    """A number as people write it, at most four decimals."""
    text = f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")


def percent(rate: Decimal) -> str:
    """A rate as a percentage with one decimal."""
    return f"{(rate * _HUNDRED).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def points(value: Decimal) -> str:
    """Percentage points with one decimal."""
    return str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
