"""What the ledger answers with, and the conditions that its questions share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, cast, exists, func, select, tuple_

from xlplan.ledger import schema
from xlplan.model import Entry, State, Submission

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection


class Seen(NamedTuple):
    """One value that a slot ever had: the entry, the file it came in, and when that was collected."""

    entry: Entry
    submission: Submission
    collected: datetime


class Read(NamedTuple):
    """How a file was read the last time: on what basis (the plan and the forms known), its state and its period."""

    basis: str
    state: State
    period: str


class Known(NamedTuple):
    """A file that was read: its path and digest, its state as read, the offices that it is from."""

    path: str
    sha256: str
    state: State
    offices: tuple[str, ...]


def last_change(connection: Connection) -> datetime | None:
    """When the ledger was last written to, in UTC."""
    at = connection.scalar(select(func.max(schema.runs.c.at)))
    return at.replace(tzinfo=UTC) if at else None


def latest_about(period: str, digests: Collection[str] | None = None) -> Any:  # noqa: ANN401 - SQLAlchemy expressions
    """The condition that a reading is the latest of its file, of these files only, and has to do with a period.

    Of a file that had no digest, because it could not be opened, nothing remains once its path was read again.
    """
    table, inside = schema.readings, schema.entries
    latest = select(func.max(table.c.id)).where(standing(table)).group_by(table.c.path, table.c.sha256)
    if digests is not None:
        latest = latest.where(table.c.sha256.in_(digests))
    has_entries = exists().where(inside.c.period == period, inside.c.reading == table.c.id)
    chosen = table.c.id.in_(latest) & ((table.c.period == period) | has_entries)
    if digests is not None and "" not in digests:
        return chosen
    last = select(table.c.path, func.max(table.c.run)).where(_ever_unopened(), standing(table)).group_by(table.c.path)
    return chosen & ((table.c.sha256 != "") | tuple_(table.c.path, table.c.run).in_(last))


def unopened(connection: Connection) -> dict[str, bool]:
    """The paths of which some standing reading has no digest, and whether the last one has none."""
    table = schema.readings
    query = select(table.c.path, table.c.sha256).where(_ever_unopened(), standing(table)).order_by(table.c.id)
    return {path: not sha256 for path, sha256 in connection.execute(query)}


def _ever_unopened() -> Any:  # noqa: ANN401 - SQLAlchemy expressions
    """The condition that a reading is of a path that was once read without a digest."""
    one = schema.readings.alias()
    return schema.readings.c.path.in_(select(one.c.path).where(one.c.sha256 == ""))


def standing(table: Any) -> Any:  # noqa: ANN401 - SQLAlchemy expressions
    """The condition that a reading's run was not taken back."""
    undone = select(cast(schema.decisions.c.subject, Integer)).where(schema.decisions.c.kind == "undo")
    return table.c.run.not_in(undone)
