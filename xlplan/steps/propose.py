"""Proposing owners for tasks that name none, by the duties of the offices, with the words that matched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.script import fold
from xlplan.finding import Place
from xlplan.model import Owner, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.finding import Finding
    from xlplan.model import Office, Plan, Task

_TITLE, _TEXT = 3, 1  # what a matched word counts in a task's title and in its text, by its length
_AHEAD = 1.25  # how far the best office must be ahead of the next


@dataclass(frozen=True)
class _Match:
    office: Office
    score: int
    words: tuple[str, ...]


def propose_owners(plan: Plan, offices: Sequence[Office]) -> tuple[Plan, list[Finding]]:
    """The plan with a proposed owner for each task that names none and that one office's duties fit clearly best.

    A proposal is marked as the guess `owners`, and a finding gives the words that matched.
    """
    able = [office for office in offices if office.duties and not office.members]
    tasks: list[Task] = []
    found: list[Finding] = []
    for task in plan.tasks:
        best = None if task.owners else _best(task, able)
        if best is None:
            tasks.append(task)
            continue
        owners = (Owner(best.office.name, Role.LEAD),)
        tasks.append(replace(task, owners=owners, guess=(*task.guess, "owners")))
        facts = {"task": task.title, "office": best.office.name, "words": "、".join(best.words)}
        found.append(rules.find("D411", task.place or Place(), **facts))
    return replace(plan, tasks=tuple(tasks)), found


def _best(task: Task, offices: Sequence[Office]) -> _Match | None:
    title, text = fold(task.title), fold(task.text)
    matches = sorted((_match(office, title, text) for office in offices), key=lambda one: -one.score)
    if not matches or matches[0].score == 0:
        return None
    clear = len(matches) == 1 or matches[0].score >= matches[1].score * _AHEAD
    return matches[0] if clear else None


def _match(office: Office, title: str, text: str) -> _Match:
    words = tuple(word for word in office.duties if fold(word) in title or fold(word) in text)
    weights = (_TITLE if fold(word) in title else _TEXT for word in words)
    score = sum(weight * len(word) for weight, word in zip(weights, words, strict=True))
    return _Match(office, score, words)
