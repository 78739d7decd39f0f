"""Writing a form: one office's rows for one period, the plan locked, the cells to fill marked until they are filled."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Cell, Look, Visibility
from xlplan.books.form.explain import put_explanation
from xlplan.books.form.guide import NUMBER_ROW, TEXT_ROW, Guide, add_guide, has_number
from xlplan.books.form.head import put_head
from xlplan.books.form.layout import STAMP_SHEET, PlanColumns, stamp_facts, stamp_properties
from xlplan.books.metrics import at_most, text_height
from xlplan.books.rows import put_row
from xlplan.headers import Field
from xlplan.model import EXTRA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.book import Book, Sheet, Value
    from xlplan.books.template import Column, Page, Template
    from xlplan.model import Assignment, Form, Plan, Stamp

_STEP, _WIDEST = 1.15, 1.6  # a column grows by steps, to this many times its width at most
_PLAIN = Look(border=False)


def compose(form: Form, template: Template, plan: Plan) -> Book:
    """The workbook that an office gets."""
    return compose_columns(PlanColumns(form, plan, template.dress(plan.language).pages["form"]), template)


def compose_columns(columns: PlanColumns, template: Template) -> Book:
    """The workbook that an office gets, of what its plan columns hold."""
    form, plan, page, rows = columns.form, columns.plan, columns.page, columns.lines
    dress = template.dress(plan.language)
    book = dress.book(plan.title)
    book.properties = stamp_properties(form.stamp)
    sheet = book.add(page.name)
    sheet.widths = {at: _wide_enough(column, page, rows) for at, column in enumerate(page.columns)}
    head = put_head(sheet, form, plan, dress)
    top = head.header + 1
    places: list[tuple[int, Assignment]] = []
    table = _Rows(sheet, page, dress.look("closed"))
    for row, values in rows:
        places.append((top, row))
        top = table.put(top, row, values)
    add_guide(sheet, Guide(head, top - 1, tuple(places), dress))
    if dress.pages["guide"].show:
        put_explanation(book, dress)
    put_stamp(book.add(STAMP_SHEET), form.stamp)
    return book


def _wide_enough(column: Column, page: Page, rows: Sequence[tuple[Assignment, dict[str, Value]]]) -> float:
    """The column's width, more of it where a text would make its row too tall."""
    if not rows or column.field not in rows[0][1]:
        return column.width
    texts = [text for _, values in rows if isinstance(text := values[column.field], str)]
    longest = max(texts, key=len, default="")
    width, size, most = column.width, column.look.size, page.numbers["tallest_text"]
    if at_most(longest, width, size) <= most:
        return width
    while width < column.width * _WIDEST and text_height(longest, width, size) > most:
        width = round(width * _STEP, 1)
    return width


class _Rows:
    """Writes a form's rows; the cells that are empty in each are made once."""

    def __init__(self, sheet: Sheet, page: Page, closed: Look) -> None:
        self.sheet, self.flag, self.lowest = sheet, len(page.columns), page.numbers["lowest_row"]
        self.open = [self._place(one, one.look) for one in page.columns]
        self.shut = [self._place(one, closed if one.field == Field.DONE else one.look) for one in page.columns]
        self.flags = {True: Cell(NUMBER_ROW, _PLAIN), False: Cell(TEXT_ROW, _PLAIN)}

    def put(self, top: int, row: Assignment, values: Mapping[str, Value]) -> int:
        """Write one row, and behind it whether it asks for a figure. Gives the next free row."""
        number = has_number(row)
        cells = []
        for field, column, empty in self.open if number else self.shut:
            value = values.get(field) if field else content(column, row, values)
            cells.append(empty if value is None or value == "" else Cell(value, empty.look))
        self.sheet.cells[top, self.flag] = self.flags[number]
        return put_row(self.sheet, top, cells, self.lowest)

    @staticmethod
    def _place(column: Column, look: Look) -> tuple[str, Column, Cell]:
        """The plan's field that a column shows, if it is one, and its cell where that is empty."""
        return "" if column.fill or column.field == EXTRA else column.field, column, Cell(None, look)


def content(column: Column, row: Assignment, values: Mapping[str, Value]) -> Value:
    """What stands in a column of a row before anybody fills it."""
    if column.fill:
        return None
    if column.field == EXTRA:
        return dict(row.extra).get(column.header, "")
    value = values.get(column.field)
    return None if value == "" else value


def put_stamp(sheet: Sheet, stamp: Stamp) -> None:
    """Write the stamp on a sheet of its own that nobody is shown."""
    sheet.visibility = Visibility.VERY_HIDDEN
    text = replace(_PLAIN, number="@", wrap=False)
    for row, (key, value) in enumerate(stamp_facts(stamp).items()):
        sheet.put(row, 0, key, text)
        sheet.put(row, 1, json.dumps(value) if isinstance(value, list) else str(value), text)
