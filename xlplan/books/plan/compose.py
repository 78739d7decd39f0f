"""Writing plan.xlsx: the breakdown one row a line, the offices, and what the plan is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.book import Area, Book, Choice, Highlight, Look, Print, Sheet, address, column_name
from xlplan.books.metrics import fit
from xlplan.books.plan.layout import ABOUT, ABOUT_KEYS, OFFICE_FIELDS, OFFICES, ROW_FIELDS, ROWS
from xlplan.books.values import section_text
from xlplan.headers import Field, header_words
from xlplan.model import Comparator, Kind, Role
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.book import Value
    from xlplan.model import Assignment, Plan, Section, Target, Task

HEADER = 2
"""The 0-based row of the header on the breakdown sheet; a title and a hint stand above it."""
_SPARE = 300  # rows below the last one that still have the drop-downs, for rows that people add
_LOWEST = 20.0
_TITLE = Look(font="黑体", size=18, bold=True, align="center", border=False)
_HINT = Look(font="宋体", size=10, color="6B7280", border=False)
_HEAD = Look(font="黑体", size=11, bold=True, fill="E5E7EB", align="center")
_TEXT = Look(font="宋体", size=10.5)
_SHORT = Look(font="宋体", size=10.5, align="center")
_CODE = Look(font="宋体", size=10, align="center", color="6B7280")
_GUESS = Look(font="宋体", size=10, color="9A3412")
_HINTS = {
    "zh": "本表是计划底稿:可以增行、删行、排序、改责任单位和目标。“编号”不要改,新增行请留空。"
    "筛选“待核”列可以只看需要核对的行。",
    "en": "The plan of record: add, delete and sort rows, change owners and targets. Leave codes alone and a new row's "
    "code empty. Filter the column “To check” to see the rows that need a look.",
}
_WIDTHS = {
    Field.CODE: 10,
    Field.SERIAL: 8,
    Field.SECTION: 16,
    Field.TASK: 26,
    Field.CONTENT: 64,
    Field.TARGET: 26,
    Field.INDICATOR: 20,
    Field.KIND: 8,
    Field.COMPARATOR: 7,
    Field.VALUE: 10,
    Field.VALUE_MAX: 10,
    Field.UNIT: 9,
    Field.BASELINE: 9,
    Field.OFFICE: 22,
    Field.ROLE: 7,
    Field.DEADLINE: 12,
    Field.LEADER: 12,
    Field.GUESS: 28,
    Field.SOURCE: 40,
    Field.NAME: 24,
    Field.ALIASES: 24,
    Field.MEMBERS: 40,
    Field.CONTACT: 14,
    Field.DUTIES: 40,
}
_LONG = frozenset({Field.TASK, Field.CONTENT, Field.TARGET, Field.INDICATOR, Field.SOURCE, Field.SECTION})


def compose(plan: Plan, notes: Mapping[str, str]) -> Book:
    """The plan workbook of an allocated plan. `notes`, by row code, fill the column of things to check."""
    book = Book(title=plan.title)
    _breakdown(book.add(ROWS[plan.language]), plan, notes)
    _offices(book.add(OFFICES[plan.language]), plan)
    _about(book.add(ABOUT[plan.language]), plan)
    return book


def _breakdown(sheet: Sheet, plan: Plan, notes: Mapping[str, str]) -> None:
    last = len(ROW_FIELDS) - 1
    sheet.merge(Area(0, 0, 0, last), plan.title, _TITLE)
    sheet.heights[0] = 36
    sheet.merge(Area(1, 0, 1, last), _HINTS[plan.language], _HINT)
    _header(sheet, HEADER, ROW_FIELDS, plan.language)
    sections = {section.code: section for section in plan.sections}
    tasks = {task.code: task for task in plan.tasks}
    shown: set[str] = set()
    for index, row in enumerate(plan.rows, HEADER + 1):
        task = tasks[row.task]
        values = _values(row, task, sections.get(task.section), plan.language)
        values[Field.CONTENT] = task.text if task.code not in shown else ""
        shown.add(task.code)
        values[Field.GUESS] = notes.get(row.code, "")
        extra = dict(row.extra)
        for column, name in enumerate(ROW_FIELDS):
            sheet.put(index, column, _filled(values.get(name)), _look(name))
        for column, header in enumerate(_extra_headers(plan), last + 1):
            sheet.put(index, column, extra.get(header) or None, _TEXT)
    for column, header in enumerate(_extra_headers(plan), last + 1):
        sheet.put(HEADER, column, header, _HEAD)
    fit(sheet, range(HEADER + 1, HEADER + 1 + len(plan.rows)), _LOWEST)
    _guide(sheet, len(plan.rows), plan)


def _guide(sheet: Sheet, count: int, plan: Plan) -> None:
    bottom = HEADER + max(count, 1)
    sheet.filter = Area(HEADER, 0, bottom, len(ROW_FIELDS) + len(_extra_headers(plan)) - 1)
    sheet.freeze = (HEADER + 1, ROW_FIELDS.index(Field.TASK) + 1)
    sheet.print = Print(paper="A3", repeat=(HEADER, HEADER))
    lists = {Field.KIND: Kind, Field.COMPARATOR: Comparator, Field.ROLE: Role}
    for name, kind in lists.items():
        options = tuple(word(value, plan.language) for value in kind)
        sheet.choices.append(Choice(_below(name, bottom), "list", options))
    column = column_name(ROW_FIELDS.index(Field.GUESS))
    sheet.highlights.append(
        Highlight(_below(Field.GUESS, bottom), f"LEN(${column}{HEADER + 2})>0", fill="FFF7ED"),
    )
    office = address(HEADER + 1, ROW_FIELDS.index(Field.OFFICE))
    task = address(HEADER + 1, ROW_FIELDS.index(Field.TASK))
    sheet.highlights.append(
        Highlight(_below(Field.OFFICE, bottom), f"AND(LEN({office})=0,LEN({task})>0)", fill="FEF3C7")
    )


def _below(name: Field, bottom: int) -> Area:
    column = ROW_FIELDS.index(name)
    return Area(HEADER + 1, column, bottom + _SPARE, column)


def _values(row: Assignment, task: Task, section: Section | None, lang: str) -> dict[Field, Value]:
    values: dict[Field, Value] = {
        Field.CODE: row.code,
        Field.SERIAL: task.label,
        Field.SECTION: section_text(section) if section else "",
        Field.TASK: task.title,
        Field.OFFICE: row.office,
        Field.ROLE: word(row.role, lang) if row.office else "",
        Field.DEADLINE: row.deadline,
        Field.LEADER: row.leader,
        Field.SOURCE: sentence_of(task.text, row.target.text) if row.target else "",
    }
    return values | (_target_values(row.target, lang) if row.target else {})


def _target_values(target: Target, lang: str) -> dict[Field, Value]:
    numbers: dict[Field, Value] = {
        Field.COMPARATOR: word(target.comparator, lang),
        Field.VALUE: target.value,
        Field.VALUE_MAX: target.value_max,
        Field.UNIT: target.unit,
        Field.BASELINE: target.baseline,
    }
    words: dict[Field, Value] = {
        Field.TARGET: target.text,
        Field.INDICATOR: target.indicator,
        Field.KIND: word(target.kind, lang),
    }
    return words | (numbers if target.is_number else {})


def sentence_of(text: str, part: str) -> str:
    """The sentence of `text` that `part` stands in; the part itself when it is not there to the letter."""
    at = text.find(part)
    if at < 0:
        return part
    start = max(text.rfind(mark, 0, at) for mark in "。;;\n") + 1
    ends = [end for mark in "。;;\n" if (end := text.find(mark, at + len(part))) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()


def _offices(sheet: Sheet, plan: Plan) -> None:
    _header(sheet, 0, OFFICE_FIELDS, plan.language)
    for index, office in enumerate(plan.offices, 1):
        values = (
            office.code,
            office.name,
            "、".join(office.aliases),
            "、".join(office.members),
            office.leader,
            office.contact,
            "、".join(office.duties),
        )
        for column, value in enumerate(values):
            sheet.put(index, column, value or None, _look(OFFICE_FIELDS[column]))
    fit(sheet, range(1, len(plan.offices) + 1), _LOWEST)
    sheet.freeze = (1, 2)
    sheet.print = Print(repeat=(0, 0))


def _about(sheet: Sheet, plan: Plan) -> None:
    values = (plan.title, plan.issuer, plan.number, plan.year, plan.language)
    column = 0 if plan.language == "zh" else 1
    for index, (names, value) in enumerate(zip(ABOUT_KEYS.values(), values, strict=True)):
        sheet.put(index, 0, names[column], _HEAD)
        sheet.put(index, 1, value or None, _TEXT)
    sheet.widths = {0: 14, 1: 60}
    sheet.print = Print(landscape=False)


def _header(sheet: Sheet, row: int, fields: Sequence[Field], lang: str) -> None:
    for column, name in enumerate(fields):
        sheet.put(row, column, header_words(name, lang), _HEAD)
        sheet.widths[column] = _WIDTHS.get(name, 12)
    sheet.heights[row] = 30


def _filled(value: Value) -> Value:
    return None if value == "" else value


def _extra_headers(plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(header for row in plan.rows for header, _ in row.extra))


def _look(name: Field) -> Look:
    if name is Field.CODE:
        return _CODE
    if name is Field.GUESS:
        return _GUESS
    if name is Field.DEADLINE:
        return Look(font="宋体", size=10.5, align="center", number="yyyy-mm-dd")
    return _TEXT if name in _LONG or _WIDTHS.get(name, 0) >= _WIDTHS[Field.OFFICE] else _SHORT
