"""The targets of a text, in order: figures that pass every test, ranks, milestones, and what was lost in copying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from xlplan import rules
from xlplan.chinese import dates
from xlplan.chinese.quantities import Quantity
from xlplan.chinese.targets.compose import compose
from xlplan.chinese.targets.figure import Figure
from xlplan.chinese.targets.judge import is_part_of_a_name, reason_against
from xlplan.chinese.targets.lost import lost_figures
from xlplan.chinese.targets.milestones import milestone
from xlplan.chinese.targets.passage import Clause, Passage, passage
from xlplan.chinese.targets.pure import pure_numbers
from xlplan.chinese.targets.ranks import ranks
from xlplan.chinese.targets.tense import Tense
from xlplan.chinese.targets.words import comparator_after
from xlplan.finding import Finding, Place
from xlplan.model import Target

_SPLITS = re.compile(r"[、,;/]|和|及|与|并|力争|确保|争取|其中|同时")
# What brackets hold as figures of their own.
_PART = re.compile(r"其中|力争|确保|不少于|不低于|达到|新增|新建|包括新|含新")
_LONGEST_CONTEXT = 40
_LONGEST_NAME = 30
_AND = frozenset("、和及与")
_ENDS = frozenset(",、;。和及与并")
_ARGUABLE = frozenset(("attribute", "terms", "unled"))
_DAY = re.compile(r"(?:[12][0-9]{3}年)?(?<![0-9])[0-9]{1,2}月[0-9]{1,2}日")
_LEAP_YEAR = 2000
_LISTED = re.compile(r"(?:、|和|及|与|以及|并)*")


@dataclass(frozen=True)
class Verdict:
    """What became of a figure or clause: the target, or why it is none. `named`: the next figure's name holds it."""

    start: int
    target: Target | None
    against: str = ""
    figure: Figure | None = None
    named: bool = False


def read_targets(text: str, *, place: Place, year: int | None = None) -> tuple[tuple[Target, ...], list[Finding]]:
    """All targets of a task's text or of a goals section, in the order of the text, and what was lost in it.

    `year` is the plan's: figures of years before it are results, and dates without a year are in it.
    """
    whole = passage(text)
    verdicts = list(judge(whole, year))
    found = [*lost_figures(whole, place), *_passed_over(verdicts, place), *_impossible_days(whole, year, place)]
    return _accepted(verdicts), found


def targets_in(text: str, year: int | None = None) -> tuple[Target, ...]:
    """All targets of a text, for whoever does not ask what was lost in it."""
    return _accepted(judge(passage(text), year))


def _accepted(verdicts: Iterable[Verdict]) -> tuple[Target, ...]:
    return tuple(verdict.target for verdict in verdicts if verdict.target is not None)


def _passed_over(verdicts: list[Verdict], place: Place) -> Iterator[Finding]:
    """What a person may want to look at: a figure in digits that only its context tells from a target."""
    for verdict in verdicts:
        figure = verdict.figure
        if figure is not None and verdict.against in _ARGUABLE and not figure.quantity.chinese and not verdict.named:
            yield rules.find("D301", place, text=figure.passage.written[figure.left : figure.right])


def _impossible_days(whole: Passage, year: int | None, place: Place) -> Iterator[Finding]:
    for match in _DAY.finditer(whole.masked):
        if dates.read_date(match.group(), year or _LEAP_YEAR).doubt is dates.Doubt.IMPOSSIBLE:
            yield rules.find("D302", place, text=match.group())


def results(whole: Passage, year: int | None, *, summary: bool) -> Iterator[Target]:
    """The figures that are results: all that could be targets in a summary, else those told in the past."""
    for verdict in judge(whole, None if summary else year, past=True):
        if verdict.target is not None and verdict.target.is_number and (summary or verdict.against == "past"):
            yield verdict.target


def judge(whole: Passage, year: int | None, *, past: bool = False) -> Iterator[Verdict]:
    """A verdict on every figure of the passage. With `past`, what is over has its target too, beside the reason."""
    tense = Tense(year)
    walk = _Walk(whole, year, past)
    for clause, mine in _by_clause(whole):
        tense.enter(whole.masked, clause)
        yield from walk.through(clause, mine, tense)
        for start, end in whole.brackets_within(clause.start, clause.end):
            if _PART.match(whole.folded, start, end):
                yield from judge(whole.part(start, end), year, past=past)
        tense.leave()


def _by_clause(whole: Passage) -> Iterator[tuple[Clause, list[Quantity]]]:
    placed = sorted(ranks(whole.masked), key=lambda one: one.start)
    taken = {index for rank in placed for index in range(rank.start, rank.end)}
    known = [one for one in whole.quantities if one.start not in taken and not is_part_of_a_name(whole.masked, one)]
    taken |= {index for one in known for index in range(one.start, one.end)}
    pure = [one for one in pure_numbers(whole.masked) if one.start not in taken]
    figures = sorted([*placed, *known, *pure], key=lambda one: one.start)
    position = 0
    for clause in whole.clauses:
        first = position
        while position < len(figures) and figures[position].start < clause.end:
            position += 1
        yield clause, figures[first:position]


@dataclass(frozen=True)
class _SoFar:
    """What the figures before one in its clause leave it: where its own words may begin, and what became of them."""

    begin: int
    done: int
    accepted: bool = False
    passed: bool = False
    base: Quantity | None = None

    def after(self, verdict: Verdict, figure: Figure, split: re.Match[str] | None) -> _SoFar:
        """The same after one more figure."""
        done = max(figure.tail, figure.right) if split and not figure.final else figure.tail
        base = figure.quantity if verdict.against == "start" and self.base is None else None
        return _SoFar(
            begin=self.begin if base or verdict.named else done,
            done=done,
            accepted=not verdict.against,
            passed=verdict.against == "exists" and split is not None and split.group() in _AND,
            base=base,
        )


class _Walk:
    """Going through the clauses of a passage, remembering which indicator was spoken of last."""

    def __init__(self, whole: Passage, year: int | None, past: bool) -> None:  # noqa: FBT001 (private)
        self._whole, self._year, self._past = whole, year, past
        self._before: Target | None = None

    def through(self, clause: Clause, mine: list[Quantity], tense: Tense) -> Iterator[Verdict]:
        """The verdicts on one clause's figures; on the clause itself when it has no figure that is a target."""
        text, so_far, reached = self._whole.masked, _SoFar(clause.start, clause.start), False
        for quantity, following in zip_longest(mine, mine[1:]):
            split = self._split(quantity.end, following.start if following else None)
            figure = self._figure(clause, quantity, following, split, so_far)
            verdict = self._verdict(figure, tense, so_far.done)
            if following is not None and _names_more(verdict, so_far.begin):
                verdict = replace(verdict, named=True)
            yield verdict
            reached = reached or not verdict.against
            so_far = so_far.after(verdict, figure, split)
        over = reached or tense.is_past(text, clause.start, clause.end)
        if not over and (step := milestone(self._whole, clause, self._year)) is not None:
            yield Verdict(clause.start, step)

    def _figure(
        self,
        clause: Clause,
        quantity: Quantity,
        following: Quantity | None,
        split: re.Match[str] | None,
        so_far: _SoFar,
    ) -> Figure:
        after_it = following.start if following else None
        return Figure(
            self._whole,
            clause,
            quantity,
            left=so_far.begin,
            right=split.start() if split else after_it or clause.end,
            follows=so_far.accepted and bool(_LISTED.fullmatch(self._whole.masked, so_far.done, quantity.start)),
            beside=so_far.accepted,
            after_it=after_it,
            base=so_far.base,
            beside_none=so_far.passed,
        )

    def _split(self, start: int, end: int | None) -> re.Match[str] | None:
        """What divides a figure's words from those of the next figure of its clause, which begins at `end`."""
        if end is None:
            return None
        _, tail = comparator_after(self._whole.masked, start, end)
        return _SPLITS.search(self._whole.masked, tail, end)

    def _verdict(self, figure: Figure, tense: Tense, done: int) -> Verdict:
        against = reason_against(figure)
        if not against and tense.is_past(self._whole.masked, done, figure.quantity.start):
            against = "past"
        if against and not (self._past and against == "past"):
            return Verdict(figure.quantity.start, None, against, figure)
        target = compose(figure, self._year, self._before)
        short = len(target.indicator) <= _LONGEST_CONTEXT
        self._before = target if short else replace(target, indicator=target.indicator[-_LONGEST_CONTEXT:])
        return Verdict(figure.quantity.start, target, against, figure)


def _names_more(verdict: Verdict, begin: int) -> bool:
    """Whether a figure that is none belongs to the next one's name: 65岁以上老年人健康管理率达到70%."""
    figure = verdict.figure
    if (
        figure is None
        or not verdict.against
        or verdict.against == "past"
        or figure.quantity.start - begin > _LONGEST_NAME
    ):
        return False
    return figure.passage.masked[figure.tail : figure.tail + 1] not in _ENDS
