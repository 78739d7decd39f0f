"""From the entries of a breakdown table to tasks: its cells read as the same words would be read in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.numbering import read_mark
from xlplan.chinese.owners.reading import read_owners
from xlplan.chinese.script import fold, key
from xlplan.chinese.targets import read_targets
from xlplan.marks import PAUSES
from xlplan.model import Section, Task
from xlplan.steps.draft.lines import as_sentences
from xlplan.steps.draft.table import Column, Entry
from xlplan.steps.draft.titles import cut_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlplan.finding import Finding

_ROLES = re.compile(r"牵头|配合|责任(?:单位|科室|部门)|协办|主办|:")
_LABELS = {
    Column.LEAD: "牵头单位",
    Column.OFFICE: "责任单位",
    Column.SUPPORT: "配合单位",
    Column.LEADER: "责任领导",
    Column.DEADLINE: "完成时限",
}
_NUMBER = re.compile(
    r"(?:[≥≤≧≦<>=]+|不低于|不少于|不高于|不超过|低于|高于|控制在|达到?|至少|约)?"
    r"(?P<number>\d[\d.,~\-—～]*%?)(?P<after>以上|以下|以内|左右)?"
)


@dataclass
class RowMaker:
    """Makes sections and tasks of table entries, numbered on from those that the text gave."""

    year: int | None
    sections: list[Section]
    tasks: list[Task]
    found: list[Finding] = field(default_factory=list)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take the entries of one table."""
        known = {key(task.title): at for at, task in enumerate(self.tasks)}
        for entry in entries:
            task = self._task(entry)
            at = known.get(key(task.title))
            if at is None:
                self.tasks.append(task)
            elif not self.tasks[at].owners:
                self.tasks[at] = _with_duty(self.tasks[at], task)

    def _task(self, entry: Entry) -> Task:
        cell = entry.text(Column.TASK)
        clause = _clause(entry)
        duty = read_owners(f"事项。({clause})" if clause else "事项。", place=entry.place, year=self.year)
        inside = read_owners(_body(entry), place=entry.place, year=self.year)
        text = inside.rest.strip()
        title, guessed = _title(cell)
        targets, noted = read_targets(as_sentences(text), place=entry.place, year=self.year)
        owners = duty.owners or inside.owners
        self.found += [*duty.findings, *inside.findings, *noted]
        if not owners:
            self.found.append(rules.find("D201", entry.place, task=title))
        return Task(
            f"T{len(self.tasks) + 1:03d}",
            entry.label,
            self._section(entry.section),
            title,
            text,
            ("title",) if guessed else (),
            owners,
            duty.leader or inside.leader,
            duty.deadline or inside.deadline,
            tuple({one.text: one for one in targets}.values()),  # a target's own cell often repeats the task's words
            entry.place,
        )

    def _section(self, name: str) -> str:
        """The code of a section, made when it is new."""
        if not name:
            return ""
        mark = read_mark(fold(name))
        label, title = (mark.label, name[mark.end :]) if mark and mark.firm else ("", name)
        title = re.sub(r"\s+", "", title)
        for section in self.sections:
            if key(section.title) == key(title):
                return section.code
        self.sections.append(Section(f"{len(self.sections) + 1:02d}", label, title))
        return self.sections[-1].code


def _with_duty(task: Task, row: Task) -> Task:
    from dataclasses import replace

    return replace(
        task,
        owners=row.owners,
        leader=task.leader or row.leader,
        deadline=task.deadline or row.deadline,
        targets=task.targets or row.targets,
    )


def _title(cell: str) -> tuple[str, bool]:
    """The title in a task cell: without a number of its own, ended as in a text."""
    mark = read_mark(fold(cell))
    start = mark.end if mark and mark.firm else 0
    first, _, more = cell[start:].partition("\n")
    cut = cut_title(first, own_line=bool(more) and len(first) <= _LINE)
    return first[: cut.end].strip(), cut.guessed


_LINE = 30


def _clause(entry: Entry) -> str:
    """The owner, leader and deadline cells as the clause that a text would have in brackets."""
    parts = []
    for column, label in _LABELS.items():
        if text := entry.text(column, "、"):
            listed = re.sub(r"\s*\n\s*", "、", text).strip(f"{PAUSES}。. ")
            listed = re.sub(rf"[{PAUSES}]{{2,}}", "、", listed)
            offices = column not in {Column.LEADER, Column.DEADLINE}
            parts.append(listed if offices and _ROLES.search(fold(listed)) else f"{label}:{listed}")
    return ";".join(parts)


def _body(entry: Entry) -> str:
    """What the rows say of the work, as text: the task, its content, its targets."""
    told = [entry.text(Column.TASK), *entry.texts(Column.CONTENT)]
    for row in entry.rows:
        told += _phrases(row, entry.text(Column.TASK))
    return "\n".join(dict.fromkeys(text for text in told if text))


def _phrases(row: Mapping[Column, list[str]], task: str) -> list[str]:
    """The target cells of a row as phrases: a bare number gets its indicator and unit."""
    name, unit, value, *_ = ("".join(row.get(column, ())) for column in (Column.INDICATOR, Column.UNIT, Column.VALUE))
    phrases = []
    for text in [*([value] if value else []), *row.get(Column.TARGET, ())]:
        bare = _NUMBER.fullmatch(fold(text))
        end = bare.end("number") if bare else len(text)
        shown = "" if unit and fold(text[:end]).endswith("%") else unit
        figure = f"{text[:end]}{shown}{text[end:]}"
        phrases.append(f"{name or task}{figure}" if bare else f"{name}{text}" if text == value else text)
    return phrases if value or not name else [name, *phrases]
