"""What a person should look at in a drafted plan: the findings of drafting, put beside the rows they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.finding import Finding
    from xlplan.model import Plan, Task


_GUESSES = {"title": "D211", "split": "D212"}  # what else is guessed has a finding of its own


def review_notes(plan: Plan, findings: Sequence[Finding]) -> dict[str, str]:
    """By row code, the sentences for the column 待核. A task's guesses and findings stand beside its first row."""
    first = {row.task: row.code for row in reversed(plan.rows)}
    notes = {
        first[task.code]: [
            rules.message(rules.find(_GUESSES[guess]), plan.language) for guess in task.guess if guess in _GUESSES
        ]
        for task in plan.tasks
        if task.code in first
    }
    for finding in findings:
        task = _task_of(finding, plan)
        if task and task.code in first and finding.severity is not Severity.NOTE:
            notes.setdefault(first[task.code], []).append(rules.message(finding, plan.language))
    for row in plan.rows:
        if row.target and row.target.baseline is not None:
            proposed = rules.find("D213", baseline=f"{row.target.baseline.normalize():f}{row.target.unit}")
            notes.setdefault(row.code, []).append(rules.message(proposed, plan.language))
    return {code: " ".join(dict.fromkeys(sentences)) for code, sentences in notes.items() if sentences}


def _task_of(finding: Finding, plan: Plan) -> Task | None:
    """The task that a finding is about: the one it names, the last that begins on or before its line, its text."""
    facts = dict(finding.facts)
    if "task" in facts:
        return next((task for task in plan.tasks if facts["task"] in {task.title, task.code}), None)
    line = finding.place.line
    if line:
        before = [task for task in plan.tasks if task.place and task.place.line <= line]
        return max(before, key=lambda task: task.place.line if task.place else 0, default=None)
    text = facts.get("text", "")
    return next((task for task in plan.tasks if text and text in task.text), None)
