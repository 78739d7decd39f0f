"""Writing the 任务分解表 (一览表) as it is issued: bands for sections, tasks over their rows, ready to print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Area
from xlplan.books.balance import balanced, filling, without_empty
from xlplan.books.blocks import Block, Run, lay, runs_of
from xlplan.books.lines import task_lines
from xlplan.books.metrics import DIGIT, fit, text_length
from xlplan.books.values import collapsed, day_text, listed, section_text, task_text
from xlplan.headers import Field
from xlplan.model import Role
from xlplan.words import COLON, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from xlplan.book import Book, Sheet
    from xlplan.books.lines import TaskLines
    from xlplan.books.template import Dress, Page, Template
    from xlplan.model import Assignment, Plan

_FLEXIBLE = frozenset({Field.TASK, Field.TARGET, Field.LEAD, Field.SUPPORT, Field.OFFICE})
"""The columns whose widths may shift."""

_LINE = 0.9  # a title so wide for its line may take two where its font is replaced
_TITLE = 40  # a title so short says on the next page which task goes on


def compose(plan: Plan, template: Template, lang: str, day: date | None = None, *, paged: bool = True) -> Book:
    """The printed breakdown. Below the title stand the issuer and `day`, or the document's number without a day.

    It is cut into pages for a sheet (`paged`), and left whole for a word processor.
    """
    dress = template.dress(lang)
    page = dress.pages["breakdown"]
    tasks = task_lines(plan)
    table = [_columns(plan, dress, task, number) for number, task in enumerate(tasks, 1)]
    page = _suited(page, table)
    page = page if paged else filling(page)
    book = dress.book(plan.title)
    sheet = book.add(page.name)
    sheet.widths = {at: column.width for at, column in enumerate(page.columns)}
    header = _head(sheet, plan, dress, page, day)
    blocks = _blocks(plan, dress, page, list(zip(tasks, table, strict=True)))
    setup = replace(page.print, repeat=(header, header))
    sheet.print = lay(sheet, header + 1, blocks, setup, page.say("more") if paged else None)
    sheet.freeze = (header + 1, 0)
    return book


def _columns(plan: Plan, dress: Dress, task: TaskLines, number: int) -> dict[str, list[str]]:
    """The texts of a task's columns, one for each of its lines."""
    lang = dress.lang
    section = next((section_text(one) for one in plan.sections if one.code == task.task.section), "")
    lead = [_offices(plan, [*line.rows], Role.LEAD, lang) for line in task.lines]
    support = [_offices(plan, [*line.rows, *task.support], Role.SUPPORT, lang) for line in task.lines]
    heads = [word(role, lang) + COLON[lang] for role in (Role.LEAD, Role.SUPPORT)]
    both = [
        "\n".join(head + names for head, names in zip(heads, pair, strict=True) if names)
        for pair in zip(lead, support, strict=True)
    ]
    return {
        Field.SERIAL: [str(number)] * len(lead),
        Field.CODE: [task.task.code] * len(lead),
        Field.TASK: [task_text(task.task)] * len(lead),
        Field.TARGET: [line.target.text if line.target else "" for line in task.lines],
        Field.LEAD: lead,
        Field.SUPPORT: support,
        Field.OFFICE: both,
        Field.DEADLINE: [_joined((_day(row, lang) for row in line.rows or task.rows), lang) for line in task.lines],
        Field.LEADER: [_joined((row.leader for row in line.rows or task.rows), lang) for line in task.lines],
        Field.SECTION: [section] * len(lead),
        Field.NOTE: [""] * len(lead),
    }


def _offices(plan: Plan, rows: Sequence[Assignment], role: Role, lang: str) -> str:
    return listed(collapsed((row.office for row in rows if row.role is role), plan.collectives), lang)


def _day(row: Assignment, lang: str) -> str:
    if row.deadline is None:
        return ""
    return day_text(row.deadline, lang).removeprefix(f"{row.deadline.year}年")


def _joined(texts: Iterable[str], lang: str) -> str:
    return listed(dict.fromkeys(text for text in texts if text), lang)


def _suited(page: Page, table: Sequence[Mapping[str, Sequence[str]]]) -> Page:
    """The page with columns and widths that suit the plan, as far as the template lets them."""
    used = {field for task in table for field, values in task.items() if any(values)} | {Field.TASK}
    if page.numbers["drop_empty"] and table:
        page = without_empty(page, used, Field.TASK)
    if page.numbers["balance"]:
        longest = [{field: max(values, key=len) for field, values in task.items() if values} for task in table]
        rows = [row | {Field.TARGET: "\n".join(task[Field.TARGET])} for row, task in zip(longest, table, strict=True)]
        page = balanced(page, rows, _FLEXIBLE)
    return page


def _head(sheet: Sheet, plan: Plan, dress: Dress, page: Page, day: date | None) -> int:
    """Write 附件, title, issuer and the header; gives the header's row."""
    last = len(page.columns) - 1
    sheet.merge(Area(0, 0, 0, last), page.say("attachment"), dress.look("attachment"))
    sheet.merge(Area(1, 0, 1, last), _title(sheet, plan, page, dress), dress.look("title"))
    if day or not plan.number:
        issuer = page.say("issuer", issuer=plan.issuer, date=day_text(day, dress.lang) if day else "")
    else:
        issuer = page.say("number", issuer=plan.issuer, number=plan.number)
    sheet.merge(Area(2, 0, 2, last), issuer.strip(), dress.look("issuer"))
    for at, column in enumerate(page.columns):
        sheet.put(3, at, column.header, dress.look("head"))
    fit(sheet, range(3), 22)
    fit(sheet, range(1, 2), 44)
    fit(sheet, range(3, 4), 32)
    return 3


def _title(sheet: Sheet, plan: Plan, page: Page, dress: Dress) -> str:
    """The title; a Chinese one too long for a line goes on below the plan's own title, not inside a word."""
    title = page.say("title", plan=plan.title)
    room = sum(sheet.widths.values()) * DIGIT * _LINE
    if dress.lang == "en" or text_length(title, dress.look("title").size) <= room:
        return title
    return page.say("title", plan=f"{plan.title}\n").strip()


def _blocks(
    plan: Plan, dress: Dress, page: Page, tasks: Sequence[tuple[TaskLines, Mapping[str, list[str]]]]
) -> list[Block]:
    """A block for each task, and a band above each section's first."""
    sections = {section.code: section_text(section) for section in plan.sections}
    blocks: list[Block] = []
    current = ""
    for task, columns in tasks:
        section = sections.get(task.task.section, "")
        if section and section != current:
            band = Run(0, 0, 0, section, dress.look("band"), len(page.columns) - 1)
            blocks.append(Block((band,), floor=26, band=True))
        current = section
        blocks.append(_block(page, columns, task))
    return blocks


def _block(page: Page, columns: Mapping[str, list[str]], task: TaskLines) -> Block:
    runs: list[Run] = []
    rows, title = len(task.lines), task.task.title.strip()
    for at, column in enumerate(page.columns):
        values = columns.get(column.field, [""] * rows)
        if column.field == Field.TARGET:
            found = [Run(at, row, row, value, column.look) for row, value in enumerate(values)]
        else:
            found = runs_of(at, values, column.look)
        if column.field == Field.TASK and len(title) <= _TITLE:
            found = [replace(run, again=title) for run in found]
        runs += [run if run.value else _none(run, page) for run in found]
    return Block(tuple(runs), rows, page.numbers["lowest_row"])


def _none(run: Run, page: Page) -> Run:
    return replace(run, value=page.say("none"), look=replace(run.look, align="center"))
