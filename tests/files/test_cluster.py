"""Reading on a real cluster of two workers, one of which is lost in the middle."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
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


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:9", "tcp://host"])
def test_an_address_that_is_none_is_told_at_once(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(XlplanError) as raised:
        list(Cluster(address).run(backwards, items(3), Limits()))
    assert raised.value.finding.code == "W800"
    del raised
    gc.collect()
    assert "Traceback" not in capfd.readouterr().err


def test_workers_of_another_version_read_nothing(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlplan.__version__", "9.9")
    run = Cluster(cluster.scheduler_address).run(backwards, items(3), Limits())
    with pytest.raises(XlplanError) as raised:
        list(run)
    assert raised.value.finding.code == "W802"
    # workers that come when the run has begun
    monkeypatch.setattr("xlplan.files.cluster._Reading._check_workers", lambda _: None)
    with pytest.raises(XlplanError) as raised:
        list(Cluster(cluster.scheduler_address).run(backwards, items(3), Limits()))
    assert raised.value.finding.code == "W802"


ELSEWHERE = """
import time
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        print(made.scheduler_address, flush=True)
        time.sleep(600)
"""


def test_a_scheduler_that_is_gone_in_the_middle_ends_the_run_and_blames_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, seconds in (("_WAIT", 2), ("_LOOK", 0.2)):
        monkeypatch.setattr(f"xlplan.files.cluster.{name}", seconds)
    script = tmp_path / "cluster.py"
    script.write_text(ELSEWHERE)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))  # workers must find this module
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        run = Cluster(address).run(slowly, items(2000), Limits())
        assert next(run).result == b"0"
        process.kill()
        with pytest.raises(XlplanError) as raised:
            list(run)
    finally:
        process.kill()
        process.communicate()
    assert raised.value.finding.code == "W800"
