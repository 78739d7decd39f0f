"""`xlplan check`: findings on a plan workbook or on returned forms, without merging anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from xlplan.books.plan.layout import ROW_FIELDS
from xlplan.books.table import find_table
from xlplan.files.archives import unpack
from xlplan.files.disk import read_bytes
from xlplan.files.limits import Limits
from xlplan.files.workbook import read_book
from xlplan.files.worker import run_safely
from xlplan.headers import ENTRY, Field
from xlplan.steps.desk import Desk
from xlplan.workflow.blanks import blanks
from xlplan.workflow.plan import load_plan
from xlplan.workflow.plan_reading import read_plan
from xlplan.workflow.reading import Reader
from xlplan.workflow.templates import plan_headers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlplan.book import Book
    from xlplan.files.archives import Item
    from xlplan.finding import Finding
    from xlplan.workflow.workspace import Workspace


def check_files(paths: Sequence[Path], workspace: Workspace | None) -> dict[str, list[Finding]]:
    """The findings on every file, by its name. A form is checked against the workspace's plan, where there is one."""
    from xlplan import rules
    from xlplan.errors import XlplanError

    found: dict[str, list[Finding]] = {}
    names = [path.name for path in paths]
    for path in paths:
        if not path.exists():
            raise XlplanError(rules.find("W101", path=path))
        limits = workspace.settings.limits if workspace else Limits()
        shown = path.as_posix() if names.count(path.name) > 1 else ""
        for item in unpack(path, shown, limits):
            found[item.path] = _check(item, path, workspace, limits)
    return found


def _check(item: Item, path: Path, workspace: Workspace | None, limits: Limits) -> list[Finding]:
    (glance,) = run_safely(_Glance(limits), [item], limits)
    if glance.result is None:
        return [glance.finding] if glance.finding else []
    kind, found = glance.result
    if kind is _Kind.PLAN:
        known = workspace.ledger.known_codes() if workspace else {}
        renamed = plan_headers(workspace) if workspace else None
        return list(read_plan(read_bytes(path), path.name, known, renamed).findings)
    if workspace is None or kind is _Kind.UNREAD:
        return found
    plan, _ = load_plan(workspace)
    desk = Desk(plan, workspace.ledger.key, workspace.ledger.sent())
    reader = Reader(desk, blanks(workspace, plan), limits)
    (outcome,) = run_safely(reader.submission, [item], limits)
    return list(outcome.result.findings) if outcome.result else [outcome.finding] if outcome.finding else []


class _Kind(Enum):
    PLAN, FORM, UNREAD = range(3)


@dataclass(frozen=True)
class _Glance:
    """Sees what a file is; can be sent to another process, as no file is read here that could take this one along."""

    limits: Limits

    def __call__(self, item: Item) -> tuple[_Kind, list[Finding]]:
        """The kind of workbook, and what reading it found."""
        book, found = read_book(item.data, item.path, self.limits)
        if book is None:
            return _Kind.UNREAD, found
        return _Kind.PLAN if is_plan(book) else _Kind.FORM, found


def is_plan(book: Book) -> bool:
    """Whether a workbook is a breakdown table and not a form: it has owners or targets, and nothing to fill in."""
    required = [frozenset({Field.TASK}), frozenset({Field.OFFICE, Field.TARGET})]
    plan = any(find_table(sheet, ROW_FIELDS, required) for sheet in book.sheets)
    form = any(
        find_table(sheet, ENTRY, [frozenset({Field.STATUS, Field.DONE, Field.PROGRESS})]) for sheet in book.sheets
    )
    return plan and not form
