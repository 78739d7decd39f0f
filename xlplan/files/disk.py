"""Reading and writing files whole: outputs are written beside and renamed into place; trouble is a finding."""

from __future__ import annotations

import hashlib
import io
import os
import re
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from xlplan import rules
from xlplan.errors import XlplanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_STAMPED = (2000, 1, 1, 0, 0, 0)  # when the members of our zip packages were written, for all that it matters
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def read_bytes(path: Path) -> bytes:
    """A file's bytes. XlplanError W101 when it is not there, W119 when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise XlplanError(rules.find("W101", path=path)) from error
    except OSError as error:
        raise XlplanError(rules.find("W119", path=path, detail=error.strerror or error)) from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; a file that has these bytes already is left alone. XlplanError W106."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, path)  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        raise XlplanError(rules.find("W106", path=path, detail=error.strerror or error)) from error
    finally:
        _forget(beside)


def have_arrived(paths: Iterable[Path], since: float, enough: int) -> bool:
    """Whether so many files came to these places since a moment, as far as a glance at the first of them tells."""
    folders = (files for path in paths for files in os.walk(path))
    found = (os.path.join(folder, name) for folder, _, names in folders for name in names)  # noqa: PTH118 - thousands
    with suppress(OSError):
        times = (max(one.st_mtime, one.st_ctime) for one in map(os.lstat, islice(found, 4 * enough)))
        return sum(time > since for time in times) >= enough
    return False


def with_ending(path: Path, *endings: str) -> Path:
    """The path to write to, when its name says what the file will be. XlplanError T160 when it says something else."""
    if path.suffix.lower() not in endings:
        better = path.with_suffix(endings[0]).name if path.stem.strip(".") else f"xlplan{endings[0]}"
        wanted = "、".join(endings)
        raise XlplanError(rules.find("T160", path=path.name, ending=path.suffix or "-", wanted=wanted, better=better))
    return path


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A text file for Excel, written piece by piece beside `path` and renamed. XlplanError W106."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            yield stream
        os.replace(beside, path)  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        raise XlplanError(rules.find("W106", path=path, detail=error.strerror or error)) from error
    finally:
        _forget(beside)


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def steady(data: bytes) -> bytes:
    """A zip package with the same content and fixed times, so that it has the same bytes whenever it is written."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _STAMPED), before.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def file_name(text: str) -> str:
    """A text as a file name that every system takes."""
    return _FORBIDDEN.sub("_", text).strip(" .") or "_"


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # a leftover beside a full or read-only disk harms nothing
        return
