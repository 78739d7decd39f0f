# ruff: noqa: ANN401 - XlsxWriter ships no types
"""A 50,000-row ledger to the consolidated workbook, against a plain XlsxWriter loop that writes the same cells.

Ours: two periods of the ledger (SQLite) are folded, tallied and compared, and the workbook composed and written. The
loop has the cells ready in a list and only writes them, with their formats, links, merges and tables, as a script would
that knows the layout. Each side runs in a process of its own, in turns. Times are processor seconds, without the start
of Python and without making the plan; memory is the most that a process took beyond what it had when it began.

    python benchmarks/consolidate.py [ROWS] [REPEATS] [ROWS OF A TASK]
"""

from __future__ import annotations

import multiprocessing
import pickle
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from measure import Line, keep
from plain import options_of, put

from xlplan.book import Cell
from xlplan.books.consolidated import compose
from xlplan.files.xlsx_writer import write_book
from xlplan.model import (
    Amount,
    Assignment,
    Entry,
    Kind,
    Office,
    Plan,
    Role,
    Section,
    Source,
    State,
    Status,
    Submission,
    Target,
    Task,
)
from xlplan.model.progress import Context, Return
from xlplan.period import Period, Span
from xlplan.steps.compare import compare
from xlplan.steps.merge import fold, latest_per_office
from xlplan.steps.settle import disputes
from xlplan.steps.tally import Basis, tally
from xlplan.workflow.templates import shipped_template
from xlplan.workflow.workspace import create_workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EACH, SECTIONS, MISSING, FULL = 40, 20, 0.05, 50_000
PER_TASK = [10]
PERIODS = (Period(2019, Span.QUARTER, 1), Period(2019, Span.QUARTER, 2))
TODAY = date(2019, 7, 1)
WORDS = "推进科技创新平台建设完善企业梯度培育体系深化重点领域改革加强人才引进和服务保障落实安全生产责任提升办事效率"


def a_plan(count: int) -> Plan:
    """A plan of `count` rows: every task has a leading office with two targets, and others that support it."""
    luck = random.Random(20190625)
    offices = tuple(Office(f"K{at:04d}", f"第{at}单位") for at in range(max(1, count // EACH)))
    sections = tuple(
        Section(f"{at + 1:02d}", "一二三四五六七八九十"[at % 10], f"{text(luck, 6)}{at}") for at in range(SECTIONS)
    )
    tasks, rows = [], []
    for at in range(count // PER_TASK[0]):
        code = f"T{at:05d}"
        goals = tuple(
            Target(f"{text(luck, 6)}{number}家", text(luck, 4), Kind.INCREMENT, value=Decimal(number), unit="家")
            for number in (luck.randint(10, 300), luck.randint(10, 300))
        )
        tasks.append(
            Task(code, str(at + 1), f"{at % SECTIONS + 1:02d}", text(luck, 12), text(luck, luck.randint(40, 160)))
        )
        for number in range(PER_TASK[0]):
            office = offices[(at * PER_TASK[0] + max(number, 1)) % len(offices)]
            lead = number < len(goals)
            goal = goals[number] if lead else None
            role = Role.LEAD if lead else Role.SUPPORT
            rows.append(Assignment(f"{code}-{number:02d}", code, office.name, role, goal, date(2019, 12, 31)))
    return Plan("2019年工作要点", "某省某厅", "", 2019, sections, tuple(tasks), (), offices, tuple(rows))


def text(luck: random.Random, length: int) -> str:
    """Some Chinese text."""
    return "".join(luck.choices(WORDS, k=length))


def returns(plan: Plan, period: Period) -> list[Submission]:
    """What the offices sent: one in twenty nothing, one row in twenty left blank."""
    luck = random.Random(period.code)
    by_office: dict[str, list[Assignment]] = {}
    for row in plan.rows:
        by_office.setdefault(row.office, []).append(row)
    files = []
    for office, rows in by_office.items():
        if luck.random() < MISSING:
            continue
        digest = f"{luck.getrandbits(256):064x}"
        entries = tuple(
            entry(luck, row, period, (f"{office}.xlsx", digest, 7 + at))
            for at, row in enumerate(rows)
            if luck.random() >= MISSING
        )
        when = datetime(2019, 6, 24, 12)  # noqa: DTZ001 - what a file says has no zone
        files.append(Submission(f"inbox/{office}.xlsx", digest, State.MERGED, period.code, (office,), 1, when, entries))
    return files


def entry(luck: random.Random, row: Assignment, period: Period, at: tuple[str, str, int]) -> Entry:
    """What one office wrote for one row."""
    file, digest, line = at
    cells = (("done", f"I{line}"), ("status", f"J{line}"), ("progress", f"K{line}"), ("problem", f"L{line}"))
    amount = None
    if row.target and row.target.value:
        value = row.target.value * luck.randint(0, 12) // 10
        amount = Amount(str(value), value, unit="家")
    progress, problem = text(luck, luck.randint(20, 80)), text(luck, luck.choice((0, 0, 20)))
    source = Source(file, "填报表", cells, digest)
    return Entry(row.code, period.code, row.office, source, amount, Status.RUNNING, "推进中", progress, problem)


def prepare(folder: Path, count: int) -> None:
    """The ledger, with two periods."""
    ledger, plan = create_workspace(folder).ledger, a_plan(count)
    for period in PERIODS:
        with ledger.run("collect", period.code, datetime(2019, 7, 1)) as run:  # noqa: DTZ001
            run.append(returns(plan, period), "b")
    ledger.close()


def view(folder: Path, count: int, marks: dict[str, float]) -> tuple[Any, Any]:
    """The tally and what stands around it, as `consolidate` makes them."""
    plan, ledger = a_plan(count), open_workspace(folder).ledger
    begin()
    marks["start"] = time.process_time()
    folds = [fold(ledger.submissions(period.code)) for period in PERIODS]
    marks["fold"] = time.process_time()
    before = tally(plan, Basis(PERIODS[0], folds[0]))
    now = tally(plan, Basis(PERIODS[1], folds[1], folds[0].entries))
    latest = latest_per_office(folds[1].files)
    returned = tuple(Return(one, latest.get(one.name), files=int(one.name in latest)) for one in plan.offices)
    context = Context(TODAY, TODAY, returned, folds[1].files, (before,), compare(now, before), disputes(now, folds[1]))
    marks["tally"] = time.process_time()
    return now, context


def ours(folder: Path, count: int) -> dict[str, float]:
    """Seconds of each step."""
    marks: dict[str, float] = {}
    now, context = view(folder, count, marks)
    book = compose(now, context, shipped_template("consolidated"), "zh")
    marks["compose"] = time.process_time()
    data, _ = write_book(book)
    (folder / "ours.xlsx").write_bytes(data)
    marks["write"] = time.process_time()
    names = list(marks)
    steps = {name: marks[name] - marks[before] for before, name in pairwise(names)}
    return {**steps, "total": marks["write"] - marks["start"]}


def cells_of(sheet: Any) -> Iterator[tuple[int, int, Any, Any]]:
    """Every cell of a sheet: row, column, value, look; of merged cells the first only, as a script writes them."""
    covered = {
        (row, column)
        for area in sheet.merges
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    for (row, column), cell in sorted(sheet.cells.items(), key=lambda one: one[0]):
        if (row, column) not in covered:
            yield row, column, cell.value, cell.look
    if sheet.stream:
        for row, values in enumerate(sheet.stream.rows(), sheet.stream.top):
            for column, value in enumerate(values):
                if isinstance(value, Cell):
                    yield row, column, value.value, value.look
                else:
                    yield row, column, value, sheet.stream.looks[column]


def record(folder: Path, count: int) -> None:
    """What the loop has to write, kept for it: each sheet with its cells in order."""
    now, context = view(folder, count, {})
    book = compose(now, context, shipped_template("consolidated"), "zh")
    with (folder / "cells").open("wb") as kept:
        sheets = [
            (replace(sheet, cells={}, stream=None), corners(sheet), list(cells_of(sheet))) for sheet in book.sheets
        ]
        pickle.dump(sheets, kept)


def corners(sheet: Any) -> list[Any]:
    """The merged areas, each with its cell."""
    return [(area, sheet.cells[area.top, area.left]) for area in sheet.merges]


def loop(folder: Path, _count: int) -> dict[str, float]:
    """Write it with plain XlsxWriter; gives the seconds."""
    with (folder / "cells").open("rb") as kept:
        recorded = pickle.load(kept)  # noqa: S301 - written by this script
    begin()
    start = time.process_time()
    out = xlsxwriter.Workbook(folder / "loop.xlsx", {"strings_to_formulas": False, "strings_to_urls": False})
    formats: dict[int, Any] = {}

    def shown(look: Any) -> Any:
        if id(look) not in formats:
            formats[id(look)] = out.add_format(options_of(look))
        return formats[id(look)]

    for sheet, merged, cells in recorded:
        page = out.add_worksheet(sheet.name)
        for column, width in sheet.widths.items():
            page.set_column(column, column, width)
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        for area, cell in merged:
            page.merge_range(area.top, area.left, area.bottom, area.right, "", shown(cell.look))
            put(page, (area.top, area.left), cell.value, shown(cell.look))
        for row, column, value, look in cells:
            put(page, (row, column), value, shown(look))
        for table in sheet.tables:
            columns = [{"header": name} for name in table.columns]
            area = table.area
            page.add_table(area.top, area.left, area.bottom, area.right, {"name": table.name, "columns": columns})
    out.close()
    return {"total": time.process_time() - start}


def begin() -> None:
    """Forget the most memory so far (on Linux): what counts is what comes."""
    if _STATUS.exists():
        Path("/proc/self/clear_refs").write_text("5")
    _BEGUN.append(memory("VmRSS"))


_BEGUN: list[float] = []
_STATUS = Path("/proc/self/status")


def memory(name: str) -> float:
    """A figure of this process's memory, in MB; 0 where the system does not tell."""
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0) / 1024


def measured(side: Callable[[Path, int], dict[str, float]], folder: Path, count: int) -> dict[str, float]:
    """Run one side; its seconds, and the memory that it took."""
    seconds = side(folder, count)
    return {**seconds, "MB": memory("VmHWM") - _BEGUN[-1]}


def main() -> None:
    """Measure, and keep the medians and their ratio."""
    count, repeats, PER_TASK[0] = (
        int(given) if given else usual for given, usual in zip_longest(sys.argv[1:4], (FULL, 3, PER_TASK[0]))
    )
    found: dict[str, list[dict[str, float]]] = {"ours": [], "loop": []}
    with tempfile.TemporaryDirectory() as name, multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        folder = Path(name)
        for side in (prepare, record):
            pool.apply(side, (folder, count))
        for _ in range(repeats):
            for side in (ours, loop):
                found[side.__name__].append(pool.apply(measured, (side, folder, count)))
    middle = {
        side: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for side, runs in found.items()
    }
    steps = [Line(f"of it {key}", middle["ours"][key], unit="s") for key in ("fold", "tally", "compose", "write")]
    lines = [
        Line(
            "fold, tally, compose and write against the loop",
            middle["ours"]["total"] / middle["loop"]["total"],
            1.5 if count >= FULL else None,
        ),
        Line("processor time of ours", middle["ours"]["total"], unit="s"),
        *steps,
        Line("processor time of the loop", middle["loop"]["total"], unit="s"),
        Line("peak memory of ours, beyond the plan", middle["ours"]["MB"], unit="MB"),
        Line("peak memory of the loop, beyond its list of cells", middle["loop"]["MB"], unit="MB"),
    ]
    keep(f"consolidate {count:,} rows, {PER_TASK[0]} to a task", lines)


if __name__ == "__main__":
    main()
