"""One disposable worker process, seen from both ends.

It speaks through its standard input and output in frames: a length in eight bytes, then a pickle. No start method of
multiprocessing is used: a worker never imports the program that started it, and the same code serves every system.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import IO, Any

from xlplan.files.archives import Item
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.finding import Finding, Place
from xlplan.rules import find

Answer = tuple[Any, Finding | None]

_START = (
    "import sys, ast; sys.path[:] = ast.literal_eval(sys.argv[1]); "
    "from xlplan.files.process import serve; serve(sys.argv[2])"
)
_LENGTH = 8
_KILLED = -9
_RUBBISH = 5_000  # objects that pile up before rubbish is looked for
_ALARM = b"Timeout"  # how the note of the alarm begins


def attempt(function: Callable[[Item], Any], item: Item, limits: Limits) -> Answer:
    """Apply the function in this process; what it raises becomes a finding."""
    place = Place(file=item.path)
    try:
        return function(item), None
    except MemoryError:
        return None, find("F123", place, limit=limits.memory // MEGABYTE)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - panics of extension modules are no Exceptions
        return None, find("F109", place, detail=f"{type(error).__name__}: {error}"[:200])


class Process:
    """A worker process, started when it is needed, or ahead, and again after a death.

    `task` is the function and the limits, pickled; it may be set after the start. `needs` is the module that the
    function will need: it is imported meanwhile.
    """

    def __init__(self, limits: Limits, task: bytes = b"", needs: str = "") -> None:
        self.limits = limits
        self.task = task
        self.needs = needs
        self.child: subprocess.Popen[bytes] | None = None
        self.told = False  # the child knows its task
        self.closed = False
        self.note = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process is of use

    def start(self) -> None:
        """Start it, ahead of its task or again."""
        self.note.seek(0)
        self.note.truncate()
        self.child = subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
            [sys.executable, "-c", _START, repr(sys.path), self.needs],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.note,
        )
        if self.closed:
            self.child.kill()

    def run(self, batch: list[Item], meanwhile: Callable[[], None] | None = None) -> Iterator[Answer]:
        """One answer for each item, in order. `meanwhile` is called while the worker is busy.

        When the worker dies, the item it was at gets a second chance alone in a new one: what died may have been worn
        out by the items before.
        """
        waiting = [batch] if batch else []
        while waiting and not self.closed:
            rest = waiting.pop(0)
            fresh = not self.told
            self._send(rest)
            if meanwhile is not None and rest is batch:
                meanwhile()
            answered = 0
            while answered < len(rest) and (answer := self._receive()) is not None:
                yield answer
                answered += 1
            if answered == len(rest):
                continue
            death = self._death(rest[answered])
            if answered + 1 < len(rest):
                waiting.insert(0, rest[answered + 1 :])
            if death.code == "F122" or (fresh and answered == 0):
                yield None, death
            else:
                waiting.insert(0, [rest[answered]])

    def kill(self) -> None:
        """End the process for good, from another thread: the one that listens to it finds the end of the stream."""
        self.closed = True
        child = self.child
        if child is not None:
            child.kill()

    def stop(self) -> int | None:
        """End the process, whatever it is doing; its exit code, when it had one of its own."""
        child, self.child, self.told = self.child, None, False
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

    def _tell(self, message: bytes) -> None:
        stdin = self.child.stdin if self.child else None
        if not self.told:
            _write(stdin, self.task)
            self.told = True
        _write(stdin, message)

    def _receive(self) -> Answer | None:
        found = _read(self.child.stdout) if self.child else None
        return None if found is None else pickle.loads(found)  # noqa: S301 - from our own worker


def _write(pipe: IO[bytes] | None, content: bytes) -> None:
    if pipe is not None:
        pipe.write(len(content).to_bytes(_LENGTH, "big"))
        pipe.write(content)
        pipe.flush()


def _read(pipe: IO[bytes] | None) -> bytes | None:
    """The next frame; None at the end of the stream, also in the middle of a frame."""
    if pipe is None:
        return None
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "big")
    content = pipe.read(size)
    return content if len(content) == size else None


def serve(needs: str) -> None:
    """The worker's side: the function and limits first, then batches of items, until the stream ends."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # whatever libraries print goes nowhere instead of into the frames
    note, quiet = os.dup(2), os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    _ignore_interrupts()
    if needs:
        import_module(needs)
    task = _read(incoming)
    if task is None:
        return
    function, limits = pickle.loads(task)  # noqa: S301 - from the process that started us
    _bound_memory(limits.memory)
    gc.freeze()  # what the function brought stays to the end; what files leave behind is mostly gone by itself
    gc.set_threshold(_RUBBISH)
    alarm = _Alarm(limits.seconds, note)
    while (message := _read(incoming)) is not None:
        alarm.late = 0.0
        for item in pickle.loads(message):  # noqa: S301 - from the process that started us
            alarm.set()
            answer = attempt(function, item, limits)
            try:
                content = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # noqa: BLE001 - a result that cannot travel is a fault of the function
                content = pickle.dumps((None, find("F109", Place(file=item.path), detail=str(error)[:200])))
            _write(outgoing, content)
        alarm.cancel()
    os._exit(0)  # everything was answered; taking the interpreter down in order would take longer


class _Alarm:
    """Ends this process when one item takes too long, even when nothing of Python runs any more."""

    def __init__(self, seconds: float, note: int) -> None:
        self.seconds, self.note = seconds, note
        self.late = 0.0

    def set(self) -> None:
        """Begin counting for an item; setting the alarm costs more than most files, so it is done now and then."""
        now = time.monotonic()
        if now >= self.late:
            self.late = now + self.seconds / 10
            faulthandler.dump_traceback_later(self.seconds, exit=True, file=self.note)

    def cancel(self) -> None:
        """Nothing is under way."""
        faulthandler.cancel_dump_traceback_later()


def _ignore_interrupts() -> None:
    import signal

    # the process that started us decides when to stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _bound_memory(most: int) -> None:
    """Bound the address space where the system can; on Windows the time limit must do."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
