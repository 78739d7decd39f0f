"""The ledger: what committing costs, and two clerks at once on a PostgreSQL server, killed at random.

Committing: 2,000 returns of 40 rows, appended to a file and to a server, against a bare `executemany` of the same
values into a table without indexes. Sharing: two runs of `collect` at the same time, 500 returns each, killed with
SIGKILL at random moments and repeated; what comes of it must be what one run after the other gives in a file.

    python benchmarks/ledger.py [RETURNS [KILLS]]
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from databases import find_program, move_to_server, postgres_server
from returns import PERIOD, make_round

from xlplan.ledger.address import Address
from xlplan.ledger.records import entry_row
from xlplan.ledger.store import Ledger
from xlplan.model import Amount, Entry, Source, State, Status, Submission, Sure

NOW = datetime(2019, 7, 1, tzinfo=UTC)
REPEATS, FILES, ROWS = 5, 2000, 40
BARE = f"insert into entries values ({', '.join('?' * 10)})"  # noqa: S608 - our own


def submissions() -> list[Submission]:
    """2,000 returns as reading gives them."""
    source = Source("", "填报表", (("完成值", "I7"), ("状态", "J7"), ("进展情况", "K7")), "")
    entry = Entry(
        "", PERIOD.code, "", source, Amount("28家", None, Sure.YES, "家"), Status.RUNNING, "推进中", "按月调度" * 8
    )
    found = []
    for number in range(FILES):
        sha256, office = f"{number:064x}", f"第{number}科室"
        own = replace(source, file=f"{office}.xlsx", sha256=sha256)
        entries = tuple(replace(entry, row=f"T{row:03d}-01", office=office, source=own) for row in range(ROWS))
        found.append(Submission(own.file, sha256, State.MERGED, PERIOD.code, (office,), 1, NOW, entries))
    return found


def append(address: Address, files: list[Submission]) -> None:
    """Commit them to a new ledger."""
    ledger = Ledger.create(address)
    with ledger.run("collect", PERIOD.code, NOW) as run:
        run.append(files, "basis")
    ledger.close()


def bare(path: Path, files: list[Submission]) -> None:
    """Commit the same values with nothing around them."""
    with closing(sqlite3.connect(path)) as database:
        columns = ", ".join(f"c{number}" for number in range(10))
        database.execute(f"create table entries ({columns})")
        database.executemany(BARE, (entry_row(entry) for one in files for entry in one.entries))
        database.commit()


def committing(home: Path, url: Callable[[int], str]) -> None:
    """Measure committing in turns."""
    files = submissions()
    times: dict[str, list[float]] = {"bare": [], "file": [], "server": []}
    for number in range(REPEATS):
        work = {
            "bare": partial(bare, home / f"bare{number}.db", files),
            "file": partial(append, Address.of_file(home / f"ledger{number}.db"), files),
            "server": partial(append, Address.parse(url(number), home), files),
        }
        for name, do in work.items():
            begun = time.perf_counter()
            do()
            times[name].append(time.perf_counter() - begun)
    middle = statistics.median(times["bare"])
    print(f"commit of {FILES * ROWS:,} entries, medians of {REPEATS}:")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"  {name:<8} {median:6.2f} s  {FILES * ROWS / median:9,.0f} rows/s  {median / middle:5.2f} × bare")


class Office:
    """A workspace, and the two halves of what came back."""

    def __init__(self, root: Path, halves: tuple[list[Path], list[Path]]) -> None:
        self.root, self.halves = root, halves

    def copy(self, to: Path) -> Office:
        """The same workspace elsewhere."""
        return Office(Path(shutil.copytree(self.root, to)), self.halves)

    def start(self, clerk: int) -> subprocess.Popen[bytes]:
        """One clerk's collect."""
        words = ("-C", self.root, "collect", *self.halves[clerk], "-p", PERIOD.code)
        command = [sys.executable, "-m", "xlplan.cli.main", *map(str, words)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)

    def export(self) -> object:
        """Everything that counts now."""
        words = ("-C", self.root, "--today", "2019-07-01", "export", "-p", PERIOD.code, "--json")
        command = [sys.executable, "-m", "xlplan.cli.main", *map(str, words)]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)


def sharing(home: Path, url: Callable[[int], str], returns: int, kills: int) -> bool:
    """Two clerks at once, undisturbed and killed; whether it came to the same each time."""
    made = make_round(home / "round", returns)
    folders = sorted(made.inbox.iterdir())
    office = Office(made.root, (folders[: len(folders) // 2], folders[len(folders) // 2 :]))
    alone = office.copy(home / "alone")
    begun = time.perf_counter()
    for clerk in range(2):
        alone.start(clerk).wait()
    whole = time.perf_counter() - begun
    wanted = alone.export()
    print(f"{made.files} files, one clerk after the other, in a file: {whole:.1f} s")
    chance = random.Random(20190701)
    same = 0
    for number in range(kills + 1):
        one = office.copy(home / f"shared{number}")
        move_to_server(one.root, url(100 + number))
        if number:
            running = [one.start(clerk) for clerk in range(2)]
            time.sleep(chance.uniform(0.05, whole))
            for process in running[: chance.choice((1, 2))]:
                process.kill()
            for process in running:
                process.wait()
        begun = time.perf_counter()
        for process in [one.start(clerk) for clerk in range(2)]:
            process.wait()
        took = time.perf_counter() - begun
        equal = one.export() == wanted
        same += equal
        what = (
            f"killed, repeated in {took:.1f} s" if number else f"at once: {took:.1f} s, {took / whole:.2f} × one by one"
        )
        print(f"  two clerks on a server, {what}: {'the same ledger' if equal else 'ANOTHER LEDGER'}")
    return same == kills + 1


def main() -> int:
    """Measure both; 1 when two clerks came to another ledger."""
    returns, kills = (int(sys.argv[at]) if len(sys.argv) > at else usual for at, usual in ((1, 1000), (2, 3)))
    if find_program("initdb") is None:
        print("PostgreSQL is not installed: nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        committing(Path(folder), lambda number: server.url(f"commit{number}"))
        return 0 if sharing(Path(folder), lambda number: server.url(f"share{number}"), returns, kills) else 1


if __name__ == "__main__":
    sys.exit(main())
