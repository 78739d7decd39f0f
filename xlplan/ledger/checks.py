"""Whether a ledger is whole: the file, the tables, and what refers to what."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, case, cast, func, select

from xlplan import rules
from xlplan.ledger import schema
from xlplan.ledger.entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from xlplan.finding import Finding
    from xlplan.ledger.store import Ledger

_NAMED = 20  # rows of one kind that are named
_ROWS = 200  # rows of entries that are in memory at once


def check_ledger(ledger: Ledger) -> Iterator[Finding]:
    """Everything that is wrong with a ledger's database. The archive of originals is another matter."""
    database = ledger.database
    yield from database.check_locks()
    with ledger.session() as connection:
        broken = database.integrity(connection)[:_NAMED]
        yield from (rules.find("W720", path=database.address.shown, detail=detail) for detail in broken)
        if broken:  # then the rest cannot be read
            return
        different = list(_differences(connection))
        yield from different
        yield from _loose(connection)
        if not different and (unread := _unreadable(connection)):
            detail = f"entries {', '.join(map(str, unread))}"
            yield rules.find("W720", path=database.address.shown, detail=detail)


def count_rows(ledger: Ledger) -> dict[str, int]:
    """How many records each table holds."""
    with ledger.session() as connection:
        return counts(connection)


def counts(connection: Connection) -> dict[str, int]:
    """How many records each table holds: rows, but of entries the entries themselves."""
    how = {schema.entries: func.sum(_length(connection))}
    tables = schema.metadata.sorted_tables
    return {
        table.name: int(connection.scalar(select(how.get(table, func.count())).select_from(table)) or 0)
        for table in tables
    }


def _length(connection: Connection) -> Any:  # noqa: ANN401 - a SQLAlchemy expression
    """How many entries a row of `entries` holds: none where it is no list, because somebody was at it."""
    entries = schema.entries.c.entries
    is_file = connection.dialect.name == "sqlite"
    is_list = func.json_valid(entries) == 1 if is_file else func.json_typeof(entries) == "array"
    return case((is_list, func.json_array_length(entries)), else_=0)


def _unreadable(connection: Connection) -> list[int]:
    """The keys of some rows of `entries` that are not what the ledger writes."""
    table = schema.entries.c
    query = select(table.id, table.period, table.office, table.sheet, cast(table.entries, Text)).order_by(table.id)
    rows = connection.execute(query.execution_options(yield_per=_ROWS))
    return list(islice((key for key, *piece in rows if not _is_readable(piece)), _NAMED))


def _is_readable(piece: list[str]) -> bool:
    *about, written = piece
    try:
        entries = json.loads(written)
        return isinstance(entries, list) and all(entries_of((*about, entries), "", ""))
    except (ValueError, TypeError, LookupError, ArithmeticError):
        return False


def _differences(connection: Connection) -> Iterator[Finding]:
    """Where the tables are not what the migrations make: somebody changed them by hand."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    for difference in compare_metadata(MigrationContext.configure(connection), schema.metadata):
        yield rules.find("W725", detail=str(difference)[:200])


def _loose(connection: Connection) -> Iterator[Finding]:
    """Rows that refer to a row that is not there."""
    for table in schema.metadata.sorted_tables:
        for key in table.foreign_keys:
            parent = key.column.table
            joined = table.outerjoin(parent, key.parent == key.column)
            count = connection.scalar(select(func.count()).select_from(joined).where(key.column.is_(None)))
            if count:
                yield rules.find("W721", table=table.name, column=key.parent.name, count=count, parent=parent.name)
