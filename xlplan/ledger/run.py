"""Writing to the ledger: everything that one run of a command appends, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, func, select

from xlplan.ledger import schema
from xlplan.ledger.queries import unopened
from xlplan.ledger.records import (
    Filed,
    Posted,
    Record,
    file,
    once,
    post,
    ruling_record,
    to_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from xlplan.ledger.database import Database
    from xlplan.model import Issued, Submission
    from xlplan.model.light import Ruling

_FILES, _FORMS = 128, 128  # that are written at once

_File = tuple[str, str]


class Run:
    """One run's writing: everything is appended under the run's number, while no other run writes."""

    def __init__(self, database: Database, connection: Connection, command: str, period: str, at: datetime) -> None:
        self._database = database
        self._connection = connection
        self.number = self._next(schema.runs)
        record = {
            "id": self.number,
            "command": command,
            "period": period,
            "at": at.astimezone(UTC).replace(tzinfo=None),
        }
        connection.execute(schema.runs.insert(), record)

    def remember_codes(self, identities: Mapping[str, str]) -> None:
        """Record row codes with what they stand for."""
        self._add(schema.plan_rows, ({"code": code, "identity": what} for code, what in sorted(identities.items())))

    def issue(self, forms: Iterable[Issued]) -> None:
        """Record the forms that were sent."""
        self.send(map(post, forms))

    def send(self, forms: Iterable[Posted]) -> None:
        """Record the forms that were sent, which were made ready elsewhere, as they come; only a few are kept."""
        known = set(self._connection.scalars(select(schema.layouts.c.digest)))
        coming = iter(forms)
        while some := list(islice(coming, _FORMS)):
            new = {one.shown.digest: one.shown for one in some if one.shown.digest not in known}
            known |= new.keys()
            self._insert(schema.layouts, list(new.values()))
            self._insert(schema.issued, [(self.number, *about, shown.digest) for *about, shown in some])

    def append(self, submissions: Iterable[Submission], basis: str) -> None:
        """Record files as read on a basis, with their entries."""
        for _ in self.record(map(file, submissions), basis):
            pass

    def record(self, filed: Iterable[Filed], basis: str) -> Iterator[tuple[Filed, bool]]:
        """Record files as they come, and hand each on; never more than a few of them are kept.

        What another run has recorded meanwhile, the same file read on the same basis, is not recorded again, which the
        second of each pair tells. A file that is back after it could not be opened, or the other way round, is.
        """
        offices = lru_cache(maxsize=_FILES)(to_json)
        reading, entry = self._next(schema.readings), self._next(schema.entries)
        was_unopened = unopened(self._connection)
        for some in _parts(filed, _FILES):
            times = self._times(some, basis, was_unopened)
            readings: list[tuple[Any, ...]] = []
            entries: list[tuple[Any, ...]] = []
            new = [(one.path, one.sha256) in times for one in some]
            for one in some:
                if (time := times.pop((one.path, one.sha256), None)) is not None:
                    mark = once(one.path, one.sha256, basis, time)
                    about = (one.path, one.sha256, basis, mark, one.state, one.period, offices(one.offices))
                    readings.append((reading, self.number, *about, one.edition, one.document_time, one.findings))
                    entries += [(at, reading, *row) for at, row in enumerate(one.entries, entry + len(entries))]
                    reading += 1
            entry += len(entries)
            if readings:
                self._database.insert(self._connection, schema.readings, readings)
            if entries:
                self._database.insert(self._connection, schema.entries, entries)
            yield from zip(some, new, strict=True)

    def _times(self, files: list[Filed], basis: str, was_unopened: Mapping[str, bool]) -> dict[_File, int]:
        """For each of the files that is to be recorded: how often that was done before on this basis.

        That is when it was not yet, when that was taken back, and when its path was `unopened` and is not, or is now.
        """
        table = schema.readings
        digests = {one.sha256 for one in files}
        query = select(table.c.path, table.c.sha256, table.c.run).where(
            table.c.sha256.in_(digests), table.c.basis == basis
        )
        runs: dict[_File, list[int]] = defaultdict(list)
        for path, sha256, run in self._connection.execute(query):
            runs[path, sha256].append(run)
        undone = self._undone() if runs else set()
        keys = ((one.path, one.sha256) for one in files)
        return {
            (path, sha256): len(runs[path, sha256])
            for path, sha256 in keys
            if undone.issuperset(runs[path, sha256]) or was_unopened.get(path, not sha256) is bool(sha256)
        }

    def _undone(self) -> set[int]:
        table = schema.decisions
        subjects = self._connection.scalars(select(table.c.subject).where(table.c.kind == "undo"))
        return {int(run) for run in subjects}

    def decide(self, kind: str, subject: str) -> None:
        """Record a person's decision: `undo` a run, `prefer` a digest."""
        self._add(schema.decisions, [{"kind": kind, "subject": subject}])

    def rule(self, rulings: Iterable[Ruling]) -> None:
        """Record what a person decided about lights."""
        self._add(schema.rulings, [ruling_record(one) for one in rulings])

    def _add(self, table: Table, records: Iterable[Record]) -> None:
        """Append records under this run's number."""
        columns = [(column.name, isinstance(column.type, JSON)) for column in table.columns if column.name != "id"]
        self._insert(
            table,
            [
                tuple(to_json(record[name]) if is_json else record[name] for name, is_json in columns)
                for record in ({"run": self.number, **one} for one in records)
            ],
        )

    def _insert(self, table: Table, rows: list[tuple[Any, ...]]) -> None:
        """Append rows; those of a table with numbers lack theirs yet."""
        if rows and "id" in table.columns:
            rows = [(number, *row) for number, row in enumerate(rows, self._next(table))]
        if rows:
            self._database.insert(self._connection, table, rows)

    def _next(self, table: Table) -> int:
        """The next key of a table: nobody else gives keys while this transaction lasts."""
        return int(self._connection.scalar(select(func.max(table.c.id))) or 0) + 1


def _parts(filed: Iterable[Filed], size: int) -> Iterator[list[Filed]]:
    part: list[Filed] = []
    for one in filed:
        part.append(one)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
