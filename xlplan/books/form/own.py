"""What goes into a bureau's own form for one office: the cells to set, in the places that its template names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.book import Area, Book, Look, address, position
from xlplan.book.parts import Print
from xlplan.books.form.compose import content, put_stamp
from xlplan.books.form.guide import Guide, blanks, choices, has_number
from xlplan.books.form.head import Head
from xlplan.books.form.layout import STAMP_SHEET, stamp_properties
from xlplan.books.metrics import rows_for, tallest
from xlplan.books.rows import unbroken
from xlplan.books.table import header_cells, header_names
from xlplan.books.values import day_text
from xlplan.headers import Field, plain_header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Sheet, Value
    from xlplan.books.form.layout import PlanColumns
    from xlplan.books.template import Column, Own, Page, Template
    from xlplan.model import Assignment, Form, Plan

_LOCKED, _OPEN = Look(), Look(locked=False)


def compose_own(columns: PlanColumns, template: Template, own: Own) -> Book:
    """The values by their places; of a cell's look only `locked` counts, the rest is the workbook's own."""
    form, plan = columns.form, columns.plan
    book = Book(title=plan.title)
    book.properties = stamp_properties(form.stamp)
    sheet = book.add(own.sheet)
    for cell, text in own.cells.items():
        sheet.put(*position(cell), text.format_map(_facts(form, plan)), _LOCKED)
    top = own.header + 1
    places: list[tuple[int, Assignment]] = []
    for row, values in columns.lines:
        places.append((top, row))
        top = _put_row(sheet, top, _contents(row, values, columns.page), own.size)
    guide = Guide(Head(Area(0, 0, 0, 0), own.header), top - 1, tuple(places), template.dress(plan.language))
    if places:
        sheet.choices = choices(guide)
        sheet.highlights = list(blanks(guide))
    sheet.protected = own.protect
    sheet.print = unbroken(Print(), [place for place, _ in places], top - 1)
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


def _contents(row: Assignment, values: Mapping[str, Value], page: Page) -> list[tuple[Column, Value, Look]]:
    return [
        (column, content(column, row, values), _OPEN if _is_open(column, row) else _LOCKED) for column in page.columns
    ]


def _put_row(sheet: Sheet, top: int, contents: list[tuple[Column, Value, Look]], size: float) -> int:
    """Write a row; one that is higher than a sheet row can be is merged over several. Gives the next free row."""
    texts = ((value, column.width, size) for column, value, _ in contents if isinstance(value, str))
    need = tallest(texts, 0.0)
    count = rows_for(need)
    for column, value, look in contents:
        sheet.merge(Area(top, column.at, top + count - 1, column.at), value, look)
    for place in range(top, top + count):
        sheet.heights[place] = round(need / count, 2)
    return top + count


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
