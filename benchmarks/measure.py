"""What the benchmarks share: timing whole commands, watching their memory, and keeping what came out."""

from __future__ import annotations

import compileall
import os
import platform
import re
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RESULTS = Path(__file__).with_name("RESULTS.md")
_TITLE = """# Measured speed and memory

Written by `make bench` and `make bench-large`. Compare the ratios (of medians within one run), not the seconds.
"""
_LIBRARIES = ("openpyxl", "xlsxwriter", "python-calamine", "pandas", "sqlalchemy", "lxml")
_LOOK = 0.02  # seconds between two looks at a command's processes


@dataclass(frozen=True)
class Ran:
    """What a command took: wall time and processor time in seconds, peak memory of itself and of a worker in MB."""

    seconds: float
    cpu: float
    parent: float
    worker: float
    code: int
    out: str


@dataclass(frozen=True)
class Line:
    """One line of a result: what was measured, and the bound that it is to keep (None: for information)."""

    what: str
    value: float
    goal: float | None = None
    least: bool = False
    unit: str = "×"

    @property
    def verdict(self) -> str:
        """Whether the bound is kept."""
        if self.goal is None:
            return ""
        return "yes" if (self.value >= self.goal if self.least else self.value <= self.goal) else "NO"

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """As a row of a table."""
        goal = "" if self.goal is None else f"{'≥' if self.least else '≤'} {self.goal:g} {self.unit}"
        return self.what, f"{self.value:.3g} {self.unit}", goal, self.verdict


@cache
def _installed() -> dict[str, str]:
    """The environment of commands, which find their byte code as installed packages have it."""
    compileall.compile_dir(Path(__file__).parent.parent / "xlplan", quiet=2)
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(*words: str | Path) -> Ran:
    """Run a command to its end, watching it."""
    command, env = [str(word) for word in words], _installed()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env)
    peaks: dict[int, float] = {}
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
    watcher.start()
    out = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watcher.join()
    parent = peaks.pop(process.pid, 0.0)
    cpu = usage.ru_utime + usage.ru_stime
    return Ran(seconds, cpu, parent, max(peaks.values(), default=0.0), process.returncode, out.decode(errors="replace"))


def _watch(pid: int, peaks: dict[int, float], ended: threading.Event) -> None:
    """Note the peak memory of a process and its children while they live, on Linux."""
    while not ended.wait(_LOOK):
        for one in (pid, *_children(pid)):
            try:
                status = Path(f"/proc/{one}/status").read_text()
            except OSError:
                continue
            if found := re.search(r"VmHWM:\s+(\d+)", status):
                peaks[one] = int(found[1]) / 1024


def _children(pid: int) -> list[int]:
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(word) for line in lists for word in line.split()]


def in_turns(repeats: int, ways: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each way's seconds, the ways taking turns so that a busy machine is busy for all.

    What one has left for the disk to do is done before the next begins.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, way in ways.items():
            if sys.platform != "win32":
                os.sync()
            taken[name].append(way())
    return {name: statistics.median(times) for name, times in taken.items()}


def python() -> str:
    """The interpreter that runs the benchmarks."""
    return sys.executable


def keep(name: str, lines: Sequence[Line], notes: str = "") -> None:
    """Print a result, and put it into RESULTS.md in place of the one before."""
    head = ("measured", "value", "goal", "kept")
    rows = [head, *(line.cells for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    print(f"\n{name}")
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    table = "\n".join(
        ["| " + " | ".join(head) + " |", "|---|---|---|---|", *("| " + " | ".join(row) + " |" for row in rows[1:])]
    )
    section = f"## {name}\n\n{machine()}\n\n{table}\n" + (f"\n{notes}\n" if notes else "")
    before = RESULTS.read_text("utf-8") if RESULTS.is_file() else _TITLE
    parts = re.split(r"(?m)^(?=## )", before)
    others = [part.rstrip() + "\n" for part in parts if not part.startswith(f"## {name}\n")]
    RESULTS.write_text("\n".join([*others, section]), "utf-8")


def machine() -> str:
    """The machine, the versions, the day, and how busy it was."""
    model = next(iter(re.findall(r"model name\s*: (.+)", _read("/proc/cpuinfo"))), platform.processor() or "?")
    memory = next(iter(re.findall(r"MemTotal:\s+(\d+)", _read("/proc/meminfo"))), "0")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    versions = ", ".join(f"{one} {version(one)}" for one in _LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {model}, {os.cpu_count()} cores, {int(memory) / 1024 / 1024:.0f} GB, load "
        f"{load:.1f}; {platform.system()}, Python {platform.python_version()}, {versions}"
    )


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""
