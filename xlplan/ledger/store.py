"""The ledger: every form that was sent and every file that came back, append-only, in one database."""

from __future__ import annotations

import secrets
from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, cast, create_engine, event, func, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.ledger import schema
from xlplan.ledger.records import (
    Layout,
    entry_of,
    entry_record,
    issued_of,
    issued_record,
    layout_of,
    layout_record,
    ruling_of,
    ruling_record,
    submission_of,
    submission_record,
)
from xlplan.model import Entry, State, Submission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from xlplan.model import Issued, Ruling

_WAIT = 30  # seconds that a run waits for another one's commit


class Seen(NamedTuple):
    """One value that a slot ever had: the entry, the file it came in, and when that was collected."""

    entry: Entry
    submission: Submission
    collected: datetime


class Read(NamedTuple):
    """How a file was read the last time: on what basis (the plan and the forms known), its state and its period."""

    basis: str
    state: State
    period: str


class Ledger:
    """The ledger in one database file. Reads see the last commit; `run` opens the one writing transaction."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """The ledger at `path`, made when it is not there. W114 when the file is no ledger of this version."""
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _WAIT})
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        ledger = cls(engine, path)
        try:
            ledger._prepare()
        except DatabaseError as error:
            raise XlplanError(rules.find("W114", path=path.name, detail=str(error.orig))) from error
        return ledger

    def _prepare(self) -> None:
        with self._engine.connect() as connection:
            names = {
                name for (name,) in connection.exec_driver_sql("select name from sqlite_master where type='table'")
            }
        if "meta" not in names:
            with self._writing.begin() as connection:
                schema.metadata.create_all(connection)
                values = {"version": str(schema.VERSION), "key": secrets.token_hex(32)}
                connection.execute(insert(schema.meta), [{"key": key, "value": value} for key, value in values.items()])
        version = self._meta("version")
        if version != str(schema.VERSION):
            raise XlplanError(rules.find("W114", path=self._path.name, detail=f"version {version}"))

    def _meta(self, key: str) -> str:
        with self._engine.connect() as connection:
            return str(connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar_one())

    @property
    def key(self) -> bytes:
        """The workspace's signing key; it never leaves the ledger."""
        return bytes.fromhex(self._meta("key"))

    def close(self) -> None:
        """Let go of the database file."""
        self._engine.dispose()

    @contextmanager
    def run(self, command: str, period: str, at: datetime) -> Iterator[Run]:
        """One writing transaction, kept whole or not at all. Another run waits for its turn; W116 after a while."""
        try:
            with self._writing.begin() as connection:
                record = {"command": command, "period": period, "at": at}
                key = connection.execute(insert(schema.runs), record).inserted_primary_key
                yield Run(connection, key[0] if key else 0)
        except OperationalError as error:
            code = "W116" if "locked" in str(error.orig) else "W106"
            raise XlplanError(rules.find(code, path=self._path.name, detail=str(error.orig))) from error

    # --- what is there ------------------------------------------------------------------------------------------------

    def known_codes(self) -> dict[str, str]:
        """The latest identity of every row code and office code that was ever given."""
        with self._engine.connect() as connection:
            table = schema.plan_rows
            rows = connection.execute(select(table.c.code, table.c.identity).order_by(table.c.id))
            return {code: identity for code, identity in rows}  # noqa: C416 - rows are no plain tuples

    def office_codes(self) -> dict[str, str]:
        """The code of every office by every name that it ever had."""
        table = schema.plan_rows
        query = select(table.c.identity, table.c.code).where(table.c.code.startswith("K")).order_by(table.c.id)
        with self._engine.connect() as connection:
            return {name: code for name, code in connection.execute(query)}  # noqa: C416 - rows are no tuples

    def issued(self, period: str = "") -> list[Issued]:
        """The forms that were sent, for one period or for all, oldest first."""
        query = select(schema.issued).order_by(schema.issued.c.id)
        wanted = select(schema.layouts)
        if period:
            query = query.where(schema.issued.c.period == period)
            shown = select(schema.issued.c.layout).where(schema.issued.c.period == period)
            wanted = wanted.where(schema.layouts.c.digest.in_(shown))
        with self._engine.connect() as connection:
            layouts = {row["digest"]: layout_of(dict(row)) for row in connection.execute(wanted).mappings()}
            return [issued_of(dict(row), layouts[row["layout"]]) for row in connection.execute(query).mappings()]

    def periods(self) -> list[str]:
        """The periods that forms were sent for or returns came for."""
        with self._engine.connect() as connection:
            codes = [
                code
                for table in (schema.issued, schema.readings)
                for (code,) in connection.execute(select(table.c.period).distinct())
            ]
        return sorted({code for code in codes if code})

    def read_files(self) -> dict[tuple[str, str], Read]:
        """For each file, by path and digest, its latest standing reading."""
        table = schema.readings
        columns = (table.c.path, table.c.sha256, table.c.basis, table.c.state, table.c.period)
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).where(_standing(table)).order_by(table.c.id))
            return {(path, sha256): Read(basis, State(state), period) for path, sha256, basis, state, period in rows}

    def submissions(self, period: str) -> list[Submission]:
        """The latest reading of every file that has to do with a period, with its entries of that period."""
        table, inside = schema.readings, schema.entries
        latest = select(func.max(table.c.id)).where(_standing(table)).group_by(table.c.path, table.c.sha256)
        about = (table.c.period == period) | table.c.id.in_(select(inside.c.reading).where(inside.c.period == period))
        query = select(table).where(table.c.id.in_(latest), about).order_by(table.c.id)
        with self._engine.connect() as connection:
            records = [dict(row) for row in connection.execute(query).mappings()]
            chosen = query.with_only_columns(table.c.id).order_by(None).scalar_subquery()
            found = connection.execute(
                select(inside).where(inside.c.reading.in_(chosen), inside.c.period == period).order_by(inside.c.id)
            ).mappings()
            entries: dict[int, list[Entry]] = defaultdict(list)
            for row in found:
                entries[row["reading"]].append(entry_of(dict(row)))
        return [submission_of(record, entries[record["id"]]) for record in records]

    def preferred(self) -> frozenset[str]:
        """The digests of the files that a person has decided for."""
        table = schema.decisions
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(table.c.subject).where(table.c.kind == "prefer")))

    def rulings(self, period: str) -> list[Ruling]:
        """What people decided about the lights of a period, oldest first."""
        table = schema.rulings
        query = select(table, schema.runs.c.at).join(schema.runs, table.c.run == schema.runs.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(
                query.where(table.c.period == period, _standing(table)).order_by(table.c.id)
            ).mappings()
            return [ruling_of(dict(row)) for row in rows]

    def files_of(self, run: int) -> int:
        """How many files a run recorded and nobody has taken back; 0 when there is no such run."""
        table = schema.readings
        query = select(func.count()).select_from(table).where(table.c.run == run, _standing(table))
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def knows(self, sha256: str) -> bool:
        """Whether a file with this digest was ever recorded."""
        table = schema.readings
        with self._engine.connect() as connection:
            return connection.scalar(select(table.c.id).where(table.c.sha256 == sha256).limit(1)) is not None

    def history(self, row: str) -> list[Seen]:
        """Every value that a row ever had, oldest first."""
        joined = schema.entries.join(schema.readings, schema.entries.c.reading == schema.readings.c.id).join(
            schema.runs, schema.readings.c.run == schema.runs.c.id
        )
        with self._engine.connect() as connection:
            query = select(schema.entries, schema.readings.c.id.label("of"), schema.runs.c.at).select_from(joined)
            rows = connection.execute(query.where(schema.entries.c.row == row).order_by(schema.entries.c.id)).mappings()
            return [
                Seen(entry_of(dict(one)), submission_of(self._reading(connection, one["of"]), ()), one["at"])
                for one in rows.all()
            ]

    @staticmethod
    def _reading(connection: Connection, key: int) -> Mapping[str, Any]:
        query = select(schema.readings).where(schema.readings.c.id == key)
        return dict(connection.execute(query).mappings().one())


class Run:
    """One run's writing: everything is appended under the run's number."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self.number = number

    def remember_codes(self, identities: Mapping[str, str]) -> None:
        """Record row codes with what they stand for."""
        rows = [{"run": self.number, "code": code, "identity": what} for code, what in sorted(identities.items())]
        self._add(schema.plan_rows, rows)

    def issue(self, forms: Iterable[Issued]) -> None:
        """Record the forms that were sent."""
        known = set(self._connection.scalars(select(schema.layouts.c.digest)))
        digests: dict[Layout, str] = {}
        issued, layouts = [], []
        for one in forms:
            layout = (one.rows, one.texts)
            if layout not in digests:
                record = layout_record(layout)
                digests[layout] = record["digest"]
                layouts += [record] if record["digest"] not in known else []
            issued.append({"run": self.number, **issued_record(one), "layout": digests[layout]})
        self._add(schema.layouts, layouts)
        self._add(schema.issued, issued)

    def append(self, submissions: Iterable[Submission], basis: str) -> None:
        """Record files as read on a basis, with their entries."""
        for one in submissions:
            record = {"run": self.number, "basis": basis, **submission_record(one)}
            key = self._connection.execute(insert(schema.readings), record).inserted_primary_key
            reading = key[0] if key else 0
            self._add(schema.entries, [{"reading": reading, **entry_record(entry)} for entry in one.entries])

    def decide(self, kind: str, subject: str) -> None:
        """Record a person's decision: `undo` a run, `prefer` a digest."""
        self._add(schema.decisions, [{"run": self.number, "kind": kind, "subject": subject}])

    def rule(self, rulings: Iterable[Ruling]) -> None:
        """Record what a person decided about lights."""
        self._add(schema.rulings, [{"run": self.number, **ruling_record(one)} for one in rulings])

    def _add(self, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - SQLAlchemy tables are untyped
        if rows:
            self._connection.execute(insert(table), rows)


def _standing(table: Any) -> Any:  # noqa: ANN401 - SQLAlchemy expressions
    """The condition that a reading's run was not taken back."""
    undone = select(cast(schema.decisions.c.subject, Integer)).where(schema.decisions.c.kind == "undo")
    return table.c.run.not_in(undone)


def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    """Commit durably, wait for other runs, and leave the beginning of transactions to `_begin`."""
    connection.isolation_level = None
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("begin immediate" if writing else "begin")
