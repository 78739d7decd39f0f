"""The claim round on disk: forms out to every office, claims back into plan.xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.claim.compose import ClaimForm, compose
from xlplan.books.plan.fill import owner_cells
from xlplan.errors import XlplanError
from xlplan.files.disk import digest, file_name, read_bytes, write_bytes
from xlplan.files.xlsx_edit import set_cells
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Issued, Stamp
from xlplan.period import CLAIM
from xlplan.steps.claims import open_tasks, settle_claims
from xlplan.steps.offices import is_collective
from xlplan.steps.stamp import plan_digest, sign
from xlplan.workflow.plan import record_plan
from xlplan.workflow.plan_reading import read_book_at
from xlplan.workflow.templates import load_template
from xlplan.workflow.view import fold_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from xlplan.books.template import Template
    from xlplan.finding import Finding
    from xlplan.model import Plan, Submission
    from xlplan.workflow.workspace import Workspace


def distribute_claims(workspace: Workspace, at: datetime, due: date | None) -> tuple[Path, list[Issued], list[Finding]]:
    """Send every office the list of open tasks, into `outbox/claim/`. XlplanError W121 when no task is open."""
    plan, found = record_plan(workspace, at)
    tasks = open_tasks(plan)
    if not tasks:
        raise XlplanError(rules.find("W121"))
    template, trouble = load_template(workspace, "claim")
    offices = [office for office in plan.offices if not office.members and not is_collective(office.name)]
    folder = workspace.root / "outbox" / CLAIM
    digested, key = plan_digest(plan), workspace.ledger.key
    codes = tuple(task.code for task in tasks)
    stamps = [sign(Stamp(digested, office.code, CLAIM, 1, codes), key) for office in offices]
    forms = [ClaimForm(office, tuple(tasks), stamp, due) for office, stamp in zip(offices, stamps, strict=True)]
    sent = [_deliver(workspace, form, template, plan) for form in forms]
    known = {one.sha256 for one in workspace.ledger.issued(CLAIM)}
    with workspace.ledger.run("claim", CLAIM, at) as run:
        run.issue(one for one in sent if one.sha256 not in known)
    return folder, sent, found + trouble


def _deliver(workspace: Workspace, form: ClaimForm, template: Template, plan: Plan) -> Issued:
    data, _ = write_book(compose(form, template, plan))
    suffix = "认领" if plan.language == "zh" else CLAIM
    path = workspace.root / "outbox" / CLAIM / f"{file_name(form.office.name)}_{suffix}.xlsx"
    write_bytes(path, data)
    return Issued(form.stamp, path.relative_to(workspace.root).as_posix(), digest(data), form.due)


def fill_claims(workspace: Workspace, plan: Plan, files: Iterable[Submission]) -> list[Finding]:
    """Fill plan.xlsx from the claims in these files and in earlier ones; what is claimed twice or not is a finding."""
    claims = fold_period(workspace, CLAIM, files).entries
    settled = settle_claims(plan, claims)
    book, _ = read_book_at(workspace.plan)
    if book:
        cells = owner_cells(book, settled.leads, settled.supports, plan.language)
        write_bytes(workspace.plan, set_cells(read_bytes(workspace.plan), cells))
    return settled.findings
