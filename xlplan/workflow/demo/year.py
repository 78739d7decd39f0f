"""The year itself: a plan, four quarters of forms and returns, and what each quarter gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from xlplan.files.disk import read_bytes, write_bytes
from xlplan.files.resources import resource
from xlplan.period import Period, Span
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.consolidate import Outputs, consolidate, print_breakdown
from xlplan.workflow.demo import mishaps
from xlplan.workflow.demo.filling import answer, fill
from xlplan.workflow.distribute import distribute
from xlplan.workflow.init import init_workspace
from xlplan.workflow.plan import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.workflow.demo.filling import Answer
    from xlplan.workflow.round import Distributed
    from xlplan.workflow.workspace import Workspace

_SAMPLE = "flat-owners-2019"
_YEAR = 2019
_BEFORE_END = 5  # days between the deadline and the end of a quarter


@dataclass(frozen=True)
class Step:
    """One thing that the demonstration did: which command it was, for which period, what came of it, where to look."""

    command: str
    period: Period | None
    count: int
    path: Path
    findings: tuple[Finding, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Deed:
    """How one office deals with one quarter's form: what goes wrong, and how many days after the deadline it sends."""

    spoil: Callable[[bytes, datetime], bytes] | None = None
    late: int = -2
    silent: bool = False
    name: str = ""


# By quarter and by an office's place on the list of forms.
_DEEDS: dict[int, dict[int, _Deed]] = {
    1: {2: _Deed(late=4, name="late")},
    2: {
        0: _Deed(mishaps.sorted_backwards, name="sorted"),
        1: _Deed(mishaps.words_for_numbers, name="words"),
        3: _Deed(mishaps.plan_text_edited, name="edited"),
        4: _Deed(silent=True, name="silent"),
        5: _Deed(mishaps.cut_short, name="corrupt"),
        6: _Deed(late=3, name="late"),
    },
    3: {
        1: _Deed(late=6, name="late"),
        4: _Deed(late=2, name="late"),
        6: _Deed(mishaps.words_for_numbers, name="words"),
    },
    4: {3: _Deed(mishaps.sorted_backwards, name="sorted")},
}


def run_demo(root: Path) -> Iterator[Step]:
    """Run the year in a new workspace at `root`, telling each step when it is done."""
    folder = resource("seeds", _SAMPLE)
    made = init_workspace(root, datetime(_YEAR, 1, 10, tzinfo=UTC), folder / "plan.txt", folder / "roster.csv")
    workspace = made.workspace
    yield Step("init", None, len(made.plan.rows), workspace.plan, made.findings)
    printed = print_breakdown(workspace)
    yield Step("breakdown", None, len(printed.plan.tasks), printed.path)
    for index in range(1, 5):
        yield from _quarter(workspace, Period(_YEAR, Span.QUARTER, index))


def _quarter(workspace: Workspace, period: Period) -> Iterator[Step]:
    deadline = period.end - timedelta(days=_BEFORE_END)
    sent = distribute(workspace, period, _noon(period.end - timedelta(days=20)), deadline)
    yield Step("distribute", period, len(sent.forms), sent.folder, sent.findings)
    inbox = workspace.root / "inbox" / period.code
    plan, _ = load_plan(workspace)
    answers = {row.code: answer(row, period) for row in plan.rows}
    notes = tuple(_return(workspace, sent, number, answers) for number in range(len(sent.forms)))
    yield Step("fill", period, len(list(inbox.iterdir())), inbox, notes=tuple(note for note in notes if note[1]))
    done = collect(workspace, Handed((inbox,), period), _noon(period.end + timedelta(days=5)))
    found = tuple(finding for one in done.files for finding in one.findings)
    states = tuple((one.path, one.state.value) for one in done.files)
    yield Step("collect", period, done.count, inbox, (*done.findings, *found), states)
    beside = Outputs(beside={"html": None, "docx": None})
    report = consolidate(workspace, period, period.end + timedelta(days=5), beside)
    yield Step("consolidate", period, len(report.view.tally.lines), report.path, report.view.tally.findings)


def _return(workspace: Workspace, sent: Distributed, number: int, answers: dict[str, Answer]) -> tuple[str, str]:
    """One office's return into the inbox; its name and what is wrong with it."""
    form = sent.forms[number]
    deed = _DEEDS[sent.period.index].get(number, _Deed())
    if deed.silent or form.deadline is None:
        return form.office, deed.name
    when = _noon(form.deadline + timedelta(days=deed.late))
    data = fill(read_bytes(workspace.root / form.path), answers, when)
    if deed.spoil:
        data = deed.spoil(data, when)
    write_bytes(workspace.root / "inbox" / sent.period.code / f"{form.office}.xlsx", data)
    return form.office, deed.name


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
