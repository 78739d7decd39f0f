"""`xlplan distribute`: one form per office for a period, and a manifest of what was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.disk import digest, file_name, read_bytes, write_bytes
from xlplan.files.spread import spread
from xlplan.headers import USUAL, Field
from xlplan.model import Issued
from xlplan.steps.receive import WATCHED
from xlplan.steps.split import Sending, split
from xlplan.workflow.delivery import Delivery
from xlplan.workflow.own_form import form_writer
from xlplan.workflow.plan import record_plan
from xlplan.workflow.templates import load_template
from xlplan.workflow.view import fold_period
from xlplan.workflow.workspace import earlier_periods

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from xlplan.books.template import Page
    from xlplan.finding import Finding
    from xlplan.model import Entry, Form, Plan
    from xlplan.period import Period
    from xlplan.steps.merge import Slot
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Distributed:
    """The forms of a round, by office in roster order, and where they and the manifest lie."""

    period: Period
    folder: Path
    forms: tuple[Issued, ...]
    offices: tuple[str, ...]
    findings: tuple[Finding, ...]


def distribute(
    workspace: Workspace,
    period: Period,
    at: datetime,
    deadline: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Distributed:
    """Write the forms. Doing it again with an unchanged plan gives the same bytes and records nothing new."""
    plan, found = record_plan(workspace, at)
    template, trouble = load_template(workspace, "form")
    found += trouble
    page = template.dress(plan.language).pages["form"]
    sending = sending_of(workspace, period, deadline, page)
    forms = split(plan, sending)
    if not forms:
        raise XlplanError(rules.find("W113"))
    recorded = {(one.stamp.office, one.stamp.edition, one.sha256) for one in sending.issued}
    writer = form_writer(workspace, template, plan)
    jobs = [(writer.job(form, plan), path) for form, path in zip(forms, _paths(workspace, forms), strict=True)]
    sent, news = [], []
    for (posted, trouble), form in zip(
        spread(Delivery(writer, workspace.root, shown_fields(page)), jobs), forms, strict=True
    ):
        found += trouble
        sent.append(Issued(form.stamp, posted.path, posted.sha256, form.deadline, form.rows))
        if (posted.office, posted.edition, posted.sha256) not in recorded:
            news.append(posted)
        if progress:
            progress(len(sent), len(forms))
    if news:
        with workspace.ledger.run("distribute", period.code, at) as run:
            run.send(news)
    folder = workspace.outbox(period)
    names = tuple(form.office.name for form in forms)
    _forget_old(workspace, sending.issued, sent)
    write_bytes(folder / "manifest.json", _manifest(plan, period, sent, names))
    return Distributed(period, folder, tuple(sent), names, tuple(found))


def sending_of(workspace: Workspace, period: Period, deadline: date | None, page: Page) -> Sending:
    """What the forms of a period need beside the plan; `page` is their template."""
    issued, before = workspace.ledger.issued(period.code), entries_before(workspace, period)
    newest = None
    if page.index(Field.LEAD_PROGRESS) is not None:
        now = fold_period(workspace, period.code).entries
        newest = {**before, **{slot: entry for slot, entry in now.items() if entry.progress}}
    return Sending(period, deadline, workspace.ledger.key, issued, before, page.headings, newest)


def _forget_old(workspace: Workspace, before: Sequence[Issued], now: list[Issued]) -> None:
    """Take forms out of the outbox that are no longer sent, where nobody has changed them."""
    current = {one.path for one in now}
    for one in before:
        path = workspace.root / one.path
        if one.path not in current and path.is_file() and digest(read_bytes(path)) == one.sha256:
            path.unlink()


def entries_before(workspace: Workspace, period: Period) -> Mapping[Slot, Entry]:
    """The entries that count for the newest earlier period of the year that has any; empty when none has."""
    for earlier in reversed(earlier_periods(workspace, period)):
        entries = fold_period(workspace, earlier.code).entries
        if entries:
            return entries
    return {}


def _paths(workspace: Workspace, forms: Sequence[Form]) -> list[str]:
    """Where in the workspace each form goes: no two into one file, whatever letters the offices' names have."""
    paths: dict[str, str] = {}
    for form in forms:
        name = file_name(form.office.name)
        while name.casefold() in paths:
            name = f"{name}_{file_name(form.office.code)}"
        path = workspace.outbox(form.period) / f"{name}_{form.period.code}.xlsx"
        paths[name.casefold()] = path.relative_to(workspace.root).as_posix()
    return list(paths.values())


def shown_fields(page: Page) -> tuple[Field, ...]:
    """The plan columns whose texts the ledger remembers, because they must come back unchanged."""
    return (Field.SERIAL, *USUAL, *(one for one in WATCHED if one not in USUAL and page.index(one) is not None))


def _manifest(plan: Plan, period: Period, sent: list[Issued], names: tuple[str, ...]) -> bytes:
    forms = [
        {
            "office": name,
            "file": one.path,
            "rows": len(one.rows),
            "edition": one.stamp.edition,
            "deadline": one.deadline.isoformat() if one.deadline else None,
            "sha256": one.sha256,
        }
        for one, name in zip(sent, names, strict=True)
    ]
    content = {"plan": plan.title, "period": period.code, "forms": forms}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
