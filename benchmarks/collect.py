"""Collecting returns, whole commands with everything that belongs to them, against two scripts for the same files.

The scripts: a bare python-calamine loop on one core, which reads every cell and forgets it; and the folder script that
a user would write, with pandas and openpyxl. Commands and scripts take turns, each in a process of its own.

    python benchmarks/collect.py [--large]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from measure import Line, Ran, in_turns, keep, python, run
from returns import PERIOD, Round, make_round

FEW, MANY, LARGE = 2000, 20_000, 100_000
REPEATS = 3

CALAMINE = """
import sys, pathlib
from python_calamine import CalamineWorkbook
for path in sorted(pathlib.Path(sys.argv[1]).rglob("[!~]*.xlsx")):
    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Exception:
        pass
"""
PANDAS = """
import sys, pathlib
import pandas as pd
frames = []
for path in sorted(pathlib.Path(sys.argv[1]).rglob("[!~]*.xlsx")):
    try:
        frame = pd.read_excel(path, engine="openpyxl", header=4)
    except Exception:
        continue
    frame["file"] = path.name
    frames.append(frame)
pd.concat(frames).to_csv(sys.argv[2], index=False)
"""


class Desk:
    """Collects one round again and again, each time into a fresh copy of its workspace.

    Copies are not removed meanwhile: for minutes after thousands of files were, some file systems are slow to make new
    ones.
    """

    def __init__(self, made: Round, scratch: Path) -> None:
        self.made, self.scratch = made, scratch
        self.work = scratch
        self.runs: list[Ran] = []
        self.again: list[Ran] = []

    def first(self) -> float:
        """Collect into a workspace that has nothing yet."""
        self.work = self.scratch / f"work{len(self.runs)}"
        shutil.copytree(self.made.root, self.work)
        self.runs.append(self.collect())
        return self.runs[-1].seconds

    def second(self) -> float:
        """Collect the same files again."""
        self.again.append(self.collect())
        return self.again[-1].seconds

    @property
    def parent(self) -> float:
        """The peak memory of the command itself, in MB."""
        return median(one.parent for one in self.runs)

    def collect(self) -> Ran:
        """One command, which must come to its end."""
        done = run(python(), "-m", "xlplan.cli.main", "-C", self.work, "collect", self.made.inbox, "-p", PERIOD.code)
        if done.code not in {0, 1}:
            sys.exit(done.out)
        return done


def script(source: str, *words: str | Path) -> float:
    """The seconds of a script in a process of its own."""
    done = run(python(), "-c", source, *words)
    if done.code:
        sys.exit(done.out)
    return done.seconds


def main() -> None:
    """Measure, print, keep."""
    large = "--large" in sys.argv
    repeats, count = (1, LARGE) if large else (REPEATS, MANY)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = make_round(root / "few", FEW)
        few, many = Desk(made, root / "few copies"), Desk(make_round(root / "many", count), root / "many copies")
        times = in_turns(
            repeats,
            {
                "calamine": lambda: script(CALAMINE, made.inbox),
                "collect": few.first,
                "again": few.second,
                "pandas": lambda: script(PANDAS, made.inbox, root / "all.csv"),
                "many": many.first,
            },
        )
    lines = [
        Line(f"collect of {FEW} returns, seconds", times["collect"], unit="s"),
        Line("  processor time of it, all processes", median(one.cpu for one in few.runs), unit="s"),
        Line("  wall time to the calamine loop's", times["collect"] / times["calamine"], 2.0),
        Line("  faster than pandas + openpyxl", times["pandas"] / times["collect"], 8.0, least=True),
        Line("  the same files again, to the first time", times["again"] / times["collect"], 0.15),
        Line(f"{count} returns, to {FEW}", times["many"] / times["collect"], None if large else 10.5),
        Line("  peak memory of the parent, to that", many.parent / few.parent, 1.3 if not large else None),
        Line("  peak memory of the parent", many.parent, 200.0, unit="MB"),
        Line("  peak memory of a worker", max(one.worker for one in many.runs), None if large else 150.0, unit="MB"),
    ]
    keep("collect, large" if large else "collect", lines)


if __name__ == "__main__":
    main()
