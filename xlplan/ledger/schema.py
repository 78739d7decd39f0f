"""The tables of the ledger. Every one is append-only; what counts now is folded from them, never stored.

The same tables stand in a SQLite file and in a PostgreSQL schema. A change here needs a migration beside it, in
`migrations/versions`, and a new VERSION: a test holds the two together. Keys are given by the program, under the lock
that writing takes, so that a ledger can be copied from one kind of database to the other as it is.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

VERSION = 4
"""The newest migration; its revision is this number in four digits."""

metadata = MetaData()
_LONG = BigInteger().with_variant(Integer, "sqlite")  # SQLite's own key type is as long

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("command", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("at", DateTime, nullable=False),  # UTC
)

plan_rows = Table(
    "plan_rows",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("identity", Text, nullable=False),
)

layouts = Table(
    "layouts",
    metadata,
    Column("digest", Text, primary_key=True),  # of what follows: offices with the same rows share one
    Column("rows", JSON, nullable=False),
    Column("texts", JSON, nullable=False),
)

issued = Table(
    "issued",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("office", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("plan", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("deadline", Text, nullable=False),
    Column("layout", ForeignKey("layouts.digest"), nullable=False),
    Index("issued_by_period", "period"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("once", Text, nullable=False),  # of path, digest, basis and how often that was taken back
    Column("state", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("offices", JSON, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("document_time", Text, nullable=False),
    Column("findings", JSON, nullable=False),
    Index("readings_by_period", "period"),
    Index("readings_by_file", "sha256"),
    Index("readings_by_run", "run"),
    Index("readings_once", "once", unique=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("kind", Text, nullable=False),  # undo: a run; prefer: a digest
    Column("subject", Text, nullable=False),
)

rulings = Table(
    "rulings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("row", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("office", Text, nullable=False),  # empty: every office of the row
    Column("light", Text, nullable=False),  # empty: the rule's again
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("rulings_by_period", "period"),
)

# Entries that follow each other in a file, of one period, office and sheet: a return has mostly one row.
entries = Table(
    "entries",
    metadata,
    Column("id", _LONG, primary_key=True, autoincrement=False),
    Column("reading", ForeignKey("readings.id"), nullable=False),
    Column("period", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("entries", JSON, nullable=False),  # a list for each, which `entries.py` describes
    Index("entries_by_period", "period", "reading"),
)
