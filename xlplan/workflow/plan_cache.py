"""What was read of plan.xlsx, kept until anything that the reading depends on changes."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from xlplan.files.disk import digest
from xlplan.ledger.records import finding_of, finding_record, row_of, row_record
from xlplan.model import Office, Plan, Section, Task
from xlplan.workflow.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlplan.finding import Finding

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


def _record(plan: Plan, read: PlanRead) -> dict[str, Any]:
    return {
        "plan": _plan_record(plan),
        "findings": [finding_record(one) for one in read.findings],
        "given": [[sheet, cell, code] for (sheet, cell), code in read.given.items()],
        "news": dict(read.news),
    }


def _read_of(record: dict[str, Any]) -> PlanRead:
    return PlanRead(
        _plan_of(record["plan"]),
        tuple(map(finding_of, record["findings"])),
        {(sheet, cell): code for sheet, cell, code in record["given"]},
        record["news"],
    )


def _plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as it stands in plan.xlsx: its tasks are a title and a text, everything else is in the rows."""
    return {
        "about": [plan.title, plan.issuer, plan.number, plan.year, plan.language],
        "sections": [[one.code, one.label, one.title] for one in plan.sections],
        "tasks": [[one.code, one.label, one.section, one.title, one.text] for one in plan.tasks],
        "offices": [astuple(one) for one in plan.offices],
        "rows": [row_record(row) for row in plan.rows],
    }


def _plan_of(record: dict[str, Any]) -> Plan:
    title, issuer, number, year, language = record["about"]
    return Plan(
        title,
        issuer,
        number,
        year,
        tuple(Section(*one) for one in record["sections"]),
        tuple(Task(*one) for one in record["tasks"]),
        offices=tuple(_office_of(one) for one in record["offices"]),
        rows=tuple(map(row_of, record["rows"])),
        language=language,
    )


def _office_of(record: list[Any]) -> Office:
    code, name, aliases, members, leader, contact, duties = record
    return Office(code, name, tuple(aliases), tuple(members), leader, contact, tuple(duties))
