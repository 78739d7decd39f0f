"""What a form's writer and its reader agree on beside the headers: the stamp's places inside the file."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.books.values import (
    amount_text,
    collapsed,
    listed,
    period_text,
    section_text,
    status_text,
    task_text,
)
from xlplan.headers import Field
from xlplan.marks import in_print
from xlplan.model import Role, Task
from xlplan.words import COMMA, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Value
    from xlplan.books.template import Page
    from xlplan.model import Assignment, Entry, Form, Plan, Stamp

STAMP_SHEET = "_xlplan"
"""The hidden sheet that carries the stamp: a key and a value in each row."""

STAMP_PROPERTY = "xlplan.stamp"
"""The document property that carries the stamp as JSON; a long one goes on in `xlplan.stamp.2` and so forth."""

STAMP_KEYS = ("plan", "office", "period", "edition", "rows", "signature")
"""The stamp's facts, in order."""

_LONG = 60  # characters beyond the title that are worth not repeating
_LONGEST = 250  # a document property holds 255 UTF-16 units


def stamp_facts(stamp: Stamp) -> dict[str, object]:
    """The stamp as plain values by key."""
    values = (stamp.plan, stamp.office, stamp.period, stamp.edition, list(stamp.rows), stamp.signature)
    return dict(zip(STAMP_KEYS, values, strict=True))


def stamp_properties(stamp: Stamp) -> dict[str, str]:
    """The document properties that carry the stamp."""
    raw = json.dumps(stamp_facts(stamp), ensure_ascii=True, separators=(",", ":"))
    parts = [raw[start : start + _LONGEST] for start in range(0, len(raw), _LONGEST)]
    return {STAMP_PROPERTY if index == 1 else f"{STAMP_PROPERTY}.{index}": part for index, part in enumerate(parts, 1)}


def joined_property(properties: Mapping[str, str]) -> str:
    """The stamp's JSON from a file's document properties; empty when they carry none."""
    parts = [properties.get(STAMP_PROPERTY, "")]
    while (name := f"{STAMP_PROPERTY}.{len(parts) + 1}") in properties:
        parts.append(properties[name])
    return "".join(parts)


def shows_others(page: Page) -> bool:
    """Whether a form shows which other offices a task has."""
    return page.index(Field.LEAD) is not None or page.index(Field.SUPPORT) is not None


class PlanColumns:
    """What a form's plan columns hold, by field: written into the form, and what must come back unchanged."""

    def __init__(self, form: Form, plan: Plan, template: Page) -> None:
        self.form = form
        self.lang = plan.language
        self.page = template
        self.sections = {section.code: section_text(section) for section in plan.sections}
        self.before = {entry.row: entry for entry in form.before}
        self.split = template.index(Field.CONTENT) is not None
        self.plan = plan
        self.joint = shows_others(template)
        rows = {row.code: row.task for row in plan.rows} if form.leads else {}
        self.leads: dict[str, list[Entry]] = {}
        for entry in form.leads:
            self.leads.setdefault(rows.get(entry.row, ""), []).append(entry)
        self.first: dict[str, str] = {}
        for row in form.rows:
            self.first.setdefault(row.task, row.code)

    @cached_property
    def lines(self) -> tuple[tuple[Assignment, dict[str, Value]], ...]:
        """The form's rows, each with the values of its plan columns."""
        return tuple((row, self.of(row)) for row in self.form.rows)

    def of(self, row: Assignment) -> dict[str, Value]:
        """The values of one row's plan columns."""
        task = self.plan.task(row.task) or Task(row.task, "", "", "", "")
        target = row.target
        return {
            Field.CODE: row.code,
            Field.SERIAL: in_print(task.label),
            Field.SECTION: self.sections.get(task.section, ""),
            Field.TASK: self._task(task, row),
            Field.CONTENT: task.text,
            Field.TARGET: target.text if target else "",
            Field.UNIT: in_print(target.unit) if target else "",
            Field.VALUE: target.value if target else None,
            Field.OFFICE: row.office or self.form.office.name,
            Field.LEAD: self._offices(row, Role.LEAD),
            Field.SUPPORT: self._offices(row, Role.SUPPORT),
            Field.ROLE: word(row.role, self.lang),
            Field.LEADER: row.leader or self.form.office.leader,
            Field.DEADLINE: row.deadline,
            Field.BEFORE: self._before(row),
            Field.LEAD_PROGRESS: self._lead(row),
        }

    def _offices(self, row: Assignment, role: Role) -> str:
        """The offices with this role in the row's task, collective ones by their own name."""
        if not self.joint:
            return ""
        return listed(collapsed(self._others.get((row.task, role), ()), self.plan.collectives), self.lang)

    @cached_property
    def _others(self) -> dict[tuple[str, Role], list[str]]:
        """The offices of each task by their role."""
        others: dict[tuple[str, Role], list[str]] = {}
        for one in self.plan.rows:
            others.setdefault((one.task, one.role), []).append(one.office)
        return others

    def _task(self, task: Task, row: Assignment) -> str:
        """The task's text; below its first row in the form only the title, when the text is long."""
        text, title = task_text(task), task.title.strip()
        if self.split and title:
            return title
        first = self.first.get(task.code, row.code)
        if first == row.code or not title or len(text) < len(title) + _LONG:
            return text
        return self.page.say("again", title=title, code=first)

    def _lead(self, row: Assignment) -> str:
        """What the lead of the row's task said last, for an office that supports it."""
        if row.role is not Role.SUPPORT:
            return ""
        texts = (
            self.page.say("lead", period=period_text(one.period, self.lang), office=one.office, text=one.progress)
            for one in self.leads.get(row.task, ())
        )
        return "\n".join(dict.fromkeys(texts))

    def _before(self, row: Assignment) -> str:
        """The last known entry of the row: its period, figure and status, and below them its text."""
        entry = self.before.get(row.code)
        if entry is None or entry.is_blank:
            return ""
        said = (amount_text(entry, row.target), status_text(entry, self.lang))
        value = COMMA[self.lang].join(filter(None, said))
        head = self.page.say("last", period=period_text(entry.period, self.lang), value=value)
        return "\n".join(text for text in (head, entry.progress) if text)
