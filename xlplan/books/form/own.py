"""What goes into a bureau's own form for one office: the cells to set, in the places that its template names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.book import Area, Book, Choice, Look, address, position
from xlplan.books.form.compose import content, put_stamp
from xlplan.books.form.guide import has_number
from xlplan.books.form.layout import STAMP_SHEET, PlanColumns, stamp_properties
from xlplan.books.metrics import TALLEST, text_height
from xlplan.books.table import header_cells, header_names
from xlplan.books.values import day_text
from xlplan.headers import Field, plain_header
from xlplan.model import Status
from xlplan.words import word

if TYPE_CHECKING:
    from xlplan.book import Value
    from xlplan.books.template import Column, Own, Page, Template
    from xlplan.model import Assignment, Form, Plan

_LOCKED, _OPEN = Look(), Look(locked=False)


def compose_own(form: Form, template: Template, own: Own, plan: Plan) -> Book:
    """The values by their places; of a cell's look only `locked` counts, the rest is the workbook's own."""
    page = template.dress(plan.language).pages["form"]
    book = Book(title=plan.title)
    book.properties = stamp_properties(form.stamp)
    sheet = book.add(own.sheet)
    for cell, text in own.cells.items():
        sheet.put(*position(cell), text.format_map(_facts(form, plan)), _LOCKED)
    columns = PlanColumns(form, plan, page)
    first = own.header + 1
    for at, row in enumerate(form.rows, first):
        values = columns.of(row)
        contents = [(column, content(column, row, values)) for column in page.columns]
        for column, value in contents:
            sheet.put(at, column.at, value, _OPEN if _is_open(column, row) else _LOCKED)
        sheet.heights[at] = _height(contents, own.size)
    status = page.index(Field.STATUS)
    if status is not None and form.rows:
        column = page.columns[status]
        area = Area(first, column.at, first + len(form.rows) - 1, column.at)
        options = tuple(word(one, plan.language) for one in Status)
        message = page.say("status_message", options="、".join(options))
        sheet.choices.append(Choice(area, "list", options, title=page.say("status_title"), message=message))
    put_stamp(book.add(STAMP_SHEET), form.stamp)
    return book


def mismatch(book: Book, own: Own, page: Page) -> str:
    """What of a bureau's workbook is not as its template says; empty when everything is in its place."""
    sheet = book.sheet(own.sheet)
    if sheet is None:
        return own.sheet
    if own.header >= len(sheet.rows):
        return f"{own.sheet}!{own.header + 1}"
    names = header_names(header_cells(sheet, own.header))
    wrong = (one for one in page.columns if plain_header(names.get(one.at)) != plain_header(one.header))
    return next((f"{address(own.header, one.at)} {one.header}" for one in wrong), "")


def _is_open(column: Column, row: Assignment) -> bool:
    return column.fill and (column.field != Field.DONE or has_number(row))


def _facts(form: Form, plan: Plan) -> dict[str, object]:
    lang = plan.language
    return {
        "issuer": plan.issuer,
        "plan": plan.title,
        "year": form.period.year,
        "period": form.period.label(lang),
        "office": form.office.name,
        "deadline": day_text(form.deadline, lang) if form.deadline else "",
    }


def _height(contents: list[tuple[Column, Value]], size: float) -> float:
    texts = ((column, value) for column, value in contents if isinstance(value, str))
    need = max((text_height(text, column.width, size) for column, text in texts), default=0.0)
    return round(min(need, TALLEST), 2)
