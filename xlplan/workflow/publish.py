"""What `xlplan consolidate` writes beside the workbook: the page, the bulletin, the picture, all from the same view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan.files.disk import write_bytes
from xlplan.render.bulletin import bulletin_facts
from xlplan.render.page import Look, render_page
from xlplan.workflow.documents import fill_document
from xlplan.workflow.report import report_of
from xlplan.workflow.templates import load_template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.render.report import Report
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace

KINDS = ("html", "docx", "png")
"""What can be written beside the workbook, by the ending of its file."""


@dataclass(frozen=True)
class Published:
    """The files that were written, by kind, and what there is to say about them."""

    paths: Mapping[str, Path]
    findings: tuple[Finding, ...]


def publish(workspace: Workspace, view: View, wanted: Mapping[str, Path]) -> Published:
    """Write each wanted kind to its path."""
    if not wanted:
        return Published({}, ())
    report = report_of(view)
    paths: dict[str, Path] = {}
    found: list[Finding] = []
    makers = {"html": _page, "docx": _bulletin}
    for kind in (one for one in KINDS if one in wanted):
        data, trouble = makers[kind](workspace, report)
        found += trouble
        if data is not None:
            write_bytes(wanted[kind], data)
            paths[kind] = wanted[kind]
    return Published(paths, tuple(found))


def _page(workspace: Workspace, report: Report, *, picture: bool = False) -> tuple[bytes | None, list[Finding]]:
    template, found = load_template(workspace, "page")
    dress = template.dress(report.lang)
    page = dress.pages["page"]
    most_behind, most_names = (int(page.numbers[name]) for name in ("most_behind", "most_names"))
    look = Look(page, dress.colors, dress.font, most_behind, most_names)
    return render_page(report, look, picture=picture), found


def _bulletin(workspace: Workspace, report: Report) -> tuple[bytes | None, list[Finding]]:
    return fill_document(workspace, "bulletin", report.lang, bulletin_facts(report))
