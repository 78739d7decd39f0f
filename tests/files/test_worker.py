"""No file takes the run along: what crashes, hangs or eats memory is named, and the rest goes on."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from museum import makers

from xlplan.files import worker
from xlplan.files.archives import Item
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.worker import Local, read_many, run_safely
from xlplan.finding import Place
from xlplan.rules import find

LIMITS = Limits(seconds=1.0, memory=512 * MEGABYTE)
MANY = worker.HANDFUL + 30


def length(item: Item) -> int:
    """Well-behaved."""
    return len(item.data)


def misbehave(item: Item) -> object:
    """Does what the item says."""
    acts = {
        b"exit": lambda: os._exit(3),
        b"abort": os.abort,
        b"sleep": lambda: time.sleep(60),
        b"loop": _loop,
        b"memory": lambda: len(bytearray(8 << 30)),
        b"raise": _panic,
        b"local": lambda: lambda: 0,
        b"print": lambda: os.write(1, b"noise" * 1000),
    }
    return acts[item.data]() if item.data in acts else len(item.data)


def _panic() -> None:
    raise BaseException("no Exception")  # noqa: TRY002 - as extension modules do


def _loop() -> None:
    while True:
        pass


def many(bad: dict[int, bytes]) -> list[Item]:
    return [Item(f"{number}.xlsx", bad.get(number, b"x" * number)) for number in range(MANY)]


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_the_order_of_the_items(workers):
    items = many({})
    assert [(one.item, one.result) for one in run_safely(length, iter(items), LIMITS, workers)] == [
        (item, len(item.data)) for item in items
    ]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (b"exit", "F121"),
        (b"abort", "F121"),
        (b"sleep", "F122"),
        (b"loop", "F122"),
        pytest.param(
            b"memory", "F123", marks=pytest.mark.skipif(sys.platform != "linux", reason="no bound on memory elsewhere")
        ),
        (b"raise", "F109"),
        (b"local", "F109"),
    ],
)
def test_whoever_misbehaves_is_named_and_the_rest_goes_on(act, code):
    outcomes = list(run_safely(misbehave, iter(many({5: act, 40: act})), LIMITS, 2))
    named = {one.item.path: one.finding.code for one in outcomes if one.finding}
    assert named == {"5.xlsx": code, "40.xlsx": code}
    assert all(one.result == number for number, one in enumerate(outcomes) if number not in {5, 40})


def test_what_libraries_print_does_not_disturb():
    outcomes = list(run_safely(misbehave, iter(many({5: b"print"})), LIMITS, 1))
    assert [one.finding for one in outcomes] == [None] * MANY


def test_items_with_a_finding_are_passed_on():
    ignored = Item("~$甲科.xlsx", finding=find("F141", Place(file="~$甲科.xlsx")))
    for items in ([ignored], [*many({}), ignored]):
        assert list(run_safely(length, iter(items), LIMITS, 2))[-1].finding == ignored.finding


def test_a_few_small_files_need_no_process(monkeypatch):
    monkeypatch.setattr("xlplan.files.process.subprocess.Popen", None)
    assert [one.result for one in run_safely(length, [Item("a.xlsx", b"abc")], LIMITS)] == [3]


def test_one_large_file_among_few_runs_in_a_process():
    big = b"x" * (2 * MEGABYTE)
    assert [one.result for one in run_safely(length, [Item("a", b"abc"), Item("b", big)], LIMITS)] == [3, len(big)]


def test_what_a_worker_has_early_is_not_lost_with_it_and_need_not_fit_into_its_pipe():
    items = [Item(f"{n}", b"exit" if n % 10 == 7 else b"x" * (n % 6 * 300_000)) for n in range(MANY)]
    with closing(Local(2, batch=3)) as local:
        outcomes = list(local.run(misbehave, iter(items), LIMITS))
    assert [one.item for one in outcomes] == items
    wanted = [("F121" if one.data == b"exit" else "", len(one.data)) for one in items]
    assert [(one.finding.code, 4) if one.finding else ("", one.result) for one in outcomes] == wanted


def who(item: Item) -> int:
    """Which process it is."""
    del item
    return os.getpid()


def test_processes_that_were_started_ahead_do_the_work():
    local = Local(2)
    local.warm(LIMITS, "json")
    ready = {one.child.pid for one in local.ready}
    with closing(local):
        assert {one.result for one in local.run(who, many({}), LIMITS)} <= ready


def test_one_that_died_before_its_work_is_replaced():
    local = Local(2)
    local.warm(LIMITS)
    for one in local.ready:
        one.child.kill()
        one.child.wait()
    with closing(local):
        assert [one.result for one in local.run(length, many({}), LIMITS)] == list(range(MANY))


def die_once(item: Item) -> int:
    """Takes the worker along the first time that an item which names a file is tried."""
    mark = Path(item.data.decode())
    if item.data and not mark.exists():
        mark.touch()
        os._exit(3)
    return len(item.data)


@pytest.mark.parametrize("first", [0, 20])
def test_whoever_was_in_a_worker_that_somebody_ended_is_tried_again(tmp_path, first):
    items = [Item(str(number)) for number in range(first)] + [Item("a", str(tmp_path / "mark").encode())]
    items += [Item(str(number)) for number in range(MANY)]
    outcomes = list(run_safely(die_once, iter(items), LIMITS, 1))
    assert [(one.result, one.finding) for one in outcomes] == [(len(one.data), None) for one in items]


@pytest.mark.parametrize("items", [[], [Item("a.xlsx", b"abc")]])
def test_processes_that_were_started_in_vain_end(items):
    local = Local(2)
    local.warm(LIMITS)
    children = [one.child for one in local.ready]
    with closing(local):
        assert [one.result for one in local.run(length, items, LIMITS)] == [3] * len(items)
    assert all(one.poll() is not None for one in children)


def dawdle(item: Item) -> int:
    """Slow at the first."""
    if item.path == "0.xlsx":
        time.sleep(1.5)
    return len(item.data)


def test_nobody_runs_far_ahead_of_a_slow_one():
    taken = []

    def items():
        for number in range(40 * worker.BATCH):
            taken.append(number)
            yield Item(f"{number}.xlsx", b"x")

    outcomes = run_safely(dawdle, items(), Limits(), 2)
    assert next(outcomes).result == 1
    assert len(taken) <= (2 * worker.AHEAD + 1) * worker.BATCH
    assert sum(one.result for one in outcomes) == 40 * worker.BATCH - 1


def test_the_caller_may_stop_early():
    outcomes = run_safely(misbehave, iter(many({60: b"loop"})), Limits(seconds=600), 2)
    assert next(outcomes).result == 0
    outcomes.close()


def test_what_the_items_raise_reaches_the_caller():
    def broken():
        yield from many({})
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(run_safely(length, broken(), LIMITS, 2))


def test_workbooks_are_read_by_the_dozen():
    data = makers.one_sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    items = [Item(f"{number}.xlsx", data if number % 7 else b"PK\x03\x04") for number in range(MANY)]
    for item, (book, findings) in read_many(iter(items), LIMITS, 2):
        if item.data is data:
            assert book is not None
            assert book.sheets[0].rows == [[1]]
        else:
            assert [one.code for one in findings] == ["F103"]
            assert findings[0].place.file == item.path
