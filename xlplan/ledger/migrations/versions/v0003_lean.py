"""Entries say of their source only what their reading does not say; an index that only cost time is dropped.

Entries are found by period and reading, or by row, never by reading alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ROWS = 5000  # that are changed at once


def upgrade() -> None:
    """Drop what nobody asks, and what is written twice."""
    op.drop_index("entries_by_reading", "entries")
    connection = op.get_bind()
    table = sa.table("entries", sa.column("id", sa.BigInteger), sa.column("source", sa.JSON))
    change = table.update().where(table.c.id == sa.bindparam("key")).values(source=sa.bindparam("lean"))
    last = -1
    while rows := connection.execute(sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(_ROWS)).all():
        connection.execute(change, [{"key": key, "lean": _lean(source)} for key, source in rows])
        last = rows[-1][0]


def _lean(source: list[object]) -> list[object]:
    """Sheet, cells and origins, of file, sheet, cells, digest and origins."""
    _, sheet, cells, _, *origins = source
    return [sheet, cells, *origins]
