"""The ledger: every form that was sent and every file that came back, append-only, in one database."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from contextlib import contextmanager
from datetime import date, datetime
from sys import intern
from typing import TYPE_CHECKING

from sqlalchemy import Text, cast, func, insert, select

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.ledger import schema
from xlplan.ledger.database import connect
from xlplan.ledger.entries import beginning, entries_of
from xlplan.ledger.queries import Known, Read, Seen, latest_about, standing
from xlplan.ledger.records import issued_of, layout_of, ruling_of, submission_of
from xlplan.ledger.run import Run
from xlplan.ledger.upgrade import migrate, stamp, version_of
from xlplan.model import Entry, Sent, State, Submission
from xlplan.model.sent import pack

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from xlplan.ledger.address import Address
    from xlplan.ledger.database import Database
    from xlplan.model import Issued
    from xlplan.model.light import Ruling


_PIECE = [column for column in schema.entries.columns if column.name not in {"id", "reading"}]


class Ledger:
    """The ledger at one address. Reads see the last commit; `run` opens the one writing transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, address: Address) -> Ledger:
        """The ledger at an address.

        XlplanError when there is none (W124, W711), it is damaged or something else (W114), of a newer version (W701),
        or cannot be reached. A file of an earlier version is brought up to date, with a copy of it beside; a server's
        ledger is not, because others may be at work with it (W702).
        """
        ledger = cls(connect(address))
        version = ledger.version()
        if version < schema.VERSION:
            if not address.file:
                raise XlplanError(rules.find("W702", path=address.shown, version=version))
            ledger.upgrade()
        return ledger

    def version(self) -> int:
        """The version of the ledger's tables, which may be an earlier one. XlplanError when there is none to use."""
        address = self.database.address
        if address.file and not address.file.is_file():
            raise XlplanError(rules.find("W124", path=address.file))
        with self.session() as connection:
            version = version_of(connection)
            if version == 0:
                raise XlplanError(self.database.absence(connection))
        if version > schema.VERSION:
            raise XlplanError(rules.find("W701", path=address.shown, version=version))
        return version

    def upgrade(self) -> Path | None:
        """Bring the tables up to date, in one transaction. A file is copied before; where the copy is."""
        self.database.prepare()
        version = self.version()
        with self._guarded():
            kept = self.database.keep_copy(f"v{version}")
            with self.database.rebuilding() as connection:
                migrate(connection)
        return kept

    @classmethod
    def create(cls, address: Address) -> Ledger:
        """A new ledger at an address. XlplanError W712 when there is one already."""
        with cls.making(address) as (ledger, connection):
            values = {"version": str(schema.VERSION), "key": secrets.token_hex(32)}
            connection.execute(insert(schema.meta), [{"key": key, "value": value} for key, value in values.items()])
        return ledger

    @classmethod
    @contextmanager
    def making(cls, address: Address) -> Iterator[tuple[Ledger, Connection]]:
        """Empty tables at an address, and the transaction to fill them in. XlplanError W712 when it has a ledger."""
        ledger = cls(connect(address))
        ledger.database.prepare()
        with ledger.session(writing=True) as connection:
            if version_of(connection):
                raise XlplanError(rules.find("W712", path=address.shown))
            ledger.database.make_room(connection)
            schema.metadata.create_all(connection)
            stamp(connection)
            yield ledger, connection

    @contextmanager
    def session(self, *, writing: bool = False) -> Iterator[Connection]:
        """One transaction: it sees one state of the ledger, or is the only one that writes."""
        with (
            self._guarded(),
            self.database.writing.begin() if writing else self.database.reading.connect() as connection,
        ):
            yield connection
        if writing:
            self.database.settle()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except self.database.errors as error:
            raise XlplanError(self.database.trouble(error)) from error

    @property
    def key(self) -> bytes:
        """The workspace's signing key; it never leaves the ledger."""
        with self.session() as connection:
            return bytes.fromhex(str(connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "key"))))

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    @contextmanager
    def run(self, command: str, period: str, at: datetime) -> Iterator[Run]:
        """One writing transaction, kept whole or not at all. Another run waits for its turn; W116 after a while."""
        self.database.prepare()
        with self.session(writing=True) as connection:
            yield Run(self.database, connection, command, period, at)

    # --- what is there ------------------------------------------------------------------------------------------------

    def digests(self) -> dict[str, str]:
        """The digest of every file that was read, with its path."""
        table = schema.readings
        with self.session() as connection:
            query = select(table.c.sha256, table.c.path).where(table.c.sha256 != "").order_by(table.c.id)
            return {sha256: path for sha256, path in connection.execute(query)}  # noqa: C416 - rows are no tuples

    def known_codes(self) -> dict[str, str]:
        """The latest identity of every row code and office code that was ever given."""
        with self.session() as connection:
            table = schema.plan_rows
            rows = connection.execute(select(table.c.code, table.c.identity).order_by(table.c.id))
            return {code: identity for code, identity in rows}  # noqa: C416 - rows are no plain tuples

    def office_codes(self) -> dict[str, str]:
        """The code of every office by every name that it ever had."""
        table = schema.plan_rows
        query = select(table.c.identity, table.c.code).where(table.c.code.startswith("K")).order_by(table.c.id)
        with self.session() as connection:
            return {name: code for name, code in connection.execute(query)}  # noqa: C416 - rows are no tuples

    def issued(self, period: str = "") -> list[Issued]:
        """The forms that were sent, for one period or for all, oldest first."""
        query = select(schema.issued).order_by(schema.issued.c.id)
        wanted = select(schema.layouts)
        if period:
            query = query.where(schema.issued.c.period == period)
            shown = select(schema.issued.c.layout).where(schema.issued.c.period == period)
            wanted = wanted.where(schema.layouts.c.digest.in_(shown))
        with self.session() as connection:
            layouts = {row["digest"]: layout_of(dict(row)) for row in connection.execute(wanted).mappings()}
            return [issued_of(dict(row), layouts[row["layout"]]) for row in connection.execute(query).mappings()]

    def growth(self) -> tuple[int, ...]:
        """How far the tables have grown whose rows forms are made of: forms sent, returns read, decisions."""
        newest = (select(func.max(one.c.id)) for one in (schema.issued, schema.readings, schema.decisions))
        with self.session() as connection:
            return tuple(int(connection.scalar(query) or 0) for query in newest)

    def sent(self) -> Sent:
        """Every form that was sent, as little of it as collecting needs."""
        table = schema.issued.c
        columns = (table.office, table.period, table.edition, table.layout, table.plan, table.signature)
        editions: dict[tuple[str, str], dict[int, str]] = {}
        same: dict[tuple[tuple[int, str], ...], dict[int, str]] = {}  # thousands of offices share a few
        plans: set[str] = set()
        mark = hashlib.sha256()
        with self.session() as connection:
            shown = select(schema.layouts.c.digest, cast(schema.layouts.c.texts, Text))
            layouts = {digest: pack(texts) for digest, texts in connection.execute(shown)}
            names = {digest: digest for digest in layouts}
            for office, period, edition, layout, plan, signature in connection.execute(
                select(*columns).order_by(table.id)
            ):
                slot = (intern(office), intern(period))
                known = editions.get(slot, {}) | {edition: names[layout]}
                editions[slot] = same.setdefault(tuple(known.items()), known)
                plans.add(plan)
                mark.update(signature.encode())
        return Sent(editions, layouts, frozenset(plans), mark.hexdigest())

    def deadlines(self) -> dict[str, date]:
        """The latest deadline of each period's forms, where any has one."""
        table = schema.issued
        latest = select(table.c.period, func.max(table.c.deadline)).where(table.c.deadline != "")
        with self.session() as connection:
            return {
                period: date.fromisoformat(day) for period, day in connection.execute(latest.group_by(table.c.period))
            }

    def periods(self) -> list[str]:
        """The periods that forms were sent for or returns came for."""
        with self.session() as connection:
            codes = [
                code
                for table in (schema.issued, schema.readings)
                for (code,) in connection.execute(select(table.c.period).distinct())
            ]
        return sorted({code for code in codes if code})

    def read_files(self) -> Iterator[tuple[str, str, Read]]:
        """Every standing reading of every file, with its path and digest; of one file the latest comes last."""
        table = schema.readings
        columns = (table.c.path, table.c.sha256, table.c.basis, table.c.state, table.c.period)
        with self.session() as connection:
            for path, sha256, basis, state, period in connection.execute(
                select(*columns).where(standing(table)).order_by(table.c.id)
            ):
                yield path, sha256, Read(basis, State(state), period)

    def files(self, period: str) -> Iterator[Known]:
        """Every file that has to do with a period, without what was in it, one by one."""
        table = schema.readings
        columns = (table.c.path, table.c.sha256, table.c.state, table.c.offices)
        with self.session() as connection:
            for path, sha256, state, offices in connection.execute(select(*columns).where(latest_about(period))):
                yield Known(path, sha256, State(state), tuple(offices))

    def recorded(self, run: int) -> Iterator[Submission]:
        """The files that a run recorded, in the order of reading, without their entries."""
        query = select(schema.readings).where(schema.readings.c.run == run).order_by(schema.readings.c.id)
        with self.session() as connection:
            for row in connection.execute(query).mappings():
                yield submission_of(dict(row), ())

    def recorded_files(self, run: int) -> Iterator[Known]:
        """The same without what was found in them."""
        table = schema.readings.c
        query = select(table.path, table.sha256, table.state, table.offices).where(table.run == run).order_by(table.id)
        with self.session() as connection:
            for path, sha256, state, offices in connection.execute(query):
                yield Known(path, sha256, State(state), tuple(offices))

    def submissions(self, period: str, digests: Collection[str] | None = None) -> list[Submission]:
        """The latest reading of every file that has to do with a period, with its entries of that period.

        With `digests`, of these files only.
        """
        table, inside = schema.readings, schema.entries
        query = select(table).where(latest_about(period, digests)).order_by(table.c.id)
        with self.session() as connection:
            records = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
            chosen = query.with_only_columns(table.c.id).order_by(None).scalar_subquery()
            found = connection.execute(
                select(inside.c.reading, *_PIECE)
                .where(inside.c.reading.in_(chosen), inside.c.period == period)
                .order_by(inside.c.id)
            )
            entries: dict[int, list[Entry]] = defaultdict(list)
            for reading, *piece in found:
                record = records[reading]
                entries[reading] += entries_of(piece, record["path"], record["sha256"])
        return [submission_of(record, entries[key]) for key, record in records.items()]

    def preferred(self) -> frozenset[str]:
        """The digests of the files that a person has decided for."""
        table = schema.decisions
        with self.session() as connection:
            return frozenset(connection.scalars(select(table.c.subject).where(table.c.kind == "prefer")))

    def rulings(self, period: str = "") -> list[Ruling]:
        """What people decided about the lights of one period or of all, oldest first."""
        table = schema.rulings
        query = select(table, schema.runs.c.at).join(schema.runs, table.c.run == schema.runs.c.id)
        query = query.where(standing(table)).order_by(table.c.id)
        if period:
            query = query.where(table.c.period == period)
        with self.session() as connection:
            return [ruling_of(dict(row)) for row in connection.execute(query).mappings()]

    def files_of(self, run: int) -> int:
        """How many files a run recorded and nobody has taken back; 0 when there is no such run."""
        table = schema.readings
        query = select(func.count()).select_from(table).where(table.c.run == run, standing(table))
        with self.session() as connection:
            return int(connection.scalar(query) or 0)

    def knows(self, sha256: str) -> bool:
        """Whether a file with this digest was ever recorded."""
        table = schema.readings
        with self.session() as connection:
            return connection.scalar(select(table.c.id).where(table.c.sha256 == sha256).limit(1)) is not None

    def history(self, row: str) -> list[Seen]:
        """Every value that a row ever had, oldest first."""
        inside, table, runs = schema.entries, schema.readings, schema.runs
        # a text may hold what only looks like it: the entries themselves are looked at below
        looks_right = cast(inside.c.entries, Text).contains(beginning(row), autoescape=True)
        query = select(runs.c.at, *_PIECE, *table.columns).select_from(inside).join(table).join(runs)
        found = []
        with self.session() as connection:
            for at, *both in connection.execute(query.where(looks_right).order_by(inside.c.id)):
                *piece, written = both[: len(_PIECE)]
                about = dict(zip(table.columns.keys(), both[len(_PIECE) :], strict=True))
                file, wanted = submission_of(about, ()), [one for one in written if one[0] == row]
                found += [Seen(one, file, at) for one in entries_of((*piece, wanted), file.path, file.sha256)]
        return found
