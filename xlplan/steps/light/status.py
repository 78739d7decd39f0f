"""Rows by their status and the days they are due: deadlines, stages, and what a status then amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.model import Role, Status
from xlplan.model.light import NO_REASON, Says, because
from xlplan.steps.light.rule import Case
from xlplan.steps.light.stages import Stage, stages, tells_of

if TYPE_CHECKING:
    from xlplan.model import Assignment, Entry
    from xlplan.model.light import Reason
    from xlplan.period import Period


@dataclass(frozen=True)
class Course:
    """A row's course through the year, as one return tells it: what is due when, and how that stands."""

    row: Assignment
    entry: Entry
    period: Period

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of a milestone."""
        target = self.row.target
        return stages(target.text, self.period.year) if target and not target.is_number else ()

    @cached_property
    def deadline(self) -> date | None:
        """The day by which all of it is due."""
        if self.stages:
            named = [self.row.deadline] if self.row.deadline else []
            return max([*named, *(stage.day for stage in self.stages)])
        return self.row.deadline or (self.row.target.due if self.row.target else None)

    @property
    def is_past(self) -> bool:
        """Whether the deadline has passed by the period's end."""
        return self.deadline is not None and self.deadline < self.period.end

    @property
    def days_left(self) -> int | None:
        """The days from the period's last one to the deadline; None where that has passed, or there is none."""
        if self.deadline is None or self.is_past:
            return None
        return (self.deadline - (self.period.end - timedelta(days=1))).days

    @property
    def is_late(self) -> bool:
        """Whether its leading office let the deadline pass without saying that it is done."""
        return self.is_past and self.entry.status is not Status.DONE and self.row.role is Role.LEAD

    def case(self) -> tuple[Case | None, Reason]:
        """What the status amounts to, None when to nothing, and what that adds to the reason."""
        status = self.entry.status
        if status in {None, Status.NOT_APPLICABLE}:
            return None, NO_REASON
        if status is Status.DONE:
            return Case.DONE, NO_REASON
        if self.is_late:
            return Case.OVERDUE, because(Says.OVERDUE, day=self.deadline)
        due = [stage for stage in self.stages if stage.day < self.period.end]
        if due and self.row.role is Role.LEAD:
            return self._stage(due[-1])
        return self._open()

    def _stage(self, stage: Stage) -> tuple[Case, Reason]:
        """By the latest stage that is due."""
        status, facts = self.entry.status, {"what": stage.what, "day": stage.day}
        if status is Status.NOT_STARTED:
            return Case.OVERDUE, because(Says.STAGE, **facts)
        if not stage.begins and not tells_of(self.entry.progress, stage):
            return Case.STAGE_UNSEEN, because(Says.STAGE_UNSEEN, **facts)
        return Case.CHANGE if status is Status.CHANGE else Case.RUNNING, because(Says.STAGE, **facts)

    def _open(self) -> tuple[Case, Reason]:
        """Where nothing is due yet."""
        if self.entry.status is Status.CHANGE:
            return Case.CHANGE, NO_REASON
        if self.entry.status is Status.RUNNING:
            ahead = self.days_left is not None
            return Case.RUNNING, because(Says.DUE, day=self.deadline) if ahead else NO_REASON
        if self.period.pace * 2 < 1:
            return Case.NOT_STARTED, NO_REASON
        return Case.NOT_STARTED_LATE, because(Says.HALF_GONE)
