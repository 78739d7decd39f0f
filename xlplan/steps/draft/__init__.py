"""Drafting: from a document's outline to a plan, with everything that was guessed marked and nothing invented."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.script import clean, simplified
from xlplan.chinese.targets import propose_baseline, propose_lost, read_baselines, read_targets
from xlplan.finding import Place
from xlplan.model import Plan
from xlplan.model.document import Grid, Outline
from xlplan.steps.draft.habits import Habits
from xlplan.steps.draft.head import Head, read_head
from xlplan.steps.draft.lines import read_lines
from xlplan.steps.draft.paragraphs import split_assigned
from xlplan.steps.draft.roles import heading_name
from xlplan.steps.draft.rows import RowMaker
from xlplan.steps.draft.survey import Strictness, Survey, survey
from xlplan.steps.draft.table import Entry, read_table
from xlplan.steps.draft.tasks import TaskMaker
from xlplan.steps.draft.tree import Node, build

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlplan.finding import Finding
    from xlplan.model import Office, Target, Task

__all__ = ["draft", "in_simplified"]

_NOTICE_ITEMS = 8
_MOST_LINES = 50_000
"""A document of 300 pages has about 10,000 lines."""
_MOST_FIGURES = 400
_ATTEMPTS = (
    (False, Strictness.NUMBERED),
    (False, Strictness.HEADINGS),
    (True, Strictness.NUMBERED),
    (False, Strictness.EVERYTHING),
    (True, Strictness.EVERYTHING),
)
"""How a document is read until it gives tasks: whether points such as 一是 are items, and what counts as a task."""


def draft(outline: Outline, offices: Sequence[Office] = ()) -> tuple[Plan, list[Finding]]:
    """The plan that a document holds, and what a person should look at. `offices` is the roster, kept as it is."""
    grids = [block for block in outline.blocks if isinstance(block, Grid)]
    read = [(grid, read_table(grid)) for grid in grids]
    tables = [entries for _, entries in read if entries]
    lines = read_lines(outline, _MOST_LINES)
    cut = len(lines) > _MOST_LINES
    lines = lines[:_MOST_LINES]
    head = read_head(lines, [grid for grid, entries in read if not entries]) if lines else Head()
    surveyed = _survey(head, tables)
    maker = TaskMaker(surveyed, head.year)
    sections, tasks = maker.make()
    rows = RowMaker(head.year, list(sections), list(tasks))
    for entries in tables:
        rows.add(entries)
    targets, noted = _goals(surveyed, head.year)
    found = [*_left_out(surveyed), *noted, *maker.found, *rows.found]
    if cut:
        found.insert(0, rules.find("D110", Place(outline.source), limit=_MOST_LINES))
    if not rows.tasks:
        found.insert(0, rules.find("D102", Place(outline.source)))
    plan = Plan(
        head.title,
        head.issuer,
        head.number,
        head.year,
        tuple(rows.sections),
        tuple(rows.tasks),
        targets,
        tuple(offices),
    )
    return _with_baselines(plan, surveyed), propose_lost(found, _figures(plan))


def in_simplified(outline: Outline) -> Outline:
    """The document in simplified characters, cleaned of debris first so that phrases are whole."""
    blocks = tuple(
        replace(block, rows=tuple(tuple(simplified(clean(cell)) for cell in row) for row in block.rows))
        if isinstance(block, Grid)
        else replace(block, text=simplified(clean(block.text)), number=simplified(block.number))
        for block in outline.blocks
    )
    return replace(outline, blocks=blocks)


def _survey(head: Head, tables: Sequence[Sequence[Entry]]) -> Survey:
    """The document's items, read strictly first; where that gives no task, more and more counts as one.

    Beside a table of tasks, a few items without an owner are what the notice asks of everyone, not tasks.
    """
    surveyed = Survey(Strictness.NUMBERED)
    roots: dict[bool, Node] = {}
    for inner, strictness in _ATTEMPTS:
        if inner not in roots:
            roots[inner] = split_assigned(build(head.body, Habits.learn(head.body, inner=inner)))
        surveyed = survey(roots[inner], head.year, strictness)
        alone = strictness is Strictness.HEADINGS and len(surveyed.tasks) == 1
        if (surveyed.tasks and not alone) or tables:
            break
    entries = sum(len(entries) for entries in tables)
    if entries and len(surveyed.tasks) <= min(_NOTICE_ITEMS, entries) and head.is_notice:
        surveyed.left_out += surveyed.tasks
        surveyed.tasks, surveyed.sections = [], []
    return surveyed


def _goals(surveyed: Survey, year: int | None) -> tuple[tuple[Target, ...], list[Finding]]:
    targets: list[Target] = []
    found: list[Finding] = []
    for passage in surveyed.goals:
        read, noted = read_targets(passage.text, place=passage.place, year=year)
        targets += read
        found += noted
    return tuple(targets), found


def _with_baselines(plan: Plan, surveyed: Survey) -> Plan:
    """The plan with the baselines of its level targets, where the document's summary of last year states them."""
    results = read_baselines("\n".join(passage.text for passage in surveyed.past), year=plan.year)
    if not results:
        return plan

    def based(targets: Iterable[Target]) -> tuple[Target, ...]:
        return tuple(replace(target, baseline=propose_baseline(target, results)) for target in targets)

    def known(task: Task) -> Task:
        return replace(task, targets=based(task.targets))

    return replace(plan, targets=based(plan.targets), tasks=tuple(known(task) for task in plan.tasks))


def _figures(plan: Plan) -> list[Target]:
    """The plan's different figures, from which a lost one may be proposed: enough of them for any real document."""
    every = [*plan.targets, *(target for task in plan.tasks for target in task.targets)]
    different = {(target.indicator, target.unit): target for target in reversed(every) if target.is_number}
    return list(different.values())[-_MOST_FIGURES:]


def _left_out(surveyed: Survey) -> list[Finding]:
    return [
        rules.find("D203", node.place, heading=heading_name(node), count=sum(1 for _ in node.walk()) - 1)
        for node in surveyed.left_out
        if node.children
    ]
