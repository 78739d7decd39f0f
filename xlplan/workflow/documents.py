"""Word documents from templates: those that ship are written as lines of text, a workspace's own are Word files."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlplan.errors import XlplanError
from xlplan.files.archives import Item
from xlplan.files.disk import read_bytes, steady
from xlplan.files.limits import Limits
from xlplan.files.process import Process
from xlplan.files.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.workflow.workspace import Workspace

DOCUMENTS = {
    "bulletin": "通报 / The bulletin of `consolidate --docx`",
    "notice": "催报通知 / The notices of `remind`",
}
"""The documents that have a template, with what they are."""

_SECONDS = 20.0


def shipped_document(name: str, lang: str) -> bytes:
    """The template that ships with xlplan, as a Word file in official layout."""
    from xlplan.render.official import official

    text = resource("workbook_templates", f"{name}.{'zh' if lang == 'zh' else 'en'}.txt").read_text("utf-8")
    return steady(official(text, lang))


def own_document(workspace: Workspace, name: str) -> Path | None:
    """The workspace's own template, where it has one."""
    path = workspace.templates / f"{name}.docx"
    return path if path.is_file() else None


def fill_document(
    workspace: Workspace, name: str, lang: str, facts: Mapping[str, Any]
) -> tuple[bytes | None, list[Finding]]:
    """A document from the workspace's template, else from ours; None with findings when the template has a mistake."""
    own = own_document(workspace, name)
    if own:
        return _fill_apart(own, facts)
    data, found = _Filling(facts)(Item(f"{name}.docx", shipped_document(name, lang)))
    return steady(data) if data else None, found


def check_document(path: Path) -> list[Finding]:
    """What is wrong with a user's template, tried on a sample in which no list is empty."""
    from xlplan.render.bulletin import sample_facts
    from xlplan.render.notice import sample_notices

    samples = sample_notices() if path.stem == "notice" else [sample_facts()]
    return list(dict.fromkeys(one for facts in samples for one in _fill_apart(path, facts)[1]))


def _fill_apart(path: Path, facts: Mapping[str, Any]) -> tuple[bytes | None, list[Finding]]:
    """A user's template filled in, in a process of its own: whatever it asks for, it ends."""
    item = Item(f"templates/{path.name}", read_bytes(path))
    limits = Limits(seconds=_SECONDS)
    process = Process(limits, pickle.dumps((_Filling(facts), limits)))
    try:
        ((answer, trouble),) = process.run([item])
    finally:
        process.stop()
    if trouble:
        return None, [trouble]
    data, found = answer
    return steady(data) if data else None, found


@dataclass(frozen=True)
class _Filling:
    """The work on one template; can be sent to another process."""

    facts: Mapping[str, Any]

    def __call__(self, item: Item) -> tuple[bytes | None, list[Finding]]:
        """The filled document."""
        from xlplan.render.filling import fill

        return fill(item.data, self.facts, item.path)


def plan_language(workspace: Workspace) -> str:
    """The language of the plan; Chinese where there is none to be read."""
    from xlplan.workflow.plan import load_plan

    try:
        return load_plan(workspace)[0].language
    except XlplanError:
        return "zh"
