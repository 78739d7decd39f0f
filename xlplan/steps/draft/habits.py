"""How a document numbers: which schemes it uses at the beginning of lines, and which of them stands inside which.

The usual nesting (一、 (一) 1. (1)) is only the default: what counts is the order in which the document itself restarts
its numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from xlplan.chinese.numbering import INNER, Mark, Scheme
from xlplan.chinese.owners.reading import read_owners

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlplan.steps.draft.lines import Line

BOLD = "bold"
PLAIN = "plain"
_TWINS = ((Scheme.CN_DOT, Scheme.CN), (Scheme.ARABIC, Scheme.ARABIC_DOT), (Scheme.HALF_PAREN, Scheme.PAREN))
_NATURAL = {str(scheme): rank for rank, scheme in enumerate(Scheme)}
_WEAK_RUN = 3
_FLAT_SHARE = 0.5
_FLAT_LENGTH = 150
_FEW = 2
_NEAR = 8
_POINTS = (Scheme.BULLET, Scheme.CIRCLED)
_ASSIGNED_SHARE, _IN_A_ROW = 0.8, 0.3
_SHORTEST_POINT, _MOST_POINTS = 6, 10_000
_RUNNING = frozenset({Scheme.CN, Scheme.CN_PAREN, Scheme.ARABIC, Scheme.ARABIC_DOT})
_ENDS = frozenset("。!?;)]〕】")


def heading_key(level: int) -> str:
    """The key of an unnumbered heading with a style of this level."""
    return f"h{level}"


@dataclass
class Habits:
    """What a document's line beginnings say about its numbering.

    `starts` counts the firm marks at line beginnings by scheme, `weak` holds the schemes that the document writes
    without a delimiter, `flat` says that the document lost its line breaks, `run_in` holds the schemes whose items all
    run on inside the lines of others, `assigned` the schemes of points that each name who does them.
    """

    starts: Counter[str] = field(default_factory=Counter)
    weak: set[str] = field(default_factory=set)
    flat: bool = False
    run_in: set[str] = field(default_factory=set)
    inner: bool = False
    assigned: set[Scheme] = field(default_factory=set)
    _twin: dict[str, str] = field(default_factory=dict)
    _inside: Counter[tuple[str, str]] = field(default_factory=Counter)
    _levels: dict[str, int] = field(default_factory=dict)
    _above: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    def learn(cls, lines: Sequence[Line], *, inner: bool = False) -> Habits:
        """Read the habits off a document. `inner`: points such as 一是 and ① count as items, for want of others."""
        habits = cls(inner=inner)
        habits.assigned = {scheme for scheme in _POINTS if _are_assigned(lines, scheme)}
        habits.flat = _is_flat(lines)
        habits.weak = set(_weak_runs(lines))
        numbered = [(line, line.mark) for line in lines if line.mark and habits.is_structural(line.mark)]
        raw = [(str(mark.scheme) + mark.word, mark.value) for _, mark in numbered]
        nested = _nesting(raw)
        for odd, usual in _TWINS:
            if not nested[odd, usual] and not nested[usual, odd]:
                habits._twin[odd] = usual
        habits.starts = Counter(habits.key(mark) for _, mark in numbered)
        habits.run_in = {habits.key(mark) for mark in _run_in(lines)} - habits.starts.keys()
        habits._inside = _nesting(_sequence(lines, habits))
        habits._levels = _levels(numbered, habits)
        return habits

    def key(self, mark: Mark) -> str:
        """The scheme of a mark as this document uses it: 1、 and 1. are one scheme unless they nest."""
        name = str(mark.scheme)
        return self._twin.get(name, name) + (mark.word if mark.scheme is Scheme.NAMED else "")

    def knows(self, key: str) -> bool:
        """Whether the document numbers items in this scheme."""
        return self.starts[key] > 0 or key in self.run_in

    def takes_point(self, mark: Mark) -> bool:
        """Whether a point such as 一是 or ● counts as an item here."""
        return self.inner or mark.scheme in self.assigned

    def is_structural(self, mark: Mark) -> bool:
        """Whether a mark may head an item at all in this document."""
        if mark.scheme in INNER and not self.takes_point(mark):
            return False
        return mark.firm or str(mark.scheme) in self.weak

    def above(self, one: str, other: str) -> bool:
        """Whether items of one scheme hold items of the other."""
        if (one, other) not in self._above:
            self._above[one, other] = one != other and self._stands_above(one, other)
        return self._above[one, other]

    def _stands_above(self, one: str, other: str) -> bool:
        seen, unseen = self._inside[one, other], self._inside[other, one]
        if seen != unseen:
            return seen > unseen
        return self._rank(one) < self._rank(other)

    def _rank(self, key: str) -> tuple[int, int, int]:
        """Heading styles first, then the usual order of schemes; a scheme set in heading styles ranks with them."""
        if key.startswith("h") and key[1:].isdigit():
            return (0, int(key[1:]), 0)
        if key in {BOLD, PLAIN}:
            return (1, 0, 0)
        level = self._levels.get(key, 0)
        natural = next((rank for name, rank in _NATURAL.items() if key.startswith(name)), 0)
        return (0, level, 1 + natural) if level else (1, 1, natural)


def _sequence(lines: Iterable[Line], habits: Habits) -> Iterator[tuple[str, int | None]]:
    """The marks and unnumbered headings of a document in order, with those that run on inside its lines."""
    last: dict[str, int] = {}
    for line in lines:
        mark = line.mark
        if mark and (habits.is_structural(mark) or mark.value == last.get(habits.key(mark), 0) + 1):
            last[habits.key(mark)] = mark.value
            yield habits.key(mark), mark.value
        elif line.level:
            yield heading_key(line.level), None
        elif line.bold:
            yield BOLD, None
        for at, inner in line.inside:
            key = habits.key(inner)
            runs_on = habits.flat or (line.folded[max(0, at - _NEAR) : at].rstrip()[-1:] in _ENDS and habits.knows(key))
            if runs_on and habits.is_structural(inner) and inner.value in {1, last.get(key, 0) + 1}:
                last[key] = inner.value
                yield key, inner.value


def _nesting(sequence: Iterable[tuple[str, int | None]]) -> Counter[tuple[str, str]]:
    """How often a run of one scheme that begins with 1 follows an item of another and is followed by its next item."""
    inside: Counter[tuple[str, str]] = Counter()
    last: dict[str, int | None] = {}
    follower: dict[str, tuple[str, int | None]] = {}
    before = ""
    for key, value in sequence:
        if key in last and (value is None or last[key] is None or value == (last[key] or 0) + 1):
            inner, first = follower.pop(key, ("", 0))
            if inner and first in {1, None}:
                inside[key, inner] += 1
        if before and before != key:
            follower[before] = (key, value)
        last[key], before = value, key
    return inside


def _levels(numbered: Iterable[tuple[Line, Mark]], habits: Habits) -> dict[str, int]:
    """The heading level of each scheme whose items mostly are set in one heading style."""
    seen: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for line, mark in numbered:
        seen[habits.key(mark)][line.level] += 1
    return {key: levels.most_common(1)[0][0] for key, levels in seen.items()}


def _are_assigned(lines: Sequence[Line], scheme: Scheme) -> bool:
    """Whether the points of a scheme are the document's tasks: several in a row, nearly each with what and who."""
    marks = [line.mark.scheme for line in lines if line.mark]
    in_a_row = sum(one is other is scheme for one, other in pairwise(marks))
    points = [line for line in lines if line.mark and line.mark.scheme is scheme][:_MOST_POINTS]
    if in_a_row < len(points) * _IN_A_ROW:
        return False
    assigned = 0
    for line in points:
        said = line.text[line.mark.end if line.mark else 0 :]
        reading = read_owners(said, place=line.place)
        assigned += bool(reading.owners) and len(reading.rest) >= _SHORTEST_POINT
    return assigned >= max(_WEAK_RUN, _ASSIGNED_SHARE * len(points))


def _weak_runs(lines: Iterable[Line]) -> Iterable[str]:
    """The schemes that a document counts up in without a delimiter, at least three in a row from 1."""
    run: Counter[str] = Counter()
    for line in lines:
        if line.mark and not line.mark.firm:
            name = str(line.mark.scheme)
            run[name] = line.mark.value if line.mark.value in {1, run[name] + 1} else 0
            if run[name] >= _WEAK_RUN:
                yield name


def _run_in(lines: Iterable[Line]) -> Iterator[Mark]:
    """Marks of schemes that count up inside lines, each after a full stop or a blank (not inside a sentence)."""
    last: Counter[Scheme] = Counter()
    for line in lines:
        for at, mark in line.inside:
            before = line.folded[max(0, at - _NEAR) : at]
            apart = before.endswith((" ", "。", ")"))
            if mark.scheme not in _RUNNING or not apart or mark.value not in {1, last[mark.scheme] + 1}:
                continue
            last[mark.scheme] = mark.value
            if mark.value >= _WEAK_RUN:
                yield mark


def _is_flat(lines: Sequence[Line]) -> bool:
    """Whether most of the text stands in one paragraph with hardly a mark before a line: a copy without line breaks."""
    longest = max((len(line.text) for line in lines), default=0)
    started = sum(line.mark is not None and line.mark.firm for line in lines)
    total = sum(len(line.text) for line in lines)
    return longest > max(_FLAT_LENGTH, _FLAT_SHARE * total) and started <= _FEW
