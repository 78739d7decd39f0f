"""A ledger in a SQLite file: how it is opened, on which kind of volume, and what its errors mean.

Where the volume is this machine's own, the file is in WAL mode: readers and the one writer do not wait for each other.
On a network volume WAL is not possible, since machines share no memory; there the rollback journal and the volume's
locks must do, and that the locks hold is tried before the first write.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import sqlite3
from functools import cached_property
from itertools import chain
from threading import Thread
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sqlalchemy import JSON, URL, create_engine, event
from sqlalchemy.exc import DBAPIError

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.ledger.volume import locks_hold, volume_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

    from xlplan.finding import Finding
    from xlplan.ledger.address import Address

WAIT = 120
"""Seconds that a run waits for another one's commit: it may have read thousands of files for it."""

_TOGETHER = 500  # rows of one statement
_LARGE = 4 << 20  # bytes of a commit that is copied beside what follows
_decode = json.JSONDecoder().raw_decode
_CODES = {  # by the first part of SQLite's name of the error that fits
    "SQLITE_BUSY": "W116",
    "SQLITE_LOCKED": "W116",
    "SQLITE_FULL": "W703",
    "SQLITE_READONLY": "W704",
    "SQLITE_CANTOPEN": "W704",
    "SQLITE_PERM": "W704",
    "SQLITE_IOERR_DELETE": "W704",
    "SQLITE_CORRUPT": "W114",
    "SQLITE_NOTADB": "W114",
    "SQLITE_IOERR_LOCK": "W700",
    "SQLITE_IOERR_UNLOCK": "W700",
    "SQLITE_IOERR_RDLOCK": "W700",
    "SQLITE_IOERR_CHECKRESERVEDLOCK": "W700",
    "SQLITE_PROTOCOL": "W700",
}
_OTHER_TABLES = ("no such table", "no such column", "has no column named", "already exists")


_open: WeakSet[File] = WeakSet()


@atexit.register
def _close_all() -> None:
    """Close what is still open when the program ends, however it does, so that no WAL stays behind."""
    for one in tuple(_open):
        one.close()


class File:
    """A SQLite file."""

    errors: tuple[type[Exception], ...] = (DBAPIError, sqlite3.Error)

    def __init__(self, address: Address, path: Path) -> None:
        self.address = address
        self.path = path
        self._name = address.name or path
        self.volume = volume_of(path)
        self._sealed = _is_sealed(path)
        self._tried = False
        self._settling: Thread | None = None
        _open.add(self)
        query = {**address.url.query, "uri": "true"} | ({"immutable": "1"} if self._sealed else {})
        url = URL.create("sqlite", database=path.absolute().as_uri(), query=query)
        self.engine = create_engine(url, connect_args={"timeout": WAIT}, json_deserializer=_from_json)
        event.listen(self.engine, "connect", self._configure)
        event.listen(self.engine, "begin", _begin)

    @property
    def reading(self) -> Engine:
        """For transactions that see one state of the ledger, whatever is written meanwhile."""
        return self.engine

    @cached_property
    def writing(self) -> Engine:
        """For transactions that begin when no other one is writing."""
        return self.engine.execution_options(writing=True)

    def prepare(self) -> None:
        """Try the locks of a shared volume before the first write. XlplanError W700 when they do not hold."""
        if self._tried or not self.volume.shared:
            return
        if not self.locks_hold():
            raise XlplanError(rules.find("W700", path=self.path))
        self._tried = True

    def locks_hold(self) -> bool:
        """Whether the volume's locks keep another process out, and another machine as far as that is known."""
        query = "&".join(f"{key}={value}" for key, value in self.address.url.query.items())
        try:
            return not self.volume.unlocked and locks_hold(self.path.parent, query)
        except (OSError, sqlite3.Error) as error:
            raise XlplanError(rules.find("W704", path=self.path, detail=error)) from error

    def make_room(self, connection: Connection) -> None:
        """Nothing: a file holds one ledger."""

    def absence(self, connection: Connection) -> Finding:
        """What the file is instead of a ledger."""
        del connection
        return rules.find("W114", path=self.path, detail="meta")

    def keep_copy(self, why: str) -> Path:
        """Copy the file beside itself before it is changed; an earlier copy is not overwritten."""
        name = f"{self.path.stem}-{why}"
        taken = {one.name for one in self.path.parent.iterdir()}
        names = (f"{name}{number}{self.path.suffix}" for number in ("", *(f"-{count}" for count in range(2, 1000))))
        kept = self.path.with_name(next(one for one in names if one not in taken))
        self.copy_to(kept)
        return kept

    def copy_to(self, path: Path) -> None:
        """Write a copy of the last committed state; others may read and write meanwhile."""
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with self.reading.connect() as connection, contextlib.closing(sqlite3.connect(beside)) as target:
                source: Any = connection.connection.driver_connection
                source.backup(target, pages=1000)
                target.execute("pragma journal_mode = delete")
            os.replace(beside, path)  # noqa: PTH105 - atomic on every platform
        except OSError as error:
            raise XlplanError(rules.find("W106", path=path, detail=error.strerror or error)) from error
        finally:
            beside.unlink(missing_ok=True)

    @contextlib.contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """The transaction in which tables are changed: a table that others refer to is made anew under its name."""
        try:
            with self.engine.execution_options(rebuilding=True).begin() as connection:
                yield connection
                broken = connection.exec_driver_sql("pragma foreign_key_check").all()
                if broken:
                    raise sqlite3.IntegrityError(str(broken[:3]))
        finally:
            self.engine.dispose()  # the connection did not watch the references between tables

    def insert(self, connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
        """Append rows, in bulk: every column's value in order, JSON as text or its bytes. Many at once are fast."""
        driver: Any = connection.connection.driver_connection
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        into = f"insert into {table.name} ({columns}) values "  # noqa: S608 - our own table
        marks = ("cast(? as text)" if isinstance(column.type, JSON) else "?" for column in table.columns)
        one = f"({', '.join(marks)})"
        most = min(_TOGETHER, driver.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // len(table.columns))
        whole = len(rows) - len(rows) % most
        for at in range(0, whole, most):
            driver.execute(into + ",".join([one] * most), list(chain.from_iterable(rows[at : at + most])))
        driver.executemany(into + one, rows[whole:])

    def settle(self) -> None:
        """Have a large commit copied from the WAL into the file, which takes as long as writing it there did."""
        log = self.path.with_name(f"{self.path.name}-wal")
        with contextlib.suppress(OSError, RuntimeError):  # no log, or no more threads: then the last to close does it
            if not (self._settling and self._settling.is_alive()) and log.stat().st_size > _LARGE:
                thread = Thread(target=self._copy_log)
                thread.start()
                self._settling = thread

    def close(self) -> None:
        """Let go of the file."""
        if self._settling:
            self._settling.join()
        self.engine.dispose()

    def _copy_log(self) -> None:
        (where, *_), how = self.engine.dialect.create_connect_args(self.engine.url)
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(where, **how)) as driver:
            driver.execute("pragma wal_checkpoint(passive)")  # what it cannot copy, the last to close the file does

    def integrity(self, connection: Connection) -> list[str]:
        """What SQLite finds broken in the file."""
        lines = []
        try:
            for (line,) in connection.exec_driver_sql("pragma integrity_check"):
                lines.append(str(line))
        except DBAPIError as error:  # too damaged to be checked
            lines.append(str(error.orig))
        return [line for line in lines if line != "ok"]

    def check_locks(self) -> list[Finding]:
        """Whether the volume's locks hold, and whether other machines share it."""
        if self._sealed:
            return []
        if not self.locks_hold():
            return [rules.find("W700", path=self.path)]
        return [rules.find("W726", path=self.path, kind=self.volume.kind)] if self.volume.shared else []

    def trouble(self, error: Exception) -> Finding:
        """What a person should know about an error of the database."""
        cause = getattr(error, "orig", None) or error
        name = getattr(cause, "sqlite_errorname", "")
        usual = "W725" if any(words in str(cause) for words in _OTHER_TABLES) else "W106"
        code = next((code for start, code in _CODES.items() if name.startswith(start)), usual)
        return rules.find(code, path=self._name, detail=cause)

    def _configure(self, connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        """Commit durably, wait for other runs, and leave the beginning of transactions to `_begin`."""
        connection.isolation_level = None
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = full")
        if not self._sealed:
            mode = "delete" if self.volume.shared else "wal"
            # busy, read-only or not able to: it stays as it is, and is good as it is
            with contextlib.suppress(sqlite3.OperationalError):
                connection.execute(f"pragma journal_mode = {mode}")
        if connection.execute("pragma journal_mode").fetchone() != ("wal",):
            connection.execute("pragma cache_spill = off")  # a large commit keeps readers out for its end only


def _from_json(text: str) -> Any:  # noqa: ANN401 - any JSON
    """What we wrote as JSON, which has no blanks around it; `json.loads` takes twice as long for short texts."""
    return _decode(text)[0]


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options()
    if how.get("rebuilding"):
        connection.connection.execute("pragma foreign_keys = off")
    if how.get("writing"):
        connection.connection.execute("pragma wal_autocheckpoint = 0")  # see `settle`, which no commit waits for
    connection.exec_driver_sql("begin immediate" if how.get("writing") or how.get("rebuilding") else "begin")


def _is_sealed(path: Path) -> bool:
    """Whether the file can be read in a folder that cannot be written, and nobody has it open or left it half done."""
    beside = (path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-journal"))
    return path.is_file() and not os.access(path.parent, os.W_OK) and not any(one.exists() for one in beside)
