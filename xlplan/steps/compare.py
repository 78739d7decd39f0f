"""Comparing a period with the one before it: what turned for better or worse, slot by slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.model import Grade, Light, Status, Turn
from xlplan.model.progress import Change
from xlplan.steps.tally import number_of

if TYPE_CHECKING:
    from xlplan.model.progress import Progress, Tally

_ORDER = list(Turn)
_UNANSWERED = frozenset({Grade.NOT_REPORTED, Grade.ROW_ABSENT, Grade.BLANK, Grade.PENDING})
"""The grades of a slot for which nothing was reported."""


def compare(now: Tally, before: Tally | None) -> tuple[Change, ...]:
    """Every turn since the period before, by its sort and then in plan order; none where there was no such period.

    A slot can turn in several ways at once, and then is in the list with each of them.
    """
    if before is None:
        return ()
    earlier = {(line.row.code, line.office): line for line in before.lines}
    changes = [
        Change(turn, line, earlier.get((line.row.code, line.office)))
        for line in now.lines
        for turn in _turns(now, line, earlier.get((line.row.code, line.office)))
    ]
    return tuple(sorted(changes, key=lambda one: _ORDER.index(one.turn)))  # stable: plan order stays


def _turns(tally: Tally, now: Progress, before: Progress | None) -> list[Turn]:
    """How a slot turned. One that was not due a period ago can only be newly red or yellow, or completed."""
    turns: list[Turn] = []
    was = before.light if before else Light.NONE
    stands, stood = tally.sign(now.light).counts_as, tally.sign(was).counts_as
    if stands is Light.RED and stood is not Light.RED:
        turns.append(Turn.RED)
    elif stands is Light.YELLOW and stood not in {Light.YELLOW, Light.RED}:
        turns.append(Turn.YELLOW)
    elif Light.NONE not in {now.light, was} and tally.lights.index(now.light) < tally.lights.index(was):
        turns.append(Turn.RECOVERED)
    if is_completed(now) and not (before and is_completed(before)):
        turns.append(Turn.COMPLETED)
    if before:
        turns += _since(now, before)
    return turns


def _since(now: Progress, before: Progress) -> list[Turn]:
    turns: list[Turn] = []
    if _fell(now, before):
        turns.append(Turn.FALLEN)
    if now.grade is Grade.STALE:
        turns.append(Turn.SAME)
    silent, was_silent = now.grade in _UNANSWERED, before.grade in _UNANSWERED
    if silent and not was_silent:
        turns.append(Turn.SILENT)
    if was_silent and not silent:
        turns.append(Turn.HEARD)
    return turns


def _fell(now: Progress, before: Progress) -> bool:
    """Whether a figure that adds up over the year is less than it was."""
    value, was = number_of(now), number_of(before)
    cumulative = now.row.target is not None and now.row.target.is_cumulative
    return cumulative and value is not None and was is not None and value < was


def is_completed(line: Progress) -> bool:
    """Whether the office says so and its figure does not contradict, or the year's amount is there."""
    if line.entry is None or line.grade is Grade.CONTRADICTION:
        return False
    cumulative = line.row.target is not None and line.row.target.is_cumulative
    return line.entry.status is Status.DONE or (cumulative and line.rate is not None and line.rate >= 1)
