"""Ledgers of earlier versions: nothing of them is lost, and migrations and tables agree."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
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
from xlplan.ledger.checks import check_ledger, count_rows
from xlplan.ledger.database import connect
from xlplan.ledger.store import Ledger
from xlplan.ledger.upgrade import migrate, revision
from xlplan.model import Amount, Entry, Origin, Source, State, Status, Sure

FIRST = Path(__file__).with_name("version1.sql").read_text("utf-8")
MANY = """
    insert into entries
    with recursive number(n) as (select 100 union all select n + 1 from number where n < 12099)
    select n, reading, row, case n / 3000 % 2 when 1 then '2019-Q3' else period end, office, amount, status,
        status_raw, progress || n, problem, '[["列", "' || n || '"]]', substr(source, 1, length(source) - 1)
        || case n % 9 when 0 then ', [["done", "甲县", "1", "a", "b", "C1", "e"]]]' else ']' end
    from number, entries where id = (select min(id) from entries where reading = (select max(reading) from entries))
"""  # so many that they are read and written in several portions
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


def entries_of_first(database: sqlite3.Connection) -> list[Entry]:
    """Every entry of a file of the first version, as that version wrote them."""
    found = []
    for row, period, office, amount, *texts, extra, source in database.execute(
        "select row, period, office, amount, status, status_raw, progress, problem, extra, source"
        " from entries order by id"
    ):
        file, sheet, cells, sha256, *origins = json.loads(source)
        raw, value, sure, unit = json.loads(amount or "null") or [None] * 4
        found.append(
            Entry(
                row,
                period,
                office,
                Source(
                    file,
                    sheet,
                    tuple(map(tuple, cells)),
                    sha256,
                    tuple(Origin(*one) for one in (origins[0] if origins else ())),
                ),
                None if raw is None else Amount(raw, None if value is None else Decimal(value), Sure(sure), unit),
                Status(texts[0]) if texts[0] else None,
                *texts[1:],
                tuple(map(tuple, json.loads(extra))),
            )
        )
    return found


def test_every_entry_is_the_same_after_the_upgrade(tmp_path: Path) -> None:
    address = first_file(tmp_path)
    assert address.file
    with closing(sqlite3.connect(address.file)) as database:
        database.execute(MANY)
        database.commit()
        wanted = entries_of_first(database)
    ledger = Ledger.open(address)
    for code in {one.row for one in wanted}:
        assert [one.entry for one in ledger.history(code)] == [one for one in wanted if one.row == code]
    assert count_rows(ledger)["entries"] == len(wanted) > 10_000
    found = [list(one.entries) for period in ("2019-Q2", "2019-Q3") for one in ledger.submissions(period)]
    many = [one for one in wanted if one.extra]
    assert [one for some in found for one in some if one.extra] == sorted(many, key=lambda one: one.period)
    assert list(check_ledger(ledger)) == []
    ledger.close()


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
