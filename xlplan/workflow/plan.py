"""plan.xlsx on disk: reading it with its codes settled, and writing a drafted plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.plan.compose import compose
from xlplan.books.plan.parse import parse
from xlplan.books.plan.roster import parse_roster
from xlplan.errors import XlplanError
from xlplan.files.disk import read_bytes, write_bytes
from xlplan.finding import Place
from xlplan.model import Owner
from xlplan.steps.codes import settle
from xlplan.steps.offices import check_roster, complete_roster, expand
from xlplan.workflow.templates import load_template, plan_headers
from xlplan.workflow.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from xlplan.book import Book
    from xlplan.finding import Finding
    from xlplan.headers import Field
    from xlplan.model import Office, Plan, PlanLine


_REMINDER = "P218"


def read_book_at(path: Path) -> tuple[Book | None, list[Finding]]:
    """A workbook on disk; None with findings when it cannot be read as one."""
    from xlplan.files.workbook import read_book

    return read_book(read_bytes(path), path.name)


def read_roster(path: Path) -> tuple[tuple[Office, ...], list[Finding]]:
    """The offices of a roster file (.csv, .xlsx, …)."""
    book, found = read_book_at(path)
    if book is None:
        return (), found
    offices, trouble = parse_roster(book, path.name)
    return offices, found + trouble


def read_plan(
    path: Path, known: Mapping[str, str], renamed: Mapping[str, Field | None] | None = None
) -> tuple[Plan | None, tuple[PlanLine, ...], list[Finding]]:
    """A plan workbook with every row's code settled, its lines, and all findings; None when it is no plan workbook."""
    book, found = read_book_at(path)
    if book is None:
        return None, (), [*found, rules.find("W107", Place(path.name), path=path.name)]
    base, lines, trouble = parse(book, path.name, renamed)
    found += trouble
    if base is None:
        return None, (), found
    plan, trouble = settle(base, lines, known)
    if not plan.offices:
        plan, noted = with_roster(plan, ())
        trouble += noted
    found += trouble + _owner_findings(plan, lines)
    return plan, lines, found


def _owner_findings(plan: Plan, lines: tuple[PlanLine, ...]) -> list[Finding]:
    from xlplan.chinese.owners import resolve_owner

    found = []
    for line in lines:
        name = line.row.office
        if not name:
            found.append(rules.find("P205", line.place, task=line.title))
        elif plan.office(name) is None and not expand(name, plan.offices):
            _, near = resolve_owner(name, plan.offices)
            hint = f"是不是“{near}”?" if near else ""
            found.append(rules.find("P204", line.place, office=name, hint=hint))
    return found + check_roster(plan.offices, (row.office for row in plan.rows))


def load_plan(workspace: Workspace) -> tuple[Plan, list[Finding]]:
    """The workspace's plan of record. XlplanError when there is none that can be used."""
    plan, _, found = read_plan(workspace.plan, workspace.ledger.known_codes(), plan_headers(workspace))
    if plan is None:
        raise XlplanError(found[-1])
    return plan, _reviewed(found)


def record_plan(workspace: Workspace, at: datetime) -> tuple[Plan, list[Finding]]:
    """The plan of record, with new codes written into plan.xlsx and remembered in the ledger."""
    known = workspace.ledger.known_codes()
    plan, lines, found = read_plan(workspace.plan, known, plan_headers(workspace))
    if plan is None:
        raise XlplanError(found[-1])
    codes = [row.code for row in plan.rows]
    given = {line.place: code for line, code in zip(lines, codes, strict=True) if line.code != code and line.coded}
    if given:
        found += _write_codes(workspace.plan, given)
    identities = {code: line.identity for line, code in zip(lines, codes, strict=True)}
    identities |= {office.code: office.name for office in plan.offices}
    news = {code: what for code, what in identities.items() if known.get(code) != what}
    if news:
        with workspace.ledger.run("plan", "", at) as run:
            run.remember_codes(news)
    return plan, _reviewed(found)


def _reviewed(found: list[Finding]) -> list[Finding]:
    """The findings without those that only remind of the review, which `check` is for."""
    return [one for one in found if one.code != _REMINDER]


def _write_codes(path: Path, given: Mapping[Place, str]) -> list[Finding]:
    from xlplan.files.xlsx_edit import set_cells

    values = {(place.sheet, place.cell): code for place, code in given.items()}
    try:
        write_bytes(path, set_cells(read_bytes(path), values))
    except XlplanError:
        return [rules.find("W115", path=path.name)]
    return []


def write_plan(path: Path, plan: Plan, notes: Mapping[str, str]) -> list[Finding]:
    """Write an allocated plan as a plan workbook; `notes`, by row code, say what to check."""
    from xlplan.files.xlsx_writer import write_book

    template, found = load_template(Workspace(path.parent), "plan")
    data, trouble = write_book(compose(plan, notes, template))
    write_bytes(path, data)
    return found + trouble


def with_roster(plan: Plan, offices: tuple[Office, ...]) -> tuple[Plan, list[Finding]]:
    """The plan with a roster that has every office it names."""
    owners = [owner for task in plan.tasks for owner in task.owners]
    owners += [Owner(row.office) for row in plan.rows if row.office]
    roster, found = complete_roster(offices, owners)
    return replace(plan, offices=roster), found
