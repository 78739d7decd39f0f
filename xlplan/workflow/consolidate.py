"""`xlplan consolidate` and `xlplan breakdown`: the workbooks that are printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan.books.breakdown import compose as compose_breakdown
from xlplan.books.consolidated import compose as compose_consolidated
from xlplan.files.disk import file_name, with_ending, write_bytes
from xlplan.files.xlsx_writer import write_book
from xlplan.workflow.plan import load_plan
from xlplan.workflow.publish import publish
from xlplan.workflow.templates import load_template
from xlplan.workflow.view import view_period

if TYPE_CHECKING:
    from collections.abc import Mapping
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
    """The consolidated workbook that was written, the period it shows, and what was written beside it, by ending."""

    path: Path
    view: View
    findings: tuple[Finding, ...]
    beside: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Printed:
    """The breakdown that was written, and the plan it shows."""

    path: Path
    plan: Plan
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Outputs:
    """Where to write the workbook, and what else: for each of `KINDS` a path, or None for a name in `reports/`.

    `leaders`: the workbook also has a sheet for each of them.
    """

    workbook: Path | None = None
    beside: Mapping[str, Path | None] = field(default_factory=dict)
    leaders: bool = False

    def __post_init__(self) -> None:
        """Refuse names that say something else than the file will be. XlplanError T160."""
        for kind, path in {"xlsx": self.workbook, **self.beside}.items():
            if path:
                with_ending(path, f".{kind}")


_USUAL = Outputs()


def consolidate(workspace: Workspace, wanted: Period | None, today: date, out: Outputs = _USUAL) -> Consolidated:
    """Write the consolidated progress workbook, and beside it the page, the bulletin and the picture as wanted."""
    view = view_period(workspace, wanted, today)
    template, found = load_template(workspace, "consolidated")
    book = compose_consolidated(view.tally, view.context, template, view.plan.language, leaders=out.leaders)
    data, trouble = write_book(book)
    stem = f"{file_name(view.plan.title or 'xlplan')}_{view.period.code}"
    path = out.workbook or workspace.reports / f"{stem}.xlsx"
    write_bytes(path, data)
    paths = {kind: where or workspace.reports / f"{stem}.{kind}" for kind, where in out.beside.items()}
    published = publish(workspace, view, paths)
    findings = (*view.findings, *view.tally.findings, *found, *trouble, *published.findings)
    return Consolidated(path, view, findings, published.paths)


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
