"""Allocation: from tasks with owners and targets to the rows of the breakdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from xlplan.model import Assignment, Owner, Role, Section, Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.model import Plan, Target

GOALS = "00"
"""The code of the section that holds the overall goals."""


class Mode(StrEnum):
    """Who gets the targets of a task with several owners: the leading office, or every one."""

    LEAD = "lead"
    ALL = "all"


def row_code(task: str, index: int) -> str:
    """The code of a task's row: `T003-02`."""
    return f"{task}-{index:02d}"


def allocate(plan: Plan, mode: Mode = Mode.LEAD) -> Plan:
    """The plan with its rows. Overall goals become tasks of a section of their own, one row each, without an owner."""
    goals = tuple(_goal(index, target) for index, target in enumerate(plan.targets, 1))
    section = (Section(GOALS, "", "总体目标" if plan.language == "zh" else "Overall goals"),) if goals else ()
    tasks = goals + plan.tasks
    year_end = date(plan.year, 12, 31) if plan.year else None
    rows = tuple(row for task in tasks for row in _rows(task, mode, year_end))
    return replace(plan, sections=section + plan.sections, tasks=tasks, targets=(), rows=rows)


def with_roles(owners: tuple[Owner, ...]) -> tuple[Owner, ...]:
    """The owners with their roles in the breakdown: where a document gives no roles, the first named leads."""
    if any(owner.role is Role.SUPPORT for owner in owners):
        return owners
    return tuple(replace(owner, role=Role.SUPPORT if index else Role.LEAD) for index, owner in enumerate(owners))


def _goal(index: int, target: Target) -> Task:
    return Task(f"G{index:03d}", str(index), GOALS, target.text, target.text, targets=(target,))


def _rows(task: Task, mode: Mode, year_end: date | None) -> Iterator[Assignment]:
    for index, (owner, target) in enumerate(_pairs(task, mode), 1):
        due = target.due if target and target.due != year_end else None  # the year's end goes without saying
        yield Assignment(
            row_code(task.code, index),
            task.code,
            owner.name,
            owner.role,
            target,
            due or task.deadline,
            task.leader,
        )


def _pairs(task: Task, mode: Mode) -> Iterator[tuple[Owner, Target | None]]:
    owners = with_roles(task.owners) or (Owner(""),)
    for index, owner in enumerate(owners):
        if task.targets and (index == 0 or mode is Mode.ALL):
            yield from ((owner, target) for target in task.targets)
        else:
            yield owner, None
