"""A ledger copied as it is, from one kind of database to the other, and compared with what it was."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Text, cast, select

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.ledger import schema
from xlplan.ledger.address import Address
from xlplan.ledger.checks import counts
from xlplan.ledger.postgres import storable
from xlplan.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Table

_ROWS = 200  # that are in memory at once; one may hold a thousand entries


def copy_ledger(source: Ledger, target: Address) -> Mapping[str, int]:
    """Copy everything to an address that holds no ledger; how many records each table holds.

    The copy is one state of the source, whoever writes meanwhile, and appears whole or not at all. XlplanError W712
    when there is a ledger, W727 when what was written is not what was read.
    """
    if target.file is None:
        return _copy(source, target)
    if target.file.exists():
        raise XlplanError(rules.find("W712", path=target.shown))
    beside = target.file.with_name(f".{target.file.name}.{os.getpid()}.part")
    try:
        address = replace(Address.of_file(beside), url=target.url.set(database=str(beside)), name=target.file)
        rows = _copy(source, address)
        os.replace(beside, target.file)  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        raise XlplanError(rules.find("W106", path=target.file, detail=error.strerror or error)) from error
    finally:
        for left in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                beside.with_name(f"{beside.name}{left}").unlink(missing_ok=True)
    return rows


def _copy(source: Ledger, target: Address) -> Mapping[str, int]:
    with source.session() as reading, Ledger.making(target) as (ledger, writing):
        try:
            for table in schema.metadata.sorted_tables:
                read = _Digest()
                for part in _parts(source, reading, table):
                    ledger.database.insert(writing, table, read.of(part))
                written = _Digest()
                for part in _parts(ledger, writing, table):
                    written.of(part)
                if (read.rows, read.value) != (written.rows, written.value):
                    facts = {"table": table.name, "read": read.rows, "written": written.rows}
                    raise XlplanError(rules.find("W727", path=target.shown, **facts))
            rows = counts(writing)
        except ledger.database.errors as error:
            raise XlplanError(ledger.database.trouble(error)) from error
    ledger.close()
    return rows


class _Digest:
    """The number of rows that passed, and the digest of what they hold."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = hashlib.sha256()

    @property
    def value(self) -> str:
        """The digest."""
        return self._sum.hexdigest()

    def of(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The same rows, counted."""
        self.rows += len(rows)
        for row in rows:
            self._sum.update(repr(row).encode("utf-8", "surrogatepass"))
        return rows


def _parts(ledger: Ledger, connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    """All rows in the order of their keys, as they are inserted: JSON as text, times as SQLite writes them."""
    columns = [cast(column, Text) if isinstance(column.type, JSON) else column for column in table.columns]
    query = select(*columns).order_by(*table.primary_key).execution_options(yield_per=_ROWS)
    try:
        for part in connection.execute(query).partitions():
            yield [tuple(map(_plain, row)) for row in part]
    except ledger.database.errors as error:  # here, so that the ledger is named that could not be read
        raise XlplanError(ledger.database.trouble(error)) from error


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a row holds
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else storable(value)
