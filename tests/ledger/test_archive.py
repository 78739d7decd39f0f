"""The archive of originals: kept once, whole, and clean of what an ended run left."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from xlplan.ledger import archive
from xlplan.ledger.archive import Folder, archive_original, forget_unfinished

DATA = b"a return"
SHA = hashlib.sha256(DATA).hexdigest()


def test_an_original_is_kept_once_under_its_digest(tmp_path: Path) -> None:
    kept = Path(archive_original(str(tmp_path), DATA, SHA, ".XLSX"))
    assert kept == tmp_path / SHA[:2] / f"{SHA}.xlsx"
    assert kept.read_bytes() == DATA
    assert archive_original(str(tmp_path), DATA.upper(), SHA, ".xlsx") == str(kept)
    assert kept.read_bytes() == DATA
    assert list(tmp_path.rglob("*.part")) == []


def test_an_original_that_a_power_cut_left_short_is_kept_anew(tmp_path: Path) -> None:
    kept = Path(archive_original(str(tmp_path), DATA, SHA, ".xlsx"))
    kept.write_bytes(b"")
    archive_original(str(tmp_path), DATA, SHA, ".xlsx")
    assert kept.read_bytes() == DATA


def test_a_volume_that_fails_to_write_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Folder(tmp_path / "nothing kept yet").settle()
    Folder(tmp_path).settle()
    if sys.platform == "linux":
        monkeypatch.setattr(archive.os, "open", lambda *_: -1)
        monkeypatch.setattr(archive.os, "close", lambda _: None)
        with pytest.raises(OSError, match=r"[Bb]ad file"):
            Folder(tmp_path).settle()


def unfinished(folder: Path, process: int, host: str = "") -> Path:
    path = folder / f"{SHA}.xlsx{archive.mark(process) if not host else f'.{host}.{process}.part'}"
    path.write_bytes(DATA[:3])
    return path


@pytest.mark.skipif(os.name == "nt", reason="processes cannot be asked for")
def test_only_what_an_ended_run_of_this_machine_left_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    others = tmp_path / "报表.xlsx.part"
    others.write_bytes(DATA)
    stale = unfinished(tmp_path, ended.pid)
    kept = [others, unfinished(tmp_path, os.getpid()), unfinished(tmp_path, ended.pid, "another-machine")]
    forget_unfinished(tmp_path)
    assert not stale.exists()
    assert all(path.exists() for path in kept)
    forget_unfinished(tmp_path / "nowhere")


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(archive.os, "replace", fail)
    with pytest.raises(OSError, match="full"):
        archive_original(str(tmp_path), DATA, SHA, "")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
