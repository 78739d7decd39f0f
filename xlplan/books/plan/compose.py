"""Writing plan.xlsx: the breakdown one row a line, the offices, and what the plan is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Area, Book, address, column_name
from xlplan.book.parts import Choice, Highlight
from xlplan.books.metrics import fit
from xlplan.books.template.record import Column
from xlplan.books.values import section_text
from xlplan.headers import Field
from xlplan.marks import both, in_print
from xlplan.model import EXTRA, Comparator, Judged, Kind, Role
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Sheet, Value
    from xlplan.books.template import Dress, Page, Template
    from xlplan.model import Assignment, Office, Plan, Section, Target, Task

HEADER = 2
"""The 0-based row of the header on the breakdown sheet; a title and a hint stand above it."""
_LISTS = {Field.KIND: Kind, Field.COMPARATOR: Comparator, Field.ROLE: Role, Field.JUDGED: Judged}
_ENDS = f"。\n{both(';')}"
_LOWEST, _OWN_WIDTH = 20.0, 12.0


def compose(plan: Plan, notes: Mapping[str, str], template: Template) -> Book:
    """The plan workbook of an allocated plan. `notes`, by row code, fill the column of things to check."""
    dress = template.dress(plan.language)
    book = dress.book(plan.title)
    _breakdown(book, plan, notes, dress)
    _offices(book, plan, dress)
    _about(book, plan, dress)
    return book


def _breakdown(book: Book, plan: Plan, notes: Mapping[str, str], dress: Dress) -> None:
    page = _with_own(plan, dress)
    sheet = book.add(page.name)
    last = len(page.columns) - 1
    sheet.merge(Area(0, 0, 0, last), page.say("title", plan=plan.title), dress.look("title"))
    sheet.heights[0] = 36
    sheet.merge(Area(1, 0, 1, last), page.say("hint"), dress.look("hint"))
    sheet.heights[1] = 20
    _header(sheet, HEADER, page, dress)
    sections = {section.code: section for section in plan.sections}
    shown: set[str] = set()
    for index, row in enumerate(plan.rows, HEADER + 1):
        task = plan.task(row.task)
        values = _values(row, task, sections.get(task.section) if task else None, plan.language)
        values[Field.CONTENT] = task.text if task and task.code not in shown else ""
        shown.add(row.task)
        values[Field.GUESS] = notes.get(row.code, "")
        extra = dict(row.extra)
        for at, column in enumerate(page.columns):
            value = extra.get(column.header) if column.field == EXTRA else values.get(column.field)
            sheet.put(index, at, None if value == "" else value, column.look)
    fit(sheet, range(HEADER + 1, HEADER + 1 + len(plan.rows)), page.numbers["lowest_row"])
    _guide(sheet, plan, page, dress)


def _with_own(plan: Plan, dress: Dress) -> Page:
    """The page with a column for each that people have added to the plan."""
    page = dress.pages["rows"]
    known = {column.header for column in page.columns}
    headers = dict.fromkeys(header for row in plan.rows for header, _ in row.extra if header not in known)
    added = tuple(_own_column(header, dress) for header in headers)
    return replace(page, columns=(*page.columns, *added))


def _own_column(header: str, dress: Dress) -> Column:
    return Column(EXTRA, header, _OWN_WIDTH, dress.look("text"))


def _guide(sheet: Sheet, plan: Plan, page: Page, dress: Dress) -> None:
    bottom = HEADER + max(len(plan.rows), 1)
    sheet.filter = Area(HEADER, 0, bottom, len(page.columns) - 1)
    sheet.freeze = (HEADER + 1, (page.index(Field.TASK) or 0) + 1)
    sheet.print = replace(page.print, repeat=(HEADER, HEADER))
    below = bottom + int(page.numbers["spare_rows"])
    for name, kind in _LISTS.items():
        if (at := page.index(name)) is not None:
            options = tuple(word(value, plan.language) for value in kind)
            sheet.choices.append(Choice(Area(HEADER + 1, at, below, at), "list", options))
    if (at := page.index(Field.GUESS)) is not None:
        formula = f"LEN(${column_name(at)}{HEADER + 2})>0"
        area = Area(HEADER + 1, at, below, at)
        sheet.highlights.append(Highlight(area, formula, fill=dress.colors["guess_fill"]))
    office, task = page.index(Field.OFFICE), page.index(Field.TASK)
    if office is not None and task is not None:
        formula = f"AND(LEN({address(HEADER + 1, office)})=0,LEN({address(HEADER + 1, task)})>0)"
        area = Area(HEADER + 1, office, below, office)
        sheet.highlights.append(Highlight(area, formula, fill=dress.colors["open"]))


def _values(row: Assignment, task: Task | None, section: Section | None, lang: str) -> dict[str, Value]:
    text = task.text if task else ""
    values: dict[str, Value] = {
        Field.CODE: row.code,
        Field.SERIAL: in_print(task.label) if task else "",
        Field.SECTION: section_text(section) if section else "",
        Field.TASK: task.title if task else "",
        Field.OFFICE: row.office,
        Field.ROLE: word(row.role, lang) if row.office else "",
        Field.DEADLINE: row.deadline,
        Field.LEADER: row.leader,
        Field.SOURCE: sentence_of(text, row.target.text) if row.target else "",
    }
    return values | (_target_values(row.target, lang) if row.target else {})


def _target_values(target: Target, lang: str) -> dict[str, Value]:
    numbers: dict[str, Value] = {
        Field.COMPARATOR: word(target.comparator, lang),
        Field.VALUE: target.value,
        Field.VALUE_MAX: target.value_max,
        Field.UNIT: in_print(target.unit),
        Field.BASELINE: target.baseline,
    }
    words: dict[str, Value] = {
        Field.TARGET: target.text,
        Field.INDICATOR: target.indicator,
        Field.KIND: word(target.kind, lang),
        Field.JUDGED: word(Judged.YEAR_END, lang) if target.year_end else "",
    }
    return words | (numbers if target.is_number else {})


def sentence_of(text: str, part: str) -> str:
    """The sentence of `text` that `part` stands in; the part itself when it is not there to the letter."""
    at = text.find(part)
    if at < 0:
        return part
    start = max(text.rfind(mark, 0, at) for mark in _ENDS) + 1
    ends = [end for mark in _ENDS if (end := text.find(mark, at + len(part))) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()


def _offices(book: Book, plan: Plan, dress: Dress) -> None:
    page = dress.pages["offices"]
    sheet = book.add(page.name)
    _header(sheet, 0, page, dress)
    for index, office in enumerate(plan.offices, 1):
        values = _office_values(office)
        for at, column in enumerate(page.columns):
            sheet.put(index, at, values[Field(column.field)] or None, column.look)
    fit(sheet, range(1, len(plan.offices) + 1), _LOWEST)
    sheet.freeze = (1, (page.index(Field.NAME) or 0) + 1)
    sheet.print = replace(page.print, repeat=(0, 0))


def _office_values(office: Office) -> dict[Field, str]:
    return {
        Field.CODE: office.code,
        Field.NAME: office.name,
        Field.ALIASES: "、".join(office.aliases),
        Field.MEMBERS: "、".join(office.members),
        Field.LEADER: office.leader,
        Field.CONTACT: office.contact,
        Field.DUTIES: "、".join(office.duties),
    }


def _about(book: Book, plan: Plan, dress: Dress) -> None:
    page = dress.pages["about"]
    sheet = book.add(page.name)
    values = (plan.title, plan.issuer, plan.number, plan.year, plan.language)
    for index, (key, value) in enumerate(zip(page.texts, values, strict=True)):
        sheet.put(index, 0, page.say(key), dress.look("head"))
        sheet.put(index, 1, value or None, dress.look("text"))
    sheet.widths = {0: page.numbers["key_width"], 1: page.numbers["value_width"]}
    sheet.print = page.print


def _header(sheet: Sheet, row: int, page: Page, dress: Dress) -> None:
    for at, column in enumerate(page.columns):
        sheet.put(row, at, column.header, dress.look("head"))
        sheet.widths[at] = column.width
    sheet.heights[row] = 30
