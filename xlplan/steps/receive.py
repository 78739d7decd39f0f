"""Receiving one file: whose it is, which rows it answers, what each cell says, what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.finding import Place, Severity
from xlplan.headers import ENTRY, Field, header_words
from xlplan.model import Entry, Source, State, Submission
from xlplan.steps.identify import Desk, identify
from xlplan.steps.interpret import Reading
from xlplan.steps.match import Placed, is_filled, place_rows
from xlplan.steps.split import slots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xlplan.finding import Finding
    from xlplan.model import Assignment, Issued, Office, Plan, Returned, ReturnedRow, ReturnedSheet
    from xlplan.steps.identify import Identity

_WATCHED = (Field.TASK, Field.TARGET, Field.OFFICE)
_EXTRA_SHOWN = 30


@dataclass(frozen=True)
class Counter:
    """The collecting desk with what each row's form shows, worked out once for many files."""

    desk: Desk

    @cached_property
    def rows_of(self) -> dict[str, list[Assignment]]:
        """Each office's rows, by the office's name."""
        rows: dict[str, list[Assignment]] = {}
        for row, office in slots(self.desk.plan):
            rows.setdefault(office.name, []).append(row)
        return rows

    @cached_property
    def shown(self) -> dict[str, dict[Field, str]]:
        """What a form shows in the locked cells of a row, by row code."""
        return {row.code: shown_cells(self.desk.plan, row) for row in self.desk.plan.rows}

    @cached_property
    def holders(self) -> dict[str, str]:
        """Every row code with the name of the office that it is assigned to."""
        return {row.code: row.office for row in self.desk.plan.rows}


def shown_cells(plan: Plan, row: Assignment) -> dict[Field, str]:
    """The plan texts that the form of a row shows: task, target, office."""
    task = plan.task(row.task)
    return {
        Field.TASK: task.title if task else "",
        Field.TARGET: row.target.text if row.target else "",
        Field.OFFICE: row.office,
    }


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

    def run(self, when: datetime | None) -> Submission:
        for sheet in self.returned.sheets:
            identity = identify(self.returned, sheet, self.counter.desk)
            self.found += identity.findings
            self.identities.append(identity)
            if identity.office and identity.period:
                self._read(sheet, identity.office, identity.period.code)
        if not self.returned.sheets:
            self.found.append(rules.find("M110", Place(self.returned.file)))
        known = [one for one in self.identities if one.office and one.period]
        offices = tuple(dict.fromkeys(one.office.name for one in known if one.office))
        return Submission(
            self.path,
            self.returned.sha256,
            self._state(bool(known)),
            next((one.period.code for one in known if one.period), ""),
            offices,
            max((one.edition for one in known), default=0),
            self.returned.modified or when,
            tuple(self.entries),
            tuple(self.found),
        )

    def _state(self, known: bool) -> State:  # noqa: FBT001 - a fact, not a switch
        if not known:
            return State.REJECTED
        refused = any(one.severity is Severity.ERROR for one in self.found)
        return State.PARTIAL if refused else State.MERGED

    def _read(self, sheet: ReturnedSheet, office: Office, period: str) -> None:
        own = self.counter.rows_of.get(office.name, [])
        mine = {row.code for row in own}
        others = {code: name for code, name in self.counter.holders.items() if code not in mine}
        shown = {code: cells[Field.TASK] for code, cells in self.counter.shown.items() if code in mine}
        placed, found = place_rows(sheet, self.returned.file, own, shown, others)
        self.found += found + self._columns(sheet)
        for one in placed:
            self.entries.append(self._entry(one, sheet, office, period))

    def _entry(self, one: Placed, sheet: ReturnedSheet, office: Office, period: str) -> Entry:
        place = Place(self.returned.file, sheet.sheet)
        if one.row is None:
            return _unplaced(one.written, place, office.name, period, self.returned.sha256)
        self._edited(one.written, one.row, place)
        reading = Reading(one.row, one.written, place)
        entry = reading.entry(period, office.name, self.returned.sha256)
        self.found += reading.found
        return entry

    def _edited(self, written: ReturnedRow, row: Assignment, place: Place) -> None:
        """擅改: a locked cell that no longer says what the plan says."""
        issued = self.counter.shown[row.code]
        for name in _WATCHED:
            cell = written.get(name)
            sent = issued[name]
            if cell.cell and _plain(cell.text) != _plain(sent):
                at = Place(place.file, place.sheet, cell.cell)
                facts = {"header": header_words(name), "sent": _short(sent), "back": _short(cell.text)}
                self.found.append(rules.find("E101", at, **facts))

    def _columns(self, sheet: ReturnedSheet) -> list[Finding]:
        place = Place(self.returned.file, sheet.sheet)
        found = [rules.find("M112", place, header=header_words(name)) for name in ENTRY if name not in sheet.columns]
        extra = {header for row in sheet.rows for header, cell in row.extra if cell.text}
        return found + [rules.find("E106", place, header=header) for header in sorted(extra)]


def _unplaced(written: ReturnedRow, place: Place, office: str, period: str, sha256: str) -> Entry:
    cells = tuple((name, one.cell) for name, one in written.cells if one.text)
    texts = tuple((name, one.text) for name, one in (*written.cells, *written.extra) if one.text)
    source = Source(place.file, place.sheet, cells, sha256)
    return Entry("", period, office, source, progress=written.get(Field.PROGRESS).text, extra=texts)


def missing_rows(entries: Sequence[Entry], issued: Issued) -> tuple[str, ...]:
    """The codes that a form had and its return lacks."""
    answered = {entry.row for entry in entries}
    return tuple(code for code in issued.stamp.rows if code not in answered)


def _plain(text: str) -> str:
    return "".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= _EXTRA_SHOWN else f"{text[:_EXTRA_SHOWN]}…"


__all__ = ["Counter", "Desk", "is_filled", "missing_rows", "receive", "shown_cells"]
