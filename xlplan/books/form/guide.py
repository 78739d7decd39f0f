"""What guides whoever fills a form: drop-downs, messages, marks on cells that are due, and the counter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.book import Area, Formula, column_name
from xlplan.book.parts import Choice, Highlight
from xlplan.books.rows import unbroken
from xlplan.books.values import listed
from xlplan.headers import Field
from xlplan.marks import in_print
from xlplan.model import Status
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.book import Sheet
    from xlplan.books.form.head import Head
    from xlplan.books.template import Dress, Page
    from xlplan.model import Assignment

NUMBER_ROW, TEXT_ROW = 2, 1
"""What the hidden column behind the table says of a row: it asks for a figure, or it does not."""

_LARGEST = 10**12
_DUE = (Field.DONE, Field.STATUS, Field.PROGRESS)


@dataclass(frozen=True)
class Guide:
    """A form's parts: its head, the table's last row (the header's when it is empty), each row's place, the dress."""

    head: Head
    last: int
    rows: tuple[tuple[int, Assignment], ...]
    dress: Dress

    @property
    def page(self) -> Page:
        """The form's page of the dress."""
        return self.dress.pages["form"]

    @property
    def first(self) -> int:
        """The first row of the table."""
        return self.head.header + 1

    @cached_property
    def figures(self) -> tuple[tuple[int, str], ...]:
        """The places of the rows that ask for a figure, with its unit."""
        return tuple(
            (top, in_print(row.target.unit)) for top, row in self.rows if row.target is not None and has_number(row)
        )

    def column(self, field: str) -> Area | None:
        """The table's cells of a field; None when the template leaves it out."""
        at = self.page.place(field)
        return None if at is None else Area(self.first, at, self.last, at)


def has_number(row: Assignment) -> bool:
    """Whether a row asks for a figure."""
    return row.target is not None and row.target.is_number


def add_guide(sheet: Sheet, guide: Guide) -> None:
    """Protect the sheet, and add what helps to fill it."""
    page = guide.page
    flags = len(page.columns)
    sheet.widths[flags] = 3
    sheet.hidden_columns.add(flags)
    sheet.protected = True
    task = page.index(Field.TASK)
    sheet.freeze = (guide.first, 0 if task is None else task + 1)
    setup = replace(page.print, repeat=(guide.head.header, guide.head.header))
    sheet.print = unbroken(setup, [top for top, _ in guide.rows], guide.last)
    if guide.rows:
        if not any(area.bottom > area.top >= guide.first for area in sheet.merges):
            sheet.filter = Area(guide.head.header, 0, guide.last, flags)
        sheet.choices += choices(guide)
        sheet.highlights += _marks(guide)
    _count(sheet, guide)


def choices(guide: Guide) -> list[Choice]:
    """The validations of a form that has rows."""
    return [*_statuses(guide), *_texts(guide), *_numbers(guide)]


def blanks(guide: Guide) -> Iterator[Highlight]:
    """Marks on the cells that are due until they are filled, in a form without the hidden column behind the table."""
    for field in _DUE:
        at = guide.page.place(field)
        tops = [top for top, _ in (guide.figures if field is Field.DONE else guide.rows)]
        if at is not None and tops:
            first, *more = (Area(top, at, top, at) for top in tops)
            formula = f"LEN(TRIM(${column_name(at)}{first.top + 1}))=0"
            yield Highlight(first, formula, fill=guide.dress.colors["due"], also=tuple(more))


def _statuses(guide: Guide) -> Iterator[Choice]:
    if area := guide.column(Field.STATUS):
        options = tuple(word(status, guide.dress.lang) for status in Status)
        message = guide.page.say("status_message", options=listed(options, guide.dress.lang))
        yield Choice(area, "list", options, title=guide.page.say("status_title"), message=message)


def _texts(guide: Guide) -> Iterator[Choice]:
    limit = int(guide.page.numbers["longest_text"])
    message = guide.page.say("text_message", limit=limit)
    for number, column in enumerate(guide.page.columns):
        if column.fill and column.field not in {Field.DONE, Field.STATUS}:
            at = number if column.at < 0 else column.at
            area = Area(guide.first, at, guide.last, at)
            title = guide.page.say("text_title")
            yield Choice(area, "length", maximum=limit, strict=False, title=title, message=message)


def _numbers(guide: Guide) -> Iterator[Choice]:
    """One validation for each unit; it informs, because people also have to write 约80%."""
    at = guide.page.place(Field.DONE)
    if at is None:
        return
    units: dict[str, list[Area]] = {}
    for top, unit in guide.figures:
        units.setdefault(unit, []).append(Area(top, at, top, at))
    for unit, areas in units.items():
        say = {key: guide.page.say(key, unit=unit or "-") for key in ("value_title", "value_prompt", "value_message")}
        yield Choice(
            areas[0],
            "number",
            minimum=-_LARGEST,
            maximum=_LARGEST,
            strict=False,
            title=say["value_title"],
            message=say["value_message"],
            prompt=say["value_prompt"],
            also=tuple(areas[1:]),
        )


def _marks(guide: Guide) -> Iterator[Highlight]:
    """The cells that are still due, row by row."""
    colors = guide.dress.colors
    for field in _DUE:
        if area := guide.column(field):
            yield Highlight(area, _due(guide, field, rows=None), fill=colors["due"])


def _due(guide: Guide, field: Field, rows: tuple[int, int] | None) -> str:
    """When a field is due: of the first row, for a conditional format, or of all `rows`, as a product to sum."""

    def cells(at: int) -> str:
        name = column_name(at)
        return f"${name}${rows[0] + 1}:${name}${rows[1] + 1}" if rows else f"${name}{guide.first + 1}"

    at = guide.page.index(field) or 0
    status = guide.page.index(Field.STATUS)
    flag = f"({cells(len(guide.page.columns))}{f'={NUMBER_ROW}' if field is Field.DONE else '>0'})"
    parts = [flag, f"(LEN(TRIM({cells(at)}))=0)"]
    if field is Field.DONE and status is not None:
        parts.append(f'({cells(status)}<>"{word(Status.NOT_APPLICABLE, guide.dress.lang)}")')
    return "*".join(parts)


def _count(sheet: Sheet, guide: Guide) -> None:
    """The counter: a formula whose value is how many cells are due in the form as it is sent."""
    page, area = guide.page, guide.head.counter
    fields = [field for field in _DUE if guide.rows and page.index(field) is not None]
    count = sum(len(guide.figures if field is Field.DONE else guide.rows) for field in fields)
    terms = (f"SUMPRODUCT({_due(guide, field, (guide.first, guide.last))})" for field in fields)
    total = "+".join(terms) or "0"
    before, _, after = page.say("due", count="\0").partition("\0")
    complete = page.say("complete")
    text = f"IF(({total})=0,{_literal(complete)},{_literal(before)}&({total})&{_literal(after)})"
    value = page.say("due", count=count) if count else complete
    sheet.put(area.top, area.left, Formula(text, value), guide.dress.look("counter"))
    colors = guide.dress.colors
    sheet.highlights.append(Highlight(area, f"({total})=0", fill=colors["done"], color=colors["done_ink"]))


def _literal(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
