"""Reading on a real cluster of two workers, one of which is lost in the middle."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from xlplan.errors import XlplanError
from xlplan.files.archives import Item
from xlplan.files.cluster import Cluster
from xlplan.files.limits import Limits
from xlplan.files.worker import Outcome
from xlplan.finding import Place
from xlplan.rules import find

MANY = 200


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        yield made


def backwards(item: Item) -> bytes:
    if item.data == b"bad":
        raise ValueError("no")
    if item.data == b"deadly":
        os._exit(3)
    return item.data[::-1]


def slowly(item: Item) -> bytes:
    time.sleep(0.01)
    return item.data[::-1]


def items(count: int = MANY) -> Iterator[Item]:
    return (Item(f"{number}.xlsx", str(number).encode()) for number in range(count))


def answers(outcomes: Iterator[Outcome[bytes]]) -> list[tuple[str, bytes | None]]:
    return [(one.item.path, one.result) for one in outcomes]


def expected(count: int = MANY) -> list[tuple[str, bytes]]:
    return [(f"{number}.xlsx", str(number).encode()[::-1]) for number in range(count)]


def test_every_item_is_answered_once_and_in_order(cluster: Any) -> None:
    assert answers(Cluster(cluster.scheduler_address).run(backwards, items(), Limits())) == expected()


def test_a_file_that_kills_its_reader_costs_nothing_but_itself(cluster: Any) -> None:
    told = Item("told.xlsx", finding=find("F141", Place("told.xlsx")))
    batch = [*items(40), Item("bad", b"bad"), told, Item("deadly", b"deadly"), *items(40)]
    outcomes = list(Cluster(cluster.scheduler_address).run(backwards, batch, Limits()))
    codes = {one.item.path: one.finding.code for one in outcomes if one.finding}
    assert codes == {"bad": "F109", "told.xlsx": "F141", "deadly": "F121"}
    assert [one.item for one in outcomes] == batch


def test_a_worker_lost_in_the_middle_loses_no_item_and_repeats_none(cluster: Any) -> None:
    run = Cluster(cluster.scheduler_address).run(slowly, items(), Limits())
    found = [next(run) for _ in range(10)]
    worker = next(iter(cluster.workers.values()))
    os.kill(worker.process.pid, signal.SIGKILL)
    assert answers(iter([*found, *run])) == expected()


def test_a_cluster_that_is_not_there_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlplan.files.cluster._WAIT", 1)
    with pytest.raises(XlplanError) as raised:
        list(Cluster("tcp://127.0.0.1:9").run(backwards, items(3), Limits()))
    assert raised.value.finding.code == "W800"
