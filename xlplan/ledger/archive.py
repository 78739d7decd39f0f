"""The archive: the originals of everything that came back, by digest, never changed.

Where files are kept they come by the thousands: pathlib would take as long as the disk.
"""
# ruff: noqa: PTH103, PTH105, PTH107, PTH116, PTH118, PTH120, PTH122 - see above

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xlplan.finding import Finding

from xlplan import rules

_NEW, _MODE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666
_UNFINISHED = re.compile(r"[0-9a-f]{64}[^/]*\.part")


class Original(Protocol):
    """A file that came back: its path, its bytes, and their digest."""

    @property
    def path(self) -> str:
        """Where it came from; only its ending is of interest."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def sha256(self) -> str:
        """The digest of the bytes, hexadecimal."""


class Archive(Protocol):
    """Where originals are kept; can be sent to another process. Every method may raise OSError, with what is wrong.

    `where` is told to people. `is_here`: only this machine can reach it.
    """

    @property
    def where(self) -> str:
        """The folder or address."""

    @property
    def is_here(self) -> bool:
        """Whether it is a folder of this machine."""

    def keep(self, one: Original) -> None:
        """Keep a file's bytes under its digest; nothing is written twice."""

    def read(self, sha256: str) -> bytes:
        """The bytes of this digest. FileNotFoundError when they were never kept."""

    def check(self, recorded: Mapping[str, str]) -> Iterator[Finding]:
        """W722, W723: which recorded files, paths by digest, it lacks or no longer has as they were."""

    def settle(self) -> None:
        """Make what was kept outlive a power cut: called before it is recorded."""

    def tidy(self) -> None:
        """Remove what ended runs have left unfinished."""


@dataclass(frozen=True)
class Folder:
    """An archive in a folder."""

    path: Path
    is_here: bool = True

    @property
    def where(self) -> str:
        """The folder."""
        return str(self.path)

    def keep(self, one: Original) -> None:
        """Keep it (`ab/abcdef….xlsx`)."""
        archive_original(str(self.path), one.data, one.sha256, os.path.splitext(one.path)[1].rstrip("."))

    def read(self, sha256: str) -> bytes:
        """Its bytes."""
        kept = sorted((self.path / sha256[:2]).glob(f"{sha256}*"))
        if not kept:
            raise FileNotFoundError(2, os.strerror(2), sha256)
        return kept[0].read_bytes()

    def check(self, recorded: Mapping[str, str]) -> Iterator[Finding]:
        """What is missing or changed."""
        return check_originals(self.path, recorded)

    def settle(self) -> None:
        """Have the system write out what it still holds back."""
        write_out(self.path)

    def tidy(self) -> None:
        """Remove unfinished files of runs that were ended."""
        forget_unfinished(self.path)


def archive_original(folder: str, data: bytes, sha256: str, ending: str) -> str:
    """Keep a file's bytes under its digest (`ab/abcdef….xlsx`) and return where; nothing is written twice."""
    name = f"{sha256}{ending.lower()}"
    kept = os.path.join(folder, sha256[:2], name)
    with contextlib.suppress(OSError):
        if os.stat(kept).st_size == len(data):  # a power cut may have left it short
            return kept
    beside = os.path.join(folder, f"{name}{mark(os.getpid())}")
    try:
        _write(beside, data)
        _put(beside, kept)
    except BaseException:  # an interrupt, too, leaves nothing unfinished
        _forget(beside)
        raise
    return kept


def _write(file: str, data: bytes) -> None:
    try:
        stream = os.open(file, _NEW, _MODE)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        stream = os.open(file, _NEW, _MODE)
    try:
        while data:  # a nearly full disk takes a part
            data = data[os.write(stream, data) :]
    finally:
        os.close(stream)


def _put(beside: str, kept: str) -> None:
    try:
        os.replace(beside, kept)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        os.replace(beside, kept)


def write_out(folder: Path) -> None:
    """Write all of a folder's volume to the disk, where the system can: file by file it would take a hundred times."""
    if sys.platform != "linux" or not folder.is_dir():
        return
    import ctypes

    handle = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


def check_originals(folder: Path, recorded: Mapping[str, str]) -> Iterator[Finding]:
    """Which recorded files, paths by digest, the archive lacks or no longer has as they were."""
    kept = {path.stem: path for path in folder.glob("*/*")}
    for sha256, path in recorded.items():
        if sha256 not in kept:
            yield rules.find("W722", path=path, sha256=sha256)
            continue
        with kept[sha256].open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                yield rules.find("W723", path=path, file=kept[sha256].relative_to(folder).as_posix())


def forget_unfinished(folder: Path) -> None:
    """Remove what runs on this machine that were ended while archiving have left; those that still run keep theirs."""
    for one in folder.glob("*.part") if folder.is_dir() else ():
        process = re.search(rf"\.{re.escape(_host())}\.(\d{{1,9}})\.part$", one.name)
        if process and _UNFINISHED.fullmatch(one.name) and not _runs(int(process[1])):
            _forget(str(one))


def mark(process: int) -> str:
    """How the name of a file ends that a process is still writing."""
    return f".{_host()}.{process}.part"


@cache
def _host() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:40] or "-"


def _runs(process: int) -> bool:
    """Whether a process is there. Where that cannot be asked, as on Windows, an open file cannot be removed anyway."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _forget(file: str) -> None:
    with contextlib.suppress(OSError):  # what cannot be removed is tried again in the next run
        os.remove(file)
