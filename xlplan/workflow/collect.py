"""`xlplan collect`: workers are started at once, everything else is imported while they start."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.disk import digest, have_arrived, read_bytes
from xlplan.files.worker import HANDFUL, Local

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from xlplan.files.worker import Pool
    from xlplan.period import Period
    from xlplan.workflow.account import Collected
    from xlplan.workflow.workspace import Workspace

_NEEDED = "xlplan.workflow.opening"  # all that reading a file takes


@dataclass(frozen=True)
class Handed:
    """What was handed in: paths of files, folders and archives, addresses of stores, the period that the user named.

    `pool` is who reads the files, this machine's own processes where it is None.
    """

    paths: tuple[Path | str, ...]
    period: Period | None = None
    dry: bool = False
    progress: Callable[[int, str], None] | None = None
    pool: Pool | None = None


def collect(workspace: Workspace, handed: Handed, at: datetime) -> Collected:
    """Read, archive and record. Doing it again with the same files changes nothing."""
    for path in handed.paths:
        if not isinstance(path, str) and not path.exists():
            raise XlplanError(rules.find("W101", path=path))
    with closing(Local()) as local:
        here = (path for path in handed.paths if not isinstance(path, str))
        if handed.pool is None and have_arrived(here, workspace.written, HANDFUL):
            local.warm(workspace.settings.limits, _NEEDED)
        from xlplan.workflow.gather import gather  # it takes a while, in which the workers start

        return gather(workspace, handed, handed.pool or local, at)


def undo(workspace: Workspace, run: int, at: datetime) -> int:
    """Take a run of `collect` back, keeping the record; how many files it had. XlplanError W122 when it is none."""
    files = workspace.ledger.files_of(run)
    if not files:
        raise XlplanError(rules.find("W122", run=run))
    with workspace.ledger.run("undo", "", at) as now:
        now.decide("undo", str(run))
    return files


def prefer(workspace: Workspace, path: Path, at: datetime) -> str:
    """Let a file count before all other returns of its office and period; its digest. XlplanError W123 when unknown."""
    sha256 = digest(read_bytes(path))
    if not workspace.ledger.knows(sha256):
        raise XlplanError(rules.find("W123", path=path))
    with workspace.ledger.run("prefer", "", at) as now:
        now.decide("prefer", sha256)
    return sha256
