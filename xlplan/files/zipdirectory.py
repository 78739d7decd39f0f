"""The directory of a zip file: what its members are called, how large they say they are, and where they begin.

The plain directory that office programs write is read here. Anything else - Zip64, comments, extra fields, names that
are not ASCII, bytes before or behind - is read by zipfile.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import NamedTuple

from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.rules import find

_RECORD, _END, _ZIP64 = b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07"
_END_FIELDS = struct.Struct("<4s4H2LH")
_FIELDS = struct.Struct("<4s2xBxHH4xLLLHHH8xL")
_LOCATOR = 20
_NEWEST = 63  # the version of the format that zipfile knows
_ELSEWHERE = 0xFFFFFFFF  # the value is in a Zip64 field


class Member(NamedTuple):
    """A member as the directory states it, which nobody may trust: sizes in bytes, packed and inflated."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def members(data: bytes, limits: Limits) -> list[Member]:
    """The members that a zip file lists. Raises with the finding when there are too many or the list is broken."""
    found = _plain(data, limits.members)
    return [member(info) for info in directory(data, limits)] if found is None else found


def member(info: zipfile.ZipInfo) -> Member:
    """A member that zipfile has read."""
    stated = info.CRC, info.compress_size, info.file_size, info.header_offset
    return Member(info.filename, info.flag_bits, info.compress_type, *stated)


def directory(data: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    """As `members`, with all that zipfile knows of them."""
    listed = data.count(_RECORD)
    if listed > limits.members:
        raise XlplanError(find("F112", found=listed, limit=limits.members))
    if _END not in data:
        raise XlplanError(find("F103"))
    try:
        return zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception as error:  # noqa: BLE001 - whatever a broken directory does to zipfile, the file is damaged
        raise XlplanError(find("F102", detail=f"zip: {error}"[:200])) from None


def _plain(data: bytes, most: int) -> list[Member] | None:
    """The members of a plain directory, which tiles the bytes between the last member and the end record."""
    end = len(data) - _END_FIELDS.size
    if end < 0:
        return None
    sign, disk, first, here, count, length, at, comment = _END_FIELDS.unpack_from(data, end)
    if sign != _END or disk or first or comment or here != count or count > most or at + length != end:
        return None
    if data[end - _LOCATOR :].startswith(_ZIP64):
        return None
    found: list[Member] = []
    while at + _FIELDS.size <= end and len(found) < count:
        sign, version, flags, method, crc, packed, size, named, extra, remark, offset = _FIELDS.unpack_from(data, at)
        name = data[at + _FIELDS.size : at + _FIELDS.size + named]
        if sign != _RECORD or version > _NEWEST or extra or remark or _ELSEWHERE in (packed, size, offset):
            return None
        if not name.isascii() or b"\0" in name:
            return None
        found.append(Member._make((name.decode(), flags, method, crc, packed, size, offset)))
        at += _FIELDS.size + named
    return found if at == end and len(found) == count else None
