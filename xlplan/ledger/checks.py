"""Whether a ledger is whole: the file, the tables, and what refers to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from xlplan import rules
from xlplan.ledger import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from xlplan.finding import Finding
    from xlplan.ledger.store import Ledger

_NAMED = 20  # rows of one kind that are named


def check_ledger(ledger: Ledger) -> Iterator[Finding]:
    """Everything that is wrong with a ledger's database. The archive of originals is another matter."""
    database = ledger.database
    yield from database.check_locks()
    with ledger.session() as connection:
        broken = database.integrity(connection)[:_NAMED]
        yield from (rules.find("W720", path=database.address.shown, detail=detail) for detail in broken)
        if broken:  # then the rest cannot be read
            return
        yield from _differences(connection)
        yield from _loose(connection)


def count_rows(ledger: Ledger) -> dict[str, int]:
    """How many records each table holds."""
    with ledger.session() as connection:
        return counts(connection)


def counts(connection: Connection) -> dict[str, int]:
    """How many records each table holds: rows, but of entries the entries themselves."""
    entries = schema.entries
    how = {entries: func.sum(func.json_array_length(entries.c.entries))}
    tables = schema.metadata.sorted_tables
    return {
        table.name: int(connection.scalar(select(how.get(table, func.count())).select_from(table)) or 0)
        for table in tables
    }


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
