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
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.process import Process
from xlplan.files.serve import Answer, attempt
from xlplan.finding import Finding

if TYPE_CHECKING:
    from xlplan.files.archives import Item
    from xlplan.files.workbook import Reading

Result = TypeVar("Result")

HANDFUL = 48
HANDFUL_BYTES = 16 * MEGABYTE
BATCH = 32
BATCH_BYTES = 2 * MEGABYTE
AHEAD = 3  # batches for each worker that are under way or wait for the caller


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What came of one file: a result, or the finding that says why there is none."""

    item: Item
    result: Result | None = None
    finding: Finding | None = None


class Pool(Protocol):
    """Whoever applies a function to many items: processes of this machine, or a cluster.

    What a lost worker had is tried again, and a file that a worker is lost to once more is named (F121). Outcomes come
    in the order of the items, each exactly once; items that come with a finding are passed on as they are. Little is
    kept: no more `batches` are taken from the items than there are workers to be kept busy.
    """

    def run(
        self, function: Callable[[Item], Result], items: Iterable[Item], limits: Limits
    ) -> Iterator[Outcome[Result]]:
        """The outcome of every item."""


def batches(items: Iterable[Item], most: int = BATCH) -> Iterator[list[Item]]:
    """Items in batches that are worth sending somewhere, of so many at most."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.data)
        if len(batch) >= most or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def run_safely(
    function: Callable[[Item], Result], items: Iterable[Item], limits: Limits | None = None, workers: int = 0
) -> Iterator[Outcome[Result]]:
    """Apply a picklable function to each item, in processes of this machine, and yield the outcomes in their order.

    `workers` is how many processes to use, 0 for one per processor. What the function raises becomes a finding; what it
    returns must be picklable, and best is small.
    """
    with closing(Local(workers)) as local:
        yield from local.run(function, items, limits or Limits())


class Local:
    """The processes of this machine; a few harmless files need none. Whoever made it closes it.

    A worker gets `batch` items at once.
    """

    def __init__(self, workers: int = 0, batch: int = BATCH) -> None:
        self.processes = workers or os.cpu_count() or 1
        self.batch = batch
        self.ready: list[Process] = []

    def warm(self, limits: Limits, *needs: str) -> None:
        """Start the processes ahead of work that is likely to come; they import the modules that it `needs`."""
        self.ready = [Process(limits, needs=",".join(needs)) for _ in range(self.processes)]
        with suppress(OSError):  # where none can be started, that is told when one is needed
            for process in self.ready:
                process.start()

    def run(
        self, function: Callable[[Item], Result], items: Iterable[Item], limits: Limits
    ) -> Iterator[Outcome[Result]]:
        """The outcome of every item, as of any pool. Afterwards the processes are kept for more."""
        waiting = iter(items)
        few, all_seen = _handful(waiting)
        if not few:
            return
        task = pickle.dumps((function, limits), pickle.HIGHEST_PROTOCOL)
        count = 1 if all_seen else self.processes
        self._let_go([one for one in self.ready if one.closed])
        self.ready += [Process(limits) for _ in range(count - len(self.ready))]
        for process in self.ready:
            process.task, process.limits = task, limits
        if all_seen:
            yield from _here(function, few, limits, self.ready[0])
        else:
            yield from _Workers[Result](self.ready, batches(chain(few, waiting), self.batch)).run()

    def close(self) -> None:
        """End the processes."""
        for process in self.ready:
            process.kill()
        self._let_go(self.ready)

    def _let_go(self, ended: list[Process]) -> None:
        self.ready = [one for one in self.ready if one not in ended]
        for process in ended:
            process.stop()


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


def _here(
    function: Callable[[Item], Result], items: list[Item], limits: Limits, process: Process
) -> Iterator[Outcome[Result]]:
    """A few items: the harmless in this process, the others in one worker that is only started for them."""
    from xlplan.files.workbook import is_tame

    for item in items:
        if item.finding is not None:
            yield Outcome(item, finding=item.finding)
        elif is_tame(item.data):
            yield Outcome(item, *attempt(function, item, limits))
        else:
            yield from (Outcome(item, *answer) for answer in process.run([item]))


class _Batch(NamedTuple):
    """Items that a worker gets at once, in their place among all batches; what has a finding is not to be read."""

    number: int
    items: list[Item]
    readable: list[Item]


@dataclass
class _Workers(Generic[Result]):
    """Several workers on one stream of items, each fed by a thread of this process."""

    processes: list[Process]
    waiting: Iterator[list[Item]]
    turn: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)
    done: queue.SimpleQueue[tuple[int, list[Outcome[Result]] | BaseException]] = field(
        default_factory=queue.SimpleQueue
    )
    places: threading.Semaphore = field(init=False)  # for batches that are under way, or wait for the caller
    batches: int = 0

    def run(self) -> Iterator[Outcome[Result]]:
        """The outcomes in the order of the items."""
        self.places = threading.Semaphore(AHEAD * len(self.processes))
        threads = [threading.Thread(target=self._feed, args=(one,), daemon=True) for one in self.processes]
        for thread in threads:
            thread.start()
        try:
            yield from self._in_order(threads)
        except BaseException:  # nobody waits for what they are at
            for process in self.processes:
                process.kill()
            raise
        finally:
            self.stopping.set()
            for _ in threads:
                self.places.release()
            for thread in threads:
                thread.join()

    def _in_order(self, threads: list[threading.Thread]) -> Iterator[Outcome[Result]]:
        early: dict[int, list[Outcome[Result]]] = {}
        expected, ended = 0, 0
        while ended < len(threads) or early:
            if expected in early:
                yield from early.pop(expected)
                self.places.release()
                expected += 1
                continue
            number, found = self.done.get()
            if isinstance(found, BaseException):
                raise found
            if number < 0:
                ended += 1
            else:
                early[number] = found

    def _feed(self, process: Process) -> None:
        try:
            batch = self._next()
            while batch.items and not self.stopping.is_set():
                upcoming: list[_Batch] = []
                answers = self._answers(process, batch, upcoming)
                self.done.put((batch.number, answers))
                batch = upcoming[0] if upcoming else self._next()
            self.done.put((-1, []))
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to the caller's thread
            self.done.put((0, error))

    def _answers(self, process: Process, batch: _Batch, upcoming: list[_Batch]) -> list[Outcome[Result]]:
        """The outcomes of one batch, in its order; the next is fetched while the worker is busy with this one."""

        def ahead() -> list[Item]:
            # who waits must not have anything that others wait for
            if self.places.acquire(blocking=False):
                upcoming.append(self._take())
            return upcoming[0].readable if upcoming else []

        answers: Iterator[Answer] = process.run(batch.readable, ahead)
        return [
            Outcome(item, finding=item.finding)
            if item.finding is not None
            else Outcome(item, *next(answers, (None, None)))
            for item in batch.items
        ]

    def _next(self) -> _Batch:
        """The next batch, once there is a place for it; an empty one when there are no more."""
        self.places.acquire()
        return self._take()

    def _take(self) -> _Batch:
        with self.turn:
            items = [] if self.stopping.is_set() else next(self.waiting, [])
            number = self.batches
            self.batches += bool(items)
        return _Batch(number, items, [item for item in items if item.finding is None])
