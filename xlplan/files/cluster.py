"""Reading on an existing dask.distributed cluster, through its `concurrent.futures` executor.

Every file is read in a disposable child of the cluster's worker, under the same limits as on this machine. A batch
whose worker is lost goes to another one; when that fails too, its files are tried one by one, and a file that workers
are lost to once more is named. Results come back here, and nothing is recorded anywhere else.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.process import Answer, Process
from xlplan.files.worker import Outcome, batches
from xlplan.finding import Place

if TYPE_CHECKING:
    from concurrent.futures import Future

    from xlplan.files.archives import Item
    from xlplan.files.limits import Limits

Result = TypeVar("Result")

_AHEAD = 2  # batches under way for each thread of the cluster
_WAIT = 10  # seconds for the scheduler to answer


@dataclass(frozen=True)
class Cluster:
    """The cluster behind a scheduler's address, such as `tcp://10.0.0.1:8786`."""

    address: str

    def run(
        self, function: Callable[[Item], Result], items: Iterable[Item], limits: Limits
    ) -> Iterator[Outcome[Result]]:
        """The outcome of every item, in their order, each once. XlplanError W800 when the cluster cannot be used."""
        from distributed import Client

        try:
            client: Any = Client(self.address, timeout=_WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, ImportError) as error:
            raise self._gone(error) from error
        try:
            yield from _Reading(client, function, limits, self._gone).run(items)
        finally:
            client.close(_WAIT)

    def _gone(self, error: BaseException) -> XlplanError:
        detail = f"{type(error).__name__}: {error}"[:200]
        return XlplanError(rules.find("W800", address=self.address, detail=detail))


class _Reading:
    """One run on a cluster."""

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - the library ships no types
        function: object,
        limits: Limits,
        gone: Callable[[BaseException], XlplanError],
    ) -> None:
        self.client, self.limits, self.gone = client, limits, gone
        self.task = pickle.dumps((function, limits), pickle.HIGHEST_PROTOCOL)
        self.mark = hashlib.sha256(self.task).hexdigest()
        self.executor = client.get_executor(pure=False)
        self.sent: Any = None

    def run(self, items: Iterable[Item]) -> Iterator[Outcome[Any]]:
        """The outcomes in order; only as many batches are under way as keep the cluster busy."""
        under_way: deque[tuple[list[Item], Future[list[Answer]]]] = deque()
        try:
            for batch in batches(items):
                under_way.append((batch, self._submit(batch)))
                if len(under_way) >= self._most():
                    yield from self._outcomes(*under_way.popleft())
            while under_way:
                yield from self._outcomes(*under_way.popleft())
        finally:
            for _, future in under_way:
                future.cancel()
            with suppress(Exception):  # the children end with their workers at the latest
                self.client.run(_forget, self.mark)

    def _most(self) -> int:
        threads: int = sum(self.client.nthreads().values())
        return max(2, _AHEAD * threads)

    def _submit(self, batch: list[Item]) -> Future[list[Answer]]:
        """Send a batch; the function went ahead once, to every worker."""
        readable = [item for item in batch if item.finding is None]
        try:
            if self.sent is None:
                self.sent = self.client.scatter(self.task, broadcast=True, hash=False)
            found: Future[list[Answer]] = self.executor.submit(_read, self.sent, self.mark, self.limits, readable)
        except Exception as error:
            raise self.gone(error) from error
        return found

    def _outcomes(self, batch: list[Item], future: Future[list[Answer]]) -> Iterator[Outcome[Any]]:
        answers = iter(self._answers([item for item in batch if item.finding is None], future))
        for item in batch:
            yield Outcome(item, finding=item.finding) if item.finding is not None else Outcome(item, *next(answers))

    def _answers(self, readable: list[Item], future: Future[list[Answer]]) -> list[Answer]:
        try:
            return future.result()
        except Exception as error:  # noqa: BLE001 - a worker was lost, or what it held
            self._still_there(error)
        self.sent = None
        return [self._alone(item) for item in readable]

    def _alone(self, item: Item) -> Answer:
        """One file of a batch that could not be read as a whole."""
        try:
            (answer,) = self._submit([item]).result()
        except XlplanError:
            raise
        except Exception as error:  # noqa: BLE001 - the same
            self._still_there(error)
            self.sent = None
            return None, rules.find("F121", Place(file=item.path))
        return answer

    def _still_there(self, error: BaseException) -> None:
        """Raise when it is not one worker that is lost but the cluster."""
        try:
            workers = self.client.scheduler_info(n_workers=-1)["workers"] if self.client.status == "running" else {}
        except Exception as lost:  # noqa: BLE001 - the same
            raise self.gone(lost) from error
        if not workers:
            raise self.gone(error) from error


_kept: dict[tuple[str, int], Process] = {}
"""The children of this worker: one for each run and thread."""


def _read(task: bytes, mark: str, limits: Limits, batch: list[Item]) -> list[Answer]:
    """What runs on the cluster: a batch read in this thread's child process, which is kept for the next batch."""
    at = (mark, threading.get_ident())
    if at not in _kept:
        _kept[at] = Process(limits, task)
    return list(_kept[at].run(batch))


def _forget(mark: str) -> None:
    """The run is over: end its children."""
    for at in [at for at in _kept if at[0] == mark]:
        _kept.pop(at).stop()
