"""The claim form (认领表): the tasks that have no owner yet, for an office to say which it leads or supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.book import Area, Book, Choice, Look, Print
from xlplan.books.form.compose import put_stamp
from xlplan.books.form.layout import STAMP_SHEET, stamp_properties
from xlplan.books.form.parse import Columns
from xlplan.books.form.parse import parse as parse_form
from xlplan.books.metrics import fit
from xlplan.books.values import day_text, task_text
from xlplan.headers import Field, header_words
from xlplan.model import Role
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlplan.book import Sheet
    from xlplan.model import Office, Plan, Returned, Stamp, Task

FIELDS = (Field.CODE, Field.SERIAL, Field.TASK, Field.TARGET, Field.CLAIM, Field.NOTE)
_WIDTHS = (9, 9, 64, 34, 10, 30)
_COLUMNS = Columns(FIELDS, (frozenset({Field.CLAIM}), frozenset({Field.CODE, Field.TASK})))
_OPEN = frozenset({Field.CLAIM, Field.NOTE})
_HEADER, _LOWEST = 3, 24.0
_TITLE = Look(font="方正小标宋简体", size=18, align="center", border=False)
_LINE = Look(font="宋体", size=11, border=False)
_HEAD = Look(font="黑体", size=11, fill="EDEDED", align="center")
_TEXT = Look(font="宋体", size=10.5)
_FILL = Look(font="宋体", size=10.5, align="center", fill="FFF7E0", locked=False)


def compose(office: Office, tasks: Sequence[tuple[Task, str]], stamp: Stamp, plan: Plan, due: date | None) -> Book:
    """The form for one office; `tasks` come with their targets as one text."""
    zh = plan.language == "zh"
    book = Book(title=plan.title)
    book.properties = stamp_properties(stamp)
    sheet = book.add("认领表" if zh else "Claims")
    sheet.widths = dict(enumerate(_WIDTHS))
    last = len(FIELDS) - 1
    sheet.merge(Area(0, 0, 0, last), f"{plan.title}{'任务认领表' if zh else ': open tasks'}", _TITLE)
    sheet.heights[0] = 36
    sheet.merge(Area(1, 0, 1, last), f"{'填报单位:' if zh else 'Office: '}{office.name}", _LINE)
    sheet.merge(Area(2, 0, 2, last), _hint(due, zh=zh), _LINE)
    for column, name in enumerate(FIELDS):
        sheet.put(_HEADER, column, header_words(name, plan.language), _HEAD)
    for index, (task, targets) in enumerate(tasks, _HEADER + 1):
        values = (task.code, task.label, task_text(task), targets, None, None)
        for column, (name, value) in enumerate(zip(FIELDS, values, strict=True)):
            sheet.put(index, column, value, _FILL if name in _OPEN else _TEXT)
    fit(sheet, range(1, _HEADER + 1 + len(tasks)), _LOWEST)
    _guide(sheet, len(tasks), plan.language)
    put_stamp(book.add(STAMP_SHEET), stamp)
    return book


def _hint(due: date | None, *, zh: bool) -> str:
    if zh:
        by = f",请于{day_text(due, 'zh')}前报回" if due else ""
        return f"愿意承担的任务,在“认领”列选“牵头”或“配合”;不认领的留空{by}。"
    by = f" Return by {due}." if due else ""
    return f"Choose lead or support for the tasks that your office takes on; leave the others empty.{by}"


def _guide(sheet: Sheet, count: int, lang: str) -> None:
    column = FIELDS.index(Field.CLAIM)
    area = Area(_HEADER + 1, column, _HEADER + count, column)
    options, title = tuple(word(role, lang) for role in Role), header_words(Field.CLAIM, lang)
    sheet.choices.append(Choice(area, "list", options, title=title, message=" / ".join(options)))
    sheet.freeze = (_HEADER + 1, 0)
    sheet.protected = True
    sheet.print = Print(repeat=(_HEADER, _HEADER))


def parse(book: Book, file: str, sha256: str) -> Returned | None:
    """A claim form that came back; None when the workbook has no column of claims."""
    returned = parse_form(book, file, sha256, _COLUMNS)
    return returned if returned.sheets else None
