"""Lights: how a row's progress stands against the year, by a rule, with the reason in one sentence.

序时进度 is the share of the year that has passed at the period's end. What a figure is compared with depends on the
target's kind: see `measure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlplan.model import Comparator, Kind, Light, Role, Says, Status, because
from xlplan.reasons import plain
from xlplan.words import word

if TYPE_CHECKING:
    from xlplan.model import Assignment, Entry, Reason, Target
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
    reason: Reason


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
        return Measure(rate, met, Decimal(0), _direct(target, value, met=met))
    base = target.baseline if target.kind is Kind.LEVEL and target.baseline is not None else Decimal(0)
    rate = (value - base) / (goal - base) if goal != base else Decimal(int(met))
    pace = Decimal(period.pace.numerator) / Decimal(period.pace.denominator)
    behind = Decimal(0) if met else max(Decimal(0), (pace - rate) * _HUNDRED)
    reason = because(Says.AMOUNT, value=value, goal=goal, unit=target.unit)
    reason += because(Says.RATE, rate=rate) + because(Says.PACE, pace=pace)
    return Measure(rate, met, behind, reason + because(Says.BEHIND, points=behind) if behind else reason)


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


def light_of(row: Assignment, entry: Entry, period: Period, rule: LightRule) -> tuple[Light, Decimal | None, Reason]:
    """The light of a row that was reported, its rate, and the reason in one sentence."""
    amount = entry.amount.value if entry.amount else None
    if row.target is None or not row.target.is_number or amount is None:
        return _by_status(row, entry, period)
    result = measure(row.target, amount, period)
    if row.target.kind in _DIRECT or row.target.comparator in _FEWER:
        light = Light.GREEN if result.met else (Light.RED if period.pace == 1 else Light.YELLOW)
    else:
        light = _band(result.behind, rule)
    return light, result.rate, result.reason


def _band(behind: Decimal, rule: LightRule) -> Light:
    if behind <= rule.green:
        return Light.GREEN
    return Light.YELLOW if behind <= rule.yellow else Light.RED


def _by_status(row: Assignment, entry: Entry, period: Period) -> tuple[Light, Decimal | None, Reason]:
    """A row without a number: by its status, and by its deadline where it has one."""
    over = row.deadline is not None and row.deadline < period.end
    said = because(Says.STATUS, status=entry.status) if entry.status else because(Says.NO_STATUS)
    if entry.status is Status.DONE:
        return Light.GREEN, Decimal(1), said
    if entry.status is None or entry.status is Status.NOT_APPLICABLE:
        return Light.NONE, None, said
    if over and row.role is Role.LEAD:
        return Light.RED, None, said + because(Says.OVERDUE, day=row.deadline)
    if entry.status is Status.RUNNING:
        return Light.GREEN, None, said + because(Says.DUE, day=row.deadline) if row.deadline and not over else said
    if entry.status is Status.CHANGE:
        return Light.YELLOW, None, said
    late = period.pace * 2 >= 1
    return (Light.YELLOW if late else Light.NONE), None, said + because(Says.HALF_GONE) if late else said


def _direct(target: Target, value: Decimal, *, met: bool) -> Reason:
    sign = "" if target.comparator is Comparator.RANGE else word(target.comparator)
    goal = plain(target.value or Decimal(0))
    if target.value_max is not None:
        goal += f"~{plain(target.value_max)}"
    said = because(Says.ACTUAL, value=value, unit=target.unit, goal=f"{sign}{goal}")
    return said + because(Says.MET if met else Says.UNMET)
