"""Forms with the same rows share a layout; rulings on lights; and what a shared ledger needs.

That is: texts without a length, long keys, each file once per basis, periods found by index.
"""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from xlplan.ledger.records import once

revision = "0002"
down_revision = "0001"

_TEXTS = {
    "runs": ("command", "period"),
    "plan_rows": ("code",),
    "issued": ("office", "period", "plan", "signature", "sha256", "deadline"),
    "readings": ("sha256", "basis", "state", "period", "document_time"),
    "decisions": ("kind", "subject"),
    "entries": ("row", "period", "status"),
}
_SHOWN = ("rows", "texts")
_LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Change the tables and say what each reading is of."""
    op.drop_index("readings_by_file", "readings")
    op.add_column("readings", sa.Column("once", sa.Text, nullable=True))
    _fill_once()
    _make_rulings()
    _make_layouts()
    for table, columns in _TEXTS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.alter_column(column, type_=sa.Text, existing_nullable=False)
            if table == "readings":
                batch.alter_column("once", nullable=False, existing_type=sa.Text)
            if table == "issued":
                batch.alter_column("layout", nullable=False, existing_type=sa.Text)
                batch.create_foreign_key("issued_layout_fkey", "layouts", ["layout"], ["digest"])
                batch.drop_column("rows")
                batch.drop_column("texts")
            if table == "entries":
                batch.alter_column("id", type_=_LONG, existing_nullable=False)
    op.create_index("readings_by_file", "readings", ["sha256"])
    op.create_index("readings_by_run", "readings", ["run"])
    op.create_index("readings_once", "readings", ["once"], unique=True)
    op.create_index("issued_by_period", "issued", ["period"])
    op.create_index("entries_by_period", "entries", ["period", "reading"])
    op.execute("update meta set value = '2' where key = 'version'")  # so that the first xlplan says it is too old


def _fill_once() -> None:
    readings = sa.table("readings", *map(sa.column, ("id", "path", "sha256", "basis", "once")))
    connection = op.get_bind()
    columns = (readings.c.id, readings.c.path, readings.c.sha256, readings.c.basis)
    times: dict[tuple[str, str, str], int] = {}
    values = []
    for key, *file in connection.execute(sa.select(*columns).order_by(readings.c.id)):
        path, sha256, basis = file
        time = times[path, sha256, basis] = times.get((path, sha256, basis), -1) + 1
        values.append({"key": key, "value": once(path, sha256, basis, time)})
    if values:
        change = readings.update().where(readings.c.id == sa.bindparam("key")).values(once=sa.bindparam("value"))
        connection.execute(change, values)


def _make_rulings() -> None:
    op.create_table(
        "rulings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("row", "period", "office", "light", "by", "why")),
    )
    op.create_index("rulings_by_period", "rulings", ["period"])


def _make_layouts() -> None:
    layouts = op.create_table(
        "layouts",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("rows", sa.JSON, nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
    )
    op.add_column("issued", sa.Column("layout", sa.Text, nullable=True))
    issued = sa.table("issued", sa.column("id"), sa.column("layout"), *(sa.column(name, sa.JSON) for name in _SHOWN))
    connection = op.get_bind()
    found: dict[str, dict[str, object]] = {}
    values = []
    for key, rows, texts in connection.execute(sa.select(issued.c.id, issued.c.rows, issued.c.texts)):
        content = json.dumps([rows, texts], ensure_ascii=False)
        digest = hashlib.sha256(content.encode()).hexdigest()
        found[digest] = {"digest": digest, "rows": rows, "texts": texts}
        values.append({"key": key, "value": digest})
    if values:
        connection.execute(layouts.insert(), list(found.values()))
        change = issued.update().where(issued.c.id == sa.bindparam("key")).values(layout=sa.bindparam("value"))
        connection.execute(change, values)
