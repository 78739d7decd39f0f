"""The streaming preflight of zip packages: members are inflated, counted and checked before anything reads them.

Nothing that a package declares about itself is trusted. Small members are kept, large ones are inflated again when
they are read, so that memory stays bounded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from deflate import DeflateError, crc32, deflate_decompress

from xlplan.errors import XlplanError
from xlplan.files.limits import MEGABYTE, RATIO_MATTERS, Limits
from xlplan.files.zipdirectory import Member, members
from xlplan.rules import find

CHUNK = MEGABYTE
KEEP = 4 * MEGABYTE
LOCAL_HEADER = 30
_LOCAL, _LENGTHS = b"PK\x03\x04", struct.Struct("<26xHH")
STORED, DEFLATED = 0, 8
ENCRYPTED_FLAG = 1
_DOCTYPE = b"<!DOCTYPE"
_WIDE_DOCTYPE = _DOCTYPE.decode().encode("utf-16-le")  # one zero earlier it is that of UTF-16-BE
_OVERLAP = 32
_SMALL, _PARTS, _SEEN = 8 << 10, 64, 4096  # packed bytes of a part that is remembered, how many, how many marks
_XML = (".xml", ".rels")
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin")


def damaged(detail: str) -> XlplanError:
    """The refusal of a file whose content is not what its format demands."""
    return XlplanError(find("F102", detail=detail[:200]))


@dataclass
class Package:
    """A zip file whose directory was read and whose members were counted: what office formats are made of.

    `parts` holds the small members by lower-case name; `parts` and `chunks` are the only ways to the content.
    """

    data: bytes
    limits: Limits
    infos: dict[str, Member] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    inflated: int = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.infos

    def read(self, name: str) -> bytes:
        """The whole content of a member, b"" when there is none."""
        key = name.lower()
        if key in self.parts:
            return self.parts[key]
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a member piece by piece."""
        key = name.lower()
        if key in self.parts:
            yield self.parts[key]
        elif key in self.infos:
            yield from inflate(self.data, self.infos[key], self.limits.inflated)


def open_package(data: bytes, limits: Limits) -> Package:
    """Read the directory of a zip file and check it: members, names, declared sizes. Raises with the finding."""
    if len(data) > limits.size:
        raise XlplanError(find("F111", found=len(data), limit=limits.size))
    package = Package(data, limits)
    declared = 0
    for member in members(data, limits):
        name = _checked_name(member.name)
        if name.endswith("/"):
            continue
        if name in package.infos:
            raise XlplanError(find("F107", member=member.name))
        package.infos[name] = member
        declared += member.size
    if declared > limits.inflated:
        raise XlplanError(find("F113", limit=limits.inflated))
    return package


def inspect(package: Package) -> Package:
    """Inflate every member once, counting; keep the small ones that reading may need."""
    for name, member in package.infos.items():
        if member.size <= KEEP:
            package.parts[name] = _small(package, member, name)
        else:
            _drain(package, member)
    return package


def preflight(data: bytes, limits: Limits | None = None) -> Package:
    """Open and inspect a package. Raises `XlplanError` with the finding when it must not be read."""
    return inspect(open_package(data, limits or Limits()))


def _checked_name(raw: str) -> str:
    name = raw.replace("\\", "/")
    if name.startswith("/") or (".." in name and ".." in name.split("/")) or name[1:2] == ":" or "\0" in name:
        raise XlplanError(find("F108", member=raw))
    return name.lower()


def _start(data: bytes, member: Member) -> int:
    """Where a member's data begins; the local header is only trusted for its own length."""
    if member.flags & ENCRYPTED_FLAG:
        raise XlplanError(find("F101"))
    if member.method not in {STORED, DEFLATED}:
        raise damaged(f"{member.name}: compression {member.method}")
    at = member.offset
    if not 0 <= at <= len(data) - LOCAL_HEADER or not data.startswith(_LOCAL, at):
        raise damaged(f"{member.name}: no local header")
    named: int
    extra: int
    named, extra = _LENGTHS.unpack_from(data, at)
    return at + LOCAL_HEADER + named + extra


_Mark = tuple[int, int, int]
"""What the directory says of a part: its size, its checksum, how it is packed."""


class _Memory:
    """Parts that came twice, with their packed bytes: styles, themes and lists are the same in thousands of workbooks.

    They are found by what the directory says of them, and are the same only where all their bytes are.
    """

    def __init__(self) -> None:
        self.known: dict[_Mark, tuple[bytes, bytes]] = {}
        self.once: set[_Mark] = set()

    def get(self, mark: _Mark, packed: bytes) -> bytes | None:
        """The content of a part that is remembered."""
        known = self.known.get(mark)
        return known[1] if known and known[0] == packed else None

    def keep(self, mark: _Mark, packed: bytes, content: bytes) -> None:
        """Remember a part when it comes for the second time."""
        if len(packed) > _SMALL or len(content) > _SMALL << 4:
            return
        if mark not in self.once:
            if len(self.once) >= _SEEN:
                self.once.clear()
            self.once.add(mark)
            return
        if len(self.known) >= _PARTS:
            del self.known[next(iter(self.known))]
        self.known[mark] = packed, content


_memory = _Memory()


def _small(package: Package, member: Member, name: str) -> bytes:
    """The content of a small member, inflated, counted and checked."""
    start = _start(package.data, member)
    packed, mark = package.data[start : start + member.packed], (member.size, member.crc, member.method)
    known = _memory.get(mark, packed)
    content = _inflate_small(packed, member) if known is None else known
    _count(package, member, len(content))
    if known is None and not name.endswith(_BINARY):
        _refuse_entities(content, member)
        _memory.keep(mark, packed, content)
    return content


def _inflate_small(packed: bytes, member: Member) -> bytes:
    content = _inflated(packed, member) if member.method == DEFLATED else packed
    if len(content) != member.size or crc32(content) != member.crc:
        raise damaged(f"{member.name}: size or checksum")
    return content


def _inflated(packed: bytes, member: Member) -> bytes:
    if member.size:
        with suppress(DeflateError):
            return bytes(deflate_decompress(packed, member.size))
    # it says that it is empty, or is a stream that was never closed, which libdeflate does not take
    try:
        return zlib.decompressobj(-15).decompress(packed, member.size + 1)
    except zlib.error as error:
        raise damaged(f"{member.name}: {error}") from None


def inflate(data: bytes, member: Member, most: int) -> Iterator[bytes]:
    """A member's content in pieces of about a megabyte, never more than `most` bytes."""
    start, total, crc = _start(data, member), 0, 0
    for piece in _pieces(memoryview(data)[start : start + member.packed], member):
        total += len(piece)
        crc = zlib.crc32(piece, crc)
        if total > most:
            raise XlplanError(find("F113", limit=most))
        yield piece
    if total != member.size or crc != member.crc:
        raise damaged(f"{member.name}: size or checksum")


def _pieces(packed: memoryview, member: Member) -> Iterator[bytes]:
    if member.method == STORED:
        for at in range(0, len(packed), CHUNK):
            yield bytes(packed[at : at + CHUNK])
        return
    machine = zlib.decompressobj(-15)
    for at in range(0, len(packed), CHUNK):
        pending: bytes | memoryview = packed[at : at + CHUNK]
        while pending and not machine.eof:
            try:
                piece = machine.decompress(pending, CHUNK)
            except zlib.error as error:
                raise damaged(f"{member.name}: {error}") from None
            pending = machine.unconsumed_tail
            if piece:
                yield piece
    # what is left in the window after the input ran out
    while piece := machine.decompress(b"", CHUNK) if not machine.eof else b"":
        yield piece


def _drain(package: Package, member: Member) -> None:
    tail = b""
    is_xml = member.name.lower().endswith(_XML)
    for piece in inflate(package.data, member, package.limits.inflated):
        _count(package, member, len(piece))
        if is_xml:
            _refuse_entities(tail + piece, member)
            tail = piece[-_OVERLAP:]


def _count(package: Package, member: Member, size: int) -> None:
    package.inflated += size
    if package.inflated > package.limits.inflated:
        raise XlplanError(find("F113", limit=package.limits.inflated))
    if size > RATIO_MATTERS or member.size > RATIO_MATTERS:
        ratio = member.size / max(1, member.packed)
        if ratio > package.limits.ratio:
            raise XlplanError(find("F114", member=member.name, limit=package.limits.ratio))


def _refuse_entities(content: bytes, member: Member) -> None:
    if b"!" not in content:  # one byte is found much faster than a word, and most parts have none
        return
    if _DOCTYPE in content or (content[:2].count(0) + content[:2].count(255) and _WIDE_DOCTYPE[:-1] in content):
        raise XlplanError(find("F106", member=member.name))
