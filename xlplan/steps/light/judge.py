"""The light of each row of a period, by a rule, with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.marks import half
from xlplan.model import Light, Role, Status
from xlplan.model.light import NO_REASON, Says, because
from xlplan.model.progress import Progress
from xlplan.steps.light.measure import HUNDRED, Measure, due_share, is_fewer, measure, tidy
from xlplan.steps.light.peers import Peers
from xlplan.steps.light.rule import Case, LightRule
from xlplan.steps.light.standing import Standing, choose
from xlplan.steps.light.status import Course

if TYPE_CHECKING:
    from xlplan.model import Assignment, Entry, Target
    from xlplan.model.light import Reason
    from xlplan.model.progress import Tally
    from xlplan.period import Period
    from xlplan.steps.merge import Slot

_YEARLY = re.compile("年度指标|(?:全年|年底|年末|年终)一次性|(?:年底|年末|年终)考核")


@dataclass(frozen=True)
class Scene:
    """What lights depend on beside the rows: the period, the rule, and the periods before, oldest first."""

    period: Period
    rule: LightRule = field(default_factory=LightRule)
    earlier: Sequence[Tally] = ()

    @cached_property
    def before(self) -> Mapping[Slot, tuple[Period, Decimal]]:
        """Each slot's last number in an earlier period."""
        return {
            (line.row.code, line.office): (tally.period, line.entry.amount.value)
            for tally in self.earlier
            for line in tally.lines
            if line.entry and line.entry.amount and line.entry.amount.value is not None
        }


def waits_for_year_end(row: Assignment, period: Period, rule: LightRule) -> bool:
    """Whether a row's target is a figure of the year's end, and the year has not ended."""
    target = row.target
    if target is None or period.pace == 1:
        return False
    return target.year_end or _is_asked_for(row, target, rule) or bool(_YEARLY.search(target.text))


def _is_asked_for(row: Assignment, target: Target, rule: LightRule) -> bool:
    """Whether the rule names a row or its target among those that are judged at the year's end."""
    if not rule.year_end:
        return False
    named, text = {row.code, half(target.indicator)}, half(target.text)
    return any(one in named or one in text for one in map(half, rule.year_end))


def give_lights(lines: Sequence[Progress], scene: Scene) -> list[Progress]:
    """The lines with their lights; those that have a reason already, because there is nothing to judge, stay."""
    rows = [None if line.reason or line.entry is None else _Row(line, line.entry, scene) for line in lines]
    measured = {
        at: (line.row, row.entry, row.measure)
        for at, (line, row) in enumerate(zip(lines, rows, strict=True))
        if row and row.measure
    }
    peers = Peers(measured, scene.rule.uses)
    running = _running(scene) if "missed_running" in scene.rule.uses else {}
    return [
        row.judged(row.standing(peers, at, running.get((line.row.code, line.office), 0))) if row else line
        for at, (line, row) in enumerate(zip(lines, rows, strict=True))
    ]


def _running(scene: Scene) -> dict[Slot, int]:
    """For each slot that missed what was due in the period before, how many periods running it did."""
    counts: dict[Slot, int] = {}
    for tally in scene.earlier:
        missed = ((line.row.code, line.office) for line in tally.lines if line.missed)
        counts = {slot: counts.get(slot, 0) + 1 for slot in missed}
    return counts


class _Row:
    """One row that was reported, being judged."""

    def __init__(self, line: Progress, entry: Entry, scene: Scene) -> None:
        self.line, self.row, self.entry, self.scene = line, line.row, entry, scene
        self.rule = scene.rule
        self.course = Course(line.row, entry, scene.period)

    @cached_property
    def value(self) -> Decimal | None:
        """The number that was reported for a target that a number answers."""
        asked = self.row.target is not None and self.row.target.is_number
        return self.entry.amount.value if asked and self.entry.amount else None

    @cached_property
    def measure(self) -> Measure | None:
        """How far its number is; None where there is none."""
        if self.row.target is None or self.value is None:
            return None
        return measure(self.row.target, self.value, self.scene.period, self.course.deadline)

    def standing(self, peers: Peers, at: int, running: int) -> Standing:
        """All that the rule may ask about it. A figure that the rule does not ask about is left out."""
        found, course = self.measure, self.course
        there = found.met if found else self.entry.status is Status.DONE
        overdue = course.is_past and not there and self.row.role is Role.LEAD
        asked = found if found and (self.rule.direct or not found.direct) else None
        return Standing(
            asked,
            self._of_period() if asked and "of_period_below" in self.rule.uses else None,
            asked is not None and not asked.met and self._is_negative(asked),
            peers.below_average(at) if asked else "",
            peers.from_the_end(at) if asked and asked.missed else None,
            running + 1 if (found.missed if found else overdue) else 0,
            overdue,
            course.deadline,
            None if there else course.days_left,
            there and self.entry.status is Status.DONE,
        )

    def _of_period(self) -> Decimal | None:
        """The per cent of the period's own task that was done in it; None of who is on pace, having no more to do."""
        found, target = self.measure, self.row.target
        if found is None or target is None or found.rate is None or not found.behind:
            return None
        last = self.scene.before.get((self.row.code, self.line.office))
        before = measure(target, last[1], last[0], self.course.deadline).rate if last else None
        due = found.due - (due_share(last[0], self.course.deadline) if last else 0)
        return tidy((found.rate - (before or Decimal(0))) / due * HUNDRED) if due > 0 else None

    def _is_negative(self, found: Measure) -> bool:
        """Whether a growth is below zero, or a figure below where it started; not where less is better."""
        if found.direct:
            return self.row.target is not None and not is_fewer(self.row.target) and (self.value or 0) < 0
        return (found.rate or 0) < 0

    def judged(self, standing: Standing) -> Progress:
        """The line with its light."""
        found = self.measure
        if waits_for_year_end(self.row, self.scene.period, self.rule):
            told = (found.rate, found.reason) if found else (None, NO_REASON)
            return replace(self.line, rate=told[0], reason=because(Says.YEAR_END) + told[1])
        if found is None:
            light, why = self._by_status(standing)
            rate = Decimal(1) if standing.done else None
            return replace(self.line, light=light, rate=rate, reason=why, missed=standing.overdue)
        light, why = choose(self.rule, standing) or (self._of_number(found), NO_REASON)
        why = found.reason + why
        if self.entry.status is Status.CHANGE:
            light = self.rule.worse(light, self.rule.cases[Case.CHANGE])
            why += because(Says.STATUS, status=Status.CHANGE)
        return replace(self.line, light=light, rate=found.rate, reason=why, behind=found.behind, missed=found.missed)

    def _of_number(self, found: Measure) -> Light:
        if found.met or not found.direct or self.rule.direct:
            return self.rule.otherwise
        return self.rule.cases[Case.UNMET_AT_END if self.scene.period.pace == 1 else Case.UNMET]

    def _by_status(self, standing: Standing) -> tuple[Light, Reason]:
        """A row without a number: by the rule's conditions, else by what its status amounts to."""
        status = self.entry.status
        said = because(Says.STATUS, status=status) if status else because(Says.NO_STATUS)
        case, why = self.course.case()
        light = Light.NONE if case is None else self.rule.cases[case]
        light, why = choose(self.rule, standing) or (light, why)
        return light, said + why
