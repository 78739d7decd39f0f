"""`xlplan init`: a new workspace, drafted from a document where one is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan.errors import XlplanError
from xlplan.model import Plan
from xlplan.workflow.plan import record_plan
from xlplan.workflow.prepare import Wishes, draft_plan, write_draft
from xlplan.workflow.workspace import LEDGER, create_workspace

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Initialised:
    """A new workspace, the plan drafted into it, and what drafting found."""

    workspace: Workspace
    plan: Plan
    findings: tuple[Finding, ...]


def init_workspace(
    root: Path,
    at: datetime,
    source: Path | None = None,
    roster: Path | None = None,
    wishes: Wishes | None = None,
    ledger: str | None = None,
) -> Initialised:
    """Make a workspace, its ledger at a URL if one is given. A document that gives no plan stops it beforehand."""
    drafted = draft_plan(source, roster, wishes)
    if source and not drafted.plan.tasks:
        raise XlplanError(drafted.findings[0])
    workspace = create_workspace(root, ledger or LEDGER)
    found = list(drafted.findings) + write_draft(drafted, workspace.plan)
    record_plan(workspace, at)
    return Initialised(workspace, drafted.plan, tuple(found))
