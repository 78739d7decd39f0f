"""What was read of plan.xlsx, kept until anything that the reading depends on changes."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlplan.files.disk import digest
from xlplan.ledger.records import finding_of, finding_record
from xlplan.model import Assignment, Comparator, Kind, Office, Plan, Role, Section, Target, Task
from xlplan.workflow.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xlplan.finding import Finding

_PART = 1000  # rows that are put into words at once
_MISREAD = (AttributeError, KeyError, TypeError, ValueError, ArithmeticError)


@dataclass(frozen=True)
class PlanRead:
    """A plan workbook as read: the plan (None when it is none), the findings, and what is still to be written down.

    `given` are the codes that the workbook lacks, by sheet and cell; `news` the identities, by code, that the ledger
    does not know yet.
    """

    plan: Plan | None
    findings: tuple[Finding, ...]
    given: Mapping[tuple[str, str], str]
    news: Mapping[str, str]


@dataclass(frozen=True)
class PlanCache:
    """The last reading of plan.xlsx."""

    kept: Kept

    @classmethod
    def of(cls, root: Path, data: bytes, *others: object) -> PlanCache:
        """The cache of a workspace, for a plan.xlsx of these bytes and whatever else its reading depends on."""
        return cls(Kept.of(root, "plan", digest(data), *others))

    def get(self) -> PlanRead | None:
        """What was kept; None when nothing was."""
        try:
            return _read_of(self.kept.get())
        except _MISREAD:
            return None

    def put(self, read: PlanRead) -> None:
        """Keep a reading, where there is a plan in it."""
        if read.plan is not None:
            self.kept.put(_record(read.plan, read))


def _record(plan: Plan, read: PlanRead) -> Iterator[dict[str, Any]]:
    """A plan as it stands in plan.xlsx, in parts: its tasks are a title and a text, everything else is in the rows."""
    yield {
        "about": [plan.title, plan.issuer, plan.number, plan.year, plan.language],
        "sections": [[one.code, one.label, one.title] for one in plan.sections],
        "offices": [astuple(one) for one in plan.offices],
        "findings": [finding_record(one) for one in read.findings],
        "given": [[sheet, cell, code] for (sheet, cell), code in read.given.items()],
        "news": dict(read.news),
    }
    for start in range(0, max(len(plan.tasks), len(plan.rows)), _PART):
        tasks, rows = plan.tasks[start : start + _PART], plan.rows[start : start + _PART]
        yield {
            "tasks": [[one.code, one.label, one.section, one.title, one.text] for one in tasks],
            "rows": [_row_record(row) for row in rows],
        }


def _read_of(record: list[dict[str, Any]]) -> PlanRead:
    head, *parts = record
    title, issuer, number, year, language = head["about"]
    plan = Plan(
        title,
        issuer,
        number,
        year,
        tuple(Section(*one) for one in head["sections"]),
        tuple(Task(*one) for part in parts for one in part["tasks"]),
        offices=tuple(_office_of(one) for one in head["offices"]),
        rows=tuple(_row_of(one) for part in parts for one in part["rows"]),
        language=language,
    )
    given = {(sheet, cell): code for sheet, cell, code in head["given"]}
    return PlanRead(plan, tuple(map(finding_of, head["findings"])), given, head["news"])


def _row_record(row: Assignment) -> list[Any]:
    """A row without names for its parts, which would be most of a large plan."""
    due = row.deadline.isoformat() if row.deadline else ""
    target = _target_record(row.target) if row.target else None
    return [row.code, row.task, row.office, row.role, target, due, row.leader, row.extra]


def _target_record(one: Target) -> list[Any]:
    numbers = [None if number is None else str(number) for number in (one.value, one.value_max, one.baseline)]
    due = one.due.isoformat() if one.due else ""
    return [
        one.text,
        one.indicator,
        one.kind,
        one.comparator,
        one.unit,
        one.hedge,
        one.scope,
        *numbers,
        due,
        one.year_end,
    ]


def _row_of(record: list[Any]) -> Assignment:
    code, task, office, role, target, due, leader, extra = record
    whose = tuple(map(tuple, extra))
    return Assignment(code, task, office, Role(role), target and _target_of(target), _day(due), leader, whose)


def _target_of(record: list[Any]) -> Target:
    text, indicator, kind, comparator, unit, hedge, scope, *numbers, due, year_end = record
    value, value_max, base = (None if number is None else Decimal(number) for number in numbers)
    figure = Kind(kind), Comparator(comparator), value, value_max, unit
    return Target(text, indicator, *figure, hedge, scope, base, _day(due), year_end)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _office_of(record: list[Any]) -> Office:
    code, name, aliases, members, leader, contact, duties = record
    return Office(code, name, tuple(aliases), tuple(members), leader, contact, tuple(duties))
