"""Databases for tests: a real PostgreSQL server of our own, and a ledger of the first version."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
PASSWORD = "p@ss/wörd"  # noqa: S105 - of a server that lives as long as the tests


def find_program(name: str) -> str | None:
    """Where a program is: Debian keeps a server's programs out of the way."""
    return shutil.which(name) or next((str(folder / name) for folder in _DEBIAN if (folder / name).exists()), None)


@dataclass
class PostgresServer:
    """A server on a socket in a folder of its own. Everybody on the socket is let in; `clerk` needs a password."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *words: object) -> None:
        """Run one of the server's programs, as the user that it insists on."""
        anybody = [] if os.geteuid() else ["runuser", "-u", "postgres", "--"]
        done = subprocess.run(
            [*anybody, str(find_program(program)), *map(str, words)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def make(self) -> None:
        self.run("initdb", "-D", self.data, "-U", "keeper", "-A", "trust", "-N", "--locale=C", "--encoding=UTF8")
        access = self.data / "pg_hba.conf"
        access.write_text(f"local all clerk scram-sha-256\n{access.read_text()}")
        self.start()
        with self.sql() as cursor:
            cursor.execute(f"create role clerk login password '{PASSWORD}'")
            cursor.execute("create database bureaus template template0")
            cursor.execute("alter database bureaus owner to clerk")

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} -F -c full_page_writes=off -c max_connections=40"
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    @contextlib.contextmanager
    def sql(self, database: str = "postgres") -> Iterator[object]:
        import psycopg

        with psycopg.connect(host=str(self.folder), user="keeper", dbname=database, autocommit=True) as connection:
            yield connection.cursor()

    def url(self, schema: str, user: str = "keeper", database: str = "bureaus", password: str = "") -> str:
        name = f"{user}:{quote(password, safe='')}" if password else user
        return f"postgresql+psycopg://{name}@/{database}?host={self.folder}&schema={schema}"


@contextlib.contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="xlplan-pg-"))  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = PostgresServer(folder)
    try:
        server.make()
        yield server
    finally:
        with contextlib.suppress(AssertionError):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def move_to_server(root: Path, url: str) -> None:
    """Let a workspace have its ledger, with all that is in it, on a server from now on."""
    from xlplan.ledger.address import Address
    from xlplan.ledger.copying import copy_ledger
    from xlplan.workflow.workspace import open_workspace

    workspace = open_workspace(root)
    copy_ledger(workspace.ledger, Address.parse(url, root))
    workspace.ledger.close()
    (root / "ledger.db").unlink()
    settings = root / "xlplan.toml"
    settings.write_text(f'ledger = "{url}"\n{settings.read_text("utf-8")}', "utf-8")
