"""Writing the consolidated workbook: every sheet from the same figures, in the order of the template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.books.consolidated.detail import put_detail
from xlplan.books.consolidated.figures import figures_of
from xlplan.books.consolidated.lists import put_findings, put_missing, put_offices, put_sources
from xlplan.books.consolidated.overview import put_overview
from xlplan.books.consolidated.summary import put_summary
from xlplan.books.consolidated.work import Work

if TYPE_CHECKING:
    from xlplan.book import Book
    from xlplan.books.template import Template
    from xlplan.model import Context, Tally


def compose(tally: Tally, context: Context, template: Template, lang: str) -> Book:
    """The consolidated workbook of one period."""
    dress = template.dress(lang)
    plan = tally.plan
    tasks = {task.code: task for task in plan.tasks}
    sections = {section.code: section for section in plan.sections}
    work = Work(tally, context, figures_of(tally, context, lang), dress, tasks, sections)
    shown = {key for key, page in dress.pages.items() if page.show}
    book = dress.book(plan.title)
    sources = put_sources(book, work) if "sources" in shown else {}
    detail = put_detail(book, work, sources) if "detail" in shown else None
    offices = put_offices(book, work) if "offices" in shown else None
    for key, put in (("missing", put_missing), ("findings", put_findings), ("summary", put_summary)):
        if key in shown:
            put(book, work)
    if "overview" in shown:
        put_overview(book, work, detail, offices)
    order = [page.name for page in dress.pages.values()]
    book.sheets.sort(key=lambda sheet: order.index(sheet.name))
    return book
