"""Lights: what a rule calls them, and the reason for one as a record that any language can word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from xlplan.model.grades import Light

if TYPE_CHECKING:
    from datetime import datetime

Fact: TypeAlias = object
"""A number (Decimal), a day (date), a text, or one of the model's own words (StrEnum)."""


@dataclass(frozen=True)
class Sign:
    """One of the lights that a rule gives: what it is called, and which of green, yellow, red or none it counts as."""

    light: Light
    zh: str
    en: str
    counts_as: Light

    def word(self, lang: str) -> str:
        """Its name in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


NO_SIGN = Sign(Light.NONE, "未亮灯", "no light", Light.NONE)
SIGNS = (
    Sign(Light.GREEN, "绿灯", "green", Light.GREEN),
    Sign(Light.YELLOW, "黄灯", "yellow", Light.YELLOW),
    Sign(Light.RED, "红灯", "red", Light.RED),
    NO_SIGN,
)
"""The lights of most rules, best first; the last is that of a row which has none."""


class Says(StrEnum):
    """What one part of a reason says. `xlplan.reasons` has the words and names the facts that each needs."""

    AMOUNT = "amount"
    BASE = "base"
    RATE = "rate"
    NO_BASE = "no_base"
    PACE = "pace"
    BEHIND = "behind"
    ACTUAL = "actual"
    MET = "met"
    UNMET = "unmet"
    SHORT_POINTS = "short_points"
    SHORT_PLACES = "short_places"
    SHORT_UNITS = "short_units"
    OVER_POINTS = "over_points"
    OVER_UNITS = "over_units"
    YEAR_END = "year_end"
    OF_DUE = "of_due"
    OF_PERIOD = "of_period"
    OF_TARGET = "of_target"
    NEGATIVE = "negative"
    AVERAGE = "average"
    LAST = "last"
    RUNNING = "running"
    STATUS = "status"
    NO_STATUS = "no_status"
    DUE = "due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    STAGE = "stage"
    STAGE_UNSEEN = "stage_unseen"
    HALF_GONE = "half_gone"
    MADE_GOOD = "made_good"
    OFFICE_MISSED = "office_missed"
    OFFICE_FINE = "office_fine"
    NOT_REPORTED = "not_reported"
    ROW_ABSENT = "row_absent"
    BLANK = "blank"
    UNREAD = "unread"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a reason, with its facts by name."""

    says: Says
    facts: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row has its light: parts that make one sentence. Worded by `xlplan.reasons.reason_text`."""

    clauses: tuple[Clause, ...] = ()

    def __add__(self, other: Reason) -> Reason:
        return Reason(self.clauses + other.clauses)

    def __bool__(self) -> bool:
        return bool(self.clauses)


NO_REASON = Reason()


def because(says: Says, **facts: Fact) -> Reason:
    """A reason of one part; add them up for a longer one."""
    return Reason((Clause(says, tuple(sorted(facts.items()))),))


@dataclass(frozen=True)
class Ruling:
    """What a person decided about a light, as the ledger keeps it. No `office`: every one of the row; no `light`: none.

    The latest one of a row, period and office counts; without a light the rule's own is back.
    """

    row: str
    period: str
    office: str
    light: Light | None
    by: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Override:
    """A light that a person has set by hand: who, when and why, and the light that the rule gives (`instead`)."""

    by: str
    why: str
    at: datetime
    instead: Sign
