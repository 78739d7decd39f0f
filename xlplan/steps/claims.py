"""The claim round (认领): reading what offices claim, and settling who leads and who supports each open task."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.owners.resolve import resolve_owner
from xlplan.finding import Place, Severity
from xlplan.headers import Field
from xlplan.marks import code_of
from xlplan.model import Entry, Role, Source, State, Submission
from xlplan.period import CLAIM
from xlplan.steps.stamp import is_genuine
from xlplan.words import read_word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from xlplan.finding import Finding
    from xlplan.model import Office, Plan, Returned, ReturnedRow, ReturnedSheet, Task


def open_tasks(plan: Plan) -> list[Task]:
    """The tasks that have a row without an office, in plan order."""
    waiting = {row.task for row in plan.rows if not row.office}
    return [task for task in plan.tasks if task.code in waiting]


def receive_claims(returned: Returned, plan: Plan, key: bytes, when: datetime | None) -> Submission:
    """What one claim form says: an entry for each task that its office claims."""
    found: list[Finding] = []
    entries: list[Entry] = []
    offices: list[str] = []
    for sheet in returned.sheets:
        office = _office(returned, sheet, plan, key)
        if office is None:
            found.append(rules.find("M101", Place(returned.file, sheet.sheet)))
            continue
        offices.append(office.name)
        for row in sheet.rows:
            entry, trouble = _claim(row, office.name, Place(returned.file, sheet.sheet), returned.sha256)
            own = tuple((header, cell.text) for header, cell in row.extra if cell.text and header in sheet.own)
            entries += [entry._replace(extra=own)] if entry else []
            found += trouble
    refused = any(one.severity is Severity.ERROR for one in found)
    state = (State.PARTIAL if refused else State.MERGED) if offices else State.REJECTED
    return Submission(
        returned.file,
        returned.sha256,
        state,
        CLAIM,
        tuple(offices),
        returned.stamp.edition if returned.stamp else 0,
        returned.modified or when,
        tuple(entries),
        tuple(found),
    )


def _office(returned: Returned, sheet: ReturnedSheet, plan: Plan, key: bytes) -> Office | None:
    stamp = returned.stamp
    if stamp:
        genuine = is_genuine(stamp, key)
        return next((one for one in plan.offices if genuine and one.code == stamp.office), None)
    office, _ = resolve_owner(sheet.office, plan.offices)
    return office


def _claim(row: ReturnedRow, office: str, place: Place, sha256: str) -> tuple[Entry | None, list[Finding]]:
    cell, code = row.get(Field.CLAIM), code_of(row.get(Field.CODE).text)
    if not cell.text:
        return None, []
    at = Place(place.file, place.sheet, cell.cell)
    role = read_word(cell.text, Role)
    if role is None:
        return None, [rules.find("M125", at, text=cell.text)]
    source = Source(place.file, place.sheet, ((Field.CLAIM, cell.cell),), sha256)
    return Entry(code, CLAIM, office, source, status_raw=role.value, progress=row.get(Field.NOTE).text), []


@dataclass
class Settled:
    """Who takes on which open task: the leading office by task code, the supporting ones, and what is left open."""

    leads: dict[str, str] = field(default_factory=dict)
    supports: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def settle_claims(plan: Plan, claims: Mapping[tuple[str, str], Entry]) -> Settled:
    """Settle the open tasks: one claim to lead decides, several are for a person, none leaves the task open."""
    settled = Settled()
    known = {task.code for task in plan.tasks}
    by_role: dict[tuple[str, str], list[str]] = {}
    for (code, office), entry in sorted(claims.items()):
        by_role.setdefault((code, entry.status_raw), []).append(office)
        if code in known and entry.status_raw == Role.SUPPORT.value:
            settled.supports.setdefault(code, []).append(office)
        elif code not in known:
            place = Place(entry.source.file, entry.source.sheet, dict(entry.source.cells).get(Field.CLAIM, ""))
            settled.findings.append(rules.find("M124", place, code=code))
    for task in open_tasks(plan):
        leads = by_role.get((task.code, Role.LEAD.value), [])
        facts = {"task": task.code, "title": task.title}
        if len(leads) > 1:
            settled.findings.append(rules.find("M121", **facts, offices="、".join(leads)))
        elif not leads:
            settled.findings.append(rules.find("M122", **facts))
        else:
            settled.leads[task.code] = leads[0]
            settled.findings.append(rules.find("M123", **facts, office=leads[0]))
    return settled
