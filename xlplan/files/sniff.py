"""What a file is, by its content: endings lie."""

from __future__ import annotations

from enum import StrEnum

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
HEAD = 4096


class Kind(StrEnum):
    """What a file turned out to be; the value is what people are told."""

    EMPTY = "empty"
    ZEROS = "zeros"
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    TEXT = "csv"
    MARKUP = "HTML/XML"
    ZIP = "zip"
    MAIL = "eml"
    OLE = "OLE"
    PACKED = "RAR/7z"
    WORD = "Word"
    SLIDES = "PowerPoint"
    PDF = "PDF"
    PICTURE = "图片/picture"
    RTF = "RTF"
    OPENDOCUMENT = "OpenDocument"
    PACKAGE = "Office"
    OUTLOOK = "Outlook .msg"
    UNKNOWN = "unknown"


_MAGIC = (
    (OLE, Kind.OLE),
    (ZIP, Kind.ZIP),
    (EMPTY_ZIP, Kind.ZIP),
    (b"%PDF", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"Rar!\x1a\x07", Kind.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Kind.PACKED),
    (b"\x1f\x8b", Kind.PACKED),
    (b"BZh", Kind.PACKED),
    (b"\xfd7zXZ\x00", Kind.PACKED),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
)
_OLD_WORKBOOKS = (
    b"\x09\x08\x10\x00\x00\x06",
    b"\x09\x08\x08\x00\x00\x05",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x00\x04\x00",
)
_WIDE_SHARE = 0.1
_STUMPS = range(2, 8)  # what is left of a container's first bytes
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MAIL_HEADERS = (
    b"received:",
    b"from:",
    b"to:",
    b"subject:",
    b"date:",
    b"message-id:",
    b"mime-version:",
    b"return-path:",
    b"delivered-to:",
    b"x-",
    b"content-type:",
    b"dkim-signature:",
    b"reply-to:",
    b"sender:",
    b"authentication-results:",
)
# What text may hold beside printable characters: tab, line feed, vertical tab, form feed, return, escape, and the
# end mark of DOS.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


def sniff(data: bytes) -> Kind:
    """The outermost kind of a file. ZIP and OLE are containers: what is in them is for those who open them."""
    if not data:
        return Kind.EMPTY
    head = data[:HEAD]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if len(data) in _STUMPS and (ZIP.startswith(data[:4]) or OLE.startswith(data)):
        return Kind.ZIP
    if head.startswith(_OLD_WORKBOOKS):
        return Kind.XLS
    if not head.strip(b"\0") and not data.strip(b"\0"):
        return Kind.ZEROS
    return _text(head)


def _text(head: bytes) -> Kind:
    if any(head.startswith(mark) for mark, name in _MARKS if name == "utf-16"):
        return Kind.MARKUP if head[2:64].replace(b"\0", b"").lstrip()[:1] == b"<" else Kind.TEXT
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.translate(None, _CONTROLS) != head:
        return _wide(head)
    lowered = plain[:512].lower()
    if lowered.startswith((b"<", b"mime-version")) and (
        b"<html" in lowered or lowered[:1] == b"<" or b"mhtml" in lowered
    ):
        return Kind.MARKUP
    if lowered.startswith(_MAIL_HEADERS) and _is_mail(plain):
        return Kind.MAIL
    return Kind.TEXT


def _is_mail(head: bytes) -> bool:
    lines = head.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].split(b"\n")
    named = sum(line.lower().startswith(_MAIL_HEADERS) for line in lines)
    return named >= 2 and all(b":" in line or line[:1] in {b" ", b"\t"} for line in lines[:3])  # noqa: PLR2004 - one may be chance


def _wide(head: bytes) -> Kind:
    """UTF-16 without its mark shows as text with a zero in every other place."""
    even, odd = head[0:512:2].count(0), head[1:512:2].count(0)
    if max(even, odd) < _WIDE_SHARE * len(head[:512]) / 2 or min(even, odd) > 0:
        return Kind.UNKNOWN
    text = head[: len(head) & ~1].decode("utf-16-be" if even else "utf-16-le", errors="ignore")
    return Kind.UNKNOWN if set(text) & set(map(chr, _CONTROLS)) else Kind.TEXT
