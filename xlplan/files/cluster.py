"""Reading on an existing dask.distributed cluster, through its `concurrent.futures` executor.

Every file is read in a disposable child of the cluster's worker, under the same limits as on this machine. A batch
whose worker is lost goes to another one; when that fails too, its files are tried one by one, and a file that workers
are lost to once more is named. When it is not a worker that fails but the cluster, the run ends and no file is blamed.
Results come back here, and nothing is recorded anywhere else.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import wait
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.process import Process
from xlplan.files.serve import Answer
from xlplan.files.worker import Outcome, batches
from xlplan.finding import Place

if TYPE_CHECKING:
    from concurrent.futures import Future

    from xlplan.files.archives import Item
    from xlplan.files.limits import Limits
    from xlplan.finding import Finding

Result = TypeVar("Result")

_AHEAD = 2  # batches under way for each thread of the cluster
_WAIT = 10  # seconds for the scheduler to answer
_LOOK = 2.0  # seconds between two looks at whether the cluster is still there
_PATIENCE = 60.0  # seconds that a cluster may be without any worker: a lost one is started anew
_LOGS = ("distributed", "tornado", "asyncio")
_UNLIKE = (ImportError, AttributeError, TypeError, pickle.UnpicklingError)
"""What a worker raises that has no xlplan or one that is unlike ours."""


@dataclass(frozen=True)
class Cluster:
    """The cluster behind a scheduler's address, such as `tcp://10.0.0.1:8786`."""

    address: str

    def run(
        self, function: Callable[[Item], Result], items: Iterable[Item], limits: Limits
    ) -> Iterator[Outcome[Result]]:
        """The outcome of every item, in their order, each once.

        XlplanError W800 when the cluster cannot be used, W802 when its workers have another version of xlplan or none.
        """
        client = self._client()
        try:
            yield from _Reading(client, function, limits, self._gone).run(items)
        finally:
            with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
                client.close(_WAIT)

    def _client(self) -> Any:  # noqa: ANN401 - the library ships no types
        try:
            from distributed import Client
            from distributed.comm.addressing import get_address_host_port

            _silence()
            address = self.address if "://" in self.address else f"tcp://{self.address}"
            get_address_host_port(address, strict=True)  # before the client is made, which would only wait
            return Client(address, timeout=_WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, ImportError) as error:
            raise self._gone(error) from error

    def _gone(self, error: BaseException) -> XlplanError:
        detail = f"{type(error).__name__}: {error}"[:200]
        return XlplanError(rules.find("W800", address=self.address, detail=detail))


def _silence() -> None:
    """What the library would write to the screen of a clerk when a connection breaks is told by our findings."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in _LOGS]
    for name in (*_LOGS, *names):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class _Unlike(Exception):  # noqa: N818 - no error of ours: it crosses from a worker to here
    """A worker has another version of xlplan; the message is that version."""


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
        self._check_workers()
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

    def _check_workers(self) -> None:
        """See that there are workers, and that each has our version."""
        try:
            self.client.wait_for_workers(1, timeout=_PATIENCE)
            versions = self.client.run(_version, on_error="return")
        except Exception as error:
            raise self.gone(error) from error
        ours = _version()
        for worker, found in versions.items():
            if found != ours and not isinstance(found, OSError):  # that is one that has just been lost
                raise XlplanError(_unlike(found, worker))

    def _most(self) -> int:
        try:
            threads: int = sum(self.client.nthreads().values())
        except Exception as error:
            raise self.gone(error) from error
        return max(2, _AHEAD * threads)

    def _submit(self, batch: list[Item]) -> Future[list[Answer]]:
        """Send a batch; the function went ahead once, to every worker."""
        readable = [item for item in batch if item.finding is None]
        try:
            if self.sent is None:
                self.sent = self.client.scatter(self.task, broadcast=True, hash=False)
            how = (_version(), self.mark, self.limits)
            found: Future[list[Answer]] = self.executor.submit(_read, self.sent, *how, readable)
        except Exception as error:
            raise self.gone(error) from error
        return found

    def _outcomes(self, batch: list[Item], future: Future[list[Answer]]) -> Iterator[Outcome[Any]]:
        answers = iter(self._answers([item for item in batch if item.finding is None], future))
        for item in batch:
            yield Outcome(item, finding=item.finding) if item.finding is not None else Outcome(item, *next(answers))

    def _answers(self, readable: list[Item], future: Future[list[Answer]]) -> list[Answer]:
        try:
            return self._result(future)
        except XlplanError:
            raise
        except Exception as error:  # noqa: BLE001 - a worker was lost, or what it held
            self._still_there(error)
        self.sent = None
        return [self._alone(item) for item in readable]

    def _alone(self, item: Item) -> Answer:
        """One file of a batch that could not be read as a whole."""
        try:
            (answer,) = self._result(self._submit([item]))
        except XlplanError:
            raise
        except Exception as error:  # noqa: BLE001 - the same
            self._still_there(error)
            self.sent = None
            return None, rules.find("F121", Place(file=item.path))
        return answer

    def _result(self, future: Future[list[Answer]]) -> list[Answer]:
        """The answers, waiting for them as long as there is somebody who could give them."""
        idle = 0.0
        while True:
            done, _ = wait([future], _LOOK)
            if done:
                return future.result()
            if self.client.status not in {"running", "connecting"}:
                raise self.gone(ConnectionError("the scheduler went away"))
            idle = 0.0 if self._workers() else idle + _LOOK
            if idle >= _PATIENCE:
                raise self.gone(ConnectionError("all workers have left"))

    def _workers(self) -> Any:  # noqa: ANN401 - the library ships no types
        """The workers that the scheduler knows."""
        running = self.client.status == "running"
        return self.client.scheduler_info(n_workers=-1)["workers"] if running else {}

    def _still_there(self, error: BaseException) -> None:
        """Raise when it is not one worker that is lost but the cluster, or when workers cannot do this work."""
        if isinstance(error, (_Unlike, *_UNLIKE)):
            raise XlplanError(_unlike(error, "")) from error
        try:
            workers = self._workers()
        except Exception as lost:  # noqa: BLE001 - the same
            raise self.gone(lost) from error
        if not workers:
            raise self.gone(error) from error


def _unlike(found: object, worker: str) -> Finding:
    """What to say of a worker by its version, or by what went wrong when it was asked."""
    said = f"{type(found).__name__}: {found}" if isinstance(found, BaseException) else f"xlplan {found}"
    return rules.find("W802", version=_version(), detail=f"{worker} {said}".strip()[:200])


_kept: dict[tuple[str, int], Process] = {}
"""The children of this worker: one for each run and thread."""


def _version() -> str:
    """The version of whoever runs this. Its number stands in the package above, which knows all layers."""
    return str(vars(sys.modules["xlplan"])["__version__"])


def _read(task: bytes, version: str, mark: str, limits: Limits, batch: list[Item]) -> list[Answer]:
    """What runs on the cluster: a batch read in this thread's child process, which is kept for the next batch."""
    if version != _version():  # a worker that came later
        raise _Unlike(_version())
    at = (mark, threading.get_ident())
    if at not in _kept:
        _kept[at] = Process(limits, task)
    return list(_kept[at].run(batch))


def _forget(mark: str) -> None:
    """The run is over: end its children."""
    for at in [at for at in _kept if at[0] == mark]:
        _kept.pop(at).stop()
