"""How soon a command answers: help and status over a process that only imports click; a large plan that is unchanged.

Processor seconds, so that a busy machine matters less. Status is that of a workspace with 60 offices of 40 rows each,
whose returns have been collected. The large plan has 40,000 rows, as at a province.

    python benchmarks/start.py
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from measure import Line, in_turns, keep, python, run
from returns import PERIOD, a_plan, make_round

from xlplan.model import Task
from xlplan.workflow.plan import load_plan, record_plan, write_plan
from xlplan.workflow.workspace import Workspace, create_workspace

OFFICES, ROWS = 60, 40_000
REPEATS = 9
NOW = datetime(2019, 6, 1, 9, tzinfo=UTC)


def command(*words: str | Path) -> float:
    """The processor seconds of one process."""
    ran = run(python(), *words)
    if ran.code > 1:
        sys.exit(ran.out)
    return ran.cpu


def large_plan(root: Path) -> Workspace:
    """A workspace with a plan of very many rows, its codes known."""
    workspace = create_workspace(root)
    plan = a_plan(OFFICES)
    tasks, rows = [], []
    for number in range(1, ROWS + 1):
        task, row = (some[number % len(some)] for some in (plan.tasks, plan.rows))
        code = f"T{number:05d}"
        tasks.append(Task(code, str(number), task.section, f"{task.title}之{number}", task.text))
        rows.append(replace(row, code=f"{code}-01", task=code))
    write_plan(workspace.plan, replace(plan, tasks=tuple(tasks), rows=tuple(rows)), {})
    record_plan(workspace, NOW)
    load_plan(workspace)
    return workspace


def loading(workspace: Workspace, *, kept: bool) -> float:
    """The processor seconds of having the plan of record."""
    if not kept:
        shutil.rmtree(workspace.root / ".cache")
    start = time.process_time()
    load_plan(workspace)
    return time.process_time() - start


def main() -> None:
    """Measure the commands, then the plan."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_round(Path(folder) / "round", OFFICES)
        at = ("-m", "xlplan.cli.main", "-C", made.root)
        command(*at, "collect", made.inbox, "--period", PERIOD.code)
        took = in_turns(
            REPEATS,
            {
                "click": lambda: command("-c", "import click"),
                "help": lambda: command("-m", "xlplan.cli.main", "--help"),
                "status": lambda: command(*at, "status"),
            },
        )
        large = large_plan(Path(folder) / "large")
        plan = in_turns(3, {"anew": lambda: loading(large, kept=False), "kept": lambda: loading(large, kept=True)})
    bare = took["click"]
    keep(
        "Starting",
        [
            Line("a process that imports click", bare, unit="s"),
            Line("xlplan --help, over that", took["help"] - bare, 0.1, unit="s"),
            Line(f"xlplan status with {OFFICES} offices, over that", took["status"] - bare, 0.5, unit="s"),
            Line("xlplan --help to importing click", took["help"] / bare),
            Line("xlplan status to importing click", took["status"] / bare),
            Line(f"reading a plan of {ROWS:,} rows", plan["anew"], unit="s"),
            Line("the same unchanged, to that", plan["kept"] / plan["anew"], 0.3),
        ],
        "Processor seconds.",
    )


if __name__ == "__main__":
    main()
