"""What the collecting office knows when it opens a file that came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.model import Sent
from xlplan.period import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.model import Assignment, Office, Plan


@dataclass(frozen=True)
class Desk:
    """What the collecting office knows: the plan, its key, every form that was sent, the period asked for.

    `remembered` holds the period that a file, by digest, was recorded under before.
    """

    plan: Plan
    key: bytes
    sent: Sent = field(default_factory=Sent)
    period: Period | None = None
    remembered: Mapping[str, Period] = field(default_factory=dict)

    @cached_property
    def latest(self) -> Period | None:
        """The period of the newest forms; None when none was sent."""
        periods = [period for code in self.sent.periods if (period := Period.parse(code))]
        return max(periods, key=lambda one: (one.end, one.start), default=None)

    @cached_property
    def answering(self) -> dict[str, tuple[Office, ...]]:
        """For each owner that rows of the plan have, the offices that answer for it."""
        from xlplan.steps.offices import Roster

        roster = Roster(self.plan.offices)
        return {name: roster.expand(name) for name in {row.office for row in self.plan.rows}}

    @cached_property
    def rows(self) -> dict[str, Assignment]:
        """The plan's rows by code."""
        return {row.code: row for row in reversed(self.plan.rows)}
