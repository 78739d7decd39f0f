"""What file names say: which files are nobody's return, and what a name in an archive really is."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile

_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "autorun.inf"})
_SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information", "@eadir"})
_COPYING = (
    ".crdownload",
    ".part",
    ".partial",
    ".download",
    ".downloading",
    ".opdownload",
    ".td",
    ".xltd",
    ".tdl",
    ".aria2",
    ".!ut",
    ".filepart",
    ".tmp",
)
WORKBOOKS = frozenset(
    {
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xltm",
        ".xls",
        ".xlt",
        ".xlsb",
        ".ods",
        ".ots",
        ".et",
        ".ett",
        ".csv",
        ".tsv",
        ".zip",
        ".eml",
    }
)
_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075


def is_address(text: str) -> bool:
    """Whether it is an address of a store and no path."""
    return "://" in text


def ending(name: str) -> str:
    """The ending in lower case, with its dot."""
    return PurePosixPath(name.rstrip(". ")).suffix.lower()


def is_lock_or_system(path: str) -> bool:
    """Whether a path is that of a lock file, a hidden file or one of the operating system's own."""
    *folders, name = [part for part in path.replace("\\", "/").split("/") if part] or [""]
    if name.startswith(("~$", ".", "~wr")) or name.lower() in _SYSTEM:
        return True
    return any(
        folder.lower() in _SYSTEM_FOLDERS or (folder.startswith(".") and folder.strip(".")) for folder in folders
    )


def early(path: str) -> str:
    """The code of the finding that a name alone calls for; empty when there is none."""
    if is_lock_or_system(path):
        return "F141"
    return "F143" if is_copying(path) else ""


def is_copying(name: str) -> bool:
    """Whether a name is that of a download or copy which has not come to its end."""
    return name.lower().endswith(_COPYING)


def member_name(info: zipfile.ZipInfo) -> str:
    """An archive member's name as it was meant: UTF-8 where it says so or fits, else GB18030."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename.replace("\\", "/")
    stated = _unicode_path(info.extra)
    if stated:
        return stated.replace("\\", "/")
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename.replace("\\", "/")
    return decoded(raw).replace("\\", "/")


def decoded(raw: bytes) -> str:
    """A name whose encoding nobody tells: UTF-8 where it fits, else GB18030."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _unicode_path(extra: bytes) -> str:
    """The Unicode path field (0x7075) of Info-ZIP: version, checksum of the other name, name in UTF-8."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == _UNICODE_PATH and size > 5:  # noqa: PLR2004 - version and checksum
            return extra[at + 9 : at + 4 + size].decode("utf-8", errors="ignore")
        at += 4 + size
    return ""


def escapes(name: str) -> bool:
    """Whether a member's path would leave the folder that it is unpacked into."""
    return name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in name


def readable(name: str) -> str:
    """A file's name as text; one that is not UTF-8, as old archives and USB sticks leave them, is taken for GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name
