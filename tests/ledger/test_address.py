from __future__ import annotations

from pathlib import Path

import pytest

from xlplan.errors import XlplanError
from xlplan.ledger.address import Address

HERE = Path("/srv/2019")


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("ledger.db", HERE / "ledger.db"),
        ("data/台账.db", HERE / "data/台账.db"),
        ("sqlite:///ledger.db", HERE / "ledger.db"),
        ("sqlite:////mnt/a b/ledger.db", Path("/mnt/a b/ledger.db")),
    ],
)
def test_a_file_is_named_from_the_workspace(text: str, file: Path) -> None:
    assert Address.parse(text, HERE).file == file


def test_a_server_s_address_is_shown_without_its_password() -> None:
    one = Address.parse(
        "postgresql+psycopg://clerk:s%40crt@db.bureau:6432/plans?schema=科技局2019&sslmode=require", HERE
    )
    assert (one.file, one.schema) == (None, "科技局2019")
    assert one.shown == "postgresql://clerk@db.bureau:6432/plans?schema=科技局2019"
    assert one.url.password == "s@crt"  # noqa: S105 - made up
    assert dict(one.url.query) == {"sslmode": "require"}
    for kind in ("postgresql", "postgres"):
        assert Address.parse(f"{kind}://db/plans", HERE).url.drivername == "postgresql+psycopg"


def test_a_password_among_the_parameters_is_one() -> None:
    one = Address.parse("postgresql://clerk@db/plans?password=s%40crt&sslmode=require", HERE)
    assert one.url.password == "s@crt"  # noqa: S105 - made up
    assert dict(one.url.query) == {"sslmode": "require"}


@pytest.mark.parametrize(
    "text",
    [
        "mysql://u:secret@db/plans",
        "postgresql://u:secret@db",
        "postgresql://u:secret@db:port/plans",
        "postgresql://db/plans?schema=a&schema=secret",
        f"postgresql://db/plans?schema={'secret' * 20}",
        "sqlite://",
        "://secret",
        "postgresql://u:sec@secret@db/plans",  # the password's end is not the server's name
        "postgresql:/u:secret@db/plans",
        "Postgres+psycopg:u:secret@db/plans",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(XlplanError) as caught:
        Address.parse(text, HERE)
    assert caught.value.finding.code == "W706"
    assert "secret" not in repr(caught.value.finding)
