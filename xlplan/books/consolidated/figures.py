"""The figures of a period, counted once: every sheet takes them from here, so that they agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlplan.books.values import section_text
from xlplan.model import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlplan.model import Context, Light, Progress, Return, Tally

FILLED = frozenset({Grade.OK, Grade.NOT_APPLICABLE})
"""The grades of a slot that was answered; every other one is a gap, and on the list of gaps."""

_TENTHS = 1000


@dataclass(frozen=True)
class Count:
    """Some slots counted: how many are due, how many filled, and how many have each of the rule's lights."""

    due: int
    filled: int
    lights: tuple[int, ...]

    @classmethod
    def of(cls, lines: Iterable[Progress], lights: Sequence[Light]) -> Count:
        """Count some lines of a tally, with the rule's lights in their order."""
        due = filled = 0
        having = dict.fromkeys(lights, 0)
        for line in lines:
            due += 1
            filled += line.grade in FILLED
            having[line.light] += 1
        return cls(due, filled, tuple(having.values()))

    @property
    def gaps(self) -> int:
        """How many slots were not answered, or not properly."""
        return self.due - self.filled

    @property
    def complete(self) -> float:
        """The share of slots that are filled, 0 to 1; 1 when none is due."""
        return self.filled / self.due if self.due else 1.0


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
    def missing(self) -> tuple[Return, ...]:
        """The returns that did not come."""
        return tuple(one for one in self.returns if one.submission is None)

    @property
    def late(self) -> tuple[Return, ...]:
        """The returns that came late."""
        return tuple(one for one in self.returns if one.submission is not None and one.late > 0)


def figures_of(tally: Tally, context: Context, lang: str) -> Figures:
    """Count a period."""
    trend = [(one.period.label(lang), Count.of(one.lines, tally.lights)) for one in (*context.earlier, tally)]
    everything = Count.of(tally.lines, tally.lights)
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
    return tuple((title, Count.of(lines, tally.lights)) for title, lines in groups.items() if lines)


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
        OfficeCount(name, Count.of(lines, tally.lights), owed.get(name))
        for name, lines in groups.items()
        if lines or name in owed
    )
