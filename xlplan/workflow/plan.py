"""The plan of record, plan.xlsx: read where it has changed, its new codes written down; and writing a drafted plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.disk import read_bytes, write_bytes
from xlplan.workflow.plan_cache import PlanCache
from xlplan.workflow.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.headers import Field
    from xlplan.model import Plan
    from xlplan.workflow.plan_cache import PlanRead


_REMINDER = "P218"


def load_plan(workspace: Workspace) -> tuple[Plan, list[Finding]]:
    """The workspace's plan of record. XlplanError when there is none that can be used."""
    plan, read = _read(workspace)
    return plan, _reviewed(read.findings)


def record_plan(workspace: Workspace, at: datetime) -> tuple[Plan, list[Finding]]:
    """The plan of record, with new codes written into plan.xlsx and remembered in the ledger."""
    plan, read = _read(workspace)
    found = _write_codes(workspace.plan, read.given) if read.given else []
    if read.news:
        with workspace.ledger.run("plan", "", at) as run:
            run.remember_codes(read.news)
    return plan, _reviewed((*read.findings, *found))


def _read(workspace: Workspace) -> tuple[Plan, PlanRead]:
    data, name = read_bytes(workspace.plan), workspace.plan.name
    known, headers = workspace.ledger.known_codes(), _headers(workspace)
    kept = PlanCache.of(workspace.root, data, name, known, headers)
    read = kept.get()
    if read is None:
        from xlplan.workflow.plan_reading import read_plan

        read = read_plan(data, name, known, headers)
        kept.put(read)
    if read.plan is None:
        raise XlplanError(read.findings[-1])
    return read.plan, read


def _headers(workspace: Workspace) -> Mapping[str, Field | None]:
    """The headers of the workspace's own template for plan.xlsx."""
    if workspace.own_template("plan") is None:
        return {}
    from xlplan.workflow.templates import plan_headers

    return plan_headers(workspace)


def _reviewed(found: tuple[Finding, ...]) -> list[Finding]:
    """The findings without those that only remind of the review, which `check` is for."""
    return [one for one in found if one.code != _REMINDER]


def _write_codes(path: Path, given: Mapping[tuple[str, str], str]) -> list[Finding]:
    from xlplan.files.xlsx_edit import set_cells

    try:
        write_bytes(path, set_cells(read_bytes(path), given))
    except XlplanError:
        return [rules.find("W115", path=path.name)]
    return []


def write_plan(path: Path, plan: Plan, notes: Mapping[str, str]) -> list[Finding]:
    """Write an allocated plan as a plan workbook; `notes`, by row code, say what to check."""
    from xlplan.books.plan.compose import compose
    from xlplan.files.xlsx_writer import write_book
    from xlplan.workflow.templates import load_template

    template, found = load_template(Workspace(path.parent), "plan")
    data, trouble = write_book(compose(plan, notes, template))
    write_bytes(path, data)
    return found + trouble
