"""What is expected of the forms that come back, and what was found of rows that thousands of them have."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlplan.headers import USUAL, Field
from xlplan.marks import half
from xlplan.model import Role, extra_key
from xlplan.steps.interpret import Asked
from xlplan.steps.match import Expected, place_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xlplan.finding import Finding
    from xlplan.model import Assignment, Cells, ReturnedRow, ReturnedSheet, Shown, Written
    from xlplan.steps.desk import Desk
    from xlplan.steps.identify import Identity

WATCHED = (
    *USUAL,
    Field.SECTION,
    Field.CONTENT,
    Field.UNIT,
    Field.VALUE,
    Field.LEAD,
    Field.SUPPORT,
    Field.LEADER,
)
"""The locked columns whose texts are compared with what was sent."""

_WATCHED = frozenset(WATCHED)
_KEPT = 64  # layouts of forms whose expectations are kept
_TABLES = 4  # whose rows are remembered as a whole
_PLACING = frozenset({Field.CODE, Field.TASK, Field.TARGET, Field.SERIAL})  # what tells a row's place in the plan
_SPARE = 64  # rows that are remembered of each beside twice its own: sorted and edited ones

Edit = tuple[str, str, str, str]
"""A cell whose text is not what was sent: its field or key, its address, both texts."""


class Told(NamedTuple):
    """What is known of a row whose locked cells were met before: its row of the plan, with a memory, and the edits.

    `goes_on` tells that it has more cells to be compared, which are not the same in other returns, `counts` that its
    lead is asked for a number.
    """

    row: Assignment
    asked: Asked
    edits: tuple[Edit, ...]
    goes_on: bool
    counts: bool


@dataclass(frozen=True)
class Awaited:
    """What is expected of forms with the same rows, and what was made of the rows of those that came."""

    expected: Expected
    lang: str = "zh"
    rows: dict[str, Asked] = field(default_factory=dict)
    known: dict[Shown, Told] = field(default_factory=dict)
    tables: dict[tuple[Shown, ...], tuple[Told, ...]] = field(default_factory=dict)

    def place(
        self, sheet: ReturnedSheet, file: str, office: str
    ) -> tuple[list[tuple[ReturnedRow, Told | None]], list[Finding]]:
        """Each row of a table with what is known of it; None where it waits to be claimed.

        Nothing is looked for in a table whose rows show what those of another one did, each its own row of the plan:
        that is, where what they show is all that they are known by.
        """
        shown = tuple([one.shown for one in sheet.rows])
        if told := self.tables.get(shown):
            return list(zip(sheet.rows, told, strict=True)), []
        placed, found = place_rows(sheet, file, office, self.expected)
        known = [(written, self.told(written, row) if row else None) for written, row in placed]
        tells = tuple(told for written, told in known if told and written.is_shared)
        is_plain = not found and all(_PLACING.isdisjoint(one.beside) for one in shown)
        if is_plain and len(tells) == len(known) and [one for one, _ in known] == list(sheet.rows):
            if len(self.tables) >= _TABLES:
                self.tables.clear()
            self.tables[shown] = tells
        return known, found

    def told(self, written: ReturnedRow, row: Assignment) -> Told:
        """What to go by where a row of a return belongs to this row of the plan."""
        told = self.known.get(written.shown)
        if told is None or told.row is not row:
            asked = self.rows.get(row.code) or self.rows.setdefault(row.code, Asked(row, self.lang))
            sent, shown = self.expected.sent.get(row.code, {}), written.shown
            edits = _edits(_watched(shown.cells), sent)
            goes_on = not written.is_shared or not sent.keys().isdisjoint(shown.beside)
            counts = row.role is Role.LEAD and row.target is not None and row.target.is_number
            told = Told(row, asked, edits, goes_on, counts)
            if len(self.known) >= 2 * len(self.expected.own) + _SPARE:
                self.known.clear()
            self.known[written.shown] = told
        return told

    def edits(self, written: ReturnedRow, told: Told) -> tuple[Edit, ...]:
        """擅改: the locked cells that no longer say what was sent, of a row that has more of them than are known."""
        rest = [*_watched(written.open), *[(extra_key(header), cell) for header, cell in written.locked]]
        return told.edits + _edits(rest, self.expected.sent.get(told.row.code, {}))


def _watched(cells: Cells) -> list[tuple[str, Written]]:
    return [(name, cell) for name, cell in cells if name in _WATCHED]


def _edits(cells: Sequence[tuple[str, Written]], sent: Mapping[str, str]) -> tuple[Edit, ...]:
    pairs = [(name, cell, sent[name]) for name, cell in cells if cell.cell and name in sent]
    return tuple((name, cell.cell, text, cell.text) for name, cell, text in pairs if not _same(name, cell.text, text))


@dataclass(frozen=True)
class Counter:
    """The collecting desk with what is expected of each form, worked out once for many files."""

    desk: Desk

    def awaited(self, identity: Identity) -> Awaited:
        """What a form that came back should hold.

        Where the edition is not known, it is judged by the latest form of the office and period.
        """
        if identity.office is None or identity.period is None:
            return Awaited(Expected({}, {}, self.holders))
        layout = self.desk.sent.layout(identity.office.code, identity.period.code, identity.edition)
        return self._awaited(self._owners.get(identity.office.name, ()), layout)

    @cached_property
    def _awaited(self) -> Callable[[tuple[str, ...], str], Awaited]:
        return lru_cache(maxsize=_KEPT)(self._work_out)

    def _work_out(self, owners: tuple[str, ...], layout: str) -> Awaited:
        rows = [row for name in owners for row in self._rows[name]]
        own = {row.code: row for row in sorted(rows, key=lambda row: self._places[row.code])}
        sent = self.desk.sent.texts(layout)
        shown = {code: sent.get(code, {}).get(Field.TASK) or self.titles.get(row.task, "") for code, row in own.items()}
        serials = {code: texts.get(Field.SERIAL, "") for code, texts in sent.items()}
        expected = Expected(own, shown, self.holders, frozenset(sent) - self.holders.keys(), serials, sent)
        return Awaited(expected, self.desk.plan.language)

    @cached_property
    def _owners(self) -> dict[str, tuple[str, ...]]:
        """For each office the owners in the plan that it answers for."""
        owners: dict[str, tuple[str, ...]] = {}
        same: dict[tuple[str, ...], tuple[str, ...]] = {}
        for name, offices in self.desk.answering.items():
            for office in offices:
                grown = (*owners.get(office.name, ()), name)
                owners[office.name] = same.setdefault(grown, grown)
        return owners

    @cached_property
    def _rows(self) -> dict[str, list[Assignment]]:
        rows: dict[str, list[Assignment]] = {}
        for row in self.desk.plan.rows:
            rows.setdefault(row.office, []).append(row)
        return rows

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row.code: place for place, row in enumerate(self.desk.plan.rows)}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every task, by its code."""
        return {task.code: task.title for task in self.desk.plan.tasks}

    @cached_property
    def holders(self) -> dict[str, str]:
        """Every row code with the name of the office that it is assigned to."""
        return {row.code: row.office for row in self.desk.plan.rows}

    def __getstate__(self) -> dict[str, object]:
        return {"desk": self.desk}  # what is worked out stays here


def _same(name: str, back: str, sent: str) -> bool:
    """Whether a locked cell says what was sent; a day may be written in another way."""
    if back == sent or without_blanks(back) == without_blanks(sent):
        return True
    return name == Field.DEADLINE and _is_day(back, sent)


def _is_day(back: str, sent: str) -> bool:
    from xlplan.chinese.dates import read_date

    day = read_date(sent, None).day
    return day is not None and read_date(back, None).day == day


def without_blanks(text: str) -> str:
    """A text as it is compared: retyping moves blanks and line breaks, and makes marks half or full width."""
    return "".join(half(text).split())
