"""Reading everything that was handed in: every file ends in one state, and what it says is in the ledger."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.files.archives import unpack
from xlplan.finding import Severity
from xlplan.ledger.records import file
from xlplan.model import State
from xlplan.period import CLAIM, Period
from xlplan.steps.desk import Desk
from xlplan.steps.stamp import plan_digest, text_digest
from xlplan.workflow.account import Account, Collected
from xlplan.workflow.blanks import blanks
from xlplan.workflow.plan import load_plan, record_plan
from xlplan.workflow.reading import Lost, Reader, unread
from xlplan.workflow.workspace import unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from xlplan.files.archives import Item
    from xlplan.files.limits import Limits
    from xlplan.files.worker import Outcome, Pool
    from xlplan.ledger.queries import Read
    from xlplan.ledger.records import Filed
    from xlplan.model import Plan, Submission
    from xlplan.workflow.collect import Handed
    from xlplan.workflow.states import File
    from xlplan.workflow.workspace import Workspace

_BEFORE = 512  # files that are read before the ledger is asked for its turn; meanwhile others may write
_TOGETHER = 256  # files whose originals are written out together
_READING = 3  # raised whenever files must be read again because reading itself has changed


def gather(workspace: Workspace, handed: Handed, pool: Pool, at: datetime) -> Collected:
    """Read, archive and record what was handed in, with the help of a pool."""
    plan, found = load_plan(workspace) if handed.dry else record_plan(workspace, at)
    grave = [one for one in found if one.severity is Severity.ERROR]
    round_ = _round(workspace, plan, handed)
    if not handed.dry:
        with _kept(workspace):
            workspace.archive.tidy()
    filed = round_.read(pool)
    with ExitStack() as stack:
        first = list(islice(filed, _BEFORE))  # without a new file there is nothing to record, and no run
        run = None
        if first and not handed.dry:
            run = stack.enter_context(workspace.ledger.run("collect", round_.period, at))
        every = chain(first, filed)
        for one, is_new in run.record(every, round_.basis) if run else ((one, True) for one in every):
            round_.take(one, is_new=is_new)
        if run:
            with _kept(workspace):
                round_.settle()
        if run and round_.whole:  # inside the run: when plan.xlsx cannot be written, claims count as not yet collected
            from xlplan.workflow.claims import fill_claims

            grave += fill_claims(workspace, plan, round_.whole)
    if run and round_.whole:
        record_plan(workspace, at)
    if not round_.new and not round_.known:
        grave += [rules.find("W109", path=path) for path in handed.paths]
    tried = _as_folded(workspace, round_.whole) if handed.dry else ()
    number = run.number if run else 0
    return Collected(
        workspace, round_.new, tuple(round_.known), tuple(grave), round_.account, number, handed.dry, tried
    )


def _round(workspace: Workspace, plan: Plan, handed: Handed) -> _Round:
    """Everything that reading needs, worked out once."""
    ledger, limits = workspace.ledger, workspace.settings.limits
    sent = ledger.sent()
    forms = blanks(workspace, plan)
    wanted = handed.period.code if handed.period else None
    basis = text_digest(_READING, plan_digest(plan), sent.mark, wanted, forms, asdict(limits))
    done: set[bytes] = set()
    remembered: dict[str, Period] = {}
    unopened: set[str] = set()
    for path, sha256, read in ledger.read_files():
        if not sha256:
            unopened.add(path)
        elif path in unopened:
            unopened.discard(path)
            done.discard(_mark((path, "")))
        if _is_done(read, basis, handed.period):
            done.add(_mark((path, sha256)))
        else:
            done.discard(_mark((path, sha256)))
            if period := Period.parse(read.period):
                remembered[sha256] = period
    desk = Desk(replace(plan), ledger.key, sent, handed.period, remembered)
    archive = None if handed.dry or (handed.pool and workspace.archive.is_here) else workspace.archive
    reader = Reader(desk, forms, limits, archive, handed.dry)
    period = desk.period or desk.latest
    return _Round(workspace, reader, handed, basis, done, unopened, period.code if period else "")


def _is_done(read: Read, basis: str, period: Period | None) -> bool:
    """Whether a file need not be read again: nothing it depends on has changed, or it was merged as it was meant."""
    if read.basis == basis:
        return True
    return read.state is State.MERGED and (period is None or period.code == read.period)


def _mark(file_: File) -> bytes:
    """A file's path and digest in few bytes."""
    path, sha256 = file_
    return hashlib.blake2b(f"{sha256} {path}".encode(errors="surrogateescape"), digest_size=16).digest()


@dataclass
class _Round:
    workspace: Workspace
    reader: Reader
    handed: Handed
    basis: str
    done: set[bytes]
    unopened: set[str]  # paths that were without a digest when they were last read
    period: str
    known: list[File] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    whole: list[Submission] = field(default_factory=list)
    new: int = 0
    beside: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 1))
    settling: list[Future[None]] = field(default_factory=list)  # while others are read, so that few are left at the end

    def read(self, pool: Pool) -> Iterator[Filed]:
        """Read everything that was handed in; what cannot be read costs nothing but itself."""
        outcomes = pool.run(self.reader, self._incoming(), self.workspace.settings.limits)
        for count, outcome in enumerate(outcomes, 1):
            if self.handed.progress:
                self.handed.progress(count + len(self.known), outcome.item.path)
            yield self._filed(outcome)

    def _filed(self, outcome: Outcome[Filed | Lost]) -> Filed:
        item, one = outcome.item, outcome.result
        if isinstance(one, Lost):
            raise unreachable(self.workspace.archive, one.detail)
        if one is None:
            self._archive(item)
            one = file(unread(item, [outcome.finding] if outcome.finding else []), whole=self.handed.dry)
        return one if one.period else one._replace(period=self.period)

    def take(self, one: Filed, *, is_new: bool) -> None:
        """Count a file that was read, unless another run has recorded it meanwhile."""
        if not is_new:
            self.known.append((one.path, one.sha256))
            return
        self.new += 1
        self.account.add(one)
        if self.new % _TOGETHER == 0 and not self.handed.dry:
            self.settling.append(self.beside.submit(self.workspace.archive.settle))
        if one.whole and (self.handed.dry or one.period == CLAIM):
            self.whole.append(replace(one.whole, period=one.period))

    def settle(self) -> None:
        """Have all originals outlive a power cut. OSError when that failed, then or before: it is told only once."""
        for one in self.settling:
            one.result()
        self.workspace.archive.settle()

    def _incoming(self) -> Iterator[Item]:
        """The files that are new."""
        limits = self.workspace.settings.limits
        for path in self.handed.paths:
            for item in _fetched(path, limits) if isinstance(path, str) else unpack(path, limits=limits):
                if self._is_known(item):
                    self.known.append((item.path, item.sha256))
                    continue
                if self.handed.pool and self.workspace.archive.is_here:
                    self._archive(item)  # nobody else can
                yield item

    def _is_known(self, item: Item) -> bool:
        """Whether there is nothing to read or record anew."""
        if item.sha256 and item.path in self.unopened:
            return False
        return bool(self.done) and _mark((item.path, item.sha256)) in self.done

    def _archive(self, item: Item) -> None:
        """Keep the original of a file whose reader cannot, or did not live to do it."""
        if not item.data or self.handed.dry:
            return
        with _kept(self.workspace):
            self.workspace.archive.keep(item)


def _fetched(address: str, limits: Limits) -> Iterator[Item]:
    from xlplan.files.remote import fetch

    return fetch(address, limits)


@contextmanager
def _kept(workspace: Workspace) -> Iterator[None]:
    """Say what is wrong when originals cannot be kept."""
    try:
        yield
    except OSError as error:
        raise unreachable(workspace.archive, error) from error


def _as_folded(workspace: Workspace, files: list[Submission]) -> tuple[Submission, ...]:
    """Files that are not recorded, with the states that they would have."""
    from xlplan.workflow.view import fold_period

    now: dict[File, Submission] = {}
    for period in sorted({one.period for one in files}):
        unsaved = [one for one in files if one.period == period]
        now |= {(one.path, one.sha256): one for one in fold_period(workspace, period, unsaved).files}
    return tuple(now.get((one.path, one.sha256), one) for one in files)
