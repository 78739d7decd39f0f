"""Plain text in whatever encoding it was saved, with tables drawn by tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.files.documents.source import Source, Unreadable
from xlplan.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.finding import Finding

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_COMMON = frozenset("的一是和在工作年市全局推进加强建设发展、。,\uff0c新個个會会")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f�]")
_BAD_SHARE = 0.02
_SAMPLE = 200_000
_ROWS = 2
_TABS = 2


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The lines of a text as paragraphs, runs of tabbed lines as tables."""
    text, found = decode(source)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[Paragraph | Grid] = []
    at = 0
    while at < len(lines):
        width = _tabbed(lines, at)
        if width:
            blocks.append(Grid(tuple(_row(line, _TABS) for line in lines[at : at + width]), source.line(at + 1)))
        elif lines[at].strip():
            blocks.append(Paragraph(lines[at], source.line(at + 1)))
        at += width or 1
    return blocks, found


def _tabbed(lines: Sequence[str], at: int) -> int:
    """How many lines from here on form a table drawn by tabs; 0 when they form none."""
    columns = lines[at].strip("\n").count("\t")
    if columns < _TABS or not lines[at].strip():
        return 0
    end = at
    while end < len(lines) and lines[end].count("\t") == columns:
        end += 1
    return end - at if end - at >= _ROWS else 0


def _row(line: str, _: int) -> tuple[str, ...]:
    return tuple(cell.strip().strip('"') for cell in line.split("\t"))


def decode(source: Source) -> tuple[str, list[Finding]]:
    """The text of the bytes; raises Unreadable when they are no text."""
    text = decoded(source.content)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _BAD_SHARE * len(sample):
        raise Unreadable(rules.find("D104", source.place))
    lost = text.count("�")
    return text, [rules.find("D109", source.place, count=lost)] if lost else []


def decoded(content: bytes, named: str = "") -> str:
    """Bytes as text: by a byte order mark, the encoding that the file names, or what reads best."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if wide := _wide(content):
        return content.decode(wide, errors="replace")
    if named.lower() in {"gb2312", "gbk", "gb18030", "big5"}:
        encoding = "big5" if named.lower() == "big5" else "gb18030"
        text = content.decode(encoding, errors="replace")
        if text.count("�") <= _BAD_SHARE * len(text):
            return text
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        if len(content) - problem.start < 4 or _mostly_utf8(content):  # noqa: PLR2004 - a character cut off at the end
            return content.decode("utf-8", errors="replace")
    return max((content.decode(one, errors="replace") for one in ("gb18030", "big5")), key=_likely)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: the high bytes of line ends and Latin letters are zero."""
    head = content[:2000]
    if head.count(0) < len(head) // 20:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _mostly_utf8(content: bytes) -> bool:
    text = content[:_SAMPLE].decode("utf-8", errors="replace")
    return text.count("�") < _BAD_SHARE * len(text) / 2


def _likely(text: str) -> float:
    sample = text[:_SAMPLE]
    return sum(char in _COMMON for char in sample) - 20 * sample.count("�")
