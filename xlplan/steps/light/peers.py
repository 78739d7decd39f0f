"""Rows that are compared with each other: who is below the average of its like, who is among the last."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlplan.model import Kind
from xlplan.reasons import percent, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from xlplan.model import Assignment, Entry
    from xlplan.steps.light.measure import Measure

_FEW = 3
"""So many offices or fewer with the same thing to do are no field in which somebody could be among the last."""


@dataclass(frozen=True)
class _Group:
    """The figures of rows that are alike, sorted. `unit` is what they are in; None for shares that are done."""

    figures: tuple[Decimal, ...]
    unit: str | None = None

    @property
    def average(self) -> Decimal:
        """Their arithmetic mean."""
        return sum(self.figures, Decimal(0)) / len(self.figures)

    def place(self, figure: Decimal) -> int:
        """A figure's place from the end, 1 being the last; equals share the place of the worst."""
        return bisect_left(self.figures, figure) + 1


class Peers:
    """The measured rows of a period, by their place in it, grouped by what they are about.

    Alike are the rows of one task with the same indicator: several offices with the same thing to do. Growth and ratios
    are compared by their figures, what adds up over the year by the share that is done.
    """

    def __init__(self, rows: Mapping[int, tuple[Assignment, Entry, Measure]], uses: Collection[str]) -> None:
        self._groups: dict[int, _Group] = {}
        self._figures: dict[int, Decimal] = {}
        if not {"last", "below_average"} & set(uses):
            return
        alike: dict[tuple[str, Kind, str, str | None], list[int]] = defaultdict(list)
        for at, (row, entry, found) in rows.items():
            figure = _figure_of(row, entry, found)
            if figure is not None and row.target:
                self._figures[at] = figure
                unit = row.target.unit if found.direct else None
                alike[row.task, row.target.kind, row.target.indicator or row.target.text, unit].append(at)
        for (*_, unit), members in alike.items():
            group = _Group(tuple(sorted(self._figures[at] for at in members)), unit)
            self._groups |= dict.fromkeys(members, group)
        shares = (self._figures[at] for at, group in self._groups.items() if group.unit is None)
        self._everyone = _Group(tuple(sorted(shares)))

    def below_average(self, at: int) -> str:
        """The average of the row's like, written out, where the row is below it; empty where it is not, or alone."""
        group = self._groups.get(at)
        if group is None or len(group.figures) == 1 or self._figures[at] >= group.average:
            return ""
        return percent(group.average) if group.unit is None else plain(group.average) + group.unit

    def from_the_end(self, at: int) -> int | None:
        """The row's place counted from the end: 1 is the last.

        Where too few offices have the same thing to do, the place is that among all rows of the period.
        """
        group = self._groups.get(at)
        if group is not None and group.unit is None and len(group.figures) <= _FEW:
            group = self._everyone
        return group.place(self._figures[at]) if group and len(group.figures) > _FEW else None


def _figure_of(row: Assignment, entry: Entry, found: Measure) -> Decimal | None:
    """What a row is compared by; None where less is better, or nothing can be compared."""
    if row.target is None or row.target.kind in {Kind.RANK, Kind.CEILING} or found.rate is None:
        return None
    return entry.amount.value if found.direct and entry.amount else found.rate
