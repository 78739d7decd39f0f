"""`xlplan ledger`: looking after the ledger itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.ledger.address import Address
from xlplan.ledger.checks import check_ledger, count_rows
from xlplan.ledger.copying import copy_ledger
from xlplan.ledger.database import connect
from xlplan.ledger.schema import VERSION
from xlplan.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """A ledger, how many records its tables hold, and what is wrong with it."""

    ledger: str
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Copied:
    """A ledger that was copied: from where to where, as messages give it, and how many records its tables hold."""

    source: str
    target: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Migrated:
    """A ledger's version before and now, and the copy that was kept of it, where one was."""

    ledger: str
    before: int
    now: int
    kept: Path | None


def check(workspace: Workspace) -> Checked:
    """Check the ledger, and every original in the archive."""
    ledger = workspace.ledger
    found = list(check_ledger(ledger))
    found += workspace.archive.check(ledger.digests())
    return Checked(ledger.database.address.shown, count_rows(ledger), tuple(found))


def migrate(workspace: Workspace) -> Migrated:
    """Bring the ledger's tables up to date; nothing happens when they are."""
    ledger = Ledger(connect(workspace.ledger_at))
    before = ledger.version()
    kept = ledger.upgrade() if before < VERSION else None
    shown = ledger.database.address.shown
    ledger.close()
    return Migrated(shown, before, VERSION, kept)


def backup(workspace: Workspace, at: datetime, out: Path | None = None) -> Copied:
    """Write the ledger's present state to a file, which is a ledger itself, while others go on using it."""
    path = out or workspace.root / "backups" / f"ledger-{at:%Y%m%d-%H%M%S}.db"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise XlplanError(rules.find("W106", path=path, detail=error.strerror or error)) from error
    ledger = workspace.ledger
    rows = copy_ledger(ledger, Address.of_file(path))
    return Copied(ledger.database.address.shown, str(path), rows)


def copy(workspace: Workspace, source: str | None, target: str | None) -> Copied:
    """Copy a ledger to where none is; the workspace's own stands for the one that is not named."""
    start = Address.parse(source, workspace.root) if source else workspace.ledger_at
    end = Address.parse(target, workspace.root) if target else workspace.ledger_at
    ledger = Ledger.open(start)
    rows = copy_ledger(ledger, end)
    ledger.close()
    return Copied(start.shown, end.shown, rows)
