"""A ledger on a PostgreSQL server, which several people share.

Reading sees one state and waits for nobody. Writing transactions take turns by an advisory lock, one for each ledger;
they read what others committed before. A password that the address lacks comes from PGPASSWORD or the file PGPASSFILE.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.schema import CreateSchema

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.ledger.sqlite import WAIT
from xlplan.ledger.upgrade import foreign

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine, Table

    from xlplan.finding import Finding
    from xlplan.ledger.address import Address

_TURN = "select pg_advisory_xact_lock(hashtext('xlplan'), hashtext(coalesce(current_schema(), '')))"
_HOW: dict[str, Any] = {  # unless the address says otherwise: how soon a server that no longer answers is given up
    "application_name": "xlplan",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 6,
    "tcp_user_timeout": 90_000,
}
_CLOSED = "select not has_schema_privilege(oid, 'usage') from pg_namespace where nspname = :name"

_CODES = {  # by SQLSTATE, or its class
    "55P03": "W116",
    "3D000": "W710",
    "3F000": "W710",
    "28": "W709",
    "42501": "W709",
    "42P0": "W725",  # tables and columns that are not there, or there already
    "4270": "W725",
    "53100": "W703",
    "25006": "W704",
    "08": "W708",
    "57": "W708",
}
_SENTENCES = {
    "W709": ("password", "authentication", "pg_hba", "role", "密码", "认证", "角色"),
    "W710": ("database", "数据库"),
    "W713": ("invalid ", "bad value", "无效"),
}
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|'[^']*'")


class Server:
    """A database on a server, and in it one schema."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.how: dict[str, Any] = {key: value for key, value in _HOW.items() if key not in address.url.query}
        try:
            self.engine = create_engine(address.url, connect_args=self.how, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise XlplanError(rules.find("W707")) from error
        except (ArgumentError, ValueError) as error:
            raise XlplanError(rules.find("W706")) from error
        import psycopg

        self._check_options(psycopg)
        self.errors: tuple[type[Exception], ...] = (DBAPIError, psycopg.Error)
        event.listen(self.engine, "connect", self._configure, insert=True)  # before the dialect looks around
        event.listen(self.engine, "begin", _begin)

    @cached_property
    def reading(self) -> Engine:
        """For transactions that see one state of the ledger, whatever is written meanwhile."""
        return self.engine.execution_options(isolation_level="REPEATABLE READ")

    @cached_property
    def writing(self) -> Engine:
        """For transactions that begin when no other one is writing, and see what was committed until then."""
        return self.engine.execution_options(isolation_level="READ COMMITTED", writing=True)

    def prepare(self) -> None:
        """Nothing: a server keeps its locks."""

    def make_room(self, connection: Connection) -> None:
        """Make the ledger's schema when it is not there. XlplanError W714 when tables of others are in the way."""
        if self.address.schema:
            connection.execute(CreateSchema(self.address.schema, if_not_exists=True))
        if others := foreign(connection):
            raise XlplanError(rules.find("W714", path=self.address.shown, tables="、".join(others)))

    def absence(self, connection: Connection) -> Finding:
        """Why there is no ledger."""
        name = self.address.schema or "public"
        if connection.scalar(text(_CLOSED), {"name": name}):
            return rules.find("W709", path=self.address.shown, detail=f"permission denied for schema {name}")
        if others := foreign(connection):
            return rules.find("W714", path=self.address.shown, tables="、".join(others))
        return rules.find("W711", path=self.address.shown)

    def keep_copy(self, why: str) -> None:
        """Nothing: whoever keeps the server backs it up, and `xlplan ledger backup` does too."""

    def rebuilding(self) -> AbstractContextManager[Connection]:
        """The transaction in which tables are changed."""
        return self.writing.begin()

    def insert(self, connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
        """Append rows, in bulk: every column's value in order, JSON as text or its bytes."""
        cursor: Any = connection.connection.cursor()
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        with cursor, cursor.copy(f"copy {table.name} ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row([storable(value) for value in row])

    def settle(self) -> None:
        """Nothing: the server sees to it."""

    def close(self) -> None:
        """Let go of the server."""
        self.engine.dispose()

    def integrity(self, connection: Connection) -> list[str]:
        """Nothing: a server watches over its own storage."""
        del connection
        return []

    def check_locks(self) -> list[Finding]:
        """Nothing: a server keeps its locks."""
        return []

    def trouble(self, error: Exception) -> Finding:
        """What a person should know about an error of the database, without the password."""
        cause: Any = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None) or ""
        found = (_CODES[state[:size]] for size in (5, 4, 2) if state[:size] in _CODES)
        code = next(found, "W106" if state else _by_text(str(cause)))
        return rules.find(code, path=self.address.shown, detail=self._told(cause))

    def _told(self, error: object) -> str:
        """An error's words on one line, without the password."""
        words, password = " ".join(str(error).split()), self.address.url.password
        return words.replace(str(password), "***") if password else words

    def _check_options(self, psycopg: Any) -> None:  # noqa: ANN401 - a module that may not be there
        """See that the server's library knows what the address asks for. XlplanError W713."""
        try:
            _, options = self.engine.dialect.create_connect_args(self.address.url)
            psycopg.conninfo.make_conninfo(**{key: options[key] for key in options if key != "context"})
        except psycopg.ProgrammingError as error:
            raise XlplanError(rules.find("W713", path=self.address.shown, detail=self._told(error))) from error

    def _configure(self, connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        from psycopg import sql

        with connection.cursor() as cursor:
            if self.address.schema:
                cursor.execute(sql.SQL("set search_path to {}").format(sql.Identifier(self.address.schema)))
            cursor.execute(f"set lock_timeout to '{WAIT}s'")
            cursor.execute("set timezone to 'UTC'")
        connection.commit()


def storable(value: Any) -> Any:  # noqa: ANN401 - whatever a row holds
    """A value as text, without the one character that a server's text cannot hold."""
    if type(value) is bytes:
        return value.decode()
    return value.replace("\0", "\ufffd") if type(value) is str and "\0" in value else value


def _by_text(detail: str) -> str:
    """The code for a connection that failed: the driver then has no SQLSTATE, only the server's sentence.

    The names in it, of servers, users and databases, say nothing.
    """
    said = _QUOTED.sub("", detail)
    return next((code for code, words in _SENTENCES.items() if any(word in said for word in words)), "W708")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql(_TURN)
