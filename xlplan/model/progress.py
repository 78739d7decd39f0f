"""Progress: every slot, the tally of a period and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from xlplan.model.grades import Light
from xlplan.model.light import NO_REASON, NO_SIGN, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from xlplan.finding import Finding
    from xlplan.model.entries import Entry, Submission
    from xlplan.model.grades import Doubt, Grade, Turn
    from xlplan.model.light import Override, Reason, Sign
    from xlplan.model.plan import Assignment, Office, Plan
    from xlplan.period import Period

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Progress:
    """进展 of one slot. `office` answers for it: the row's own, or a member of a collective one. `rate`: 1 is done.

    `missed`: what was due by the period's end is not there; `behind` says by how many percentage points of the way,
    None where a figure is not measured so. `light` is the one that counts; where a person has set it, `override` tells
    who and why, and what the rule gives.
    """

    row: Assignment
    office: str
    entry: Entry | None
    grade: Grade
    light: Light = Light.NONE
    rate: Decimal | None = None
    reason: Reason = NO_REASON
    override: Override | None = None
    behind: Decimal | None = None
    missed: bool = False


@dataclass(frozen=True)
class OfficeLight:
    """The light of a whole office, by its rows of this period and those before."""

    office: str
    light: Light
    reason: Reason


@dataclass(frozen=True)
class Tally:
    """One period's progress: a line per row in plan order, and the findings that arose.

    `signs` are the lights that the rule can give, best first, and last that of a row without one; `offices` has the
    lights of whole offices, where the rule gives any.
    """

    plan: Plan
    period: Period
    lines: tuple[Progress, ...]
    findings: tuple[Finding, ...] = field(default=())
    signs: tuple[Sign, ...] = SIGNS
    offices: tuple[OfficeLight, ...] = ()

    @property
    def lights(self) -> tuple[Light, ...]:
        """The colours of its signs."""
        return tuple(sign.light for sign in self.signs)

    def sign(self, light: Light) -> Sign:
        """What the rule calls a light and what it counts as."""
        return next((sign for sign in self.signs if sign.light is light), NO_SIGN)

    def of_office(self, name: str) -> list[Progress]:
        """The lines that an office answers for."""
        return self._by_office.get(name, [])

    def of_row(self, code: str) -> list[Progress]:
        """The lines of a row: one for each office that answers for it."""
        return self._by_row.get(code, [])

    def about_row(self, code: str) -> list[Finding]:
        """The findings that name a row."""
        return self._about.get(code, [])

    @cached_property
    def _by_office(self) -> dict[str, list[Progress]]:
        return _grouped((line.office, line) for line in self.lines)

    @cached_property
    def _by_row(self) -> dict[str, list[Progress]]:
        return _grouped((line.row.code, line) for line in self.lines)

    @cached_property
    def _about(self) -> dict[object, list[Finding]]:
        return _grouped((dict(one.facts).get("row"), one) for one in self.findings)


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


@dataclass(frozen=True, slots=True)
class Change:
    """变化: one turn of one slot, with its line now and a period ago (None: the slot was not due then)."""

    turn: Turn
    now: Progress
    before: Progress | None = None


@dataclass(frozen=True)
class Dispute:
    """冲突与待认领: answers that a person has to settle, and the row that they are about; None where nobody knows."""

    doubt: Doubt
    entries: tuple[Entry, ...]
    row: Assignment | None = None


@dataclass(frozen=True)
class Return:
    """What one office owed for a period and what came: the file that counts (None: nothing), and the days it was late.

    `late` is counted from the deadline to the day of receipt, or to today when nothing came; 0 is on time or not due.
    """

    office: Office
    submission: Submission | None = None
    received: datetime | None = None
    late: int = 0
    files: int = 0


@dataclass(frozen=True)
class Context:
    """What stands around one period's tally: the day it is made, who owed a return, every file, the earlier periods.

    `changes` is what turned against the previous one; a first period has none. `disputes` wait for a person.
    `times_late` counts for each office's name the periods of the year, with this one, in which it was late or silent.
    """

    today: date
    deadline: date | None = None
    returns: tuple[Return, ...] = ()
    files: tuple[Submission, ...] = ()
    earlier: tuple[Tally, ...] = ()
    changes: tuple[Change, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    times_late: Mapping[str, int] = field(default_factory=dict)

    @property
    def previous(self) -> Tally | None:
        """The period before this one; None for the first."""
        return self.earlier[-1] if self.earlier else None
