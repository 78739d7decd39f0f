"""Collecting with a cluster, from an object store, into an archive there: the same ledger as at home."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Bureau, Shell

from xlplan.headers import Field

KEYS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        yield made


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An S3 server on loopback with one bucket; what the store's client needs to know stands in the environment."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
        monkeypatch.setenv(name, value)
    import s3fs

    fs = s3fs.S3FileSystem(skip_instance_cache=True)
    fs.makedirs("returns", exist_ok=True)
    yield fs
    fs.rm("returns", recursive=True)
    server.stop()


def fill(bureau: Bureau, copies: int = 1) -> int:
    """Every office's return, several versions of each; how many files."""
    for office in bureau.forms():
        for version in range(copies):
            paper = bureau.paper(office).fill(
                lambda code, v=version: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 第{v}次"}
            )
            paper.save(bureau.inbox / f"{office}{version}.xlsx", 10 + version)
    (bureau.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    return len(bureau.forms()) * copies + 1


def ledger_of(bureau: Bureau) -> tuple[Any, Any]:
    content = bureau("export", "--period", bureau.period, "--json").json
    return content["entries"], [{**one, "path": Path(one["path"]).name} for one in content["files"]]


def twin(bureau: Bureau, xlplan: Shell) -> Bureau:
    """The same bureau once more, with the same keys and forms, to be collected at home."""
    import shutil

    shutil.copytree(bureau.root, xlplan.home / "twin")
    return Bureau(xlplan, xlplan.home / "twin", bureau.period)


def test_a_cluster_gives_the_same_ledger_also_when_it_loses_a_worker(
    bureau: Bureau, xlplan: Shell, cluster: Any
) -> None:
    count = fill(bureau, 6)
    home = twin(bureau, xlplan)
    home("collect", home.inbox)

    def lose_one() -> None:
        time.sleep(1.5)
        os.kill(next(iter(cluster.workers.values())).process.pid, signal.SIGKILL)

    threading.Thread(target=lose_one).start()
    done = bureau("collect", bureau.inbox, "--scheduler", cluster.scheduler_address, "--json")
    assert len(ledger_of(bureau)[1]) == count, done.out + done.err
    assert ledger_of(bureau) == ledger_of(home)
    names = {path.name for path in (bureau.root / "archive").rglob("*.xlsx")}
    assert names == {path.name for path in (home.root / "archive").rglob("*.xlsx")}
    assert bureau("ledger", "check").expect(0)


def test_no_cluster_no_change(bureau: Bureau) -> None:
    fill(bureau)
    before = ledger_of(bureau)
    assert "W800" in bureau("collect", bureau.inbox, "--scheduler", "tcp://127.0.0.1:9").expect(2).err
    assert ledger_of(bureau) == before


def test_an_inbox_and_an_archive_on_a_store(bureau: Bureau, xlplan: Shell, store: Any) -> None:
    count = fill(bureau)
    home = twin(bureau, xlplan)
    home("collect", home.inbox)
    store.put(str(bureau.inbox), "returns/round/inbox", recursive=True)
    settings = bureau.root / "xlplan.toml"
    settings.write_text('archive = "s3://returns/originals"\n' + settings.read_text("utf-8"), "utf-8")
    bureau("collect", "s3://returns/round/inbox")
    assert len(ledger_of(bureau)[1]) == count
    assert ledger_of(bureau) == ledger_of(home)
    kept = {path.rpartition("/")[2] for path in store.find("returns/originals")}
    assert kept == {path.name for path in (home.root / "archive").rglob("*.xlsx")}
    assert not list((bureau.root / "archive").rglob("*.xlsx"))
    assert bureau("ledger", "check").expect(0)
    assert bureau("collect", "s3://returns/round/inbox", "--json").json["new"] == 0
    assert len(bureau("remind", "--json").json["sent_back"]) == len(home("remind", "--json").json["sent_back"]) > 0
    store.rm(next(iter(store.find("returns/originals"))))
    assert "W722" in bureau("ledger", "check").expect(1).out


def test_a_store_that_is_not_there_is_named_and_nothing_is_lost(
    bureau: Bureau, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not store.find("returns")
    assert "W101" in bureau("collect", "s3://returns/nothing").expect(2).err
    fill(bureau)
    before = ledger_of(bureau)
    settings = bureau.root / "xlplan.toml"
    settings.write_text('archive = "s3://no-such-bucket/originals"\n' + settings.read_text("utf-8"), "utf-8")
    assert "W801" in bureau("collect", bureau.inbox).expect(2).err
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    assert "W801" in bureau("collect", "s3://returns/round").expect(2).err
    assert ledger_of(bureau) == before
