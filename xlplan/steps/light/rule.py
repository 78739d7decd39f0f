"""A light rule as a record: which lights there are, when each is lit, and what rows without a share of progress get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from xlplan.model import Light
from xlplan.model.light import NO_SIGN, SIGNS, Sign

Condition: TypeAlias = tuple[tuple[str, Decimal | bool], ...]
"""What must hold, all of it, for a light to be lit: names of `CONDITIONS` with their values."""

PERCENT, COUNT, FLAG = "percent", "count", "flag"
CONDITIONS = {
    "behind_over": PERCENT,
    "behind_from": PERCENT,
    "of_due_below": PERCENT,
    "of_period_below": PERCENT,
    "of_target_below": PERCENT,
    "last": COUNT,
    "missed_running": COUNT,
    "due_within": COUNT,
    "below_average": FLAG,
    "negative": FLAG,
    "overdue": FLAG,
    "done": FLAG,
}
"""The names of conditions, with the sort of value that each takes."""

OFFICE_CONDITIONS = {"missed_running": COUNT}
"""The conditions for the light of a whole office."""


class Case(StrEnum):
    """A row that no share of progress describes, and what its light then depends on."""

    DONE = "done"
    RUNNING = "running"
    NOT_STARTED = "not_started"
    NOT_STARTED_LATE = "not_started_late"
    CHANGE = "change"
    OVERDUE = "overdue"
    STAGE_UNSEEN = "stage_unseen"
    UNMET = "unmet"
    UNMET_AT_END = "unmet_at_end"


CASES: Mapping[Case, Light] = MappingProxyType(
    {
        Case.DONE: Light.GREEN,
        Case.RUNNING: Light.GREEN,
        Case.NOT_STARTED: Light.NONE,
        Case.NOT_STARTED_LATE: Light.YELLOW,
        Case.CHANGE: Light.YELLOW,
        Case.OVERDUE: Light.RED,
        Case.STAGE_UNSEEN: Light.YELLOW,
        Case.UNMET: Light.YELLOW,
        Case.UNMET_AT_END: Light.RED,
    }
)
"""The lights of the default rule; a rule file changes those that it names."""


@dataclass(frozen=True)
class Lamp:
    """One light of a rule: lit when one of its conditions holds.

    Without any it is lit when no other one is, or, being the rule's light for that, when a miss was made good.

    `office` is the condition for a whole office, where the rule has lights for offices too.
    """

    sign: Sign
    when: tuple[Condition, ...] = ()
    office: Condition | None = None


_GREEN, _YELLOW, _RED, _ = SIGNS
DEFAULT_LAMPS = (
    Lamp(_RED, ((("behind_over", Decimal(20)),),)),
    Lamp(_YELLOW, ((("behind_over", Decimal(0)),),)),
    Lamp(_GREEN),
)


@dataclass(frozen=True)
class LightRule:
    """A light rule. The lamps are asked in their order, worst first; the first one whose condition holds is lit.

    `direct`: growth, ratios and levels to be held are asked too, the whole target being due all year; else they go by
    the cases `unmet` and `unmet_at_end`. `made_good`: the light that a missed period gets once what was due has come.
    `year_end`: row codes, or words of targets, that are judged at the year's end only.
    """

    name: str = "default"
    lamps: tuple[Lamp, ...] = DEFAULT_LAMPS
    cases: Mapping[Case, Light] = field(default_factory=lambda: CASES)
    direct: bool = False
    made_good: Light | None = None
    year_end: tuple[str, ...] = ()

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """The rule's lights, best first, and last that of a row which has none."""
        return (*(lamp.sign for lamp in reversed(self.lamps)), NO_SIGN)

    def sign(self, light: Light) -> Sign:
        """What the rule calls a light."""
        return next((sign for sign in self.signs if sign.light is light), NO_SIGN)

    @cached_property
    def otherwise(self) -> Light:
        """The light that is lit when no condition holds."""
        free = [lamp.sign.light for lamp in self.lamps if not lamp.when]
        return next((light for light in free if light is not self.made_good), Light.NONE)

    @cached_property
    def uses(self) -> frozenset[str]:
        """The names of the conditions that the rule asks for."""
        return frozenset(name for lamp in self.lamps for condition in lamp.when for name, _ in condition)

    @cached_property
    def has_offices(self) -> bool:
        """Whether offices have lights too."""
        return any(lamp.office is not None for lamp in self.lamps)

    def worse(self, one: Light, other: Light) -> Light:
        """The worse of two lights; no light is better than any."""
        order = [sign.light for sign in self.signs[:-1]]
        return max(one, other, key=lambda light: order.index(light) if light in order else -1)
