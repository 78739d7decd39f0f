"""A period as it is told to people: every figure counted, every word chosen, ready for a page, a letter or a picture.

The records hold texts in one language, without characters that no file can carry; nothing is computed from here on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

FACTS = ("plan", "number", "issuer", "period", "end", "deadline", "today", "pace", "return_rate", "complete")
"""The texts of a report, by name: the plan's title and number, who issues it, the period, days, rates."""

COUNTS = ("expected", "returned", "on_time", "late", "missing", "slots", "filled", "gaps", "days_left")
"""The whole numbers of a report, by name: offices due, returned, in time, late, missing; rows due, filled, open; the
days up to the deadline, today and that day counted, 0 when it is past or there is none."""


class Texts(Protocol):
    """The texts of a template in one language."""

    def say(self, key: str, **facts: object) -> str:
        """The text `key` with its facts filled in."""


@dataclass(frozen=True)
class Lamp:
    """One light of the rule: its colour's name, its word and shape, how many items have it, its share in per cent."""

    key: str
    word: str
    shape: str
    count: int = 0
    share: Decimal = Decimal(0)


@dataclass(frozen=True)
class Bar:
    """Something whose items are counted by light, in the order of the report's lamps. `short` fits below a column."""

    name: str
    counts: tuple[int, ...]
    short: str = ""

    @property
    def total(self) -> int:
        """How many items it has."""
        return sum(self.counts)


@dataclass(frozen=True)
class Owing:
    """An office whose return did not come, or came late: by how many days, and whom to ask."""

    name: str
    days: int
    leader: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Turned:
    """One way in which items stand otherwise than a period ago, and how many do."""

    key: str
    word: str
    count: int


@dataclass(frozen=True)
class Item:
    """One row of the breakdown as one office answered it, with the file, sheet and cells that the answer came from.

    `light` and `was` (a period ago, empty when unknown) are keys of lamps, `turns` of what turned; `rate` is the share
    done, 1 for all; `ahead` is by what share of the year's amount the item is ahead of the time that has passed, 0
    where that cannot be said; `cells` pairs a column's name with its address; `origins` say where the answer comes from
    one level further down.
    """

    code: str
    section: str
    label: str
    task: str
    target: str
    office: str
    role: str
    leader: str
    deadline: str
    light: str
    reason: str
    grade: str
    is_gap: bool = False
    before: str = ""
    done: str = ""
    rate: Decimal | None = None
    status: str = ""
    progress: str = ""
    problem: str = ""
    file: str = ""
    sheet: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    origins: tuple[str, ...] = ()
    was: str = ""
    turns: tuple[str, ...] = ()
    is_behind: bool = False
    is_finished: bool = False
    ahead: Decimal = Decimal(0)


@dataclass(frozen=True)
class Report:
    """A period told: who it is about, its figures as texts and counts, its charts, its items in plan order.

    `facts` has a text for each of `FACTS`, `counts` a number for each of `COUNTS`.
    """

    lang: str
    facts: Mapping[str, str]
    counts: Mapping[str, int]
    pace: Decimal
    lamps: tuple[Lamp, ...]
    sections: tuple[Bar, ...]
    offices: tuple[Bar, ...]
    trend: tuple[Bar, ...]
    missing: tuple[Owing, ...]
    late: tuple[Owing, ...]
    turns: tuple[Turned, ...]
    items: tuple[Item, ...]
