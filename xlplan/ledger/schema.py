"""The tables of the ledger. Every one is append-only; what counts now is folded from them, never stored."""

from __future__ import annotations

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

VERSION = 2
metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", String(40), nullable=False),
    Column("period", String(10), nullable=False),
    Column("at", DateTime, nullable=False),
)

plan_rows = Table(
    "plan_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("code", String(20), nullable=False),
    Column("identity", Text, nullable=False),
)

layouts = Table(
    "layouts",
    metadata,
    Column("digest", String(64), primary_key=True),  # of what follows: offices with the same rows share one
    Column("rows", JSON, nullable=False),
    Column("texts", JSON, nullable=False),
)

issued = Table(
    "issued",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("office", String(20), nullable=False),
    Column("period", String(10), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("plan", String(64), nullable=False),
    Column("signature", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("deadline", String(10), nullable=False),
    Column("layout", ForeignKey("layouts.digest"), nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("basis", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("period", String(10), nullable=False),
    Column("offices", JSON, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("document_time", String(40), nullable=False),
    Column("findings", JSON, nullable=False),
    Index("readings_by_period", "period"),
    Index("readings_by_file", "sha256", "path"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("kind", String(20), nullable=False),  # undo: a run; prefer: a digest
    Column("subject", String(64), nullable=False),
)

rulings = Table(
    "rulings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("row", String(20), nullable=False),
    Column("period", String(10), nullable=False),
    Column("office", Text, nullable=False),  # empty: every office of the row
    Column("light", String(10), nullable=False),  # empty: the rule's again
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("rulings_by_period", "period"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reading", ForeignKey("readings.id"), nullable=False),
    Column("row", String(20), nullable=False),
    Column("period", String(10), nullable=False),
    Column("office", Text, nullable=False),
    Column("amount", JSON, nullable=True),
    Column("status", String(20), nullable=False),
    Column("status_raw", Text, nullable=False),
    Column("progress", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("extra", JSON, nullable=False),
    Column("source", JSON, nullable=False),
    Index("entries_by_reading", "reading"),
    Index("entries_by_row", "row"),
)
