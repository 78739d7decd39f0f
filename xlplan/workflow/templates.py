"""The template of a workbook: the one that ships with xlplan, changed by the workspace's own where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.books.template import Template, parse
from xlplan.errors import ContractError, XlplanError
from xlplan.files.disk import read_bytes
from xlplan.files.resources import resource
from xlplan.finding import has_errors

if TYPE_CHECKING:
    from xlplan.finding import Finding
    from xlplan.workflow.workspace import Workspace


def load_template(workspace: Workspace, name: str) -> tuple[Template, list[Finding]]:
    """The template `name` (form, breakdown, …). XlplanError when the workspace's own has a mistake."""
    shipped, _ = parse(resource("workbook_templates", f"{name}.toml").read_text("utf-8"), f"{name}.toml")
    if shipped is None:
        raise ContractError(f"the shipped template {name} is wrong")
    own = workspace.templates / f"{name}.toml"
    if not own.is_file():
        return shipped, []
    text = read_bytes(own).decode("utf-8-sig", errors="replace")
    template, found = parse(text, f"templates/{own.name}", shipped)
    if template is None or has_errors(found):
        raise XlplanError(found[0])
    return template, found
