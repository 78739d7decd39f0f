"""Reading plan documents of every usual format into an Outline. The content decides what a file is, not its ending."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.files.documents.sniff import Format, sniff
from xlplan.files.documents.source import MAX_BYTES, Source, Unreadable
from xlplan.finding import Place
from xlplan.model.document import Grid, Outline, Paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.finding import Finding

__all__ = ["read_document"]

_READERS = {
    Format.TEXT: "text",
    Format.MARKDOWN: "markdown",
    Format.HTML: "html",
    Format.DOCX: "docx",
    Format.PDF: "pdf",
    Format.WORD: "legacy",
    Format.RTF: "legacy",
    Format.ODT: "legacy",
    Format.WORKBOOK: "workbook",
}


def read_document(path: Path) -> tuple[Outline | None, list[Finding]]:
    """The document as an outline, with findings; None when it cannot be read. Bad files give findings, never errors."""
    place = Place(path.name)
    try:
        if path.stat().st_size > MAX_BYTES:
            return None, [rules.find("D106", place, reason=f"> {MAX_BYTES // 2**20} MB")]
        source = Source(path, path.read_bytes())
        return _read(source)
    except OSError as problem:
        return None, [rules.find("D103", place, reason=problem.strerror or type(problem).__name__)]
    except Unreadable as problem:
        return None, [problem.finding]
    except RecursionError:
        return None, [rules.find("D106", place, reason="nesting")]


def _read(source: Source) -> tuple[Outline | None, list[Finding]]:
    if not source.content.strip(b"\0 \t\r\n"):
        return None, [rules.find("D101", source.place)]
    kind = sniff(source)
    reader = importlib.import_module(f"{__name__}.{_READERS[kind]}")
    blocks, found = reader.read(source)
    outline = Outline(tuple(blocks), source.path.name)
    if not any(_has_words(block) for block in blocks):
        errors = [one for one in found if one.code != "D108"]
        return None, [rules.find("D101", source.place), *errors]
    return outline, found


def _has_words(block: Paragraph | Grid) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.strip() for row in block.rows for cell in row)
