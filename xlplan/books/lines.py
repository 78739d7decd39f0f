"""A plan's rows as they are printed: per task one line for each target, its offices joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan.model import Assignment, Owner, Role, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.model import Plan, Target


@dataclass(frozen=True)
class Line:
    """One printed line of a task: a target or none, and the rows that it stands for."""

    target: Target | None
    rows: tuple[Assignment, ...]


@dataclass(frozen=True)
class TaskLines:
    """A task with its lines; `support` are the rows that only support it and stand beside all of its lines."""

    task: Task
    lines: tuple[Line, ...]
    support: tuple[Assignment, ...]

    @property
    def rows(self) -> tuple[Assignment, ...]:
        """All the rows of the task."""
        return (*(row for line in self.lines for row in line.rows), *self.support)


def task_lines(plan: Plan) -> list[TaskLines]:
    """Every task in plan order, with its rows, or as the document has it while there are none; unknown tasks last."""
    by_task: dict[str, list[Assignment]] = {}
    for row in plan.rows:
        by_task.setdefault(row.task, []).append(row)
    lines = [_lines(task, by_task.pop(task.code, []) or _from_document(task)) for task in plan.tasks]
    rest = (_lines(Task(code, "", "", _name(rows), _name(rows)), rows) for code, rows in by_task.items())
    return [*lines, *rest]


def _lines(task: Task, rows: Sequence[Assignment]) -> TaskLines:
    has_targets = any(row.target for row in rows)
    support: list[Assignment] = []
    by_target: dict[Target | None, list[Assignment]] = {}
    for row in rows:
        if has_targets and row.role is Role.SUPPORT and row.target is None:
            support.append(row)
        else:
            by_target.setdefault(row.target, []).append(row)
    lines = tuple(Line(target, tuple(members)) for target, members in by_target.items())
    return TaskLines(task, lines or (Line(None, ()),), tuple(support))


def _from_document(task: Task) -> list[Assignment]:
    owners = task.owners or (Owner(""),)
    pairs = [
        (owner, target)
        for owner in owners
        for target in ((task.targets or (None,)) if owner.role is Role.LEAD else (None,))
    ]
    return [Assignment("", task.code, one.name, one.role, target, task.deadline, task.leader) for one, target in pairs]


def _name(rows: Sequence[Assignment]) -> str:
    return next((row.target.text for row in rows if row.target), rows[0].task)
