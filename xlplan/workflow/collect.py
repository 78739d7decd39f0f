"""`xlplan collect`: every file that came back ends in one state, and what it says is in the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.claim import parse as parse_claims
from xlplan.books.form.parse import parse
from xlplan.errors import XlplanError
from xlplan.files.archives import unpack
from xlplan.files.disk import digest
from xlplan.files.workbook import read_book
from xlplan.finding import Place, Severity
from xlplan.ledger.archive import archive_original
from xlplan.model import State, Submission
from xlplan.steps.claims import PERIOD, receive_claims
from xlplan.steps.identify import Desk
from xlplan.steps.merge import fold
from xlplan.steps.receive import Counter, receive
from xlplan.steps.stamp import plan_digest, text_digest
from xlplan.workflow.claims import fill_claims
from xlplan.workflow.plan import record_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from xlplan.files.archives import Item
    from xlplan.finding import Finding
    from xlplan.period import Period
    from xlplan.workflow.workspace import Workspace

_ABOUT_CELLS = frozenset({"F201", "F202"})  # said again, and exactly, of the cells that an office fills
_READING = 1  # raised whenever files must be read again because reading itself has changed


@dataclass(frozen=True)
class Collected:
    """What became of every file handed in, in the order of reading; `known` are those that the ledger had already."""

    files: tuple[Submission, ...]
    known: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    dry: bool

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
    plan, found = record_plan(workspace, at)
    grave = [one for one in found if one.severity is Severity.ERROR]
    issued = workspace.ledger.issued()
    desk = Desk(plan, workspace.ledger.key, issued, handed.period)
    basis = text_digest(_READING, plan_digest(plan), [one.stamp.signature for one in issued], desk.period)
    round_ = _Round(workspace, Counter(desk), workspace.ledger.read_files(basis), handed)
    round_.run()
    period = desk.period or desk.latest
    files = [replace(one, period=one.period or (period.code if period else "")) for one in round_.files]
    claims = [one for one in files if one.period == PERIOD]
    if files and not handed.dry:
        with workspace.ledger.run("collect", period.code if period else "", at) as run:
            run.append(files, basis)
            if claims:  # inside the run: when plan.xlsx cannot be written, the claims count as not yet collected
                grave += fill_claims(workspace, plan, claims)
        if claims:
            record_plan(workspace, at)
    if not files and not round_.known:
        grave += [rules.find("W109", path=path) for path in handed.paths]
    now = _states(workspace, files, round_.known, dry=handed.dry)
    return Collected(tuple(now[: len(files)]), tuple(now[len(files) :]), tuple(grave), handed.dry)


@dataclass
class _Round:
    workspace: Workspace
    counter: Counter
    seen: set[tuple[str, str]]
    handed: Handed
    files: list[Submission] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)

    def run(self) -> None:
        for number, item in enumerate(_items(self.handed.paths), 1):
            sha256 = digest(item.data) if item.data else ""
            if (item.path, sha256) in self.seen:
                self.known.append((item.path, sha256))
            else:
                self.files.append(self._receive(item, sha256))
            if self.handed.progress:
                self.handed.progress(number, item.path)

    def _receive(self, item: Item, sha256: str) -> Submission:
        if item.finding:
            stopped = item.finding.severity is Severity.ERROR
            return _unread(item, sha256, State.QUARANTINED if stopped else State.IGNORED, [item.finding])
        if not self.handed.dry:
            self._archive(item, sha256)
        book, found = read_book(item.data, item.path)
        if book is None:
            return _unread(item, sha256, State.QUARANTINED, found)
        claims = parse_claims(book, item.path, sha256)
        if claims:
            return receive_claims(claims, self.counter.desk.plan, self.counter.desk.key, item.time)
        submission = receive(parse(book, item.path, sha256), self.counter, item.path, item.time)
        about_file = (one for one in found if one.code not in _ABOUT_CELLS)
        return replace(submission, findings=(*about_file, *submission.findings))

    def _archive(self, item: Item, sha256: str) -> None:
        try:
            archive_original(self.workspace.archive, item.data, sha256, PurePosixPath(item.path).suffix)
        except OSError as error:
            place = self.workspace.archive
            raise XlplanError(rules.find("W106", path=place, detail=error.strerror or error)) from error


def _items(paths: Iterable[Path]) -> Iterator[Item]:
    for path in paths:
        yield from unpack(path)


def _unread(item: Item, sha256: str, state: State, found: Iterable[Finding]) -> Submission:
    placed = tuple(one if one.place.file else replace(one, place=Place(item.path)) for one in found)
    return Submission(item.path, sha256, state, when=item.time, findings=placed)


def _states(
    workspace: Workspace, files: list[Submission], known: list[tuple[str, str]], *, dry: bool
) -> list[Submission]:
    """The files with the states they have once everything of their periods is folded."""
    periods = {one.period for one in files} | (set(workspace.ledger.periods()) if known else set())
    now: dict[tuple[str, str], Submission] = {}
    for period in sorted(periods):
        submissions = workspace.ledger.submissions(period)
        if dry:
            submissions += [one for one in files if one.period == period]
        now |= {(one.path, one.sha256): one for one in fold(submissions).files}
    keys = [(one.path, one.sha256) for one in files] + known
    read = {(one.path, one.sha256): one for one in files}
    return [now.get(key) or read[key] for key in keys]
