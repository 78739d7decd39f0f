"""`xlplan consolidate` and `xlplan breakdown`: the workbooks that are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan.books.breakdown import compose as compose_breakdown
from xlplan.books.consolidated import compose as compose_consolidated
from xlplan.files.disk import file_name, with_ending, write_bytes
from xlplan.files.xlsx_writer import write_book
from xlplan.workflow.plan import load_plan
from xlplan.workflow.templates import load_template
from xlplan.workflow.view import view_period

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from xlplan.book import Book
    from xlplan.finding import Finding
    from xlplan.model import Plan
    from xlplan.period import Period
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Consolidated:
    """The consolidated workbook that was written, and the period it shows."""

    path: Path
    view: View
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Printed:
    """The breakdown that was written, and the plan it shows."""

    path: Path
    plan: Plan
    findings: tuple[Finding, ...]


def consolidate(workspace: Workspace, wanted: Period | None, today: date, out: Path | None = None) -> Consolidated:
    """Write the consolidated progress workbook, into `reports/` unless told otherwise. XlplanError T160."""
    if out:
        with_ending(out, ".xlsx")
    view = view_period(workspace, wanted, today)
    template, found = load_template(workspace, "consolidated")
    book = compose_consolidated(view.tally, view.context, template, view.plan.language)
    data, trouble = write_book(book)
    name = f"{file_name(view.plan.title or 'xlplan')}_{view.period.code}.xlsx"
    path = out or workspace.reports / name
    write_bytes(path, data)
    return Consolidated(path, view, (*view.findings, *view.tally.findings, *found, *trouble))


def print_breakdown(workspace: Workspace, out: Path | None = None, *, word: bool = False) -> Printed:
    """Write the print-ready breakdown, as a Word document with `word`, into `reports/` unless told otherwise.

    XlplanError T160 when `out` is named like neither.
    """
    if out:
        with_ending(out, *([".docx"] if word else [".xlsx", ".docx"]))
    plan, found = load_plan(workspace)
    template, trouble = load_template(workspace, "breakdown")
    book = compose_breakdown(plan, template, plan.language, paged=not word)
    data, cut = _document(book) if word else write_book(book)
    name = f"{file_name(plan.title or 'xlplan')}_{'任务分解表' if plan.language == 'zh' else 'breakdown'}"
    path = out or workspace.reports / f"{name}.{'docx' if word else 'xlsx'}"
    write_bytes(path, data)
    return Printed(path, plan, (*found, *trouble, *cut))


def _document(book: Book) -> tuple[bytes, list[Finding]]:
    from xlplan.files.docx_writer import write_docx

    return write_docx(book), []
