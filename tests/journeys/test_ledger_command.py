"""`xlplan ledger`, and workspaces whose ledger is on a server."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import SEED, Bureau, Shell
from databases import PASSWORD, PostgresServer

from xlplan.headers import Field

Q2 = "2019-Q2"


def set_ledger(root: Path, text: str) -> None:
    settings = root / "xlplan.toml"
    settings.write_text(f'ledger = "{text}"\n{settings.read_text("utf-8")}', "utf-8")


def return_one(bureau: Bureau) -> None:
    office = min(bureau.forms())
    bureau.paper(office).fill(lambda _: {Field.PROGRESS: "已印发方案"}).save(bureau.inbox / f"{office}.xlsx")
    assert bureau("collect", bureau.inbox, "-p", Q2).code in {0, 1}


def test_a_ledger_is_checked_backed_up_and_restored(bureau: Bureau) -> None:
    return_one(bureau)
    checked = bureau("ledger", "check", "--json").expect(0).json
    assert checked["findings"] == []
    assert checked["rows"]["readings"] == 1
    before = bureau("export", "-p", Q2, "--json").json
    made = bureau("ledger", "backup", "--json").expect(0).json
    assert made["rows"] == checked["rows"]
    bureau("ledger", "backup", "mine.db").expect(0)
    assert (bureau.xlplan.home / "mine.db").is_file()
    bureau("ledger", "backup", "mine.db").expect(2)
    (bureau.root / "ledger.db").unlink()
    assert "W124" in bureau("status").expect(2).err
    Path(made["to"]).rename(bureau.root / "ledger.db")
    assert bureau("export", "-p", Q2, "--json").json == before
    assert sorted(path.name for path in bureau.root.glob("ledger*")) == ["ledger.db"]


def test_a_backup_that_cannot_be_put_there_is_told(bureau: Bureau) -> None:
    (bureau.root / "backups").write_text("in the way")
    assert "W106" in bureau("ledger", "backup").expect(2).err


def test_a_missing_original_is_an_error_of_the_check(bureau: Bureau) -> None:
    return_one(bureau)
    (original,) = (bureau.root / "archive").glob("*/*")
    original.unlink()
    found = bureau("ledger", "check", "--json").expect(1).json["findings"]
    assert [one["code"] for one in found] == ["W722"]
    assert "W722" in bureau("ledger", "check").expect(1).out


def test_migrate_says_from_what_to_what(bureau: Bureau) -> None:
    path = bureau.root / "ledger.db"
    now = bureau("ledger", "migrate", "--json").expect(0).json
    assert now["from"] == now["to"]
    path.unlink()
    first = Path(__file__).parents[1] / "ledger" / "version1.sql"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(first.read_text("utf-8"))
    done = bureau("ledger", "migrate", "--json").expect(0).json
    assert (done["from"], done["to"]) == (1, now["to"])
    assert Path(done["backup"]).is_file()


@pytest.mark.needs("initdb")
def test_a_ledger_moves_to_a_server_and_back(bureau: Bureau, postgres: PostgresServer) -> None:
    return_one(bureau)
    url = postgres.url("科技局2019", "clerk", password=PASSWORD)
    before = bureau("export", "-p", Q2, "--json").json
    copied = bureau("ledger", "copy", url, "--json").expect(0)
    assert PASSWORD not in copied.out
    assert copied.json["rows"]["readings"] == 1
    set_ledger(bureau.root, url)
    (bureau.root / "ledger.db").rename(bureau.root / "old.db")
    assert bureau("export", "-p", Q2, "--json").json == before
    shown = [bureau("ledger", word).expect(0) for word in ("check", "migrate", "backup")]
    assert PASSWORD not in "".join(one.out + one.err for one in shown)
    again = bureau("ledger", "copy", "--from", "old.db").expect(2)
    assert "W712" in again.err
    assert PASSWORD not in again.err
    bureau("ledger", "copy", "back.db").expect(0)
    assert bureau("ledger", "check").expect(0)
    (backup,) = (bureau.root / "backups").iterdir()
    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("select count(*) from readings").fetchone() == (1,)


@pytest.mark.needs("initdb")
def test_a_workspace_begun_on_a_server(xlplan: Shell, ledger_url: Callable[[], str]) -> None:
    words = ("--from", SEED / "plan.txt", "--roster", SEED / "roster.csv")
    url = ledger_url()
    xlplan("init", "2019", *words, "--ledger", "postgresql+psycopg://nobody@127.0.0.1:1/x").expect(2)
    xlplan("init", "2019", *words, "--ledger", url).expect(0)
    bureau = Bureau(xlplan, xlplan.home / "2019")
    bureau("distribute", "--period", Q2, "--deadline", "2019-06-25").expect(0)
    return_one(bureau)
    assert not (bureau.root / "ledger.db").exists()
    assert bureau("ledger", "check", "--json").expect(0).json["rows"]["readings"] == 1
    assert "W712" in xlplan("init", "2020", *words, "--ledger", url).expect(2).err


@pytest.mark.parametrize(
    "text",
    [
        "mysql://root:secret@db/x",
        "postgresql://u:secret@db:x/y",
        "postgresql:/u:secret@db/y",
        "postgresql://u:x@secret@db/y",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(bureau: Bureau, text: str) -> None:
    set_ledger(bureau.root, text)
    ran = bureau("status").expect(2)
    assert "W706" in ran.err
    assert "secret" not in ran.err
