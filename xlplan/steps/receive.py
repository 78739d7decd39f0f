"""Receiving one file: whose it is, which rows it answers, what each cell says, what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.finding import Place, Severity
from xlplan.headers import ENTRY, Field, header_words
from xlplan.model import Entry, ReturnedSheet, Source, State, Submission, extra_key
from xlplan.steps.counter import WATCHED, without_blanks
from xlplan.steps.days import may_name_days
from xlplan.steps.identify import identify
from xlplan.steps.interpret import Reading
from xlplan.steps.prose import look_closer, prose_of, without_ditto

if TYPE_CHECKING:
    from datetime import datetime

    from xlplan.finding import Finding
    from xlplan.model import Office, Origin, Returned, ReturnedRow
    from xlplan.steps.counter import Awaited, Counter, Edit
    from xlplan.steps.identify import Identity

_SHOWN, _AROUND = 30, 8


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
        said = prose_of(sheet)
        sheet, ditto = without_ditto(sheet, self.returned.file, said)
        placed, found = awaited.place(sheet, self.returned.file, office.name)
        self.found += ditto + found + self._columns(sheet)
        place = Place(self.returned.file, sheet.sheet)
        reading = Reading(place, office.name, period, self.returned.sha256, self.found)
        days = may_name_days(said)
        add = self._add if len(self.returned.sheets) > 1 else self.entries.append
        for written, told in placed:
            if told is None:
                add(_unplaced(written, place, office.name, period, self.returned.sha256))
                continue
            for edit in awaited.edits(written, told) if told.goes_on else told.edits:
                self._say_edited(edit, place)
            entry = reading.entry(told.asked, written)
            if days or told.counts or not written.shown.shared:
                self.found += look_closer(told.row, written, place, days=days)
            add(self._with_origins(entry, written, place) if self.returned.origins else entry)

    def _add(self, entry: Entry) -> None:
        """Keep an entry of one of several sheets; of one row in two of them the first counts."""
        slot = (entry.row, entry.office, entry.period)
        first = self.slots.setdefault(slot, entry) if entry.row else entry
        if first is entry:
            self.entries.append(entry)
        else:
            self._compare(first, entry)

    def _compare(self, first: Entry, second: Entry) -> None:
        from xlplan.steps.merge import content_of

        if content_of(first) != content_of(second):
            place = Place(self.returned.file, second.source.sheet)
            self.found.append(rules.find("E107", place, row=second.row, kept=first.source.sheet))

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
        return entry._replace(source=entry.source._replace(origins=tuple(still)))

    def _say_edited(self, edit: Edit, place: Place) -> None:
        name, cell, sent, back = edit
        before, after = _difference(sent, back)
        lang = self.counter.desk.plan.language
        header = header_words(Field(name), lang) if name in WATCHED else name.removeprefix(extra_key(""))
        at = Place(place.file, place.sheet, cell)
        self.found.append(rules.find("E101", at, header=header, sent=before, back=after))

    def _columns(self, sheet: ReturnedSheet) -> list[Finding]:
        place = Place(self.returned.file, sheet.sheet)
        lang = self.counter.desk.plan.language
        asked = sheet.asked or tuple((name, header_words(name, lang)) for name in ENTRY)
        found = [rules.find("M112", place, header=header) for name, header in asked if name not in sheet.columns]
        extra = {header for row in sheet.rows for header, _ in row.own} - set(sheet.own)
        return found + [rules.find("E106", place, header=header) for header in sorted(extra)]


def _unplaced(written: ReturnedRow, place: Place, office: str, period: str, sha256: str) -> Entry:
    cells = tuple((name, one.cell) for name, one in written.cells if one.text)
    texts = tuple((name, one.text) for name, one in (*written.cells, *written.extra) if one.text)
    source = Source(place.file, place.sheet, cells, sha256)
    return Entry("", period, office, source, progress=written.texts[2], extra=texts)


def _says_so(name: str, text: str, told: list[Origin]) -> bool:
    """Whether a cell still holds what its origins say: their number, one of their texts; a status is made of many."""
    if name == Field.DONE:
        return any(without_blanks(one.text) == without_blanks(text) for one in told)
    return bool(text) and (
        name == Field.STATUS or any(without_blanks(one.text) in without_blanks(text) for one in told)
    )


def _difference(before: str, after: str) -> tuple[str, str]:
    """Two texts cut down to where they differ, with a few letters around it."""
    same = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    start = max(0, (min(len(before), len(after)) if same is None else same) - _AROUND)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    part = text[start : start + _SHOWN]
    return f"{'…' if start else ''}{part}{'…' if len(text) > start + _SHOWN else ''}"
