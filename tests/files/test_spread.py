"""Work spread over processes gives what one process gives, and trouble comes out where it can be seen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from xlplan.files import spread, worker
from xlplan.files.limits import Limits

MANY = worker.HANDFUL + 40


def squared(number: int) -> int:
    return number * number


def alone(number: int) -> int:
    """Ends its process for one of the jobs, unless that is the one that was asked."""
    if number == 3 and os.environ.get("ASKED") != str(os.getpid()):
        os._exit(1)
    return number


def refused(number: int) -> int:
    if number == MANY - 1:
        raise ValueError(number)
    return number


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "FEW", 2)
    monkeypatch.setenv("ASKED", str(os.getpid()))


@pytest.fixture
def local() -> Iterator[worker.Local]:
    """Two processes."""
    with closing(worker.Local(2, batch=8)) as made:
        yield made


@pytest.mark.parametrize("count", [0, 1, 5, MANY])
def test_results_come_in_the_order_of_the_jobs(count, local):
    assert list(spread.spread(squared, range(count), local)) == [number * number for number in range(count)]


@pytest.mark.parametrize("count", [5, MANY])
def test_a_job_whose_worker_dies_is_done_here(count, local):
    assert list(spread.spread(alone, range(count), local)) == list(range(count))


def test_what_a_job_raises_is_raised_here(local):
    done = []
    with pytest.raises(ValueError, match=str(MANY - 1)):
        done.extend(spread.spread(refused, range(MANY), local))


def test_few_jobs_start_no_worker(monkeypatch):
    monkeypatch.setattr(spread, "FEW", 10)
    monkeypatch.setattr(spread, "Local", None)
    assert list(spread.spread(squared, range(9))) == [number * number for number in range(9)]


@pytest.mark.parametrize("count", [0, 5, MANY * 64 + 7])
def test_small_jobs_come_back_in_their_order(count, local):
    assert list(spread.spread_small(squared, range(count), local)) == [number * number for number in range(count)]


def test_the_same_processes_do_one_thing_after_another(local):
    local.warm(Limits(), "json", "decimal")
    ready = {one.child.pid for one in local.ready}
    assert list(spread.spread(squared, range(MANY), local)) == [number * number for number in range(MANY)]
    assert set(spread.spread(asked, range(MANY), local)) <= ready
    assert list(spread.spread_small(squared, range(MANY), local)) == [number * number for number in range(MANY)]
    assert {one.child.pid for one in local.ready} == ready


def asked(number: int) -> int:
    """Which process it is."""
    del number
    return os.getpid()


def test_processes_whose_work_was_not_waited_for_are_replaced(local):
    local.warm(Limits())
    first = spread.spread(asked, range(MANY), local)
    ready = {one.child.pid for one in local.ready}
    assert next(first) in ready
    first.close()
    found = set(spread.spread(asked, range(MANY), local))
    assert not found & {*ready, os.getpid()}
