"""Work of our own spread over worker processes, from the size where it pays; what comes of it is the same."""

from __future__ import annotations

import pickle
from collections import deque
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from xlplan.files.archives import Item
from xlplan.files.limits import Limits
from xlplan.files.worker import Local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Job = TypeVar("Job")
Result = TypeVar("Result")

_BUNDLE = 64  # small jobs that travel together
_BATCH = 8  # jobs that a worker gets at once: few, because at the end each has at most so many more than the others
FEW = 150
"""Fewer jobs are done in this process: workers take as long to start as some dozens of forms to be written."""


def own_processes() -> Local:
    """The processes of this machine for work of our own; whoever asks for them closes them."""
    return Local(batch=_BATCH)


def spread(function: Callable[[Job], Result], jobs: Sequence[Job], local: Local | None = None) -> Iterator[Result]:
    """The results of a picklable function, in the order of the jobs. `local`: processes that are there already.

    A job whose worker fails is done again in this process, so that whatever goes wrong is raised where it is seen.
    """
    if len(jobs) < FEW:
        yield from map(function, jobs)
    elif local is None:
        with closing(own_processes()) as made:
            yield from _spread(function, jobs, made)
    else:
        yield from _spread(function, jobs, local)


def _spread(function: Callable[[Job], Result], jobs: Sequence[Job], local: Local) -> Iterator[Result]:
    under_way: deque[Job] = deque()

    def items() -> Iterator[Item]:
        for job in jobs:
            under_way.append(job)
            yield Item("", pickle.dumps(job, pickle.HIGHEST_PROTOCOL))

    for outcome in local.run(partial(_do, function), items(), Limits()):
        job = under_way.popleft()
        yield function(job) if outcome.result is None else outcome.result


def spread_small(
    function: Callable[[Job], Result], jobs: Sequence[Job], local: Local | None = None
) -> Iterator[Result]:
    """The same for jobs that take so little time each that they travel in bundles."""
    bundles = [jobs[start : start + _BUNDLE] for start in range(0, len(jobs), _BUNDLE)]
    for results in spread(partial(_do_all, function), bundles, local):
        yield from results


def _do_all(function: Callable[[Job], Result], bundle: Sequence[Job]) -> list[Result]:
    return [function(job) for job in bundle]


def _do(function: Callable[[Any], Result], item: Item) -> Result:
    return function(pickle.loads(item.data))  # noqa: S301 - from `spread` in the process that started us
