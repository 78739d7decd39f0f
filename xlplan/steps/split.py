"""Splitting a plan into one form per office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.model import Form, Role, Stamp
from xlplan.steps.offices import Roster
from xlplan.steps.stamp import plan_digest, sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from xlplan.model import Assignment, Entry, Heading, Issued, Office, Plan
    from xlplan.period import Period


@dataclass(frozen=True)
class Sending:
    """What a round of forms needs beside the plan: period, deadline, key, forms sent before, entries of last period.

    `columns` are those of the forms; `newest` are the newest entries of all, where forms show supporters the lead's.
    """

    period: Period
    deadline: date | None
    key: bytes
    issued: Sequence[Issued] = ()
    before: Mapping[tuple[str, str], Entry] | None = None
    columns: tuple[Heading, ...] = ()
    newest: Mapping[tuple[str, str], Entry] | None = None

    @cached_property
    def latest(self) -> dict[str, Issued]:
        """The newest edition that was sent for the period, by the office's code."""
        latest: dict[str, Issued] = {}
        period = self.period.code
        for one in self.issued:
            known = latest.get(one.stamp.office)
            if one.stamp.period == period and (known is None or one.stamp.edition > known.stamp.edition):
                latest[one.stamp.office] = one
        return latest


def slots(plan: Plan) -> list[tuple[Assignment, Office]]:
    """Every row with every office that answers for it, in plan order; collective offices are expanded."""
    roster = Roster(plan.offices)
    answering = {name: roster.expand(name) for name in {row.office for row in plan.rows}}
    return [(row, office) for row in plan.rows for office in answering[row.office]]


def split(plan: Plan, sending: Sending) -> list[Form]:
    """One form for each office that has rows, in roster order. A form whose content is unchanged keeps its edition."""
    rows: dict[str, list[Assignment]] = {}
    for row, office in slots(plan):
        rows.setdefault(office.name, []).append(row)
    digest, leads = plan_digest(plan), _leads(plan, sending)
    forms = (_form(office, rows[office.name], sending, digest) for office in plan.offices if office.name in rows)
    return [replace(form, leads=_shown_to(form, leads)) if leads else form for form in forms]


def _leads(plan: Plan, sending: Sending) -> dict[str, list[Entry]]:
    """By task, the newest entries of who leads it; empty where forms do not show them."""
    leads: dict[str, list[Entry]] = {}
    for row, office in slots(plan) if sending.newest else ():
        entry = (sending.newest or {}).get((row.code, office.name))
        if entry and row.role is Role.LEAD and entry.progress:
            leads.setdefault(row.task, []).append(entry)
    return leads


def _shown_to(form: Form, leads: Mapping[str, list[Entry]]) -> tuple[Entry, ...]:
    """What an office may see of others: of the tasks that it supports, what the lead says."""
    tasks = dict.fromkeys(row.task for row in form.rows if row.role is Role.SUPPORT)
    return tuple(entry for task in tasks for entry in leads.get(task, ()) if entry.office != form.office.name)


def _form(office: Office, rows: list[Assignment], sending: Sending, digest: str) -> Form:
    codes = tuple(row.code for row in rows)
    edition = _edition(office, tuple(rows), sending)
    stamp = sign(Stamp(digest, office.code, sending.period.code, edition, codes), sending.key)
    before = sending.before or {}
    entries = tuple(before[code, office.name] for code in codes if (code, office.name) in before)
    return Form(office, sending.period, tuple(rows), stamp, sending.deadline, entries)


def _edition(office: Office, rows: tuple[Assignment, ...], sending: Sending) -> int:
    latest = sending.latest.get(office.code)
    if latest is None:
        return 1
    same = latest.rows == rows and latest.deadline == sending.deadline
    if latest.columns and sending.columns:
        same = same and latest.columns == sending.columns
    return latest.stamp.edition + (not same)
