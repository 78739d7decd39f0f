"""What the ledger asks of a database, whichever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from xlplan.ledger.sqlite import File

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

    from xlplan.finding import Finding
    from xlplan.ledger.address import Address


class Database(Protocol):
    """A kind of database, opened at one address."""

    address: Address
    engine: Engine
    errors: tuple[type[Exception], ...]

    @property
    def reading(self) -> Engine:
        """For transactions that see one state of the ledger, whatever is written meanwhile."""

    @property
    def writing(self) -> Engine:
        """For transactions that begin when no other one is writing."""

    def prepare(self) -> None:
        """Whatever must be seen to once before a first transaction writes. XlplanError when it cannot be."""

    def make_room(self, connection: Connection) -> None:
        """See to it that tables can be made. XlplanError when tables of others are in the way."""

    def absence(self, connection: Connection) -> Finding:
        """Why there is no ledger, where none was found."""

    def keep_copy(self, why: str) -> Path | None:
        """Copy a ledger file beside itself before it is changed; a server's keeper sees to that himself."""

    def rebuilding(self) -> AbstractContextManager[Connection]:
        """The transaction in which tables are changed."""

    def insert(self, connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
        """Append rows, in bulk: every column's value in order, JSON as text or its bytes in UTF-8."""

    def settle(self) -> None:
        """After a commit: begin to put away what it left lying about, beside whatever follows."""

    def close(self) -> None:
        """Let go of the database once all of that is done."""

    def integrity(self, connection: Connection) -> list[str]:
        """What the database itself finds broken in its storage."""

    def check_locks(self) -> list[Finding]:
        """What there is to say about the locks that writing relies on."""

    def trouble(self, error: Exception) -> Finding:
        """What a person should know about an error of the database."""


def connect(address: Address) -> Database:
    """The database at an address; nothing is opened yet. XlplanError W707 when the driver is missing."""
    if address.file:
        return File(address, address.file)
    from xlplan.ledger.postgres import Server

    return Server(address)
