"""Running a function over many files so that no file can take the run along.

A few small files are read right here. All others run in worker processes of our own: a file that crashes, hangs or
eats memory ends its worker, is named in a finding, and the rest goes on in a new one. A worker gets the function once
and the files in batches, and answers file by file.
"""

from __future__ import annotations

import os
import pickle
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from xlplan.files.archives import Item
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.process import Answer, Process, attempt
from xlplan.finding import Finding

if TYPE_CHECKING:
    from xlplan.files.workbook import Reading

Result = TypeVar("Result")

HANDFUL = 48
HANDFUL_BYTES = 16 * MEGABYTE
BATCH = 32
BATCH_BYTES = 2 * MEGABYTE
AHEAD = 4  # finished batches that wait for the caller, for each worker


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What came of one file: a result, or the finding that says why there is none."""

    item: Item
    result: Result | None = None
    finding: Finding | None = None


class Pool(Protocol):
    """Whoever applies a function to many items: processes of this machine, or a cluster.

    Items go out in `batches` and are answered by `answers`. When a worker is lost, the batch that it had is tried again
    file by file, and a file that a worker is lost to once more is named (F121). Outcomes come in the order of the
    items, each exactly once; items that come with a finding are passed on as they are. Little is kept: no more batches
    are taken from `items` than there are workers to be kept busy.
    """

    def run(
        self, function: Callable[[Item], Result], items: Iterable[Item], limits: Limits
    ) -> Iterator[Outcome[Result]]:
        """The outcome of every item."""


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in batches that are worth sending somewhere."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.data)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def answers(function: Callable[[Item], Result], batch: list[Item], limits: Limits) -> list[Answer]:
    """What a worker does with a batch: an answer for each item."""
    return [(None, item.finding) if item.finding is not None else attempt(function, item, limits) for item in batch]


def run_safely(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    limits: Limits | None = None,
    workers: int = 0,
    pool: Pool | None = None,
) -> Iterator[Outcome[Result]]:
    """Apply a picklable function to each item and yield the outcomes in the order of the items.

    Items that come with a finding are passed on as they are. `workers` is how many processes to use, 0 for one per
    processor; `pool` does the work instead of them. What the function raises becomes a finding; what it returns must be
    picklable, and best is small.
    """
    bounds = limits or Limits()
    if pool is not None:
        yield from pool.run(function, items, bounds)
        return
    waiting = iter(items)
    few, all_seen = _handful(waiting)
    if all_seen:
        yield from _here(function, few, bounds)
        return
    local: _Workers[Result] = _Workers(pickle.dumps((function, bounds)), bounds, batches(chain(few, waiting)))
    yield from local.run(workers or os.cpu_count() or 1)


def read_many(items: Iterable[Item], limits: Limits | None = None, workers: int = 0) -> Iterator[tuple[Item, Reading]]:
    """Read many workbooks safely, each as `read_book` does."""
    bounds = limits or Limits()
    for outcome in run_safely(partial(_read, bounds), items, bounds, workers):
        if outcome.result is not None:
            yield outcome.item, outcome.result
        else:
            yield outcome.item, (None, [outcome.finding] if outcome.finding else [])


def _read(limits: Limits, item: Item) -> Reading:
    from xlplan.files.workbook import read_book

    return read_book(item.data, item.path, limits)


def _handful(items: Iterator[Item]) -> tuple[list[Item], bool]:
    """The first few items, and whether these are all."""
    few: list[Item] = []
    size = 0
    for item in items:
        few.append(item)
        size += len(item.data)
        if len(few) > HANDFUL or size > HANDFUL_BYTES:
            return few, False
    return few, True


def _here(function: Callable[[Item], Result], items: list[Item], limits: Limits) -> Iterator[Outcome[Result]]:
    """A few items: the harmless in this process, the others in one worker that is only started for them."""
    from xlplan.files.workbook import is_tame

    process = Process(pickle.dumps((function, limits)), limits)
    try:
        for item in items:
            if item.finding is not None:
                yield Outcome(item, finding=item.finding)
            elif is_tame(item.data):
                yield Outcome(item, *attempt(function, item, limits))
            else:
                yield from (Outcome(item, *answer) for answer in process.run([item]))
    finally:
        process.stop()


@dataclass
class _Workers(Generic[Result]):
    """Several workers on one stream of items, each fed by a thread of this process."""

    task: bytes
    limits: Limits
    waiting: Iterator[list[Item]]
    turn: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)
    done: queue.Queue[tuple[int, list[Outcome[Result]] | BaseException]] = field(init=False)
    processes: list[Process] = field(default_factory=list)
    batches: int = 0

    def run(self, workers: int) -> Iterator[Outcome[Result]]:
        """The outcomes in the order of the items."""
        self.done = queue.Queue(maxsize=AHEAD * workers)
        threads = [threading.Thread(target=self._feed, daemon=True) for _ in range(workers)]
        for thread in threads:
            thread.start()
        try:
            yield from self._in_order(threads)
        finally:
            self.stopping.set()
            for process in self.processes:
                process.kill()
            while any(thread.is_alive() for thread in threads):
                self._drain()
                threads[-1].join(0.01)
                threads = [thread for thread in threads if thread.is_alive()] or threads[:1]

    def _in_order(self, threads: list[threading.Thread]) -> Iterator[Outcome[Result]]:
        early: dict[int, list[Outcome[Result]]] = {}
        expected, ended = 0, 0
        while ended < len(threads) or early:
            if expected in early:
                yield from early.pop(expected)
                expected += 1
                continue
            number, found = self.done.get()
            if isinstance(found, BaseException):
                raise found
            if number < 0:
                ended += 1
            else:
                early[number] = found

    def _drain(self) -> None:
        try:
            while True:
                self.done.get_nowait()
        except queue.Empty:
            return

    def _feed(self) -> None:
        process = Process(self.task, self.limits)
        self.processes.append(process)
        try:
            number, batch = self._next()
            while batch and not self.stopping.is_set():
                upcoming: list[tuple[int, list[Item]]] = []
                answers = self._answers(process, batch, lambda: upcoming.append(self._next()))  # noqa: B023 - called at once
                self.done.put((number, answers))
                number, batch = upcoming[0] if upcoming else self._next()
            self.done.put((-1, []))
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to the caller's thread
            self.done.put((0, error))
        finally:
            process.stop()

    def _answers(self, process: Process, batch: list[Item], meanwhile: Callable[[], None]) -> list[Outcome[Result]]:
        """The outcomes of one batch, in its order; the next is fetched while the worker is busy with this one."""
        readable = [item for item in batch if item.finding is None]
        answers: Iterator[Answer] = process.run(readable, meanwhile)
        return [
            Outcome(item, finding=item.finding)
            if item.finding is not None
            else Outcome(item, *next(answers, (None, None)))
            for item in batch
        ]

    def _next(self) -> tuple[int, list[Item]]:
        """The next batch and its number; an empty one when there are no more."""
        with self.turn:
            batch = next(self.waiting, [])
            number = self.batches
            self.batches += bool(batch)
        return number, batch
