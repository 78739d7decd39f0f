"""The bytes of a document with their limits, and the parts of a zipped one, inflated with care."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from xlplan import rules
from xlplan.finding import Place

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.finding import Finding

MAX_BYTES = 100 * 2**20
"""The largest file that is read at all."""

MAX_PART = 64 * 2**20
"""The largest single part of a zipped document, inflated."""

"""What the parts of a zipped document may come to, inflated."""

MAX_MEMBERS = 5000
_CHUNK = 1 << 20


class Unreadable(Exception):  # noqa: N818 - it ends the reading of one file and carries its finding
    """A document that cannot be read; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass(frozen=True)
class Source:
    """A document's path and bytes."""

    path: Path
    content: bytes

    @property
    def place(self) -> Place:
        """The file as a place."""
        return Place(self.path.name)

    def line(self, number: int) -> Place:
        """A line or paragraph of the file as a place."""
        return Place(self.path.name, line=number)

    @cached_property
    def members(self) -> dict[str, zipfile.ZipInfo]:
        """The members of a zipped document by name; empty when it is none. Refuses more than any document has."""
        try:
            listed = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return {}
        if len(listed) > MAX_MEMBERS:
            raise Unreadable(rules.find("D106", self.place, reason=f"{len(listed)} parts"))
        return {info.filename.replace("\\", "/").lstrip("/"): info for info in listed}

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.content))

    def part(self, name: str) -> bytes | None:
        """One part of a zipped document, inflated up to the limit; None when it has no such part."""
        info = self.members.get(name)
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise Unreadable(rules.find("D105", self.place))
        chunks, size = [], 0
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > MAX_PART:
                        raise Unreadable(rules.find("D106", self.place, reason=f"{name} > {MAX_PART // 2**20} MB"))
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
            raise Unreadable(rules.find("D103", self.place, reason=f"{name}: {type(problem).__name__}")) from problem
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element | None:
        """One XML part, parsed without entities or network; None when it is missing. A document type is refused."""
        content = self.part(name)
        if content is None:
            return None
        if b"<!DOCTYPE" in content[:4096]:
            raise Unreadable(rules.find("D106", self.place, reason="DOCTYPE"))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as problem:
            raise Unreadable(rules.find("D103", self.place, reason=f"{name}: XML")) from problem
        if root is None:
            raise Unreadable(rules.find("D103", self.place, reason=f"{name}: XML"))
        return root
