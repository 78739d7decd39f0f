"""The claim round on disk: forms out to every office, claims back into plan.xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.claim import compose
from xlplan.books.plan.fill import owner_cells
from xlplan.errors import XlplanError
from xlplan.files.disk import digest, file_name, read_bytes, write_bytes
from xlplan.files.xlsx_edit import set_cells
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Issued, Stamp
from xlplan.steps.claims import PERIOD, open_tasks, settle_claims
from xlplan.steps.offices import is_collective
from xlplan.steps.stamp import plan_digest, sign
from xlplan.workflow.plan import read_book_at, record_plan
from xlplan.workflow.view import fold_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.model import Office, Plan, Submission, Task
    from xlplan.workflow.workspace import Workspace


def distribute_claims(workspace: Workspace, at: datetime, due: date | None) -> tuple[Path, list[Issued], list[Finding]]:
    """Send every office the list of open tasks, into `outbox/claim/`. XlplanError W121 when no task is open."""
    plan, found = record_plan(workspace, at)
    tasks = open_tasks(plan)
    if not tasks:
        raise XlplanError(rules.find("W121"))
    offices = [office for office in plan.offices if not office.members and not is_collective(office.name)]
    folder = workspace.root / "outbox" / PERIOD
    sent = [_deliver(workspace, plan, office, due) for office in offices]
    known = {one.sha256 for one in workspace.ledger.issued(PERIOD)}
    with workspace.ledger.run("claim", PERIOD, at) as run:
        run.issue(one for one in sent if one.sha256 not in known)
    return folder, sent, found


def _deliver(workspace: Workspace, plan: Plan, office: Office, due: date | None) -> Issued:
    tasks = [(task, _targets(plan, task)) for task in open_tasks(plan)]
    stamp = Stamp(plan_digest(plan), office.code, PERIOD, 1, tuple(task.code for task, _ in tasks))
    signed = sign(stamp, workspace.ledger.key)
    data, _ = write_book(compose(office, tasks, signed, plan, due))
    suffix = "认领" if plan.language == "zh" else PERIOD
    path = workspace.root / "outbox" / PERIOD / f"{file_name(office.name)}_{suffix}.xlsx"
    write_bytes(path, data)
    return Issued(signed, path.relative_to(workspace.root).as_posix(), digest(data), due)


def _targets(plan: Plan, task: Task) -> str:
    return ";".join(row.target.text for row in plan.rows if row.task == task.code and row.target)


def fill_claims(workspace: Workspace, plan: Plan, files: Iterable[Submission]) -> list[Finding]:
    """Fill plan.xlsx from the claims in these files and in earlier ones; what is claimed twice or not is a finding."""
    claims = fold_period(workspace, PERIOD, files).entries
    settled = settle_claims(plan, claims)
    book, _ = read_book_at(workspace.plan)
    if book:
        cells = owner_cells(book, settled.leads, settled.supports, plan.language)
        write_bytes(workspace.plan, set_cells(read_bytes(workspace.plan), cells))
    return settled.findings
