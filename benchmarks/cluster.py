"""Reading on a cluster: two workers on this machine, against the same machine's own processes; then one is killed.

What a cluster costs beside local workers: files go to it and rows come back through its scheduler. What comes of it
must be the same ledger, also when a worker is lost in the middle.

    python benchmarks/cluster.py [RETURNS]
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from measure import Line, in_turns, keep, python, run
from returns import PERIOD, Round, make_round

RETURNS, REPEATS = 1000, 3


class Desk:
    """Collects one round again and again, each time into a fresh copy of its workspace."""

    def __init__(self, made: Round, folder: Path) -> None:
        self.made, self.folder = made, folder

    def collect(self, name: str, *words: str) -> float:
        """The seconds of one command."""
        work = self.folder / name
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(self.made.root, work)
        command = ("-m", "xlplan.cli.main", "-C", work, "collect", self.made.inbox, "-p", PERIOD.code)
        done = run(python(), *command, *words)
        if done.code not in {0, 1}:
            sys.exit(done.out)
        return done.seconds

    def ledger(self, name: str) -> str:
        """Everything that counts now."""
        words = ("-m", "xlplan.cli.main", "-C", self.folder / name, "--today", "2019-07-01", "export", "--json")
        return run(python(), *words, "-p", PERIOD.code).out


def lose_one(cluster: Any) -> None:  # noqa: ANN401 - the library ships no types
    """Kill a worker as a power cut would."""
    os.kill(next(iter(cluster.workers.values())).process.pid, signal.SIGKILL)


def main() -> int:
    """Measure, print, keep; 1 when it came to another ledger."""
    from distributed import LocalCluster

    returns = int(sys.argv[1]) if len(sys.argv) > 1 else RETURNS
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
    ):
        desk = Desk(make_round(Path(folder) / "round", returns), Path(folder))
        there = ("--scheduler", cluster.scheduler_address)
        ways = {"here": lambda: desk.collect("here"), "there": lambda: desk.collect("there", *there)}
        took = in_turns(REPEATS, ways)
        timer = threading.Timer(took["there"] / 2, lose_one, (cluster,))
        timer.start()
        lost = desk.collect("lost", *there)
        timer.join()
        wanted = desk.ledger("here")
        same = sum(desk.ledger(name) == wanted for name in ("there", "lost"))
    lines = [
        Line(f"collect of {returns} returns on a cluster of two workers, to locally", took["there"] / took["here"]),
        Line("  with one of them killed in the middle, to that", lost / took["there"]),
        Line("  the same ledger, of 2 times, a worker lost in one", same, 2, least=True, unit=""),
    ]
    keep("cluster", lines)
    return int(lines[-1].verdict != "yes")


if __name__ == "__main__":
    sys.exit(main())
