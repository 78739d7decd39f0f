"""The templates of the workbooks: those that ship with xlplan, changed by the workspace's own where there are any."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.template import Template, parse
from xlplan.books.template.fields import WORKBOOKS
from xlplan.errors import ContractError, XlplanError
from xlplan.files.disk import read_bytes, write_bytes
from xlplan.files.resources import resource
from xlplan.finding import Place, has_errors
from xlplan.headers import Field
from xlplan.model import EXTRA
from xlplan.workflow.reading import Blanks

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.books.form.parse import Columns
    from xlplan.finding import Finding
    from xlplan.model import Plan, Sent
    from xlplan.workflow.workspace import Workspace

LIGHTS = "lights"
"""What the light rule goes by among the templates."""

NAMES = tuple(WORKBOOKS)
"""The workbooks that have a template."""


@dataclass(frozen=True)
class Listed:
    """A template: its name, what its first line says it is, the workspace's own file, whether that differs."""

    name: str
    title: str
    own: Path | None
    changed: bool


def shipped_template(name: str) -> Template:
    """The template that ships with xlplan."""
    template, _ = parse(_shipped(name), f"{name}.toml")
    if template is None:
        raise ContractError(f"the shipped template {name} is wrong")
    return template


def load_template(workspace: Workspace | None, name: str) -> tuple[Template, list[Finding]]:
    """The template `name` (form, breakdown, …). XlplanError when the workspace's own has a mistake."""
    shipped = shipped_template(name)
    own = workspace.own_template(name) if workspace else None
    if own is None:
        return shipped, []
    template, found = parse(_text(own), f"templates/{own.name}", shipped)
    if template is None or has_errors(found):
        raise XlplanError(found[0])
    return template, found


def form_blanks(workspace: Workspace, plan: Plan) -> Blanks:
    """What the workspace's forms and claim forms look like now. XlplanError when a template has a mistake."""
    form, claim = (load_template(workspace, name)[0] for name in ("form", "claim"))
    foot = form.own.foot if form.own else ()
    form_page, claim_page = form.dress(plan.language).pages["form"], claim.dress(plan.language).pages["claim"]
    return Blanks(form_page.headings, foot, claim_page.headings)


def form_columns(workspace: Workspace, plan: Plan, sent: Sent) -> Columns:
    """The columns that the workspace's forms have, and had when they were sent. XlplanError for a wrong template."""
    from xlplan.books.form.parse import columns_of
    from xlplan.workflow.blanks import blanks

    now = blanks(workspace, plan)
    return columns_of(now.form, now.foot, sent)


def plan_headers(workspace: Workspace) -> dict[str, Field | None]:
    """The headers that the workspace's own template gives plan.xlsx, with their fields; empty without one."""
    if workspace.own_template("plan") is None:
        return {}
    template, _ = load_template(workspace, "plan")
    columns = template.pages["rows"].columns
    words = [(one.header.of(lang), one.field) for lang in ("zh", "en") for one in columns]
    return {header: None if field == EXTRA else Field(field) for header, field in words}


def list_templates(workspace: Workspace | None) -> list[Listed]:
    """Every template, and which of them the workspace has changed."""
    from xlplan.workflow.documents import DOCUMENTS, own_document, shipped_document
    from xlplan.workflow.lights import rule_file

    listed = []
    for name in NAMES:
        text = _shipped(name)
        own = workspace.own_template(name) if workspace else None
        title = text.partition("\n")[0].strip("# .")
        listed.append(Listed(name, title, own, own is not None and _text(own) != text))
    for name, title in DOCUMENTS.items():
        own = own_document(workspace, name) if workspace else None
        shipped = (shipped_document(name, lang) for lang in ("zh", "en"))
        listed.append(Listed(name, title, own, own is not None and read_bytes(own) not in shipped))
    rule = rule_file(workspace.root) if workspace else None
    listed.append(Listed(LIGHTS, "亮灯规则 / the light rule", rule, rule is not None))
    return listed


def copy_template(workspace: Workspace, name: str) -> Path:
    """Copy a shipped template into the workspace, to be changed there. XlplanError T110, T111.

    `lights` is the light rule in force, `lights/NAME` that preset; they become the workspace's `lights.toml`.
    """
    from xlplan.workflow.documents import DOCUMENTS, plan_language, shipped_document
    from xlplan.workflow.lights import copy_rule

    if name.partition("/")[0] == LIGHTS:
        return copy_rule(workspace.root, name.partition("/")[2])
    if name not in (*NAMES, *DOCUMENTS):
        raise XlplanError(rules.find("T110", name=name[:60], near="、".join((*NAMES, *DOCUMENTS, LIGHTS))))
    path = workspace.templates / f"{name}.{'docx' if name in DOCUMENTS else 'toml'}"
    if path.exists():
        raise XlplanError(rules.find("T111", path=path))
    is_document = name in DOCUMENTS
    write_bytes(path, shipped_document(name, plan_language(workspace)) if is_document else _shipped(name).encode())
    return path


def check_templates(workspace: Workspace) -> list[Finding]:
    """Everything that is wrong with the workspace's own templates, and with its light rule."""
    from xlplan.workflow.documents import DOCUMENTS, check_document
    from xlplan.workflow.lights import check_rule

    found = check_rule(workspace.root)[1]
    for path in sorted(workspace.templates.glob("*.toml")):
        if path.stem in NAMES:
            found += parse(_text(path), f"templates/{path.name}", shipped_template(path.stem))[1]
        else:
            found.append(_unknown(path, NAMES))
    for path in sorted(workspace.templates.glob("*.docx")):
        if path.name.startswith("~$"):  # open in Word
            continue
        if path.stem in DOCUMENTS:
            found += check_document(path)
        else:
            found.append(_unknown(path, tuple(DOCUMENTS)))
    return found


def _unknown(path: Path, names: tuple[str, ...]) -> Finding:
    near = get_close_matches(path.stem[:60], names, 1)
    facts = {"name": path.stem[:60], "near": near[0] if near else "、".join(names)}
    return rules.find("T110", Place(f"templates/{path.name}"), **facts)


def _shipped(name: str) -> str:
    return resource("workbook_templates", f"{name}.toml").read_text("utf-8")


def _text(path: Path) -> str:
    from xlplan.files.documents.text import decoded

    return decoded(read_bytes(path)).replace("\r\n", "\n")
