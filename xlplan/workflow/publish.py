"""What `xlplan consolidate` writes beside the workbook: the page, the bulletin, the picture, all from the same view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from xlplan import rules
from xlplan.books.consolidated import compose
from xlplan.files.disk import write_bytes
from xlplan.files.pictures import SECONDS, picture_of_page, picture_of_workbook
from xlplan.files.programs import find_browser, find_office
from xlplan.files.xlsx_writer import write_book
from xlplan.render.bulletin import bulletin_facts
from xlplan.render.page import Look, render_page
from xlplan.workflow.documents import fill_document
from xlplan.workflow.report import report_of
from xlplan.workflow.templates import load_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.finding import Finding
    from xlplan.render.report import Report
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace

KINDS = ("html", "docx", "png")
"""What can be written beside the workbook, by the ending of its file."""

_WIDTH = 640
"""The picture's page is as wide as a phone lying down: in a chat it is read without zooming."""

_MOST_BEHIND, _MOST_NAMES = 10, 30  # what a picture has room for


@dataclass(frozen=True)
class Published:
    """The files that were written, by kind, and what there is to say about them."""

    paths: Mapping[str, Path]
    findings: tuple[Finding, ...]


def publish(workspace: Workspace, view: View, wanted: Mapping[str, Path]) -> Published:
    """Write each wanted kind to its path; what cannot be made is told in a finding, and the others are written."""
    if not wanted:
        return Published({}, ())
    publisher = _Publisher(workspace, view)
    makers = {"html": publisher.page, "docx": publisher.bulletin, "png": publisher.picture}
    paths: dict[str, Path] = {}
    found: dict[Finding, None] = {}
    for kind in (one for one in KINDS if one in wanted):
        data, trouble = makers[kind]()
        found |= dict.fromkeys(trouble)
        if data is not None:
            write_bytes(wanted[kind], data)
            paths[kind] = wanted[kind]
    return Published(paths, tuple(found))


_Made: TypeAlias = "tuple[bytes | None, list[Finding]]"


@dataclass(frozen=True)
class _Publisher:
    """Makes the files of one view."""

    workspace: Workspace
    view: View

    @cached_property
    def report(self) -> Report:
        """The view in words."""
        return report_of(self.view)

    def page(self, *, picture: bool = False) -> _Made:
        """The web page, or what a picture shows of it."""
        template, found = load_template(self.workspace, "page")
        dress = template.dress(self.report.lang)
        page = dress.pages["page"]
        most_behind, most_names = (int(page.numbers[name]) for name in ("most_behind", "most_names"))
        if picture:
            most_behind, most_names = min(most_behind, _MOST_BEHIND), min(most_names, _MOST_NAMES)
        look = Look(page, dress.colors, dress.font, most_behind, most_names)
        return render_page(self.report, look, picture=picture), found

    def bulletin(self) -> _Made:
        """The bulletin."""
        return fill_document(self.workspace, "bulletin", self.report.lang, bulletin_facts(self.report))

    def picture(self) -> _Made:
        """A picture of the page's summary by a browser, else of the workbook's overview by LibreOffice."""
        browser, office = find_browser(), find_office()
        if browser:
            page, found = self.page(picture=True)
            drawn = picture_of_page(browser, page or b"", _WIDTH)
            if drawn:
                return drawn, found
        if office:
            book, found = self._overview()
            drawn = picture_of_workbook(office, book)
            if drawn:
                return drawn, found
        tried = [Path(program).stem for program in (browser, office) if program]
        if not tried:
            return None, [rules.find("W634")]
        return None, [rules.find("W635", program="、".join(tried), seconds=round(SECONDS))]

    def _overview(self) -> tuple[bytes, list[Finding]]:
        template, found = load_template(self.workspace, "consolidated")
        shown = {"overview", "offices"}  # the second is what a chart of the first stands on
        pages = {key: replace(page, show=key in shown) for key, page in template.pages.items()}
        view = self.view
        book = compose(view.tally, view.context, replace(template, pages=pages), self.report.lang)
        data, trouble = write_book(book)
        return data, found + trouble
