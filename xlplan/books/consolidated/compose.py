"""Writing the consolidated workbook: every sheet from the same figures, in the order of the template."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from xlplan.books.consolidated.changes import put_changes
from xlplan.books.consolidated.detail import put_detail
from xlplan.books.consolidated.disputes import put_disputes
from xlplan.books.consolidated.figures import figures_of
from xlplan.books.consolidated.leaders import put_leaders
from xlplan.books.consolidated.lists import put_findings, put_missing, put_sources
from xlplan.books.consolidated.offices import put_offices
from xlplan.books.consolidated.overview import put_overview
from xlplan.books.consolidated.summary import put_summary
from xlplan.books.consolidated.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlplan.book import Book, Sheet
    from xlplan.books.template import Template
    from xlplan.model.progress import Context, Tally

Made = TypeVar("Made")
_SIMPLE: dict[str, Callable[[Book, Work], object]] = {
    "summary": put_summary,
    "missing": put_missing,
    "changes": put_changes,
    "disputes": put_disputes,
    "findings": put_findings,
}
"""The sheets that no other one is made from."""


def compose(tally: Tally, context: Context, template: Template, lang: str, *, leaders: bool = False) -> Book:
    """The consolidated workbook of one period; with `leaders` also a sheet for each of them."""
    dress = template.dress(lang)
    work = Work(tally, context, figures_of(tally, context, lang), dress)
    making = _Making(dress.book(tally.plan.title), {key for key, page in dress.pages.items() if page.show})
    work = replace(work, sources=making.put("sources", work, put_sources) or {})
    detail = making.put("detail", work, put_detail)
    offices = making.put("offices", work, put_offices)
    for key, put in _SIMPLE.items():
        making.put(key, work, put)
    if leaders:
        making.put("leaders", work, put_leaders)
    making.put("overview", work, lambda book, work: put_overview(book, work, detail, offices))
    order = list(dress.pages)
    making.book.sheets = [sheet for key in order for sheet in making.sheets.get(key, [])]
    return making.book


@dataclass
class _Making:
    """A workbook in the making: the pages that are shown, and the sheets made for each."""

    book: Book
    shown: set[str]
    sheets: dict[str, list[Sheet]] = field(default_factory=dict)

    def put(self, key: str, work: Work, put: Callable[[Book, Work], Made]) -> Made | None:
        """Write a page's sheets, if it is shown; gives what writing them gives."""
        if key not in self.shown:
            return None
        before = len(self.book.sheets)
        made = put(self.book, work)
        self.sheets[key] = self.book.sheets[before:]
        return made
