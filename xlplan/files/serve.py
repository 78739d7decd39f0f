"""A worker process from within: it is told a function, answers for one file after another, and imports little else."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import pickle
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

from xlplan.files.limits import MEGABYTE, Limits
from xlplan.finding import Finding, Place
from xlplan.rules import find

if TYPE_CHECKING:
    from xlplan.files.archives import Item

Answer = tuple[Any, Finding | None]

LENGTH = 8
_RUBBISH = 20_000  # objects that pile up before rubbish is looked for


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


def write(pipe: IO[bytes] | None, content: bytes) -> None:
    """One frame."""
    if pipe is not None:
        pipe.write(len(content).to_bytes(LENGTH, "big"))
        pipe.write(content)
        pipe.flush()


def read(pipe: IO[bytes] | None) -> bytes | None:
    """The next frame; None at the end of the stream, also in the middle of a frame."""
    if pipe is None:
        return None
    length = pipe.read(LENGTH)
    if len(length) < LENGTH:
        return None
    size = int.from_bytes(length, "big")
    content = pipe.read(size)
    return content if len(content) == size else None


def serve(needs: str) -> None:
    """A function with its limits, then batches of items, and perhaps another function, until the stream ends.

    Rubbish is not looked for before the first.
    """
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # whatever libraries print goes nowhere instead of into the frames
    note, quiet = os.dup(2), os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    _ignore_interrupts()
    for module in filter(None, needs.split(",")):
        import_module(module)
    alarm = _Alarm(note)
    while (message := read(incoming)) is not None:
        content = pickle.loads(message)  # noqa: S301 - from the process that started us
        if isinstance(content, tuple):
            function, limits = content
            alarm.seconds = limits.seconds
            _bound_memory(limits.memory)
            gc.freeze()  # what was imported, or the function brought, stays to the end
            gc.set_threshold(_RUBBISH)  # what files leave behind is mostly gone by itself
            gc.enable()
            continue
        alarm.late = 0.0
        for item in content:
            alarm.set()
            answer = attempt(function, item, limits)
            try:
                told = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # noqa: BLE001 - a result that cannot travel is a fault of the function
                told = pickle.dumps((None, find("F109", Place(file=item.path), detail=str(error)[:200])))
            write(outgoing, told)
        alarm.cancel()
    os._exit(0)  # everything was answered; taking the interpreter down in order would take longer


class _Alarm:
    """Ends this process when one item takes too long, even when nothing of Python runs any more."""

    def __init__(self, note: int, seconds: float = 0.0) -> None:
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
