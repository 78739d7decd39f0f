"""`ledger check` on ledgers that somebody has been at, and copies between the kinds of database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from test_store import FILE, ISSUED, NOW

from xlplan.errors import XlplanError
from xlplan.ledger import copying
from xlplan.ledger.address import Address
from xlplan.ledger.archive import archive_original, check_originals
from xlplan.ledger.checks import check_ledger, count_rows
from xlplan.ledger.copying import copy_ledger
from xlplan.ledger.store import Ledger

SERVER = pytest.param("server", marks=pytest.mark.needs("initdb"))


def fill(ledger: Ledger) -> Ledger:
    entries = tuple(one._replace(source=one.source._replace(sha256=FILE.sha256)) for one in FILE.entries)
    with ledger.run("collect", "2019-Q2", NOW) as run:
        odd = entries[0]._replace(progress="前\0后")  # which a .csv may hold
        run.append([replace(FILE, entries=entries), replace(FILE, path="另一个.csv", entries=(odd,))], "basis")
        run.issue([ISSUED])
        run.remember_codes({"T001-01": "任务"})
        run.decide("prefer", FILE.sha256)
    return ledger


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Address]:
    """Makes an address in a `file` or on a `server`."""
    numbers = iter(range(99))

    def make(kind: str) -> Address:
        if kind == "file":
            return Address.of_file(tmp_path / f"{next(numbers)}.db")
        return Address.parse(request.getfixturevalue("ledger_url")(), tmp_path)

    return make


@dataclass(frozen=True)
class Everything:
    key: bytes
    files: Any
    history: Any
    issued: Any
    codes: Any
    preferred: Any


def everything(ledger: Ledger) -> Everything:
    files, history = ledger.submissions("2019-Q2"), ledger.history("T001-01")
    return Everything(ledger.key, files, history, ledger.issued(), ledger.known_codes(), ledger.preferred())


@pytest.mark.parametrize("kind", ["file", SERVER])
def test_a_sound_ledger_has_nothing_to_say(place: Callable[[str], Address], kind: str) -> None:
    ledger = fill(Ledger.create(place(kind)))
    assert list(check_ledger(ledger)) == []
    assert count_rows(ledger)["entries"] == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("delete from readings where id = 1", "W721"),
        ("drop index entries_by_period", "W725"),
        ("alter table entries add column colour text", "W725"),
    ],
)
def test_what_somebody_did_to_the_file_is_found(tmp_path: Path, change: str, code: str) -> None:
    path = tmp_path / "ledger.db"
    fill(Ledger.create(Address.of_file(path))).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute(change)
        database.commit()
    assert code in {one.code for one in check_ledger(Ledger.open(Address.of_file(path)))}


@pytest.mark.parametrize(("first", "second"), [("file", "file"), pytest.param("file", "server", marks=SERVER.marks)])
def test_a_copy_and_the_copy_of_it_hold_the_same(place: Callable[[str], Address], first: str, second: str) -> None:
    ledger = fill(Ledger.create(place(first)))
    there, back = place(second), place(first)
    rows = copy_ledger(ledger, there)
    copied = Ledger.open(there)
    assert copy_ledger(copied, back) == rows == count_rows(ledger)
    again = Ledger.open(back)
    assert everything(copied) == everything(again)
    assert everything(ledger) == everything(copied)
    assert copied.submissions("2019-Q2")[1].entries[0].progress == "前\0后"
    fill(again)
    fill(copied)
    assert len(copied.submissions("2019-Q2")) == 2


@pytest.mark.parametrize("kind", ["file", SERVER])
def test_a_ledger_is_never_overwritten(place: Callable[[str], Address], kind: str) -> None:
    ledger, there = fill(Ledger.create(place("file"))), place(kind)
    Ledger.create(there).close()
    for attempt in (lambda: copy_ledger(ledger, there), lambda: Ledger.create(there)):
        with pytest.raises(XlplanError) as caught:
            attempt()
        assert caught.value.finding.code == "W712"


def test_a_ledger_that_cannot_be_read_is_named_and_not_its_copy(tmp_path: Path) -> None:
    ledger = fill(Ledger.create(Address.of_file(tmp_path / "old.db")))
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        database.execute("alter table entries drop column sheet")
    with pytest.raises(XlplanError) as caught:
        copy_ledger(ledger, Address.of_file(tmp_path / "new.db"))
    assert caught.value.finding.fact("path") == str(tmp_path / "old.db")
    with pytest.raises(XlplanError) as caught:
        copy_ledger(ledger, Address.of_file(tmp_path / "nowhere" / "new.db"))
    assert caught.value.finding.fact("path") == str(tmp_path / "nowhere" / "new.db")
    assert [path.name for path in tmp_path.glob("*new*")] == []


@pytest.mark.parametrize("kind", ["file", SERVER])
def test_a_copy_that_differs_is_given_up(
    place: Callable[[str], Address], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, there = fill(Ledger.create(place("file"))), place(kind)
    whole = copying._Digest.of  # noqa: SLF001 - where a fault is put

    def forgetful(self: Any, rows: list[Any]) -> list[Any]:
        return [row for row in whole(self, rows) if "做了" not in str(row)]

    monkeypatch.setattr(copying._Digest, "of", forgetful)  # noqa: SLF001 - the same
    with pytest.raises(XlplanError) as caught:
        copy_ledger(ledger, there)
    assert caught.value.finding.code == "W727"
    with pytest.raises(XlplanError) as caught:
        Ledger.open(there)
    assert caught.value.finding.code in {"W124", "W711"}


@pytest.mark.parametrize("kind", ["file", SERVER])
@pytest.mark.parametrize(
    "written", ["[", "5", "{}", '{"a": 1}', "[1]", '[["T001-01"]]', '[["T", null, "无", "", "", "", [], []]]']
)
def test_entries_that_somebody_was_at_are_named(place: Callable[[str], Address], kind: str, written: str) -> None:
    ledger = fill(Ledger.create(place(kind)))
    if kind == "server" and written == "[":
        return  # a server takes no text that is no JSON
    before = count_rows(ledger)
    with ledger.session(writing=True) as connection:
        connection.execute(text("update entries set entries = :written where id = 1"), {"written": written})
    assert [one.code for one in check_ledger(ledger)] == ["W720"]
    assert count_rows(ledger)["entries"] < before["entries"]
    copied = place("file")
    copy_ledger(ledger, copied)
    assert count_rows(Ledger.open(copied)) == count_rows(ledger)


def test_originals_that_are_gone_or_changed_are_named(tmp_path: Path) -> None:
    from xlplan.files.disk import digest

    files = {digest(data): (name, data) for name, data in (("甲.xlsx", b"1"), ("乙.xlsx", b"2"), ("丙.XLS", b"3"))}
    kept = {
        name: Path(archive_original(str(tmp_path), data, sha, Path(name).suffix)) for sha, (name, data) in files.items()
    }
    recorded = {sha: name for sha, (name, _) in files.items()}
    assert list(check_originals(tmp_path, recorded)) == []
    kept["甲.xlsx"].unlink()
    kept["丙.XLS"].write_bytes(b"4")
    found = {one.fact("path"): one.code for one in check_originals(tmp_path, recorded)}
    assert found == {"甲.xlsx": "W722", "丙.XLS": "W723"}
