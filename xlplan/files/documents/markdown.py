"""Markdown: headings, bold, pipe tables; everything else is read as the text it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlplan.files.documents.text import decode
from xlplan.marks import both
from xlplan.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.files.documents.source import Source
    from xlplan.finding import Finding, Place

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s{0,3}(?:[-*_]\s*){3,}$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_LEAD = re.compile(rf"^(\s*(?:[-*+]\s+)?(?:\d{{1,3}}\\?[、{both('.)')}]\s*)?)(\*\*|__)(.{{1,200}}?)\2")
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,400}\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
_EMPHASIS = re.compile(r"(\*\*|__|`|(?<!\*)\*(?![\s*])|(?<![\w_])_(?![\s_]))(.{1,200}?)\1")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The blocks of a Markdown text."""
    text, found = decode(source)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[Paragraph | Grid] = []
    at = 0
    while at < len(lines):
        if "|" in lines[at] and at + 1 < len(lines) and _SEPARATOR.match(lines[at + 1]) and "-" in lines[at + 1]:
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            rows = [lines[at], *lines[at + 2 : end]]
            blocks.append(Grid(tuple(_row(line) for line in rows), source.line(at + 1)))
            at = end
            continue
        blocks += _paragraphs(lines[at], source.line(at + 1))
        at += 1
    return blocks, found


def _row(line: str) -> tuple[str, ...]:
    inner = re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line)
    return tuple(re.sub(r"<br\s*/?>", "\n", _shown(cell)).strip() for cell in re.split(r"(?<!\\)\|", inner))


def _paragraphs(line: str, place: Place) -> Iterator[Paragraph]:
    """One line as a paragraph, or as its bold beginning and the rest."""
    if not line.strip() or _RULE.match(line) or _FENCE.match(line):
        return
    line = re.sub(r"^\s{0,3}>\s?", "", line)
    if heading := _HEADING.match(line):
        yield Paragraph(_shown(heading.group(2)), place, level=len(heading.group(1)))
    elif lead := _LEAD.match(line):
        rest = _shown(line[lead.end() :])
        yield Paragraph(_shown(lead.group(1)) + _shown(lead.group(3)), place, bold=True)
        if rest.strip():
            yield Paragraph(rest, place)
    else:
        yield Paragraph(_TAG.sub("", _shown(line)), place)


def _shown(text: str) -> str:
    plain = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", plain)
