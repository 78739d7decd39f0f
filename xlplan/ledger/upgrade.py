"""Bringing a ledger's tables to the present version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select

from xlplan.ledger import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

_revision = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
_FIRST = frozenset({"meta", "runs", "plan_rows", "issued", "readings", "decisions", "entries"})  # of every version
_SCRIPTS = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> int:
    """The version of a ledger's tables; 0 where there are none. The first version kept no revision.

    A revision that this version of the program cannot even read is a newer one's.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables >= _FIRST:
        return 0
    if _revision.name not in tables:
        return 1
    number = connection.scalar(select(_revision.c.version_num)) or ""
    return int(number) if number.isdecimal() else schema.VERSION + 1


def foreign(connection: Connection) -> list[str]:
    """Tables, where there is no ledger, whose names are those of a ledger's."""
    return sorted({_revision.name, *schema.metadata.tables} & set(inspect(connection).get_table_names()))


def stamp(connection: Connection, version: int = schema.VERSION) -> None:
    """Note that the tables are of a version."""
    _revision.create(connection, checkfirst=True)
    connection.execute(insert(_revision), {"version_num": revision(version)})


def revision(version: int) -> str:
    """A version as the migrations name it."""
    return f"{version:04d}"


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, from an empty database on if need be, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    if version_of(connection) == 1 and not inspect(connection).has_table(_revision.name):
        stamp(connection, 1)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
