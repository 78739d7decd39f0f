"""The figures of a period, counted once: every sheet takes them from here, so that they agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlplan.books.values import section_text
from xlplan.model import Grade, Light

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlplan.model.light import Sign
    from xlplan.model.progress import Context, Progress, Return, Tally

FILLED = frozenset({Grade.OK, Grade.NOT_APPLICABLE})
"""The grades of a slot that was answered; every other one is a gap, and on the list of gaps."""

_TENTHS = 1000


@dataclass(frozen=True)
class Count:
    """Some slots counted: how many are due, how many filled, how many have each of the rule's lights.

    `good` is how many have a light that counts as green.
    """

    due: int
    filled: int
    lights: tuple[int, ...]
    good: int

    @classmethod
    def of(cls, lines: Iterable[Progress], signs: Sequence[Sign]) -> Count:
        """Count some lines of a tally, with the rule's lights in their order."""
        due = filled = 0
        having = {sign.light: 0 for sign in signs}
        for line in lines:
            due += 1
            filled += line.grade in FILLED
            having[line.light] += 1
        good = sum(having[sign.light] for sign in signs if sign.counts_as is Light.GREEN)
        return cls(due, filled, tuple(having.values()), good)

    @property
    def gaps(self) -> int:
        """How many slots were not answered, or not properly."""
        return self.due - self.filled

    @property
    def complete(self) -> float | None:
        """The share of slots that are filled, 0 to 1; None when none is due."""
        return self.filled / self.due if self.due else None

    @property
    def share(self) -> float | None:
        """The share of slots whose light counts as green, 0 to 1; None when none is due. What is missing has none."""
        return self.good / self.due if self.due else None


@dataclass(frozen=True)
class OfficeCount:
    """One office's slots, and its return where one was expected of it."""

    name: str
    count: Count
    owed: Return | None


@dataclass(frozen=True)
class Figures:
    """A period's figures: of all slots, by section, by office in roster order, and of each period up to this one."""

    all: Count
    sections: tuple[tuple[str, Count], ...]
    offices: tuple[OfficeCount, ...]
    trend: tuple[tuple[str, Count], ...]
    returns: tuple[Return, ...]

    @property
    def ranks(self) -> dict[str, int]:
        """The place of each office that has slots due, by its share of green lights; equal ones share a place."""
        shares = {one.name: one.count.share for one in self.offices}
        places: dict[float, int] = {}
        for place, share in enumerate(sorted((one for one in shares.values() if one is not None), reverse=True), 1):
            places.setdefault(share, place)
        return {name: places[share] for name, share in shares.items() if share is not None}

    @property
    def missing(self) -> tuple[Return, ...]:
        """The returns that did not come."""
        return tuple(one for one in self.returns if one.submission is None)

    @property
    def late(self) -> tuple[Return, ...]:
        """The returns that came late."""
        return tuple(one for one in self.returns if one.submission is not None and one.late > 0)


def figures_of(tally: Tally, context: Context, lang: str) -> Figures:
    """Count a period."""
    trend = [(one.period.label(lang), Count.of(one.lines, tally.signs)) for one in (*context.earlier, tally)]
    everything = Count.of(tally.lines, tally.signs)
    return Figures(everything, _sections(tally), _offices(tally, context), tuple(trend), context.returns)


def shares(counts: Sequence[int]) -> list[Decimal]:
    """Each count's share in per cent, to one decimal, by largest remainder: together exactly 100, or all 0."""
    total = sum(counts)
    if not total:
        return [Decimal(0)] * len(counts)
    whole = [count * _TENTHS // total for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda at: (-(counts[at] * _TENTHS % total), at))
    for at in by_rest[: _TENTHS - sum(whole)]:
        whole[at] += 1
    return [Decimal(one) / 10 for one in whole]


def _sections(tally: Tally) -> tuple[tuple[str, Count], ...]:
    titles = {section.code: section_text(section) for section in tally.plan.sections}
    sections = {task.code: titles.get(task.section, "") for task in tally.plan.tasks}
    groups: dict[str, list[Progress]] = {title: [] for title in titles.values()}
    for line in tally.lines:
        groups.setdefault(sections.get(line.row.task, ""), []).append(line)
    return tuple((title, Count.of(lines, tally.signs)) for title, lines in groups.items() if lines)


def _offices(tally: Tally, context: Context) -> tuple[OfficeCount, ...]:
    owed = {one.office.name: one for one in context.returns}
    groups: dict[str, list[Progress]] = {
        office.name: [] for office in tally.plan.offices if office.name in owed or not office.members
    }
    for name in owed:
        groups.setdefault(name, [])
    for line in tally.lines:
        groups.setdefault(line.office, []).append(line)
    return tuple(
        OfficeCount(name, Count.of(lines, tally.signs), owed.get(name))
        for name, lines in groups.items()
        if lines or name in owed
    )
