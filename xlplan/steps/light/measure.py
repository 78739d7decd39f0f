"""How far a figure is: its share of the target, what was due by the period's end, and how much it lacks.

序时进度 is the share of the year that has passed at the period's end. What a figure is compared with depends on its
target's kind: see `measure`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlplan.model import Comparator, Kind
from xlplan.model.light import NO_REASON, Says, because
from xlplan.reasons import plain
from xlplan.words import word

if TYPE_CHECKING:
    from datetime import date

    from xlplan.model import Target
    from xlplan.model.light import Reason
    from xlplan.period import Period

ABOUT = Decimal(5)
"""The per cent that a figure may lack of a target that is only a rough one (左右)."""

HUNDRED = Decimal(100)
_NOTHING = Decimal(0)
_HAIR = Decimal("1E-9")  # what a figure lacks that equals a target which it should exceed
_PLACES = 9
_SEEN = Decimal("0.05")  # points that are still written as 0.1
_DIRECT = frozenset({Kind.GROWTH, Kind.RATIO, Kind.RANK, Kind.CEILING})
_FEWER = frozenset({Comparator.AT_MOST, Comparator.LESS})
_FALLS = re.compile("[降减压缩退]|削")
_PERCENT = frozenset({"%", "‰", "个百分点", "百分点", ""})


@dataclass(frozen=True)
class Measure:
    """How far a figure is. `rate` 1 is the whole target, None where no share can be done; `due` is the share expected.

    `behind` is in percentage points of the way, 0 where nothing lacks, and None where a figure is compared directly.
    """

    rate: Decimal | None
    met: bool
    due: Decimal
    behind: Decimal | None
    reason: Reason

    @property
    def direct(self) -> bool:
        """Whether the figure is compared with the target itself all year, not with a part of it."""
        return self.behind is None

    @property
    def missed(self) -> bool:
        """Whether what was due by the period's end is not there."""
        return not self.met if self.behind is None else self.behind > 0


def tidy(value: Decimal) -> Decimal:
    """A share or a difference of shares without what division left behind its ninth decimal: thresholds are exact."""
    return round(value, _PLACES) if value.adjusted() < _PLACES else value


def pace_of(period: Period) -> Decimal:
    """序时进度: the share of the year that has passed at the period's end."""
    return Decimal(period.pace.numerator) / Decimal(period.pace.denominator)


def due_share(period: Period, deadline: date | None) -> Decimal:
    """The share of a target that is due by the period's end: all of it from its deadline on."""
    return Decimal(1) if deadline is not None and deadline < period.end else pace_of(period)


def measure(target: Target, value: Decimal, period: Period, deadline: date | None = None) -> Measure:
    """The progress of a value against its target at a period's end.

    Increments go by the share of the target; levels by the way from the baseline where it is known, else by the share
    of the whole; growth, ratios, ranks and ceilings compare directly, because they do not add up over a year. So does
    a level that is only to be held, and a target that no share can be made of (zero, or below).
    """
    due, way = due_share(period, deadline), _way(target)
    met = holds(target, value)
    if way is None:
        goal = target.value or _NOTHING
        rate = value / goal if goal > 0 and not is_fewer(target) else None
        return Measure(rate, met, Decimal(1), None, _direct(target, value, met=met))
    base, goal = way
    rate = (value - base) / (goal - base)
    behind = _NOTHING if met else max(_NOTHING, tidy((due - rate) * HUNDRED))
    if not met and not behind and due == 1:
        behind = _HAIR  # exactly the figure that is to be exceeded
    return Measure(rate, met, due, behind, _pro_rata(target, value, rate, due, behind))


def _way(target: Target) -> tuple[Decimal, Decimal] | None:
    """Where a figure starts and where it is to go, if a share of that can be done; None when it compares directly."""
    goal, base = target.value, target.baseline
    if goal is None or target.kind in _DIRECT:
        return None
    if target.kind is not Kind.LEVEL or base is None:
        return (_NOTHING, goal) if goal > 0 and target.comparator not in _FEWER else None
    if base == goal or (base > goal) is not is_falling(target):
        return None  # to be held, a floor, or a ceiling above what there is
    return base, goal


def is_falling(target: Target) -> bool:
    """Whether a level is to come down from its baseline: it says so, or it is to be at most its figure."""
    if target.kind is not Kind.LEVEL or target.baseline is None or target.value is None:
        return False
    return target.baseline > target.value and (target.comparator in _FEWER or bool(_FALLS.search(target.text)))


def is_fewer(target: Target) -> bool:
    """Whether less is better."""
    return target.comparator in _FEWER or target.kind in {Kind.RANK, Kind.CEILING} or is_falling(target)


def holds(target: Target, value: Decimal) -> bool:
    """Whether a value reaches its target. More than enough is enough; of ranks, ceilings and falling levels, less is.

    Of a range the nearer end counts. A rough figure (左右) is reached at 95 per cent of it.
    """
    low = target.value or _NOTHING
    high = target.value_max if target.value_max is not None else low
    slack = abs(low) * ABOUT / HUNDRED if target.comparator is Comparator.ABOUT else _NOTHING
    if is_fewer(target):
        return value < low if target.comparator is Comparator.LESS else value <= max(low, high) + slack
    return value > low if target.comparator is Comparator.MORE else value >= min(low, high) - slack


def _pro_rata(target: Target, value: Decimal, rate: Decimal, due: Decimal, behind: Decimal) -> Reason:
    said = because(Says.AMOUNT, value=value, goal=target.value or _NOTHING, unit=target.unit)
    if target.kind is Kind.LEVEL and target.baseline is not None:
        said += because(Says.BASE, base=target.baseline, unit=target.unit)
    said += because(Says.RATE, rate=rate)
    if target.kind is Kind.LEVEL and target.baseline is None:
        said += because(Says.NO_BASE)
    said += because(Says.PACE, pace=due)
    if behind >= _SEEN:
        return said + because(Says.BEHIND, points=behind)
    return said + (because(Says.UNMET) if behind else NO_REASON)


def _direct(target: Target, value: Decimal, *, met: bool) -> Reason:
    sign = "" if target.comparator is Comparator.RANGE else word(_shown(target))
    goal = plain(target.value or _NOTHING)
    if target.value_max is not None:
        goal += f"~{plain(target.value_max)}"
    said = because(Says.ACTUAL, value=value, unit=target.unit, goal=f"{sign}{goal}")
    return said + (because(Says.MET) if met else because(Says.UNMET) + _lacking(target, value))


def _shown(target: Target) -> Comparator:
    """The comparator as it is meant: a rank or a ceiling given as a bare number is at most that."""
    bare = target.comparator in {Comparator.AT_LEAST, Comparator.EQUAL}
    return Comparator.AT_MOST if bare and is_fewer(target) else target.comparator


def _lacking(target: Target, value: Decimal) -> Reason:
    """How much a figure lacks of its target, or exceeds it; nothing where it only equals what it should exceed."""
    low = target.value or _NOTHING
    fewer = is_fewer(target)
    gap = value - max(low, target.value_max or low) if fewer else low - value
    if gap <= 0:
        return NO_REASON
    if target.kind is Kind.RANK:
        return because(Says.SHORT_PLACES, gap=gap)
    if target.unit in _PERCENT and target.kind in _DIRECT:
        return because(Says.OVER_POINTS if fewer else Says.SHORT_POINTS, gap=gap)
    return because(Says.OVER_UNITS if fewer else Says.SHORT_UNITS, gap=gap, unit=target.unit)
