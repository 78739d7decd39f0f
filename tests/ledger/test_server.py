"""A ledger on a PostgreSQL server: taking turns, and every way in which a server is not there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from databases import PASSWORD, PostgresServer, postgres_server
from test_store import FILE

from xlplan.errors import XlplanError
from xlplan.ledger import postgres as server_module
from xlplan.ledger.address import Address
from xlplan.ledger.store import Ledger

pytestmark = pytest.mark.needs("initdb")
HERE = Path()
NOW = datetime(2019, 7, 1, 9, 30, tzinfo=UTC)


def code_of(url: str) -> str:
    with pytest.raises(XlplanError) as caught:
        Ledger.open(Address.parse(url, HERE)).periods()
    assert PASSWORD not in repr(caught.value.finding)
    return caught.value.finding.code


@pytest.fixture
def ledger(ledger_url: Callable[[], str]) -> Ledger:
    return Ledger.create(Address.parse(ledger_url(), HERE))


def test_two_ledgers_of_one_database_know_nothing_of_each_other(ledger_url: Callable[[], str]) -> None:
    first, second = (Ledger.create(Address.parse(ledger_url(), HERE)) for _ in range(2))
    with first.run("collect", "2019-Q2", NOW) as run:
        run.append([FILE], "basis")
        with second.run("collect", "2019-Q2", NOW) as other:  # nor do they wait for each other
            other.remember_codes({"T001-01": "任务"})
    assert (second.periods(), first.known_codes()) == ([], {})
    assert first.submissions("2019-Q2") == [FILE]
    assert first.key != second.key


def test_a_run_waits_for_the_other_and_sees_what_it_committed(ledger: Ledger) -> None:
    numbers = []

    def collect() -> None:
        with ledger.run("collect", "2019-Q2", NOW) as run:
            numbers.append(run.number)
            run.append([FILE], "basis")

    with ledger.run("collect", "2019-Q2", NOW) as run:
        thread = Thread(target=collect)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        assert ledger.submissions("2019-Q2") == []  # who only reads does not wait
        run.append([FILE], "basis")
    thread.join()
    assert numbers == [run.number + 1]
    assert len(ledger.history("T001-01")) == len(FILE.entries)
    assert ledger.files_of(run.number) == 1
    assert ledger.files_of(run.number + 1) == 0


def test_a_run_that_was_taken_back_can_be_done_again(ledger: Ledger) -> None:
    for _ in range(3):
        with ledger.run("collect", "2019-Q2", NOW) as run:
            run.append([FILE], "basis")
        assert ledger.submissions("2019-Q2") == [FILE]
        with ledger.run("undo", "", NOW) as undo:
            undo.decide("undo", str(run.number))
        assert ledger.submissions("2019-Q2") == []


def test_waiting_has_an_end(ledger_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "WAIT", 1)
    address = Address.parse(ledger_url(), HERE)
    ledger, other = Ledger.create(address), Ledger.open(address)
    with ledger.run("collect", "", NOW), pytest.raises(XlplanError) as caught, other.run("collect", "", NOW):
        pass
    assert caught.value.finding.code == "W116"


def test_the_password_may_stand_in_the_address_or_in_the_environment(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Ledger.create(Address.parse(postgres.url("own", "clerk", password=PASSWORD), HERE)).close()
    url = postgres.url("own", "clerk")
    assert code_of(url) == "W709"
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    Ledger.open(Address.parse(url, HERE)).close()
    monkeypatch.delenv("PGPASSWORD")
    kept = tmp_path / "pgpass"
    kept.write_text(f"*:*:*:clerk:{PASSWORD}\n")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    Ledger.open(Address.parse(url, HERE)).close()


def test_a_wrong_password_a_missing_database_an_empty_schema(postgres: PostgresServer) -> None:
    assert code_of(postgres.url("x", "clerk", password=f"{PASSWORD}!")) == "W709"
    assert code_of(postgres.url("x", database="nowhere")) == "W710"
    assert code_of(postgres.url("empty")) == "W711"
    assert code_of("postgresql+psycopg://u@127.0.0.1:1/x") == "W708"


@pytest.mark.parametrize(
    ("parameter", "code"),
    [
        ("port=p@ss/wörd", "W706"),
        ("sslmod=require", "W713"),
        ("sslmode=whatever", "W713"),
        ("connect_timeout=x", "W713"),
    ],
)
def test_a_parameter_that_is_wrong_is_no_server_that_is_gone(
    postgres: PostgresServer, parameter: str, code: str
) -> None:
    assert code_of(f"{postgres.url('x')}&{parameter}") == code


def test_what_servers_and_users_are_called_says_nothing_about_the_trouble() -> None:
    assert code_of("postgresql+psycopg://role@127.0.0.1:1/database?application_name=password") == "W708"
    assert server_module._by_text('connection to server at "database.invalid ", port 1 failed: refused') == "W708"  # noqa: SLF001 - no such server here


def test_the_address_decides_how_long_to_try() -> None:
    server = server_module.Server(Address.parse("postgresql://db/plans?connect_timeout=77", HERE))
    _, options = server.engine.dialect.create_connect_args(server.engine.url)
    assert options["connect_timeout"] == "77"
    assert "connect_timeout" not in server.how


def test_a_schema_that_is_closed_to_the_user_is_not_an_empty_one(
    postgres: PostgresServer, ledger_url: Callable[[], str]
) -> None:
    address = Address.parse(ledger_url(), HERE)
    Ledger.create(address).close()
    assert code_of(postgres.url(address.schema, "clerk", password=PASSWORD)) == "W709"


@pytest.mark.parametrize("table", ["runs", "alembic_version"])
def test_tables_of_another_program_are_left_alone(postgres: PostgresServer, table: str) -> None:
    schema = f"others_{table}"
    with postgres.sql("bureaus") as cursor:
        cursor.execute(f"create schema {schema}")
        cursor.execute(f"create table {schema}.{table} (version_num text)")
        cursor.execute(f"insert into {schema}.{table} values ('ab12')")  # noqa: S608 - our own words
    assert code_of(postgres.url(schema)) == "W714"
    with pytest.raises(XlplanError) as caught:
        Ledger.create(Address.parse(postgres.url(schema), HERE))
    assert caught.value.finding.code == "W714"


def test_tables_that_somebody_changed_are_named_as_such(
    postgres: PostgresServer, ledger_url: Callable[[], str]
) -> None:
    address = Address.parse(ledger_url(), HERE)
    ledger = Ledger.create(address)
    with postgres.sql("bureaus") as cursor:
        cursor.execute(f'alter table "{address.schema}".issued drop column edition')
    with pytest.raises(XlplanError) as caught:
        ledger.issued()
    assert caught.value.finding.code == "W725"


def test_without_the_right_to_write_nothing_is_written(postgres: PostgresServer, ledger_url: Callable[[], str]) -> None:
    address = Address.parse(ledger_url(), HERE)
    Ledger.create(address).close()
    with postgres.sql("bureaus") as cursor:
        cursor.execute(f'grant usage on schema "{address.schema}" to clerk')
        cursor.execute(f'grant select on all tables in schema "{address.schema}" to clerk')
    reader = Ledger.open(Address.parse(postgres.url(address.schema, "clerk", password=PASSWORD), HERE))
    assert reader.known_codes() == {}
    with pytest.raises(XlplanError) as caught, reader.run("plan", "", NOW) as run:
        run.remember_codes({"x": "y"})
    assert caught.value.finding.code == "W709"


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert code_of("postgresql+psycopg://u@localhost/x") == "W707"


def test_a_server_that_goes_away_in_the_middle_loses_nothing() -> None:
    with postgres_server() as server:
        address = Address.parse(server.url("city"), HERE)
        ledger = Ledger.create(address)
        with ledger.run("collect", "2019-Q2", NOW) as run:
            run.append([FILE], "basis")
        with pytest.raises(XlplanError) as caught, ledger.run("collect", "2019-Q2", NOW) as run:  # noqa: PT012 - the end of it raises
            run.append([FILE], "another basis")
            server.stop()
        assert caught.value.finding.code == "W708"
        assert code_of(server.url("city")) == "W708"
        server.start()
        assert ledger.submissions("2019-Q2") == [FILE]
        assert len(ledger.history("T001-01")) == len(FILE.entries)
        with ledger.run("collect", "2019-Q2", NOW) as run:
            run.append([FILE], "another basis")
        assert len(ledger.history("T001-01")) == 2 * len(FILE.entries)
        ledger.close()
