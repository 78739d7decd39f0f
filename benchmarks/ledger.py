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
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from databases import find_program, move_to_server, postgres_server
from measure import Line, in_turns, keep
from returns import PERIOD, make_round

from xlplan.ledger.address import Address
from xlplan.ledger.entries import pieces
from xlplan.ledger.store import Ledger
from xlplan.model import Amount, Entry, Source, State, Status, Submission, Sure

NOW = datetime(2019, 7, 1, tzinfo=UTC)
REPEATS, FILES, ROWS = 5, 2000, 40
BARE = f"insert into entries values ({', '.join('?' * 4)})"  # noqa: S608 - our own


def submissions() -> list[Submission]:
    """2,000 returns as reading gives them."""
    source = Source("", "填报表", (("完成值", "I7"), ("状态", "J7"), ("进展情况", "K7")), "")
    entry = Entry(
        "", PERIOD.code, "", source, Amount("28家", None, Sure.YES, "家"), Status.RUNNING, "推进中", "按月调度" * 8
    )
    found = []
    for number in range(FILES):
        sha256, office = f"{number:064x}", f"第{number}科室"
        own = source._replace(file=f"{office}.xlsx", sha256=sha256)
        entries = tuple(entry._replace(row=f"T{row:03d}-01", office=office, source=own) for row in range(ROWS))
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
        columns = ", ".join(f"c{number}" for number in range(4))
        database.execute(f"create table entries ({columns})")
        database.executemany(BARE, (row for one in files for row in pieces(one.entries)))
        database.commit()


def committing(home: Path, url: Callable[[int], str]) -> list[Line]:
    """Measure committing in turns, and what an entry takes on the disk."""
    files, times = submissions(), count()

    def taken(do: Callable[[int], None]) -> Callable[[], float]:
        def once() -> float:
            number, begun = next(times), time.perf_counter()
            do(number)
            return time.perf_counter() - begun

        return once

    ways = {
        "a bare executemany": taken(lambda number: bare(home / f"bare{number}.db", files)),
        "a file": taken(lambda number: append(Address.of_file(home / f"ledger{number}.db"), files)),
        "a server": taken(lambda number: append(Address.parse(url(number), home), files)),
    }
    took = in_turns(REPEATS, ways)
    first, *others = took.items()
    lines = [Line(f"{FILES * ROWS:,} entries into {first[0]}", first[1], unit="s")]
    size = next(home.glob("ledger*.db")).stat().st_size
    lines += [Line(f"  into {name}, to that", seconds / first[1]) for name, seconds in others]
    return [*lines, Line("  each of them in a file, with its indexes", size / FILES / ROWS, unit="bytes")]


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


def finish(processes: list[subprocess.Popen[bytes]]) -> None:
    """Wait for clerks, who must all come to their end."""
    if not {process.wait() for process in processes} <= {0, 1}:
        sys.exit("a collect failed")


def sharing(home: Path, url: Callable[[int], str], returns: int, kills: int) -> list[Line]:
    """Two clerks at once, undisturbed and killed; how long it took, and how often it came to the same."""
    made = make_round(home / "round", returns)
    folders = sorted(made.inbox.iterdir())
    office = Office(made.root, (folders[: len(folders) // 2], folders[len(folders) // 2 :]))
    alone = office.copy(home / "alone")
    begun = time.perf_counter()
    for clerk in range(2):
        finish([alone.start(clerk)])
    whole = time.perf_counter() - begun
    wanted = alone.export()
    lines = [Line(f"{made.files} files, one clerk after the other, in a file", whole, unit="s")]
    chance = random.Random(20190701)
    same = 0
    for number in range(kills + 1):
        one = office.copy(home / f"shared{number}")
        move_to_server(one.root, url(100 + number))
        if number:
            running = [one.start(clerk) for clerk in range(2)]
            time.sleep(chance.uniform(0.05, whole))
            for process in chance.choice((running, running[:1], running[1:])):
                process.kill()
            for process in running:
                process.wait()
        begun = time.perf_counter()
        finish([one.start(clerk) for clerk in range(2)])
        if not number:
            lines.append(Line("  two clerks at once on a server, to that", (time.perf_counter() - begun) / whole))
        same += one.export() == wanted
    goal = kills + 1
    lines.append(
        Line(f"  the same ledger, of {goal} tries of which {kills} were killed", same, goal, least=True, unit="")
    )
    return lines


def main() -> int:
    """Measure both; 1 when two clerks came to another ledger."""
    returns, kills = (int(sys.argv[at]) if len(sys.argv) > at else usual for at, usual in ((1, 1000), (2, 3)))
    if find_program("initdb") is None:
        print("PostgreSQL is not installed: nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        lines = committing(Path(folder), lambda number: server.url(f"commit{number}"))
        lines += sharing(Path(folder), lambda number: server.url(f"share{number}"), returns, kills)
    keep("ledger", lines)
    return int(any(one.verdict == "NO" for one in lines))


if __name__ == "__main__":
    sys.exit(main())
