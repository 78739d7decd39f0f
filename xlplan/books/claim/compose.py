"""Writing a claim form: the open tasks, the cells where an office says which it leads or supports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan.book import Area, Cell
from xlplan.book.parts import Choice
from xlplan.books.form.compose import put_stamp
from xlplan.books.form.layout import STAMP_SHEET, stamp_properties
from xlplan.books.metrics import fit
from xlplan.books.rows import put_row, unbroken
from xlplan.books.values import day_text, listed, section_text, task_text
from xlplan.headers import Field
from xlplan.marks import in_print
from xlplan.model import EXTRA, Role
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlplan.book import Book, Sheet, Value
    from xlplan.books.template import Column, Dress, Page, Template
    from xlplan.model import Assignment, Office, Plan, Stamp, Task


@dataclass(frozen=True)
class ClaimForm:
    """One office's claim form: the open tasks, the stamp, and when it is due."""

    office: Office
    tasks: tuple[Task, ...]
    stamp: Stamp
    due: date | None = None


def compose(form: ClaimForm, template: Template, plan: Plan) -> Book:
    """The workbook that an office gets."""
    dress = template.dress(plan.language)
    page = dress.pages["claim"]
    book = dress.book(plan.title)
    book.properties = stamp_properties(form.stamp)
    sheet = book.add(page.name)
    sheet.widths = {at: column.width for at, column in enumerate(page.columns)}
    header = _head(sheet, form, plan, dress)
    top, tops = header + 1, []
    for task in form.tasks:
        tops.append(top)
        values = _values(task, plan)
        cells = [Cell(_content(column, values), column.look) for column in page.columns]
        top = put_row(sheet, top, cells, page.numbers["lowest_row"])
    _guide(sheet, page, (header, top - 1), plan.language)
    sheet.print = unbroken(replace(page.print, repeat=(header, header)), tops, top - 1)
    put_stamp(book.add(STAMP_SHEET), form.stamp)
    return book


def _head(sheet: Sheet, form: ClaimForm, plan: Plan, dress: Dress) -> int:
    """Write title, office, hint and header; gives the header's row."""
    page, lang = dress.pages["claim"], dress.lang
    last = len(page.columns) - 1
    due = page.say("deadline", date=day_text(form.due, lang)) if form.due else page.say("no_deadline")
    hint = page.say("hint", lead=word(Role.LEAD, lang), support=word(Role.SUPPORT, lang), deadline=due)
    lines = (
        (page.say("title", plan=plan.title), "title"),
        (page.say("office", office=form.office.name), "office"),
        (hint, "hint"),
    )
    for row, (text, look) in enumerate(lines):
        sheet.merge(Area(row, 0, row, last), text, dress.look(look))
    header = len(lines)
    for at, column in enumerate(page.columns):
        sheet.put(header, at, column.header, dress.look("head"))
    fit(sheet, range(header), 22)
    fit(sheet, range(header, header + 1), 28)
    return header


def _values(task: Task, plan: Plan) -> dict[str, Value]:
    """What is known of an open task, by field; the user's own columns of plan.xlsx by `extra` and their header."""
    rows: Sequence[Assignment] = [row for row in plan.rows if row.task == task.code]
    targets = dict.fromkeys(row.target.text for row in rows if row.target)
    sections = (section_text(one) for one in plan.sections if one.code == task.section)
    own = {f"{EXTRA}:{header}": text for row in reversed(rows) for header, text in row.extra}
    known: dict[str, Value] = {
        Field.CODE: task.code,
        Field.SERIAL: in_print(task.label),
        Field.SECTION: next(sections, ""),
        Field.TASK: task_text(task),
        Field.TARGET: "\n".join(targets),
        Field.LEADER: next((row.leader for row in rows if row.leader), task.leader),
        Field.DEADLINE: next((row.deadline for row in rows if row.deadline), task.deadline),
    }
    return own | known


def _content(column: Column, values: dict[str, Value]) -> Value:
    if column.fill:
        return None
    return values.get(f"{EXTRA}:{column.header}" if column.field == EXTRA else column.field) or None


def _guide(sheet: Sheet, page: Page, rows: tuple[int, int], lang: str) -> None:
    """Protect the sheet and offer the roles; `rows` are the header's and the last one."""
    header, last = rows
    at = page.index(Field.CLAIM) or 0
    options = tuple(word(role, lang) for role in Role)
    message = page.say("claim_message", options=listed(options, lang))
    area = Area(header + 1, at, last, at)
    sheet.choices.append(Choice(area, "list", options, title=page.say("claim_title"), message=message))
    sheet.freeze = (header + 1, 0)
    sheet.protected = True
