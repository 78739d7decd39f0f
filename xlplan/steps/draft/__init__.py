"""Drafting: from a document's outline to a plan, with everything that was guessed marked and nothing invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.targets import read_targets
from xlplan.finding import Place
from xlplan.model import Grid, Outline, Plan
from xlplan.steps.draft.habits import Habits
from xlplan.steps.draft.head import Head, read_head
from xlplan.steps.draft.lines import read_lines
from xlplan.steps.draft.roles import heading_name
from xlplan.steps.draft.survey import Survey, survey
from xlplan.steps.draft.tasks import TaskMaker
from xlplan.steps.draft.tree import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.finding import Finding
    from xlplan.model import Office, Target

__all__ = ["draft"]


def draft(outline: Outline, offices: Sequence[Office] = ()) -> tuple[Plan, list[Finding]]:
    """The plan that a document holds, and what a person should look at. `offices` is the roster, kept as it is."""
    grids = [block for block in outline.blocks if isinstance(block, Grid)]
    lines = read_lines(outline)
    head = read_head(lines, grids) if lines else Head()
    surveyed = _survey(head)
    results = "\n".join(passage.text for passage in surveyed.past)
    maker = TaskMaker(surveyed, head.year, results)
    sections, tasks = maker.make()
    targets, found = _goals(surveyed, head.year, results)
    found = [*_left_out(surveyed), *found, *maker.found]
    if not tasks:
        found.insert(0, rules.find("D102", Place(outline.source)))
    plan = Plan(head.title, head.issuer, head.number, head.year, sections, tasks, targets, tuple(offices))
    return plan, found


def _survey(head: Head) -> Survey:
    """The document's items, read strictly first; where that gives no task, more and more counts as one."""
    surveyed = Survey()
    for inner, lenient in ((False, False), (False, True), (True, True)):
        root = build(head.body, Habits.learn(head.body, inner=inner))
        surveyed = survey(root, head.year, lenient=lenient)
        if surveyed.tasks:
            break
    return surveyed


def _goals(surveyed: Survey, year: int | None, results: str) -> tuple[tuple[Target, ...], list[Finding]]:
    targets: list[Target] = []
    found: list[Finding] = []
    for passage in surveyed.goals:
        read, noted = read_targets(passage.text, place=passage.place, year=year, results=results)
        targets += read
        found += noted
    return tuple(targets), found


def _left_out(surveyed: Survey) -> list[Finding]:
    return [
        rules.find("D203", node.place, heading=heading_name(node), count=sum(1 for _ in node.walk()) - 1)
        for node in surveyed.left_out
        if node.children
    ]
