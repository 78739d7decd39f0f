"""Binary workbooks that Excel encrypts although nobody set a password to open them.

Protecting the structure of a workbook made Excel 97-2003 encrypt the file with a password of its own, known to all
programs ([MS-XLS] 2.2.10 and [MS-OFFCRYPTO] 2.3). Such a file opens without a question, so people rightly take it for
an open one. Files with a password of their users stay closed.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")  # not a secret: the constant of the specification
_BLOCK = 1024
# BOF, FilePass, InterfaceHdr, UsrExcl, FileLock, RRDInfo, RRDHead: always in the clear.
_CLEAR = frozenset({0x809, 0x2F, 0xE1, 0x194, 0x195, 0x196, 0x138})
_SHEET = 0x85
_SHEET_CLEAR = 4  # where a sheet begins stays in the clear
_STANDARD, _CRYPTO_API = (1, 1), 2
_WEAK_BITS = 40

Key = Callable[[int], bytes]


def rc4(key: bytes, length: int) -> bytes:
    """The first bytes of the key stream."""
    box = list(range(256))
    other = 0
    for index in range(256):
        other = (other + box[index] + key[index % len(key)]) & 255
        box[index], box[other] = box[other], box[index]
    out = bytearray(length)
    first = second = 0
    for index in range(length):
        first = (first + 1) & 255
        second = (second + box[first]) & 255
        box[first], box[second] = box[second], box[first]
        out[index] = box[(box[first] + box[second]) & 255]
    return bytes(out)


def standard_key(salt: bytes) -> Key:
    """The keys of Excel 97: of each block of the stream, by its number."""
    short = hashlib.md5(_PASSWORD, usedforsecurity=False).digest()[:5]
    base = hashlib.md5((short + salt) * 16, usedforsecurity=False).digest()[:5]
    return lambda block: hashlib.md5(base + struct.pack("<I", block), usedforsecurity=False).digest()


def crypto_api_key(salt: bytes, bits: int) -> Key:
    """The keys of Excel 2002: of each block of the stream, by its number."""
    base = hashlib.sha1(salt + _PASSWORD, usedforsecurity=False).digest()

    def key(block: int) -> bytes:
        found = hashlib.sha1(base + struct.pack("<I", block), usedforsecurity=False).digest()[: bits // 8]
        return found.ljust(16, b"\0") if bits == _WEAK_BITS else found

    return key


def own_key(record: bytes) -> Key | None:
    """The keys when a FilePass record shows Excel's own password; None when the password is somebody's."""
    kind, major, minor = struct.unpack_from("<HHH", record)
    if kind != 1:
        return None
    if (major, minor) == _STANDARD:
        salt, rest = record[6:22], record[22:54]
        key, digest = standard_key(salt), "md5"
    elif minor == _CRYPTO_API:
        size = struct.unpack_from("<I", record, 10)[0]
        bits = struct.unpack_from("<I", record, 14 + 16)[0] or _WEAK_BITS
        at = 14 + size + 4
        salt, rest = record[at : at + 16], record[at + 16 : at + 32] + record[at + 36 : at + 56]
        key, digest = crypto_api_key(salt, min(bits, 128)), "sha1"
    else:
        return None
    plain = _xor(rest, rc4(key(0), len(rest)))
    right = hashlib.new(digest, plain[:16], usedforsecurity=False).digest() == plain[16:]
    return key if right else None


def decrypted(stream: bytes, begin: int, key: Key) -> bytes:
    """The workbook stream in the clear; records before `begin` are so already."""
    out, at = bytearray(stream), begin
    blocks: dict[int, bytes] = {}
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind not in _CLEAR:
            skip = _SHEET_CLEAR if kind == _SHEET else 0
            _decrypt(out, at + skip, min(at + size, len(stream)), key, blocks)
        at += size
    return bytes(out)


def _decrypt(out: bytearray, start: int, end: int, key: Key, blocks: dict[int, bytes]) -> None:
    while start < end:
        block, offset = divmod(start, _BLOCK)
        if block not in blocks:
            blocks.clear()
            blocks[block] = rc4(key(block), _BLOCK)
        stop = min(end, (block + 1) * _BLOCK)
        out[start:stop] = _xor(bytes(out[start:stop]), blocks[block][offset : offset + stop - start])
        start = stop


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other[: len(one)], "big")).to_bytes(len(one), "big")
