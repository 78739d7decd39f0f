"""The time of day where the bureau works: files tell theirs in UTC or without a zone, people read their own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from xlplan.marks import half

BEIJING = timezone(timedelta(hours=8))
"""The time of all of China, and of a workspace that names no other."""

_OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)")


def read_zone(text: object) -> timezone | None:
    """A zone from its distance to UTC, such as `+08:00`; None when it is none."""
    found = _OFFSET.fullmatch(half(text)) if isinstance(text, str) else None
    if not found:
        return None
    distance = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-distance if found[1] == "-" else distance)


def saved_at(moment: datetime | None, zone: timezone) -> datetime | None:
    """When a file was saved, told in a zone; a time without a zone is of the clock of whoever saved it."""
    if moment is None or moment.tzinfo is None:
        return moment.replace(tzinfo=zone) if moment else None
    return moment.astimezone(zone) if _FIRST < moment < _LAST else moment


def recorded_at(moment: datetime, zone: timezone) -> datetime:
    """When something was recorded in the ledger, which keeps UTC, told by the clock of a zone and without naming it."""
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


_FIRST, _LAST = (datetime(year, 1, 2, tzinfo=UTC) for year in (1, 9999))  # beyond, another zone has no date
