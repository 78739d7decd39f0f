"""The characters of an XML part's source: its encoding, line ends and entities."""

from __future__ import annotations

import re

from xlplan.files.sheets.cells import Irregular

_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));")
_ENTITIES = re.compile(r"(&[^&;]++;)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_REMEMBERED = 1 << 13


def decode(data: bytes) -> str:
    """The text of a piece of a UTF-8 part, with the line ends that XML prescribes."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Irregular from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def resolve(text: str) -> str:
    """The text with XML's own entities resolved; anything else behind an ampersand is irregular."""
    if "&" not in text:
        return text
    parts = _ENTITIES.split(text)
    if len(parts) // 2 != text.count("&"):
        raise Irregular
    parts[1::2] = map(_known.__getitem__, parts[1::2])
    return "".join(parts)


class _Entities(dict[str, str]):
    """Characters by their entities: some programs write every Chinese character as one."""

    def __missing__(self, entity: str) -> str:
        found = _character(entity)
        if len(self) < _REMEMBERED:
            self[entity] = found
        return found


def _character(entity: str) -> str:
    found = _ENTITY.fullmatch(entity)
    if not found:
        raise Irregular
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or (code < 0x20 and code not in {9, 10, 13}):  # noqa: PLR2004 - Unicode
        raise Irregular
    return chr(code)


_known = _Entities()
