"""What goes back to the offices, as workbooks: the list of what to correct, and the list of who is to be reminded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import Area, Book, Look, Print
from xlplan.books.metrics import fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlplan.finding import Finding
    from xlplan.period import Period

LIST_SHEET = {"zh": "退回修改", "en": "To correct"}
"""The name of the sheet that lists what to correct."""

_LIST_HEAD = {
    "zh": ("工作表", "单元格", "行", "写的是", "问题", "原因", "怎样改"),
    "en": ("Sheet", "Cell", "Row", "Written", "What is wrong", "Why", "What is wanted"),
}
_REMIND_HEAD = {
    "zh": ("单位", "联系人", "分管领导", "事由", "应填", "待改", "截止日期", "逾期天数", "本年迟报", "说明"),
    "en": (
        "Office",
        "Contact",
        "Leader",
        "For",
        "Rows",
        "To correct",
        "Deadline",
        "Days late",
        "Late this year",
        "Remark",
    ),
}
_WIDTHS = (22, 14, 14, 12, 8, 8, 13, 10, 10, 60)
_TITLE = Look(font="方正小标宋简体", size=18, align="center", border=False)
_HEAD = Look(font="黑体", size=11, fill="EDEDED", align="center")
_TEXT = Look(font="宋体", size=10.5)
_HEADER = 1


def comment_of(finding: Finding, lang: str) -> str:
    """What the comment at a bad cell says."""
    if lang == "zh":
        return f"【退回修改】{rules.message(finding, lang)}{rules.remedy(finding, lang)}"
    return f"[To correct] {rules.message(finding, lang)} {rules.remedy(finding, lang)}"


def list_line(finding: Finding, row: str, written: str, lang: str, *, at: tuple[str, str]) -> tuple[str, ...]:
    """One line of the list of what to correct; `at` is the sheet and the cell."""
    return (*at, row, written, rules.message(finding, lang), rules.cause(finding, lang), rules.remedy(finding, lang))


def list_head(lang: str) -> tuple[str, ...]:
    """The headers of the list of what to correct."""
    return _LIST_HEAD[lang]


@dataclass(frozen=True)
class Reminder:
    """An office that owes something: nothing came (`silent`), or `problems` cells are to be corrected.

    `late` is in days, `times_late` in periods of the year.
    """

    office: str
    contact: str
    leader: str
    silent: bool
    rows: int
    problems: int
    due: date | None
    late: int
    times_late: int
    text: str


def compose(reminders: Sequence[Reminder], title: str, period: Period, lang: str) -> Book:
    """The 催报清单: a line for each office that owes a return or a correction."""
    zh = lang == "zh"
    book = Book(title=title)
    sheet = book.add("催报清单" if zh else "Reminders")
    sheet.widths = dict(enumerate(_WIDTHS))
    last = len(_WIDTHS) - 1
    sheet.merge(Area(0, 0, 0, last), f"{period.label(lang)}{'催报清单' if zh else ' reminders'}", _TITLE)
    sheet.heights[0] = 34
    for column, header in enumerate(_REMIND_HEAD[lang]):
        sheet.put(_HEADER, column, header, _HEAD)
    for index, one in enumerate(reminders, _HEADER + 1):
        for column, value in enumerate(_values(one, zh=zh)):
            sheet.put(index, column, value, _TEXT)
    fit(sheet, range(_HEADER, _HEADER + 1 + len(reminders)), 22)
    sheet.freeze = (_HEADER + 1, 1)
    sheet.print = Print(repeat=(_HEADER, _HEADER))
    return book


def _values(one: Reminder, *, zh: bool) -> tuple[str | int | date | None, ...]:
    matter = ("催报" if zh else "missing") if one.silent else ("退回修改" if zh else "to correct")
    return (
        one.office,
        one.contact,
        one.leader,
        matter,
        one.rows,
        one.problems,
        one.due,
        one.late,
        one.times_late,
        one.text,
    )
