"""What goes out: forms with their columns and stamps, and what is remembered of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlplan.model.entries import Entry
    from xlplan.model.plan import Assignment, Office
    from xlplan.period import Period


EXTRA = "extra"
"""The field of a column of the user's own: its header says which one."""

HEAD = ""
"""What stands for a row code where the texts of a form hold its header row."""

_FILLED = "+"  # behind the field of a column that the office fills


@dataclass(frozen=True)
class Stamp:
    """表样标识: what a form says of itself. `edition` counts the forms sent to this office for this period, from 1."""

    plan: str
    office: str
    period: str
    edition: int
    rows: tuple[str, ...]
    signature: str = ""


@dataclass(frozen=True)
class Form:
    """填报表: one office's rows for one period; `before` holds the last known entry of a row, by row code.

    `leads` are the newest entries of those who lead the tasks that the office supports, where its form shows them.
    """

    office: Office
    period: Period
    rows: tuple[Assignment, ...]
    stamp: Stamp
    deadline: date | None = None
    before: tuple[Entry, ...] = ()
    leads: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A column of a form as it is sent: its header, its field, whether the office fills it."""

    header: str
    field: str
    filled: bool

    @property
    def key(self) -> str:
        """What tells the column from the others: its field, or for one of the user's own its header, too."""
        return extra_key(self.header) if self.field == EXTRA else self.field


def extra_key(header: str) -> str:
    """The key of a user's own column among the texts that a form shows."""
    return f"{EXTRA}:{header}"


FormTexts = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Issued:
    """A form that was sent: what the workspace remembers of it, the baseline for judging what comes back.

    `texts` holds what it shows: for each row code the texts of its locked cells by column, and the header row.
    """

    stamp: Stamp
    path: str
    sha256: str
    deadline: date | None = None
    rows: tuple[Assignment, ...] = ()
    texts: FormTexts = ()

    @property
    def columns(self) -> tuple[Heading, ...]:
        """Its columns; empty where they were not recorded."""
        return headings_of(dict(dict(self.texts).get(HEAD, ())))


def headings_of(texts: Mapping[str, str]) -> tuple[Heading, ...]:
    """A form's columns, from its header row among its texts."""
    return tuple(Heading(head, name.removesuffix(_FILLED), name.endswith(_FILLED)) for head, name in texts.items())


def head_texts(columns: tuple[Heading, ...]) -> FormTexts:
    """A form's columns, as they stand among its texts."""
    return ((HEAD, tuple((one.header, one.field + _FILLED * one.filled) for one in columns)),)
