"""What a file is, by its content; the ending only tells Markdown from plain text."""

from __future__ import annotations

import re
from enum import StrEnum

from xlplan import rules
from xlplan.files.documents.source import Source, Unreadable

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|title)\b", re.IGNORECASE)
_MARKDOWN_ENDINGS = {".md", ".markdown", ".mdown"}
_HEAD = 4096


class Format(StrEnum):
    """The kinds of document that can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    WORD = ".doc"
    RTF = ".rtf"
    ODT = ".odt"
    WORKBOOK = "workbook"


def sniff(source: Source) -> Format:
    """What the file is; raises Unreadable when it is nothing that can be read."""
    content = source.content
    if content.startswith(b"PK"):
        return _zipped(source)
    if content.startswith(_OLE):
        return _compound(source)
    if b"%PDF-" in content[:1024]:
        return Format.PDF
    if content.lstrip()[:5] == rb"{\rtf":
        return Format.RTF
    return _textual(source)


def _zipped(source: Source) -> Format:
    names = source.members
    if any(name.startswith("word/") for name in names):
        return Format.DOCX
    if any(name.startswith("xl/") for name in names):
        return Format.WORKBOOK
    kind = source.part("mimetype") or b""
    if b"opendocument.text" in kind:
        return Format.ODT
    if b"opendocument.spreadsheet" in kind:
        return Format.WORKBOOK
    code = "D104" if names else "D103"
    raise Unreadable(rules.find(code, source.place, reason="zip"))


def _compound(source: Source) -> Format:
    """An OLE file by the names in its directory, which stand there in UTF-16."""
    content = source.content

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("DRMEncryptedDataSpace"):
        raise Unreadable(rules.find("D105", source.place))
    if holds("WordDocument"):
        return Format.WORD
    if holds("Workbook") or holds("Book"):
        return Format.WORKBOOK
    raise Unreadable(rules.find("D104", source.place))


def _textual(source: Source) -> Format:
    head = source.content[:_HEAD]
    plain = head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    if _HTML.search(plain) and plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<":
        return Format.HTML
    return Format.MARKDOWN if source.path.suffix.lower() in _MARKDOWN_ENDINGS else Format.TEXT
