"""What forms look like before they are filled, kept until a template changes: few commands need more of a template."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from xlplan.files.disk import digest, read_bytes
from xlplan.files.resources import resource
from xlplan.model import Heading
from xlplan.workflow.kept import Kept
from xlplan.workflow.reading import Blanks

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.model import Plan
    from xlplan.workflow.workspace import Workspace

_NAMES = ("form", "claim")


def blanks(workspace: Workspace, plan: Plan) -> Blanks:
    """What the workspace's forms and claim forms look like now. XlplanError when a template has a mistake."""
    paths = [*map(_shipped, _NAMES), *map(workspace.own_template, _NAMES)]
    facts = [digest(read_bytes(path)) if path else "" for path in paths]
    kept = Kept.of(workspace.root, "blanks", plan.language, facts)
    try:
        form, foot, claim = kept.get()
        return Blanks(_headings(form), tuple(foot), _headings(claim))
    except (TypeError, ValueError):
        from xlplan.workflow.templates import form_blanks

        found = form_blanks(workspace, plan)
        kept.put([list(map(astuple, found.form)), found.foot, list(map(astuple, found.claim))])
        return found


def _shipped(name: str) -> Path:
    return resource("workbook_templates", f"{name}.toml")


def _headings(records: list[list[Any]]) -> tuple[Heading, ...]:
    return tuple(Heading(*one) for one in records)
