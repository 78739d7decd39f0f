"""Ledgers of earlier versions: nothing of them is lost, and migrations and tables agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from xlplan.errors import XlplanError
from xlplan.ledger import migrations, schema
from xlplan.ledger.address import Address
from xlplan.ledger.database import connect
from xlplan.ledger.store import Ledger
from xlplan.ledger.upgrade import migrate, revision
from xlplan.model import State

FIRST = Path(__file__).with_name("version1.sql").read_text("utf-8")
SCRIPTS = str(Path(migrations.__file__).parent)


def first_file(folder: Path) -> Address:
    path = folder / "ledger.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(FIRST)
    return Address.of_file(path)


def first_on_server(url: str) -> Address:
    """A ledger of the first version as it would be there: its tables, and the same rows."""
    address = Address.parse(url, Path())
    database = connect(address)
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    inserts = [line for line in FIRST.splitlines() if line.startswith("INSERT")]
    with database.writing.begin() as connection:
        database.make_room(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table in schema.metadata.sorted_tables:
            for line in inserts:
                if line.startswith(f'INSERT INTO "{table.name}"'):
                    connection.exec_driver_sql(line.replace("%", "%%"))
    database.engine.dispose()
    return address


def content(ledger: Ledger) -> dict[str, Any]:
    found = {
        "key": ledger.key.hex(),
        "codes": ledger.known_codes(),
        "issued": [ledger.issued(period) for period in ledger.periods()],
        "submissions": [ledger.submissions(period) for period in ledger.periods()],
        "history": ledger.history("T001-01"),
        "preferred": ledger.preferred(),
        "files": {(path, sha256): read for path, sha256, read in ledger.read_files()},
    }
    ledger.close()
    return found


def test_a_file_of_the_first_version_is_brought_up_to_date_with_a_copy_beside(tmp_path: Path) -> None:
    address = first_file(tmp_path)
    found = content(Ledger.open(address))
    assert len(found["codes"]) == 14
    assert [len(forms) for forms in found["issued"]] == [2, 4]
    files = found["submissions"][1]
    assert {(one.path, one.state, len(one.entries)) for one in files} == {
        ("综合一科10.xlsx", State.MERGED, 6),
        ("综合一科12.xlsx", State.MERGED, 6),
        ("综合二科10.xlsx", State.MERGED, 6),
    }
    sources = [(one, entry.source) for one in files for entry in one.entries if entry.status]
    assert sources
    assert all((source.file, source.sha256) == (one.path, one.sha256) for one, source in sources)
    assert all(source.sheet and "status" in dict(source.cells) for _, source in sources)
    assert len(found["history"]) == 4
    assert len(found["preferred"]) == 1
    with closing(sqlite3.connect(tmp_path / "ledger-v1.db")) as copy:
        assert copy.execute("select value from meta where key = 'version'").fetchone() == ("1",)
        assert copy.execute("select count(*) from entries").fetchone()[0] > 20
    assert content(Ledger.open(address)) == found
    entries = (one._replace(source=one.source._replace(file="另一个.xlsx")) for one in files[0].entries)
    again = replace(files[0], path="另一个.xlsx", entries=tuple(entries))
    ledger = Ledger.open(address)
    with ledger.run("collect", again.period, datetime(2019, 7, 2, tzinfo=UTC)) as run:
        run.append([again], "basis")
    ledger.close()
    assert content(Ledger.open(address))["submissions"][1] == [*files, again]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger-v1.db", "ledger.db"]


@pytest.mark.needs("initdb")
def test_on_a_server_it_is_brought_up_to_date_when_asked(tmp_path: Path, ledger_url: Callable[[], str]) -> None:
    address = first_on_server(ledger_url())
    with pytest.raises(XlplanError) as caught:
        Ledger.open(address)
    assert caught.value.finding.code == "W702"
    ledger = Ledger(connect(address))
    ledger.upgrade()
    assert content(ledger) == content(Ledger.open(first_file(tmp_path)))
    Ledger.open(address).close()


def differences(ledger: Ledger) -> list[Any]:
    with ledger.session() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), schema.metadata))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("initdb"))])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Address]:
    if request.param == "sqlite":
        numbers = iter(range(9))
        return lambda: Address.of_file(tmp_path / f"{next(numbers)}.db")
    url = request.getfixturevalue("ledger_url")
    return lambda: Address.parse(url(), tmp_path)


def test_a_new_ledger_and_one_made_by_all_migrations_have_the_same_tables(fresh: Callable[[], Address]) -> None:
    made, migrated = Ledger.create(fresh()), Ledger(connect(fresh()))
    with migrated.session(writing=True) as connection:
        migrated.database.make_room(connection)
        migrate(connection)
    for ledger in (made, migrated):
        assert ledger.version() == schema.VERSION
        assert differences(ledger) == []
        ledger.close()


def test_an_upgraded_file_has_the_same_tables(tmp_path: Path) -> None:
    ledger = Ledger.open(first_file(tmp_path))
    assert differences(ledger) == []


def test_the_newest_migration_is_the_version() -> None:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    assert ScriptDirectory.from_config(config).get_heads() == [revision(schema.VERSION)]


@pytest.mark.parametrize(("version", "shown"), [("9999", "9999"), ("ab12", str(schema.VERSION + 1))])
def test_a_ledger_of_a_newer_version_is_left_alone(fresh: Callable[[], Address], version: str, shown: str) -> None:
    address = fresh()
    ledger = Ledger.create(address)
    with ledger.session(writing=True) as connection:
        connection.exec_driver_sql(f"update alembic_version set version_num = '{version}'")  # noqa: S608 - our own words
    ledger.close()
    with pytest.raises(XlplanError) as caught:
        Ledger.open(address)
    assert caught.value.finding.code == "W701"
    assert caught.value.finding.fact("version") == shown


def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = first_file(tmp_path)

    def broken(_connection: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    before = dump(address)
    monkeypatch.setattr("xlplan.ledger.store.migrate", broken)
    with pytest.raises(XlplanError):
        Ledger.open(address)
    monkeypatch.undo()
    assert dump(address) == before
    assert Ledger.open(address).version() == schema.VERSION


def dump(address: Address) -> list[str]:
    assert address.file
    with closing(sqlite3.connect(address.file)) as database:
        return list(database.iterdump())
