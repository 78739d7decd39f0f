"""One disposable worker process, seen by who starts it.

It speaks through its standard input and output in frames: a length in eight bytes, then a pickle. No start method of
multiprocessing is used: a worker never imports the program that started it, and the same code serves every system.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import tempfile
from typing import IO, TYPE_CHECKING

from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.serve import LENGTH, read, write
from xlplan.finding import Finding, Place
from xlplan.rules import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xlplan.files.archives import Item
    from xlplan.files.serve import Answer

_START = (
    "import gc, sys; gc.disable(); sys.path[:] = sys.argv[2:]; from xlplan.files.serve import serve; serve(sys.argv[1])"
)
_KILLED = -9
_PIPE = MEGABYTE  # what Linux lets everybody have; most batches, and their answers, are smaller
_ALARM = b"Timeout"  # how the note of the alarm begins


class Process:
    """A worker process, started when it is needed, or ahead, and again after a death.

    `task` is the function and the limits, pickled; it may be set after the start, and another one later. `needs` are
    the modules that functions will need, with commas between them: they are imported meanwhile.
    """

    def __init__(self, limits: Limits, task: bytes = b"", needs: str = "") -> None:
        self.limits = limits
        self.task = task
        self.needs = needs
        self.child: subprocess.Popen[bytes] | None = None
        self.told = b""  # the task that the child knows
        self.early: list[Item] = []  # the batch that the child has beside the one it is at
        self.room = 0  # bytes that its pipe holds, as far as that is known
        self.closed = False
        self.note = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process is of use

    def start(self) -> None:
        """Start it, ahead of its task or again."""
        self.note.seek(0)
        self.note.truncate()
        self.child = subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
            [sys.executable, "-c", _START, self.needs, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.note,
        )
        self.room = _widen(self.child.stdin)
        _widen(self.child.stdout)
        if self.closed:
            self.child.kill()

    def run(self, batch: list[Item], upcoming: Callable[[], list[Item]] | None = None) -> Iterator[Answer]:
        """One answer for each item, in order. `upcoming` is called while the worker is busy: what will be run next.

        When the worker dies, the item it was at gets a second chance alone in a new one: what died may have been worn
        out by the items before, or somebody else ended it.
        """
        waiting = [batch] if batch else []
        again: Item | None = None  # what had its second chance
        while waiting and not self.closed:
            rest = waiting.pop(0)
            was_early = rest is self.early
            if not was_early:
                self._send(rest)
            self.early = []
            if upcoming is not None and rest is batch:
                self._send_early(upcoming())
            answered = 0
            while answered < len(rest) and (answer := self._receive()) is not None:
                yield answer
                answered += 1
            if answered == len(rest):
                continue
            death = self._death(rest[answered])
            if was_early and not answered:  # it may not have begun with them
                waiting.insert(0, [*rest])
                continue
            if answered + 1 < len(rest):
                waiting.insert(0, rest[answered + 1 :])
            if death.code == "F122" or rest[answered] is again:
                yield None, death
            else:
                again = rest[answered]
                waiting.insert(0, [again])

    def kill(self) -> None:
        """End the process for good, from another thread: the one that listens to it finds the end of the stream."""
        self.closed = True
        child = self.child
        if child is not None:
            child.kill()

    def stop(self) -> int | None:
        """End the process, whatever it is doing; its exit code, when it had one of its own."""
        child, self.child, self.told, self.early = self.child, None, b"", []
        if child is None:
            return None
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        try:
            return child.wait(0.5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return None

    def _death(self, item: Item) -> Finding:
        """What ended the process: its own alarm left a note, a lack of memory shows in how it was killed."""
        place, code = Place(file=item.path), self.stop()
        self.note.seek(0)
        if self.note.read().startswith(_ALARM):
            return find("F122", place, limit=self.limits.seconds)
        if code == _KILLED:
            return find("F123", place, limit=self.limits.memory // MEGABYTE)
        return find("F121", place)

    def _send(self, batch: list[Item]) -> None:
        message = pickle.dumps(batch, pickle.HIGHEST_PROTOCOL)
        if self.child is not None:
            try:
                return self._tell(message)
            except OSError:
                self.stop()
        self.start()
        # a worker that dies at once shows when its answers are missing
        with contextlib.suppress(OSError):
            self._tell(message)
        return None

    def _send_early(self, batch: list[Item]) -> None:
        """Let the worker have its next batch, so that it need not wait, where the pipe is sure to hold it."""
        if not batch or sum(len(item.data) for item in batch) >= self.room:
            return
        message = pickle.dumps(batch, pickle.HIGHEST_PROTOCOL)
        if len(message) < self.room - LENGTH:
            # that the worker is gone shows when its answers are missing
            with contextlib.suppress(OSError):
                self._tell(message)
                self.early = batch

    def _tell(self, message: bytes) -> None:
        stdin = self.child.stdin if self.child else None
        if self.told != self.task:
            write(stdin, self.task)
            self.told = self.task
        write(stdin, message)

    def _receive(self) -> Answer | None:
        found = read(self.child.stdout) if self.child else None
        return None if found is None else pickle.loads(found)  # noqa: S301 - from our own worker


def _widen(pipe: IO[bytes] | None) -> int:
    """Let a batch fit into a pipe, so that neither side waits for the other to take it in pieces; what fits in."""
    if sys.platform != "linux" or pipe is None:
        return 0
    import fcntl

    with contextlib.suppress(OSError):  # a user has only so much of it
        return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
    return 0
