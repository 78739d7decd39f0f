"""Entries are found by period and reading, or by row; an index by reading alone only cost time."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Drop what nobody asks."""
    op.drop_index("entries_by_reading", "entries")
