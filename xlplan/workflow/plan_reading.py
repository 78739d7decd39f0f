"""Reading a plan workbook with its codes settled, and a roster."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.plan.parse import parse
from xlplan.books.plan.roster import parse_roster
from xlplan.chinese.owners.resolve import resolve_owner
from xlplan.files.disk import read_bytes
from xlplan.files.spread import spread_small
from xlplan.files.workbook import read_book
from xlplan.finding import Place
from xlplan.model import Owner
from xlplan.steps.codes import settle
from xlplan.steps.offices import Roster, check_roster, complete_roster
from xlplan.workflow.plan_cache import PlanRead

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlplan.book import Book
    from xlplan.files.worker import Local
    from xlplan.finding import Finding
    from xlplan.headers import Field
    from xlplan.model import Office, Plan, PlanLine


def read_book_at(path: Path) -> tuple[Book | None, list[Finding]]:
    """A workbook on disk; None with findings when it cannot be read as one."""
    return read_book(read_bytes(path), path.name)


def read_roster(path: Path) -> tuple[tuple[Office, ...], list[Finding]]:
    """The offices of a roster file (.csv, .xlsx, …)."""
    book, found = read_book_at(path)
    if book is None:
        return (), found
    offices, trouble = parse_roster(book, path.name)
    return offices, found + trouble


def read_plan(
    data: bytes,
    name: str,
    known: Mapping[str, str],
    renamed: Mapping[str, Field | None] | None = None,
    local: Local | None = None,
) -> PlanRead:
    """A plan workbook with every row's code settled and all findings; without a plan when it is no plan workbook.

    `known` holds the identity of every code that was ever given, `renamed` the headers of the workspace's own template;
    `local` are processes that are there already.
    """
    book, found = read_book(data, name)
    if book is None:
        return PlanRead(None, (*found, rules.find("W107", Place(name), path=name)), {}, {})
    base, lines, trouble = parse(book, name, renamed, partial(spread_small, local=local))
    found += trouble
    if base is None:
        return PlanRead(None, tuple(found), {}, {})
    plan, trouble = settle(base, lines, known)
    if not plan.offices:
        plan, noted = with_roster(plan, ())
        trouble += noted
    found += trouble + _owner_findings(plan, lines)
    settled = [(line, row.code) for line, row in zip(lines, plan.rows, strict=True)]
    given = {(line.place.sheet, line.place.cell): code for line, code in settled if line.code != code and line.coded}
    identities = {code: line.identity for line, code in settled}
    identities |= {office.code: office.name for office in plan.offices}
    news = {code: what for code, what in identities.items() if known.get(code) != what}
    return PlanRead(plan, tuple(found), given, news)


def _owner_findings(plan: Plan, lines: tuple[PlanLine, ...]) -> list[Finding]:
    found, roster = [], Roster(plan.offices)
    for line in lines:
        name = line.row.office
        if not name:
            found.append(rules.find("P205", line.place, task=line.title))
        elif plan.office(name) is None and not roster.expand(name):
            _, near = resolve_owner(name, plan.offices)
            hint = f"是不是“{near}”？" if near else ""
            found.append(rules.find("P204", line.place, office=name, hint=hint))
    return found + check_roster(plan.offices, (row.office for row in plan.rows))


def with_roster(plan: Plan, offices: tuple[Office, ...]) -> tuple[Plan, list[Finding]]:
    """The plan with a roster that has every office it names."""
    owners = [owner for task in plan.tasks for owner in task.owners]
    owners += [Owner(row.office) for row in plan.rows if row.office]
    roster, found = complete_roster(offices, owners)
    return replace(plan, offices=roster), found
