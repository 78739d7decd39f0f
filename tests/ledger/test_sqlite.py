"""Ledger files where the folder is not like any other: shared, without locks, read-only, damaged, full."""

from __future__ import annotations

import ctypes
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from xlplan.errors import XlplanError
from xlplan.ledger import sqlite
from xlplan.ledger.address import Address
from xlplan.ledger.checks import check_ledger
from xlplan.ledger.store import Ledger
from xlplan.ledger.volume import Volume, locks_hold, volume_of

NOW = datetime(2019, 7, 1, 9, 30, tzinfo=UTC)


def address(folder: Path, system: str = "") -> Address:
    """A ledger file; `system` is how SQLite itself calls a way of dealing with files and locks."""
    return Address.parse(f"sqlite:///{folder / 'ledger.db'}{f'?vfs={system}' if system else ''}", folder)


def mode(ledger: Ledger) -> str:
    with ledger.session() as connection:
        return str(connection.exec_driver_sql("pragma journal_mode").scalar_one())


def write(ledger: Ledger) -> None:
    with ledger.run("plan", "", NOW) as run:
        run.remember_codes({"T001-01": "任务"})


def code_of(ledger: Address) -> str:
    with pytest.raises(XlplanError) as caught:
        write(Ledger.open(ledger))
    return caught.value.finding.code


def test_a_file_on_the_own_disk_keeps_readers_and_the_writer_apart(tmp_path: Path) -> None:
    ledger = Ledger.create(address(tmp_path))
    assert mode(ledger) == "wal"
    with ledger.run("plan", "", NOW) as run:
        run.remember_codes({"T001-01": "任务"})
        assert ledger.known_codes() == {}
    assert ledger.known_codes() == {"T001-01": "任务"}
    ledger.close()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_a_large_commit_is_copied_into_the_file_while_others_go_on(tmp_path: Path) -> None:
    ledger, other = Ledger.create(address(tmp_path)), Ledger.open(address(tmp_path))
    many = {f"T{number}": "任务" * 100 for number in range(10_000)}
    file = tmp_path / "ledger.db"
    before = file.stat().st_size
    with ledger.run("plan", "", NOW) as run:
        run.remember_codes(many)
    assert other.known_codes() == many
    write(other)
    ledger.close()
    assert file.stat().st_size > before + (4 << 20)
    assert other.known_codes().items() >= many.items()
    other.close()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="the way of locking is Unix's")
def test_where_memory_cannot_be_shared_the_rollback_journal_does(tmp_path: Path) -> None:
    where = address(tmp_path, "unix-dotfile")
    ledger = Ledger.create(where)
    assert mode(ledger) == "delete"
    write(ledger)
    assert ledger.known_codes() == {"T001-01": "任务"}
    assert not [one for one in check_ledger(ledger) if one.code == "W700"]


def test_a_shared_volume_gets_the_rollback_journal_and_its_locks_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Ledger.create(address(tmp_path)).close()
    monkeypatch.setattr(sqlite, "volume_of", lambda _path: Volume("nfs4", shared=True))
    ledger = Ledger.open(address(tmp_path))
    assert mode(ledger) == "delete"
    write(ledger)
    assert {one.code for one in check_ledger(ledger)} == {"W726"}
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="the way of locking is Unix's")
@pytest.mark.parametrize("lie", ["locks that hold nobody", "an option that keeps locks on this machine"])
def test_a_volume_that_lies_about_locks_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    where = address(tmp_path, "unix-none" if lie == "locks that hold nobody" else "")
    Ledger.create(where).close()
    unlocked = lie != "locks that hold nobody"
    monkeypatch.setattr(sqlite, "volume_of", lambda _path: Volume("cifs", shared=True, unlocked=unlocked))
    assert code_of(where) == "W700"
    ledger = Ledger.open(where)
    assert ledger.known_codes() == {}
    assert "W700" in {one.code for one in check_ledger(ledger)}


def test_the_locks_of_this_folder_hold(tmp_path: Path) -> None:
    assert locks_hold(tmp_path)
    assert list(tmp_path.iterdir()) == []


MOUNTS = """/dev/sda1 / ext4 rw,relatime 0 0
server:/bureau {share} nfs4 rw,vers=4.2 0 0
//server/office {share}/My\\040files cifs rw,nobrl 0 0
tmpfs {share}/My\\040files/own tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("a", Volume("nfs4", shared=True)),
        ("My files/a", Volume("cifs", shared=True, unlocked=True)),
        ("My files/own/a", Volume("tmpfs")),
        ("../a", Volume("ext4")),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Linux says it in a file")
def test_which_volume_a_file_lies_on(tmp_path: Path, inside: str, expected: Volume) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.replace("{share}", str(tmp_path / "share")))
    assert volume_of(tmp_path / "share" / inside, mounts) == expected


def test_a_system_that_does_not_say_is_trusted(tmp_path: Path) -> None:
    assert volume_of(tmp_path, tmp_path / "none") == Volume()


def as_anybody() -> None:
    """Even the administrator keeps to what the folder's permissions say."""
    drop_from_bounding_set, override_permissions = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, override_permissions, 0, 0, 0)


READ_ONLY = """
import sys
from pathlib import Path
from xlplan.errors import XlplanError
from xlplan.ledger.address import Address
from xlplan.ledger.store import Ledger
from datetime import UTC, datetime
ledger = Ledger.open(Address.of_file(Path(sys.argv[1])))
print(ledger.known_codes())
try:
    with ledger.run("plan", "", datetime.now(UTC)) as run:
        run.remember_codes({"x": "y"})
except XlplanError as error:
    print(error.finding.code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="gives permissions up as Linux does")
def test_a_ledger_in_a_read_only_folder_can_be_read(tmp_path: Path) -> None:
    ledger = Ledger.create(address(tmp_path))
    write(ledger)
    ledger.close()
    (tmp_path / "ledger.db").chmod(0o444)
    tmp_path.chmod(0o555)
    words = [sys.executable, "-c", READ_ONLY, tmp_path / "ledger.db"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, preexec_fn=as_anybody)
    tmp_path.chmod(0o755)
    assert done.stdout.splitlines() == ["{'T001-01': '任务'}", "W704"], done.stderr


HALF_DONE = """
import sys
from pathlib import Path
from xlplan.errors import XlplanError
from xlplan.ledger.address import Address
from xlplan.ledger.store import Ledger
try:
    print(Ledger.open(Address.of_file(Path(sys.argv[1]))).known_codes())
except XlplanError as error:
    print(error.finding.code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="gives permissions up as Linux does")
def test_what_a_killed_run_left_half_done_is_not_read_as_if_it_were_whole(tmp_path: Path) -> None:
    """In a folder that cannot be written the rollback journal cannot be played back."""
    ledger = Ledger.create(address(tmp_path))
    write(ledger)
    ledger.close()
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as database:
        for words in ("journal_mode = delete", "cache_size = 1", "cache_spill = 1"):
            database.execute(f"pragma {words}")
        database.execute("begin")
        database.execute("update plan_rows set identity = hex(zeroblob(90000))")
        database.execute("update meta set value = hex(zeroblob(90000))")
        for name in ("ledger.db", "ledger.db-journal"):
            shutil.copy(tmp_path / name, killed)
        database.execute("rollback")
    killed.chmod(0o555)
    words = [sys.executable, "-c", HALF_DONE, killed / "ledger.db"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, preexec_fn=as_anybody)
    killed.chmod(0o755)
    assert done.stdout.split() == ["W704"], done.stdout[:200] + done.stderr
    assert Ledger.open(address(killed)).known_codes() == {"T001-01": "任务"}


def test_tables_that_somebody_changed_are_named_as_such(tmp_path: Path) -> None:
    where = address(tmp_path)
    Ledger.create(where).close()
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as database:
        database.execute("alter table readings drop column edition")
    with pytest.raises(XlplanError) as caught:
        Ledger.open(where).submissions("2019-Q2")
    assert caught.value.finding.code == "W725"


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    where = address(tmp_path)
    ledger = Ledger.create(where)
    with ledger.run("plan", "", NOW) as run:
        run.remember_codes({f"T{number:03d}-01": "任务" * 40 for number in range(400)})
    ledger.close()
    path = tmp_path / "ledger.db"
    whole = bytearray(path.read_bytes())
    page = int.from_bytes(whole[16:18], "big")
    middle = len(whole) // page // 2 * page
    whole[middle : middle + page] = b"\x5a" * page
    path.write_bytes(bytes(whole))
    ledger = Ledger.open(where)
    assert "W720" in {one.code for one in check_ledger(ledger)}
    ledger.close()
    path.write_bytes(bytes(whole[:3000]))
    assert code_of(where) == "W114"


def test_a_database_of_something_else_is_no_ledger(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as database:
        database.execute("create table songs (title text)")
    assert code_of(address(tmp_path)) == "W114"


def test_a_ledger_that_somebody_else_is_writing_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAIT", 0.2)
    where = address(tmp_path)
    ledger = Ledger.create(where)
    with ledger.run("collect", "", NOW):
        assert code_of(where) == "W116"
    write(Ledger.open(where))
