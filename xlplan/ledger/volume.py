"""The volume that a ledger file lies on: whether other machines share it, and whether its locks hold."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
_SHARED = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2"}
)
_SHARED |= {"prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs"}
_SHARED |= {f"fuse.{name}" for name in ("ceph", "davfs2", "glusterfs", "rclone", "s3fs", "sshfs", "vmhgfs-fuse")}
_UNLOCKED = frozenset({"nolock", "nobrl", "local_lock=all", "local_lock=posix"})
"""Mount options under which one machine does not see another one's locks."""

_REMOTE = 4  # Windows: DRIVE_REMOTE
_SECOND = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1], uri=True, timeout=0, isolation_level=None) as database:
    database.execute("begin exclusive")
"""
_SECONDS = 20


@dataclass(frozen=True)
class Volume:
    """What is known of a volume without trying: whether it is shared, and whether its locks stay on this machine."""

    kind: str = ""
    shared: bool = False
    unlocked: bool = False


def volume_of(path: Path, mounts: Path = _MOUNTS) -> Volume:
    """The volume that a path lies on; where the system does not say, it is taken to be the machine's own."""
    where = path.absolute().resolve()
    if sys.platform == "win32":
        import ctypes

        remote = ctypes.windll.kernel32.GetDriveTypeW(where.anchor) == _REMOTE
        return Volume("smb" if remote else "", shared=remote)
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return Volume()
    best, found = -1, Volume()
    for line in lines:
        _, point, kind, options, *_ = [*line.split(" "), "", "", "", ""]
        at = Path(_unescaped(point))
        if len(at.parts) >= best and where.is_relative_to(at):  # a later mount covers an earlier one
            best = len(at.parts)
            shared = kind in _SHARED
            found = Volume(kind, shared, shared and not _UNLOCKED.isdisjoint(options.split(",")))
    return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def locks_hold(folder: Path, query: str = "") -> bool:
    """Whether a lock that one process holds on a file in this folder keeps another process out. It is tried.

    `query` is what SQLite is told about the ledger file beyond its name. OSError and sqlite3.Error where no file can be
    made in the folder.
    """
    file = folder / f".ledger-lock-{os.getpid()}.tmp"
    name = f"{file.absolute().as_uri()}?{query}"
    try:
        with contextlib.closing(sqlite3.connect(name, uri=True, timeout=0, isolation_level=None)) as first:
            first.execute("begin exclusive")
            second = subprocess.run(  # noqa: S603 - our own interpreter
                [sys.executable, "-I", "-c", _SECOND, name], capture_output=True, check=False, timeout=_SECONDS
            )
            return b"locked" in second.stderr
    finally:
        for left in (file, file.with_name(f"{file.name}-journal")):
            left.unlink(missing_ok=True)
