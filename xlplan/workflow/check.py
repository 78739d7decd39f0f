"""`xlplan check`: findings on a plan workbook or on returned forms, without merging anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.books.plan.layout import ROW_FIELDS
from xlplan.books.table import find_table
from xlplan.files.archives import unpack
from xlplan.files.workbook import read_book
from xlplan.headers import ENTRY, Field
from xlplan.steps.identify import Desk
from xlplan.steps.receive import Counter
from xlplan.workflow.plan import load_plan, read_plan
from xlplan.workflow.reading import Reader
from xlplan.workflow.templates import claim_columns, form_columns, plan_headers

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
    for path in paths:
        if not path.exists():
            raise XlplanError(rules.find("W101", path=path))
        for item in unpack(path):
            found[item.path] = _check(item, path, workspace)
    return found


def _check(item: Item, path: Path, workspace: Workspace | None) -> list[Finding]:
    if item.finding:
        return [item.finding]
    book, found = read_book(item.data, item.path)
    if book is None:
        return found
    if is_plan(book):
        known = workspace.ledger.known_codes() if workspace else {}
        return read_plan(path, known, plan_headers(workspace) if workspace else None)[2]
    if workspace is None:
        return found
    plan, _ = load_plan(workspace)
    desk = Desk(plan, workspace.ledger.key, workspace.ledger.sent())
    reader = Reader(Counter(desk), form_columns(workspace, plan), claims=claim_columns(workspace, plan))
    return list(reader(item).findings)


def is_plan(book: Book) -> bool:
    """Whether a workbook is a breakdown table and not a form: it has owners or targets, and nothing to fill in."""
    required = [frozenset({Field.TASK}), frozenset({Field.OFFICE, Field.TARGET})]
    plan = any(find_table(sheet, ROW_FIELDS, required) for sheet in book.sheets)
    form = any(
        find_table(sheet, ENTRY, [frozenset({Field.STATUS, Field.DONE, Field.PROGRESS})]) for sheet in book.sheets
    )
    return plan and not form
