"""Receiving one file: whose it is, which rows it answers, what each cell says, what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.dates import read_date
from xlplan.finding import Place, Severity
from xlplan.headers import ENTRY, USUAL, Field, header_words
from xlplan.model import Entry, ReturnedSheet, Source, State, Submission, extra_key
from xlplan.steps.identify import identify
from xlplan.steps.interpret import Asked, Reading
from xlplan.steps.match import Expected, place_rows
from xlplan.steps.merge import content_of
from xlplan.steps.prose import look_closer, without_ditto

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from xlplan.finding import Finding
    from xlplan.model import Assignment, Cells, Office, Origin, Returned, ReturnedRow, Shown, Written
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
_SHOWN, _AROUND = 30, 8
_KEPT = 64  # layouts of forms whose expectations are kept
_EDITS = 1 << 12  # rows of each whose edits are remembered

Edit = tuple[str, str, str, str]
"""A cell whose text is not what was sent: its field or key, its address, both texts."""


@dataclass(frozen=True)
class Awaited:
    """What is expected of forms with the same rows, and what was made of the rows of those that came."""

    expected: Expected
    lang: str = "zh"
    rows: dict[str, Asked] = field(default_factory=dict)
    known: dict[tuple[Shown, str], tuple[Edit, ...]] = field(default_factory=dict)

    def asked(self, row: Assignment) -> Asked:
        """The row of the plan with its memory."""
        return self.rows.get(row.code) or self.rows.setdefault(row.code, Asked(row, self.lang))

    def edits(self, written: ReturnedRow, row: str) -> tuple[Edit, ...]:
        """擅改: the locked cells that no longer say what was sent."""
        sent = self.expected.sent.get(row, {})
        edits = self.known.get((written.shown, row))
        if edits is None:
            edits = _edits(_watched(written.shown.cells), sent)
            if len(self.known) >= _EDITS:
                self.known.clear()
            self.known[written.shown, row] = edits
        rest = [*_watched(written.open), *((extra_key(header), cell) for header, cell in written.locked)]
        return edits + _edits(rest, sent) if rest else edits


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


def receive(returned: Returned, counter: Counter, path: str, when: datetime | None) -> Submission:
    """The submission that a file amounts to: its entries, its findings, and whether it was merged, in part, or not."""
    return _Receiving(returned, counter, path).run(when)


@dataclass
class _Receiving:
    returned: Returned
    counter: Counter
    path: str
    entries: list[Entry] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    slots: dict[tuple[str, str, str], Entry] = field(default_factory=dict)

    def run(self, when: datetime | None) -> Submission:
        for sheet in self.returned.sheets:
            identity = identify(self.returned, sheet, self.counter.desk)
            self.found += identity.findings
            self.identities.append(identity)
            if identity.office and identity.period:
                self._read(sheet, identity.office, identity.period.code, self.counter.awaited(identity))
        if not self.returned.sheets:
            self._without_table()
        known = [one for one in self.identities if one.office and one.period]
        offices = tuple(dict.fromkeys(one.office.name for one in known if one.office))
        return Submission(
            self.path,
            self.returned.sha256,
            self._state(),
            next((one.period.code for one in known if one.period), ""),
            offices,
            max((one.edition for one in known), default=0),
            self.returned.modified or when,
            tuple(self.entries),
            tuple(self.found),
        )

    def _without_table(self) -> None:
        """No sheet is a form; the stamp may still say whose file it is."""
        self.found.append(rules.find("M110", Place(self.returned.file)))
        if self.returned.stamp:
            identity = identify(self.returned, ReturnedSheet("", ()), self.counter.desk)
            self.found += identity.findings
            self.identities.append(identity)

    def _state(self) -> State:
        """Rejected without a table, when no table's office is known, and when a person has to decide whose it is."""
        usable = [one for one in self.identities if one.office and one.period]
        if not (self.returned.sheets and usable) or any(one.held for one in usable):
            return State.REJECTED
        refused = any(one.severity is Severity.ERROR for one in self.found)
        return State.PARTIAL if refused else State.MERGED

    def _read(self, sheet: ReturnedSheet, office: Office, period: str, awaited: Awaited) -> None:
        sheet, ditto = without_ditto(sheet, self.returned.file)
        placed, found = place_rows(sheet, self.returned.file, office.name, awaited.expected)
        self.found += ditto + found + self._columns(sheet)
        place = Place(self.returned.file, sheet.sheet)
        reading = Reading(place, office.name, period, self.returned.sha256, self.found)
        for written, row in placed:
            if row is None:
                self._add(_unplaced(written, place, office.name, period, self.returned.sha256))
                continue
            for edit in awaited.edits(written, row.code):
                self._say_edited(edit, place)
            entry = reading.entry(awaited.asked(row), written)
            self.found += look_closer(row, written, place)
            self._add(self._with_origins(entry, written, place) if self.returned.origins else entry)

    def _add(self, entry: Entry) -> None:
        """Keep an entry; of one row in two sheets of the file the first counts."""
        slot = (entry.row, entry.office, entry.period)
        first = self.slots.setdefault(slot, entry) if entry.row and len(self.returned.sheets) > 1 else entry
        if first is entry:
            self.entries.append(entry)
        elif content_of(first) != content_of(entry):
            place = Place(self.returned.file, entry.source.sheet)
            self.found.append(rules.find("E107", place, row=entry.row, kept=first.source.sheet))

    def _with_origins(self, entry: Entry, written: ReturnedRow, place: Place) -> Entry:
        """With where its content comes from one level down; a cell that was changed since has no origin any more."""
        origins = [origin for row, origin in self.returned.origins if row == entry.row]
        still: list[Origin] = []
        for name in dict.fromkeys(origin.field for origin in origins):
            cell = written.get(name)
            told = [origin for origin in origins if origin.field == name]
            if _says_so(name, cell.text, told):
                still += told
            elif cell.text:
                self.found.append(rules.find("M170", Place(place.file, place.sheet, cell.cell), row=entry.row))
        return replace(entry, source=replace(entry.source, origins=tuple(still)))

    def _say_edited(self, edit: Edit, place: Place) -> None:
        name, cell, sent, back = edit
        before, after = _difference(sent, back)
        lang = self.counter.desk.plan.language
        header = header_words(Field(name), lang) if name in _WATCHED else name.removeprefix(extra_key(""))
        at = Place(place.file, place.sheet, cell)
        self.found.append(rules.find("E101", at, header=header, sent=before, back=after))

    def _columns(self, sheet: ReturnedSheet) -> list[Finding]:
        place = Place(self.returned.file, sheet.sheet)
        lang = self.counter.desk.plan.language
        asked = sheet.asked or tuple((name, header_words(name, lang)) for name in ENTRY)
        found = [rules.find("M112", place, header=header) for name, header in asked if name not in sheet.columns]
        extra = {header for row in sheet.rows for header, cell in row.extra if cell.text} - set(sheet.own)
        return found + [rules.find("E106", place, header=header) for header in sorted(extra)]


def _unplaced(written: ReturnedRow, place: Place, office: str, period: str, sha256: str) -> Entry:
    cells = tuple((name, one.cell) for name, one in written.cells if one.text)
    texts = tuple((name, one.text) for name, one in (*written.cells, *written.extra) if one.text)
    source = Source(place.file, place.sheet, cells, sha256)
    return Entry("", period, office, source, progress=written.answers.progress.text, extra=texts)


def _says_so(name: str, text: str, told: list[Origin]) -> bool:
    """Whether a cell still holds what its origins say: their number, one of their texts; a status is made of many."""
    if name == Field.DONE:
        return any(_plain(one.text) == _plain(text) for one in told)
    return bool(text) and (name == Field.STATUS or any(_plain(one.text) in _plain(text) for one in told))


def _same(name: str, back: str, sent: str) -> bool:
    """Whether a locked cell says what was sent; a day may be written in another way."""
    if back == sent or _plain(back) == _plain(sent):
        return True
    day = read_date(sent, None).day if name == Field.DEADLINE else None
    return day is not None and read_date(back, None).day == day


def _plain(text: str) -> str:
    return "".join(text.split())


def _difference(before: str, after: str) -> tuple[str, str]:
    """Two texts cut down to where they differ, with a few letters around it."""
    same = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    start = max(0, (min(len(before), len(after)) if same is None else same) - _AROUND)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    part = text[start : start + _SHOWN]
    return f"{'…' if start else ''}{part}{'…' if len(text) > start + _SHOWN else ''}"
