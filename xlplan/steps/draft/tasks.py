"""From the items of a document to the tasks of a plan: titles, owners with inheritance, deadlines, targets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.owners.reading import read_owners
from xlplan.chinese.targets import read_targets
from xlplan.marks import PAUSES
from xlplan.model import Section, Task
from xlplan.steps.draft.lines import as_sentences, is_closed
from xlplan.steps.draft.titles import cut_title
from xlplan.steps.draft.tree import JOINT, without_joints

if TYPE_CHECKING:
    from datetime import date

    from xlplan.finding import Finding
    from xlplan.model import Owner
    from xlplan.steps.draft.survey import Survey
    from xlplan.steps.draft.tree import Node


_END_MARKS = re.compile(rf"[\s{PAUSES}]+$")


@dataclass(frozen=True)
class Duty:
    """Who does something and until when, as a heading or an item says."""

    owners: tuple[Owner, ...] = ()
    leader: str = ""
    deadline: date | None = None

    def within(self, outer: Duty) -> Duty:
        """With what is unsaid here taken from the item around."""
        return Duty(self.owners or outer.owners, self.leader or outer.leader, self.deadline or outer.deadline)


@dataclass
class TaskMaker:
    """Makes the sections and tasks of a surveyed document."""

    survey: Survey
    year: int | None
    found: list[Finding] = field(default_factory=list)
    _duties: dict[int, Duty] = field(default_factory=dict)

    def make(self) -> tuple[tuple[Section, ...], tuple[Task, ...]]:
        """The sections and tasks, in the document's order."""
        sections = {id(node): f"{at:02d}" for at, node in enumerate(self.survey.sections, 1)}
        made = tuple(Section(sections[id(node)], node.label, self._heading(node)) for node in self.survey.sections)
        tasks = []
        for at, node in enumerate(self.survey.tasks, 1):
            above: Node | None = node
            while above and id(above) not in sections:
                above = above.parent
            tasks.append(self._task(f"T{at:03d}", sections[id(above)] if above else "", node))
        return made, tuple(tasks)

    def _heading(self, node: Node) -> str:
        text = read_owners(without_joints(_text(node)), place=node.place).rest
        first = text.split("\n", 1)[0].strip()
        return first[: cut_title(first, own_line=node.own_line).end].strip()

    def _task(self, code: str, section: str, node: Node) -> Task:
        whole = _text(node)
        reading = read_owners(without_joints(whole), place=node.place, year=self.year)
        own = Duty(reading.owners, reading.leader, reading.deadline)
        duty = own.within(self._duty(node.parent))
        text = reading.rest.strip()
        first = text.split("\n", 1)[0]
        cut = cut_title(first, node.parts[0].lead, own_line=_has_own_line(node))
        broken = read_owners(whole, place=node.place, year=self.year).rest.strip() if JOINT in whole else text
        if not cut.torn and not re.search(r"\S", text[cut.end : cut.rest]) and broken.startswith(text[: cut.end]):
            broken = f"{text[: cut.end]}。{broken[cut.end :]}"  # the title ends without a mark of its own
        targets, found = read_targets(as_sentences(broken), place=node.place, year=self.year)
        guess = tuple(dict.fromkeys([*(["title"] if cut.guessed else []), *node.guess]))
        title = _END_MARKS.sub("", first[: cut.end].strip())
        self.found += [*reading.findings, *found]
        if not duty.owners:
            self.found.append(rules.find("D201", node.place, task=title))
        return Task(
            code, node.label, section, title, text, guess, duty.owners, duty.leader, duty.deadline, targets, node.place
        )

    def _duty(self, node: Node | None) -> Duty:
        """What the items around say: the nearest word on each point counts."""
        if node is None or node.parent is None:
            return Duty()
        if id(node) not in self._duties:
            reading = read_owners(without_joints(_text(node)), place=node.place, year=self.year)
            self.found += reading.findings
            own = Duty(reading.owners, reading.leader, reading.deadline)
            self._duties[id(node)] = own.within(self._duty(node.parent))
        return self._duties[id(node)]


def _has_own_line(node: Node) -> bool:
    """Whether an item's first paragraph is its heading: set alone, before other words or without an end mark."""
    return node.own_line and (len(node.parts) > 1 or bool(node.children) or not is_closed(node.parts[0].folded))


def _text(node: Node) -> str:
    return "\n".join(part.text for part in node.parts if part.text)
