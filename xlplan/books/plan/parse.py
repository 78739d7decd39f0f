"""Reading plan.xlsx back after people edited it: every line with its place, every bad cell a finding."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from xlplan import rules
from xlplan.book import address
from xlplan.books.plan.layout import ABOUT_KEYS, ROW_FIELDS
from xlplan.books.plan.roster import read_offices
from xlplan.books.table import find_table, text_of
from xlplan.chinese.dates import read_date
from xlplan.chinese.targets import targets_in
from xlplan.finding import Finding, Place
from xlplan.headers import Field, header_words
from xlplan.model import Assignment, Comparator, Judged, Kind, Office, Plan, PlanLine, Role, Sure, Target
from xlplan.words import read_word, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xlplan.book import Book, Sheet
    from xlplan.books.table import Table, TableRow

    Each = Callable[[Callable[[str], Target | None], Sequence[str]], Iterable[Target | None]]

Word = TypeVar("Word", bound=StrEnum)
_REQUIRED = [frozenset({Field.TASK}), frozenset({Field.OFFICE, Field.TARGET, Field.CODE})]
_EXPECTED = (Field.CODE, Field.TASK, Field.OFFICE, Field.TARGET)


def parse(
    book: Book, file: str, renamed: Mapping[str, Field | None] | None = None, each: Each = map
) -> tuple[Plan | None, tuple[PlanLine, ...], list[Finding]]:
    """The plan without rows (title, offices, …) and its lines in sheet order; None when there is no breakdown table.

    `renamed` holds the headers of the workspace's own template. `each` applies a function to many texts, in order, as
    `map` does: reading what their targets state takes most of the time.
    """
    tables = [table for sheet in book.sheets if (table := find_table(sheet, ROW_FIELDS, _REQUIRED, renamed))]
    if not tables:
        return None, (), [rules.find("P101", Place(file), file=file)]
    table = max(tables, key=lambda one: len(one.matches))
    plan, found = _about(book, table.sheet, file)
    found += _header_findings(table, file)
    lines = []
    rows = [(row, row.text(Field.TARGET)) for row in table.rows()]
    reading = iter(each(partial(_stated, plan.year), list(dict.fromkeys(text for _, text in rows))))
    stated: dict[str, Target | None] = {}
    for row, text in rows:
        if text not in stated:
            stated[text] = next(reading)
        line, trouble = _Line(row, file, plan.year, stated[text]).read()
        found += trouble
        lines += [line] if line else []
    return plan, tuple(lines), found


def _stated(year: int | None, text: str) -> Target | None:
    """The one target that a text states; None where it states none or several figures."""
    targets = targets_in(text, year) if text else ()
    numbers = [one for one in targets if one.is_number]
    return numbers[0] if len(numbers) == 1 else next(iter(targets), None) if not numbers else None


def _about(book: Book, rows: Sheet, file: str) -> tuple[Plan, list[Finding]]:
    facts = _facts(book)
    found: list[Finding] = []
    offices: tuple[Office, ...] = ()
    for sheet in book.sheets:
        if sheet is not rows and not offices:
            offices, found = read_offices(sheet, file)
    year = facts.get("year", "")
    title = facts.get("title") or text_of(rows.value(0, 0))
    language = "en" if facts.get("language", "").lower().startswith("en") else "zh"
    plan = Plan(
        title,
        facts.get("issuer", ""),
        facts.get("number", ""),
        int(year) if year.isdigit() else None,
        offices=offices,
        language=language,
    )
    return plan, found


def _facts(book: Book) -> dict[str, str]:
    keys = {name: key for key, names in ABOUT_KEYS.items() for name in names}
    facts: dict[str, str] = {}
    for sheet in book.sheets:
        for cells in sheet.rows[: len(ABOUT_KEYS) * 2]:
            texts = [text_of(cell) for cell in cells]
            if texts and texts[0] in keys and len([text for text in texts if text]) <= 2:  # noqa: PLR2004 - key, value
                facts.setdefault(keys[texts[0]], next((text for text in texts[1:] if text), ""))
    return facts


def _header_findings(table: Table, file: str) -> list[Finding]:
    found = []
    for column, match in table.matches.items():
        if match.sure is not Sure.YES:
            place = Place(file, table.sheet.name, address(table.header, column))
            header = text_of(table.sheet.value(table.header, column))
            found.append(rules.find("P103", place, header=header, field=header_words(match.field)))
    place = Place(file, table.sheet.name, address(table.header, 0))
    missing = [name for name in _EXPECTED if name not in table.columns]
    return found + [rules.find("P102", place, header=header_words(name)) for name in missing]


@dataclass
class _Line:
    """Reads one row, gathering findings with the address of the cell they are about."""

    row: TableRow
    file: str
    year: int | None
    stated: Target | None
    found: list[Finding] = field(default_factory=list)

    def read(self) -> tuple[PlanLine | None, list[Finding]]:
        row = self.row
        title = row.text(Field.TASK)
        if not title:
            self.say("P203", Field.TASK)
            return None, self.found
        if note := row.text(Field.GUESS):
            self.say("P218", Field.GUESS, note=note)
        assignment = Assignment(
            "",
            "",
            row.text(Field.OFFICE),
            self.word(Field.ROLE, Role) or Role.LEAD,
            self.target(),
            self.day(),
            row.text(Field.LEADER),
            row.extras(),
        )
        line = PlanLine(
            self.place(Field.CODE),
            row.text(Field.CODE),
            row.text(Field.SERIAL),
            row.text(Field.SECTION),
            title,
            row.text(Field.CONTENT),
            assignment,
            bool(row.cell(Field.CODE)),
        )
        return line, self.found

    def target(self) -> Target | None:
        """The target of the columns; where they are empty, the one that the target's text states."""
        text = self.row.text(Field.TARGET)
        value, read = self.number(Field.VALUE), self.stated
        year_end = self.word(Field.JUDGED, Judged) is Judged.YEAR_END
        if value is None:
            stated = read if read or not text else Target(text, kind=Kind.MILESTONE)
            return replace(stated, year_end=year_end) if stated else None
        if read and read.value is not None and read.value != value:
            self.say("P213", Field.VALUE, text=text, value=text_of(value))
        base = read or Target(text)
        return Target(
            text or self.row.text(Field.INDICATOR),
            self.row.text(Field.INDICATOR) or base.indicator,
            self.word(Field.KIND, Kind) or base.kind,
            self.word(Field.COMPARATOR, Comparator) or base.comparator,
            value,
            self.number(Field.VALUE_MAX),
            self.row.text(Field.UNIT) or base.unit,
            base.hedge,
            base.scope,
            self.number(Field.BASELINE),
            base.due,
            year_end,
        )

    def number(self, name: Field) -> Decimal | None:
        text = self.row.text(name).replace(",", "").replace("%", "")
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or "_" in text:
            self.say("P206", name, text=text, header=header_words(name))
            return None
        return value

    def word(self, name: Field, kind: type[Word]) -> Word | None:
        text = self.row.text(name)
        value = read_word(text, kind) if text else None
        if text and value is None:
            options = "、".join(word(one) for one in kind)
            self.say("P207", name, text=text, header=header_words(name), options=options)
        return value

    def day(self) -> date | None:
        value = self.row.value(Field.DEADLINE)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = self.row.text(Field.DEADLINE)
        day = read_date(text, self.year).day if text else None
        if text and day is None:
            self.say("P208", Field.DEADLINE, text=text)
        return day

    def place(self, name: Field) -> Place:
        return Place(self.file, self.row.sheet.name, self.row.cell(name) or address(self.row.index, 0))

    def say(self, code: str, name: Field, **facts: object) -> None:
        self.found.append(rules.find(code, self.place(name), **facts))
