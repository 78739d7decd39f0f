"""Reading plan.xlsx back after people edited it: every line with its place, every bad cell a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from xlplan import rules
from xlplan.book import address, column_name
from xlplan.books.plan.layout import ABOUT_KEYS, ROW_FIELDS
from xlplan.books.plan.roster import read_offices
from xlplan.books.table import find_table, text_of
from xlplan.chinese.dates import read_date
from xlplan.chinese.targets import targets_in
from xlplan.finding import Finding, Place
from xlplan.headers import Field, header_words
from xlplan.marks import half
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
    stated = _Stated(partial(_stated, plan.year), table, each)
    reader = _Lines(file, table, plan.year)
    lines = [line for row in table.rows() if (line := reader.line(row, stated.by(row.text(Field.TARGET))))]
    stated.end()
    return plan, tuple(lines), found + reader.found


class _Stated:
    """The targets that the texts of a table state; those of texts below are read elsewhere while one is asked for."""

    def __init__(self, read: Callable[[str], Target | None], table: Table, each: Each) -> None:
        self.read = read
        column, rows = table.columns.get(Field.TARGET, -1), table.sheet.rows[table.header + 1 :]
        self.coming = dict.fromkeys(text_of(row[column]) for row in rows if -1 < column < len(row))
        self.reading = iter(zip(self.coming, each(read, list(self.coming)), strict=True))
        self.known: dict[str, Target | None] = {}

    def by(self, text: str) -> Target | None:
        """The one that a text states."""
        if text not in self.known and text not in self.coming:
            self.known[text] = self.read(text)
        while text not in self.known:
            one, target = next(self.reading)
            self.known[one] = target
        return self.known[text]

    def end(self) -> None:
        """Take what is left, so that whoever reads it is done."""
        self.known |= self.reading


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


class _Lines:
    """Reads a table's rows, gathering findings with the address of the cell they are about.

    What words, numbers and days say is remembered: thousands of rows have them in common.
    """

    def __init__(self, file: str, table: Table, year: int | None) -> None:
        self.file, self.sheet, self.year = file, table.sheet.name, year
        self.found: list[Finding] = []
        self.code = column_name(table.columns.get(Field.CODE, 0))
        self.coded = Field.CODE in table.columns
        self.words: dict[tuple[type[StrEnum], str], StrEnum | None] = {}
        self.numbers: dict[str, Decimal | None] = {}
        self.days: dict[str, date | None] = {}

    def line(self, row: TableRow, stated: Target | None) -> PlanLine | None:
        """What one row says; `stated` is the target that its text states."""
        text = row.texts.get
        title = text(Field.TASK, "")
        if not title:
            self.say("P203", row, Field.TASK)
            return None
        if note := text(Field.GUESS):
            self.say("P218", row, Field.GUESS, note=note)
        return PlanLine(
            Place(self.file, self.sheet, f"{self.code}{row.index + 1}"),
            text(Field.CODE, ""),
            half(text(Field.SERIAL, "")),
            text(Field.SECTION, ""),
            title,
            text(Field.CONTENT, ""),
            Assignment(
                "",
                "",
                text(Field.OFFICE, ""),
                self.word(row, Field.ROLE, Role) or Role.LEAD,
                self.target(row, stated),
                self.day(row),
                text(Field.LEADER, ""),
                row.extras() if row.extra else (),
            ),
            self.coded,
        )

    def target(self, row: TableRow, read: Target | None) -> Target | None:
        """The target of the columns; where they are empty, the one that the target's text states."""
        text = row.texts.get
        wording = text(Field.TARGET, "")
        value = self.number(row, Field.VALUE)
        year_end = self.word(row, Field.JUDGED, Judged) is Judged.YEAR_END
        if value is None:
            stated = read if read or not wording else Target(wording, kind=Kind.MILESTONE)
            return replace(stated, year_end=year_end) if stated and stated.year_end != year_end else stated
        if read and read.value is not None and read.value != value:
            self.say("P213", row, Field.VALUE, text=wording, value=text_of(value))
        base = read or Target(wording)
        return Target(
            wording or text(Field.INDICATOR, ""),
            text(Field.INDICATOR) or base.indicator,
            self.word(row, Field.KIND, Kind) or base.kind,
            self.word(row, Field.COMPARATOR, Comparator) or base.comparator,
            value,
            self.number(row, Field.VALUE_MAX),
            half(text(Field.UNIT, "")) or base.unit,
            base.hedge,
            base.scope,
            self.number(row, Field.BASELINE),
            base.due,
            year_end,
        )

    def number(self, row: TableRow, name: Field) -> Decimal | None:
        """The number in a cell; what is none is a finding."""
        text = row.texts.get(name)
        plain = half(text).replace(",", "").replace("%", "") if text else ""
        if not plain:
            return None
        if plain not in self.numbers:
            self.numbers[plain] = _number(plain)
        value = self.numbers[plain]
        if value is None:
            self.say("P206", row, name, text=plain, header=header_words(name))
        return value

    def word(self, row: TableRow, name: Field, kind: type[Word]) -> Word | None:
        """The word of a kind in a cell; what is none is a finding."""
        text = row.texts.get(name)
        if not text:
            return None
        if (kind, text) not in self.words:
            self.words[kind, text] = read_word(text, kind)
        value = self.words[kind, text]
        if value is None:
            options = "、".join(word(one) for one in kind)
            self.say("P207", row, name, text=text, header=header_words(name), options=options)
        return cast("Word | None", value)

    def day(self, row: TableRow) -> date | None:
        """The day in the cell of the deadline; what is none is a finding."""
        value = row.value(Field.DEADLINE)
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        text = row.text(Field.DEADLINE)
        if not text:
            return None
        if text not in self.days:
            self.days[text] = read_date(text, self.year).day
        if self.days[text] is None:
            self.say("P208", row, Field.DEADLINE, text=text)
        return self.days[text]

    def say(self, code: str, row: TableRow, name: Field, **facts: object) -> None:
        """Note a finding about a field's cell."""
        place = Place(self.file, self.sheet, row.cell(name) or address(row.index, 0))
        self.found.append(rules.find(code, place, **facts))


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and "_" not in text else None
