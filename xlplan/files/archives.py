"""Every file that was handed in: out of folders, zip archives and mails, one after another."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from xlplan.errors import XlplanError
from xlplan.files import names
from xlplan.files.disk import digest
from xlplan.files.limits import RATIO_MATTERS, Limits
from xlplan.files.preflight import LOCAL_HEADER, inflate
from xlplan.files.sniff import Kind, sniff
from xlplan.files.zipdirectory import directory, member, members
from xlplan.finding import Finding, Place
from xlplan.once import once
from xlplan.rules import find

_WORKBOOKS = frozenset({Kind.XLSX, Kind.XLSB, Kind.ODS, Kind.XLS, Kind.OLE})
_FIRST = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.")
_SPOKEN_FOR = frozenset({Kind.PACKED, Kind.EMPTY, Kind.ZEROS})


@dataclass(frozen=True)
class Item:
    """One file that was handed in, with the archives it came out of in its path: `包.zip/甲科.xlsx`.

    `time` is when it was last changed, as far as its surroundings say: a mail's date and a file's own time are aware,
    an archive member's time is naive, for archives write the local time of whoever packed them. `finding` says why
    there is nothing to read; then `data` is empty.
    """

    path: str
    data: bytes = b""
    time: datetime | None = None
    finding: Finding | None = None

    @once
    def sha256(self) -> str:
        """The digest of the bytes, hexadecimal, worked out once wherever the item goes; empty where there are none."""
        return digest(self.data) if self.data else ""


def unpack(
    source: str | os.PathLike[str] | bytes, name: str = "", limits: Limits | None = None, time: datetime | None = None
) -> Iterator[Item]:
    """Every file of a folder, archive or mail, or the file itself, in the order of names.

    Bytes come with their `name` and the `time` when they were last changed.

    Nothing is dropped: lock files, system files and whatever else is no workbook come with a finding and without data.
    Links are not followed. Nothing is written.
    """
    opener = _Opener(limits or Limits())
    if isinstance(source, bytes):
        yield from opener.offer(Item(name, source, time), 0)
    else:
        path = Path(source)
        yield from opener.walk(str(path), name or names.readable(path.name))


@dataclass
class _Opener:
    """Opens one source under the limits; `unpacked` counts the bytes that came out of archives."""

    limits: Limits
    unpacked: int = 0

    def walk(self, path: str, shown: str) -> Iterator[Item]:
        """A file, or everything under a folder. There may be many: pathlib would take as long as the disk."""
        try:
            found = os.lstat(path)
            inside = sorted(os.listdir(path)) if stat.S_ISDIR(found.st_mode) else []  # noqa: PTH208 - see above
        except OSError as error:
            yield without(shown, "F144", detail=error.strerror or str(error))
            return
        if stat.S_ISDIR(found.st_mode):
            for name in inside:
                yield from self.walk(os.path.join(path, name), f"{shown}/{names.readable(name)}")  # noqa: PTH118
        else:
            yield from self._file(path, shown, found)

    def _file(self, path: str, shown: str, found: os.stat_result) -> Iterator[Item]:
        time = datetime.fromtimestamp(found.st_mtime, UTC)
        if not stat.S_ISREG(found.st_mode):
            yield without(shown, "F142")
        elif early := names.early(os.path.basename(path)):  # noqa: PTH119 - as above
            yield replace(without(shown, early), time=time)
        elif found.st_size > self.limits.archive or (
            found.st_size > self.limits.size and names.ending(shown) != ".zip"
        ):
            yield without(shown, "F111", found=found.st_size, limit=self.limits.size)
        else:
            try:
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
                    data = file.readall()
            except OSError as error:
                yield without(shown, "F144", detail=error.strerror or str(error))
                return
            yield from self.offer(Item(shown, data, time), 0)

    def offer(self, item: Item, depth: int) -> Iterator[Item]:
        """The item itself, or what is in it when it is an archive or a mail."""
        kind = sniff(item.data)
        if kind is Kind.MAIL:
            yield from self._mail(item, depth)
        elif kind is Kind.ZIP and not _is_package(item.data):
            yield from self._zip(item, depth)
        elif (
            kind in _WORKBOOKS or kind is Kind.ZIP or kind in _SPOKEN_FOR or names.ending(item.path) in names.WORKBOOKS
        ):
            yield item
        else:
            yield replace(without(item.path, "F141"), time=item.time)

    def _zip(self, item: Item, depth: int) -> Iterator[Item]:
        if depth >= self.limits.depth:
            yield without(item.path, "F118", member=item.path, limit=self.limits.depth)
            return
        try:
            listed = directory(item.data, self.limits)
        except XlplanError as refusal:
            yield _refused(item.path, refusal)
            return
        files = [info for info in listed if not info.filename.endswith(("/", "\\"))]
        if not files:
            yield without(item.path, "F145")
        for info in sorted(files, key=names.member_name):
            yield from self._member(item, info, depth)

    def _member(self, item: Item, info: zipfile.ZipInfo, depth: int) -> Iterator[Item]:
        name = names.member_name(info)
        shown = f"{item.path}/{name}"
        if names.escapes(name):
            yield without(shown, "F108", member=name)
        elif early := names.early(name):
            yield without(shown, early)
        else:
            try:
                data = self._inflated(item.data, info)
            except XlplanError as refusal:
                yield _refused(shown, refusal)
                return
            yield from self.offer(Item(shown, data, _member_time(info)), depth + 1)

    def _inflated(self, data: bytes, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > RATIO_MATTERS and info.file_size > self.limits.ratio * max(1, info.compress_size):
            raise XlplanError(find("F114", member=info.filename, limit=self.limits.ratio))
        if info.file_size > self.limits.size:
            raise XlplanError(find("F111", found=info.file_size, limit=self.limits.size))
        self.unpacked += info.file_size
        if self.unpacked > self.limits.archive:
            raise XlplanError(find("F113", limit=self.limits.archive))
        return b"".join(inflate(data, member(info), info.file_size))

    def _mail(self, item: Item, depth: int) -> Iterator[Item]:
        from xlplan.files.mail import read_mail

        if depth >= self.limits.depth:
            yield without(item.path, "F118", member=item.path, limit=self.limits.depth)
            return
        try:
            mail = read_mail(item.data, self.limits)
        except XlplanError as refusal:
            yield _refused(item.path, refusal)
            return
        if not mail.attached:
            yield without(item.path, "F145")
        for name, data in mail.attached:
            shown = f"{item.path}/{name}"
            if early := names.early(name):
                yield without(shown, early)
            else:
                yield from self.offer(Item(shown, data, mail.sent or item.time), depth + 1)


def without(path: str, code: str, **facts: object) -> Item:
    """An item with a finding instead of data."""
    return Item(path, finding=find(code, Place(file=path), **facts))


def _refused(path: str, refusal: XlplanError) -> Item:
    return Item(path, finding=replace(refusal.finding, place=Place(file=path)))


def _is_package(data: bytes) -> bool:
    """Whether a zip file is an office document rather than an archive of files; a broken one is left to the reader."""
    if data.startswith(_FIRST, LOCAL_HEADER):
        return True  # most programs write this part first
    try:
        listed = members(data, Limits(members=1 << 20))
    except XlplanError:
        return b"[Content_Types].xml" in data or b"mimetypeapplication/" in data[:256]
    return any(one.name in {"[Content_Types].xml", "mimetype"} for one in listed)


def _member_time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)  # noqa: DTZ001 - archives hold the packer's local time
    except ValueError:
        return None
