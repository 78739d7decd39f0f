"""Where a row stands: everything that a rule's conditions may ask about it, and why each of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlplan.model.light import NO_REASON, Says, because
from xlplan.steps.light.measure import HUNDRED, tidy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from xlplan.model import Light
    from xlplan.model.light import Reason
    from xlplan.steps.light.measure import Measure
    from xlplan.steps.light.rule import Condition, LightRule


@dataclass(frozen=True)
class Standing:
    """What is known of a row at a period's end.

    `average` is set where the row is below that of its like, `last` is its place from the end; `running` counts the
    periods up to this one in which it missed what was due; `days` are left to the deadline, None where none matters.
    """

    measure: Measure | None = None
    of_period: Decimal | None = None
    negative: bool = False
    average: str = ""
    last: int | None = None
    running: int = 0
    overdue: bool = False
    deadline: date | None = None
    days: int | None = None
    done: bool = False


Test = tuple["Callable[[Standing, Decimal], bool]", "Callable[[Standing], Reason]"]


def _of_due(one: Standing) -> Decimal | None:
    """The per cent of what was due that is there."""
    if one.measure is None:
        return None
    if one.measure.rate is None:
        return HUNDRED if one.measure.met else Decimal(0)
    return tidy(one.measure.rate / one.measure.due * HUNDRED)


def _of_target(one: Standing) -> Decimal | None:
    return None if one.measure is None or one.measure.rate is None else tidy(one.measure.rate * HUNDRED)


def _below(found: Decimal | None, most: Decimal, one: Standing) -> bool:
    met = one.measure is not None and one.measure.met
    return found is not None and found < most and not (met and most <= HUNDRED)


def _behind(one: Standing) -> Decimal:
    return one.measure.behind or Decimal(0) if one.measure else Decimal(0)


def _share(says: Says, share: Decimal | None) -> Reason:
    return because(says, share=share) if share is not None else NO_REASON


_TESTS: dict[str, Test] = {
    "behind_over": (lambda one, most: _behind(one) > most, lambda _: NO_REASON),
    "behind_from": (lambda one, least: one.measure is not None and _behind(one) >= least > 0, lambda _: NO_REASON),
    "of_due_below": (lambda one, most: _below(_of_due(one), most, one), lambda one: _share(Says.OF_DUE, _of_due(one))),
    "of_period_below": (
        lambda one, most: _below(one.of_period, most, one),
        lambda one: _share(Says.OF_PERIOD, one.of_period),
    ),
    "of_target_below": (
        lambda one, most: _below(_of_target(one), most, one),
        lambda one: _share(Says.OF_TARGET, _of_target(one)),
    ),
    "last": (
        lambda one, most: one.last is not None and one.last <= most,
        lambda one: because(Says.LAST, place=one.last),
    ),
    "missed_running": (lambda one, least: one.running >= least, lambda one: because(Says.RUNNING, count=one.running)),
    "due_within": (
        lambda one, most: one.days is not None and one.days <= most,
        lambda one: because(Says.DUE_SOON, day=one.deadline, days=one.days),
    ),
    "below_average": (lambda one, _: bool(one.average), lambda one: because(Says.AVERAGE, average=one.average)),
    "negative": (lambda one, _: one.negative, lambda _: because(Says.NEGATIVE)),
    "overdue": (lambda one, _: one.overdue, lambda one: because(Says.OVERDUE, day=one.deadline)),
    "done": (lambda one, _: one.done, lambda _: NO_REASON),
}
"""For each name of `rule.CONDITIONS` whether it holds, and what a reason says of it where it does."""


def choose(rule: LightRule, standing: Standing) -> tuple[Light, Reason] | None:
    """The first light of the rule whose condition holds, and what that adds to the reason; None when none does."""
    for lamp in rule.lamps:
        for condition in lamp.when:
            if all(_holds(standing, name, value) for name, value in condition):
                return lamp.sign.light, _why(standing, condition)
    return None


def _holds(standing: Standing, name: str, asked: Decimal | bool) -> bool:  # noqa: FBT001 - a flag's wanted state
    test = _TESTS[name][0]
    return test(standing, Decimal(0)) is asked if isinstance(asked, bool) else test(standing, asked)


def _why(standing: Standing, condition: Condition) -> Reason:
    said = NO_REASON
    for name, asked in condition:
        if asked is not False:
            said += _TESTS[name][1](standing)
    return said
