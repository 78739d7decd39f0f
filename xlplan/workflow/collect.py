"""`xlplan collect`: every file that came back ends in one state, and what it says is in the ledger."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.archives import unpack
from xlplan.files.disk import digest, read_bytes
from xlplan.files.worker import run_safely
from xlplan.finding import Severity
from xlplan.ledger.archive import archive_original, forget_unfinished
from xlplan.model import State
from xlplan.period import Period
from xlplan.steps.claims import PERIOD
from xlplan.steps.identify import Desk
from xlplan.steps.receive import Counter
from xlplan.steps.stamp import plan_digest, text_digest
from xlplan.workflow.claims import fill_claims
from xlplan.workflow.plan import load_plan, record_plan
from xlplan.workflow.reading import Reader, unread
from xlplan.workflow.templates import claim_columns, form_columns
from xlplan.workflow.view import fold_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from xlplan.files.archives import Item
    from xlplan.files.limits import Limits
    from xlplan.finding import Finding
    from xlplan.ledger.store import Read
    from xlplan.model import Submission
    from xlplan.workflow.workspace import Workspace

_READING = 3  # raised whenever files must be read again because reading itself has changed


@dataclass(frozen=True)
class Collected:
    """What became of every file handed in, in the order of reading; `known` are those that the ledger had already.

    `run` is the number that `collect --undo` takes, 0 when nothing was recorded.
    """

    files: tuple[Submission, ...]
    known: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    dry: bool
    run: int = 0

    @property
    def count(self) -> int:
        """How many files were looked at."""
        return len(self.files) + len(self.known)


@dataclass(frozen=True)
class Handed:
    """What was handed in: paths of files, folders and archives, and the period that the user named."""

    paths: tuple[Path, ...]
    period: Period | None = None
    dry: bool = False
    progress: Callable[[int, str], None] | None = None


def collect(workspace: Workspace, handed: Handed, at: datetime) -> Collected:
    """Read, archive and record. Doing it again with the same files changes nothing."""
    for path in handed.paths:
        if not path.exists():
            raise XlplanError(rules.find("W101", path=path))
    plan, found = load_plan(workspace) if handed.dry else record_plan(workspace, at)
    grave = [one for one in found if one.severity is Severity.ERROR]
    sent = workspace.ledger.sent()
    seen = workspace.ledger.read_files()
    remembered = {sha256: period for (_, sha256), read in seen.items() if (period := Period.parse(read.period))}
    desk = Desk(plan, workspace.ledger.key, sent, handed.period, remembered)
    columns, claiming = form_columns(workspace, plan, sent), claim_columns(workspace, plan)
    bounds = asdict(workspace.settings.limits)
    basis = text_digest(
        _READING,
        plan_digest(plan),
        sent.mark,
        desk.period,
        columns.asked,
        [*columns.renamed, *claiming.renamed],
        bounds,
    )
    done = {file for file, read in seen.items() if _is_done(read, basis, handed.period)}
    reader = Reader(Counter(desk), columns, workspace.settings.limits, claiming)
    round_ = _Round(workspace, reader, done, handed)
    if not handed.dry:
        forget_unfinished(workspace.archive)
    round_.run()
    period = desk.period or desk.latest
    files = [replace(one, period=one.period or (period.code if period else "")) for one in round_.files]
    claims = [one for one in files if one.period == PERIOD]
    number = 0
    if files and not handed.dry:
        with workspace.ledger.run("collect", period.code if period else "", at) as run:
            number = run.number
            run.append(files, basis)
            if claims:  # inside the run: when plan.xlsx cannot be written, the claims count as not yet collected
                grave += fill_claims(workspace, plan, claims)
        if claims:
            record_plan(workspace, at)
    if not files and not round_.known:
        grave += [rules.find("W109", path=path) for path in handed.paths]
    now = _states(workspace, files, round_.known, dry=handed.dry)
    return Collected(tuple(now[: len(files)]), tuple(now[len(files) :]), tuple(grave), handed.dry, number)


def _is_done(read: Read, basis: str, period: Period | None) -> bool:
    """Whether a file need not be read again: nothing it depends on has changed, or it was merged as it was meant."""
    if read.basis == basis:
        return True
    return read.state is State.MERGED and (period is None or period.code == read.period)


@dataclass
class _Round:
    workspace: Workspace
    reader: Reader
    seen: set[tuple[str, str]]
    handed: Handed
    files: list[Submission] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        """How much one file may ask of us."""
        return self.workspace.settings.limits

    def run(self) -> None:
        """Read everything that was handed in; what cannot be read costs nothing but itself."""
        for outcome in run_safely(self.reader, self._incoming(), self.limits):
            item = outcome.item
            if outcome.result is not None:
                self.files.append(outcome.result)
            else:
                self.files.append(unread(item, _digest(item), [outcome.finding] if outcome.finding else []))
            if self.handed.progress:
                self.handed.progress(len(self.files) + len(self.known), item.path)

    def _incoming(self) -> Iterator[Item]:
        """The files that are new, each archived before anything else is done with it."""
        for path in self.handed.paths:
            for item in unpack(path, limits=self.limits):
                sha256 = _digest(item)
                if (item.path, sha256) in self.seen:
                    self.known.append((item.path, sha256))
                    continue
                if item.data and not self.handed.dry:
                    self._archive(item, sha256)
                yield item

    def _archive(self, item: Item, sha256: str) -> None:
        try:
            archive_original(self.workspace.archive, item.data, sha256, PurePosixPath(item.path).suffix)
        except OSError as error:
            place = self.workspace.archive
            raise XlplanError(rules.find("W106", path=place, detail=error.strerror or error)) from error


def _digest(item: Item) -> str:
    """The digest of a file's bytes; empty where there are none."""
    return digest(item.data) if item.data else ""


def _states(
    workspace: Workspace, files: list[Submission], known: list[tuple[str, str]], *, dry: bool
) -> list[Submission]:
    """The files with the states they have once everything of their periods is folded."""
    periods = {one.period for one in files} | (set(workspace.ledger.periods()) if known else set())
    now: dict[tuple[str, str], Submission] = {}
    for period in sorted(periods):
        unsaved = [one for one in files if dry and one.period == period]
        now |= {(one.path, one.sha256): one for one in fold_period(workspace, period, unsaved).files}
    keys = [(one.path, one.sha256) for one in files] + known
    read = {(one.path, one.sha256): one for one in files}
    return [now.get(key) or read[key] for key in keys]


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
