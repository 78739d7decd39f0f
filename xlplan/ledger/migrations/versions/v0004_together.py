"""Entries that follow each other in a file, of one period, office and sheet, are one row: `ledger.entries` says how.

A return's 40 entries were 40 rows of twelve columns in two indexes, and took most of the time of recording it.
"""

from __future__ import annotations

import json
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

revision = "0004"
down_revision = "0003"

_ROWS = 5000  # that are read at once
_MOST = 1000  # entries of one row
_TOGETHER = 50  # rows that are written at once
_LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_JSON = ("amount", "extra", "source")
_TEXTS = ("row", "period", "office", "status", "status_raw", "progress", "problem")
_OLD = sa.table(
    "entries_before",
    sa.column("id", sa.BigInteger),
    sa.column("reading", sa.Integer),
    *(sa.column(name, sa.Text) for name in _TEXTS),
    *(sa.column(name, sa.JSON) for name in _JSON),
)
_NEW = sa.table("entries", *map(sa.column, ("id", "reading", "period", "office", "sheet", "entries")))
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def upgrade() -> None:
    """Make the table anew from the old one, a portion at a time."""
    op.drop_index("entries_by_row", "entries")
    op.drop_index("entries_by_period", "entries")
    op.rename_table("entries", "entries_before")
    if op.get_context().dialect.name == "postgresql":
        op.execute("alter index if exists entries_pkey rename to entries_before_pkey")
    op.create_table(
        "entries",
        sa.Column("id", _LONG, primary_key=True, autoincrement=False),
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("period", "office", "sheet")),
        sa.Column("entries", sa.JSON, nullable=False),
    )
    connection = op.get_bind()
    new = _together(_before(connection))
    while some := list(islice(new, _TOGETHER)):
        connection.execute(_NEW.insert(), some)
    op.drop_table("entries_before")
    op.create_index("entries_by_period", "entries", ["period", "reading"])


def _before(connection: sa.Connection) -> Iterator[Any]:
    last = -1
    query = sa.select(_OLD).order_by(_OLD.c.id).limit(_ROWS)
    while rows := connection.execute(query.where(_OLD.c.id > last)).all():
        yield from rows
        last = rows[-1].id


def _together(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    number = 0
    for (reading, *shared), some in groupby(rows, lambda row: (row.reading, row.period, row.office, row.source[0])):
        about = {"reading": reading, **dict(zip(("period", "office", "sheet"), shared, strict=True))}
        while entries := list(map(_entry, islice(some, _MOST))):
            number += 1
            yield {"id": number, **about, "entries": _to_json(entries)}


def _entry(row: Any) -> list[Any]:  # noqa: ANN401 - a row of the old table
    _, cells, *origins = row.source
    texts = (row.status, row.status_raw, row.progress, row.problem)
    return [row.row, row.amount, *texts, _flat(row.extra), _flat(cells), *(origins[0] if origins else ())]


def _flat(pairs: list[list[str]]) -> list[str]:
    return list(chain.from_iterable(pairs))
