"""A round of forms, and whether it is to be made again: what it was made of, kept beside the workspace."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from xlplan.files.disk import digest, read_bytes
from xlplan.files.resources import resource
from xlplan.headers import Field
from xlplan.ledger.records import finding_of, finding_record
from xlplan.workflow.kept import Kept
from xlplan.workflow.workspace import SETTINGS, earlier_periods

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.books.template import Template
    from xlplan.finding import Finding
    from xlplan.period import Period
    from xlplan.workflow.workspace import Workspace

MANIFEST = "manifest.json"
_MISREAD = (AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True)
class Listed:
    """One form of a round: for whom, where in the workspace it lies, how many rows it has."""

    office: str
    path: str
    rows: int
    edition: int
    deadline: date | None
    sha256: str


@dataclass(frozen=True)
class Distributed:
    """The forms of a round, by office in roster order, and where they and the manifest lie."""

    period: Period
    folder: Path
    forms: tuple[Listed, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Basis:
    """What a round is made of beside the plan: what was asked for, digests of files, how far the ledger has grown.

    Returns and decisions count where forms show (`told`) entries of earlier periods, or of the lead.
    """

    period: Period
    deadline: date | None
    files: tuple[str, ...]
    growth: tuple[int, ...]
    told: bool

    @classmethod
    def now(cls, workspace: Workspace, template: Template, period: Period, deadline: date | None) -> Basis:
        """What a round would be made of now."""
        paths = [workspace.root / SETTINGS, resource("workbook_templates", "form.toml"), workspace.own_template("form")]
        paths += [workspace.templates / template.own.file] if template.own else []
        files = tuple(digest(path.read_bytes()) if path and path.is_file() else "" for path in paths)
        told = template.dress("zh").pages["form"].index(Field.LEAD_PROGRESS) is not None
        told = told or bool(earlier_periods(workspace, period))
        return cls(period, deadline, files, workspace.ledger.growth(), told)

    def made(self, workspace: Workspace, plan: str) -> Distributed | None:
        """The round as it was made, where that was of this plan and of this, and every file still is as it was."""
        folder = workspace.outbox(self.period)
        try:
            (record,) = self._kept(workspace, plan).get()
            manifest = (folder / MANIFEST).read_bytes()
            if record["manifest"] != digest(manifest):
                return None
            forms = tuple(map(_listed, json.loads(manifest)["forms"]))
            if any(digest((workspace.root / one.path).read_bytes()) != one.sha256 for one in forms):
                return None
            return Distributed(self.period, folder, forms, tuple(map(finding_of, record["findings"])))
        except (OSError, *_MISREAD):
            return None

    def keep(self, workspace: Workspace, plan: str, done: Distributed) -> None:
        """Remember that a round was made of this plan and of this."""
        manifest = digest(read_bytes(done.folder / MANIFEST))
        record = {"manifest": manifest, "findings": [finding_record(one) for one in done.findings]}
        self._kept(workspace, plan).put([record])

    def _kept(self, workspace: Workspace, plan: str) -> Kept:
        growth = self.growth if self.told else self.growth[:1]
        day = self.deadline.isoformat() if self.deadline else ""
        facts = (plan, self.period.code, day, self.files, growth, workspace.ledger.key.hex())
        return Kept.of(workspace.root, f"forms-{self.period.code}", *facts)


def manifest_of(plan: str, done: Distributed) -> bytes:
    """The list of the forms that lies beside them."""
    forms = [
        {
            "office": one.office,
            "file": one.path,
            "rows": one.rows,
            "edition": one.edition,
            "deadline": one.deadline.isoformat() if one.deadline else None,
            "sha256": one.sha256,
        }
        for one in done.forms
    ]
    content = {"plan": plan, "period": done.period.code, "forms": forms}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _listed(one: dict[str, Any]) -> Listed:
    day = date.fromisoformat(one["deadline"]) if one["deadline"] else None
    return Listed(one["office"], one["file"], one["rows"], one["edition"], day, one["sha256"])
