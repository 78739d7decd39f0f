"""Where a ledger is: a SQLite file in the workspace, or a database on a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from xlplan import rules
from xlplan.errors import XlplanError

if TYPE_CHECKING:
    from pathlib import Path

_SERVER = "postgresql+psycopg"
_SERVERS = frozenset({_SERVER, "postgresql", "postgres"})
_LIKE_URL = re.compile(r"(?i)(postgres|sqlite)[\w+]*:")
_FILE = "sqlite"
_NAME = 63  # bytes of a name in PostgreSQL


@dataclass(frozen=True)
class Address:
    """A ledger's address. On a server each workspace has a schema of its own, `public` where `?schema=` names none.

    `name` is the file that people are told of, where it is another one for a while.
    """

    url: URL
    file: Path | None = None
    schema: str = ""
    name: Path | None = None

    @classmethod
    def of_file(cls, path: Path) -> Address:
        """The address of a SQLite file."""
        return cls(URL.create(_FILE, database=str(path)), path)

    @classmethod
    def parse(cls, text: str, folder: Path) -> Address:
        """The address that a user wrote: a URL, or a file's path from `folder`. XlplanError W706 when it is none.

        What is wrong is told without the text itself, which may hold a password.
        """
        if "://" not in text and not _LIKE_URL.match(text):
            return cls.of_file(folder / text)
        try:
            url = make_url(text)
        except (ArgumentError, ValueError) as error:
            raise XlplanError(rules.find("W706")) from error
        if url.drivername == _FILE and url.database:
            path = folder / url.database
            return cls(url.set(database=str(path)), path)
        schema = url.query.get("schema", "")
        known = url.drivername in _SERVERS and "@" not in (url.host or "")  # else it is part of a password
        if not known or not url.database or not _is_name(schema):
            raise XlplanError(rules.find("W706"))
        secret = url.query.get("password") or url.password
        url = url.set(drivername=_SERVER, password=str(secret) if secret else None)
        return cls(url.difference_update_query(["schema", "password"]), None, str(schema))

    @property
    def shown(self) -> str:
        """The address as messages give it: a file's name, or the URL without its password."""
        if self.file:
            return (self.name or self.file).name
        url = self.url
        user = f"{url.username}@" if url.username else ""
        port = f":{url.port}" if url.port else ""
        schema = f"?schema={self.schema}" if self.schema else ""
        return f"postgresql://{user}{url.host or ''}{port}/{url.database}{schema}"


def _is_name(schema: object) -> bool:
    return isinstance(schema, str) and "\0" not in schema and len(schema.encode()) <= _NAME
