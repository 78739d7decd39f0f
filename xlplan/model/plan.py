"""The plan: targets, tasks, offices, the rows of the breakdown."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from xlplan.marks import half
from xlplan.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from xlplan.finding import Place

_TEXTS = 16  # whose offices are remembered


class Kind(StrEnum):
    """What sort of figure a target is, which decides how progress against it is measured."""

    LEVEL = "level"
    INCREMENT = "increment"
    GROWTH = "growth"
    RATIO = "ratio"
    RANK = "rank"
    CEILING = "ceiling"
    MILESTONE = "milestone"


class Comparator(StrEnum):
    """How the actual figure must stand to the target's value. A bare number means at least."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="
    ABOUT = "~"
    RANGE = "range"


class Judged(StrEnum):
    """考核方式: against the pace of the year, or once at its end."""

    PACE = "pace"
    YEAR_END = "year_end"


class Role(StrEnum):
    """牵头 or 配合."""

    LEAD = "lead"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Target:
    """目标: one indicator and its figure. `text` is the document's wording; `unit` as written, without the number.

    `year_end`: 年度指标, a figure that comes once a year and is not judged before.
    """

    text: str
    indicator: str = ""
    kind: Kind = Kind.LEVEL
    comparator: Comparator = Comparator.AT_LEAST
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    hedge: str = ""
    scope: str = ""
    baseline: Decimal | None = None
    due: date | None = None
    year_end: bool = False

    def __reduce__(self) -> tuple[object, ...]:
        return Target, _target_values(self)  # plans go to other processes, in half the time of what dataclasses do

    @property
    def is_number(self) -> bool:
        """Whether an office can answer it with one number."""
        return self.value is not None

    @property
    def is_cumulative(self) -> bool:
        """Whether its figure adds up over the year, so that it cannot fall."""
        return self.kind is Kind.INCREMENT


@dataclass(frozen=True)
class Owner:
    """An office as a document names it, with its role."""

    name: str
    role: Role = Role.LEAD


@dataclass(frozen=True)
class Section:
    """板块: a heading that groups tasks."""

    code: str
    label: str
    title: str


@dataclass(frozen=True)
class Task:
    """任务: the finest numbered work item. `guess` names what was guessed: `title`, `owners`, `split`, `targets`."""

    code: str
    label: str
    section: str
    title: str
    text: str
    guess: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    leader: str = ""
    deadline: date | None = None
    targets: tuple[Target, ...] = ()
    place: Place | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return Task, _task_values(self)  # as with targets


@dataclass(frozen=True, slots=True)
class Office:
    """责任单位: its code, name and other names, and who answers for it. A collective one has members."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    leader: str = ""
    contact: str = ""
    duties: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)

    def __reduce__(self) -> tuple[object, ...]:
        return Office, _office_values(self)  # as with targets


@dataclass(frozen=True, slots=True)
class Assignment:
    """分解行: one task, one target of it or none, one office or none yet. `extra`: the user's own columns."""

    code: str
    task: str
    office: str = ""
    role: Role = Role.LEAD
    target: Target | None = None
    deadline: date | None = None
    leader: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        return Assignment, _row_values(self)


_target_values = attrgetter(*(one.name for one in fields(Target)))
_task_values = attrgetter(*(one.name for one in fields(Task)))
_office_values = attrgetter(*(one.name for one in fields(Office)))
_row_values = attrgetter(*(one.name for one in fields(Assignment)))


@dataclass(frozen=True)
class Plan:
    """工作要点 with its breakdown. `targets` are the overall goals; `rows` is empty until allocated."""

    title: str
    issuer: str = ""
    number: str = ""
    year: int | None = None
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    offices: tuple[Office, ...] = ()
    rows: tuple[Assignment, ...] = ()
    language: str = "zh"

    def task(self, code: str) -> Task | None:
        """The task with this code."""
        return self._tasks.get(code)

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        return {task.code: task for task in reversed(self.tasks)}

    def tasks_of(self, rows: Iterable[Assignment]) -> tuple[Task, ...]:
        """The tasks that some rows belong to."""
        codes = dict.fromkeys(row.task for row in rows)
        return tuple(self._tasks[code] for code in codes if code in self._tasks)

    def rows_of(self, tasks: Iterable[Task]) -> tuple[Assignment, ...]:
        """All the rows of some tasks."""
        return tuple(row for task in tasks for row in self._by_task.get(task.code, ()))

    def row(self, code: str) -> Assignment | None:
        """The row with this code."""
        return self._rows.get(code)

    @cached_property
    def _rows(self) -> dict[str, Assignment]:
        return {row.code: row for row in reversed(self.rows)}

    @cached_property
    def _by_task(self) -> dict[str, list[Assignment]]:
        by_task: dict[str, list[Assignment]] = {}
        for row in self.rows:
            by_task.setdefault(row.task, []).append(row)
        return by_task

    @cached_property
    def collectives(self) -> tuple[Office, ...]:
        """The offices that have members, those with the most first."""
        return tuple(sorted((one for one in self.offices if one.members), key=lambda one: -len(one.members)))

    def office(self, name: str) -> Office | None:
        """The office with exactly this name or alias, in half or full width."""
        return next(iter(self._named.get(half(name), ())), None)

    def offices_in(self, text: str) -> list[tuple[str, Office]]:
        """Every office whose name or alias stands in a text, with that name in half width."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _TEXTS:
                self._found.clear()
            found = self._found[text] = self._offices_in(text)
        return found

    @cached_property
    def _found(self) -> dict[str, list[tuple[str, Office]]]:
        """The offices in the texts asked for last: one file's name is looked at for several reasons."""
        return {}

    def _offices_in(self, text: str) -> list[tuple[str, Office]]:
        text, lengths = half(text), self._lengths
        parts = (text[at : at + one] for at, letter in enumerate(text) for one in lengths.get(letter, ()))
        found = dict.fromkeys(part for part in parts if part in self._named)
        return [(name, office) for name in found for office in self._named[name]]

    def by_code(self, code: str) -> Office | None:
        """The office with this code."""
        return self._coded.get(code)

    @cached_property
    def _named(self) -> dict[str, tuple[Office, ...]]:
        named: dict[str, tuple[Office, ...]] = {}
        for office in self.offices:
            for name in dict.fromkeys(map(half, office.names)):
                named[name] = (*named.get(name, ()), office)
        return named

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """How long the names of offices are that begin with a letter."""
        lengths: dict[str, list[int]] = {}
        for first, length in sorted({(name[0], len(name)) for name in self._named if name}):
            lengths.setdefault(first, []).append(length)
        return lengths

    @cached_property
    def _coded(self) -> dict[str, Office]:
        return {office.code: office for office in reversed(self.offices)}


@dataclass  # not frozen: a plan has ten thousands of lines
class PlanLine:
    """One line of plan.xlsx as people left it. `row` has no codes yet; `text` may stand in one line of a task only.

    `place` is the cell of the code, or the row's first cell where the sheet has no column of codes (`coded` is false).
    """

    place: Place
    code: str
    label: str
    section: str
    title: str
    text: str
    row: Assignment
    coded: bool = True

    @once
    def identity(self) -> str:
        """What makes the line the same one when its code was lost: the task, the office, the target."""
        target = self.row.target.text if self.row.target else ""
        return f"{together(self.title)}\x1f{together(self.row.office)}\x1f{together(target)}"


def together(text: str) -> str:
    """A text without its blanks; most have none."""
    return text if text.isalnum() else "".join(text.split())
