"""Older word processors (.doc, .rtf, .odt): through LibreOffice, or antiword for .doc, when one is on the machine."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.files.documents import docx, text
from xlplan.files.documents.sniff import Format, sniff
from xlplan.files.documents.source import MAX_BYTES, Source, Unreadable
from xlplan.files.programs import find_office, run

if TYPE_CHECKING:
    from xlplan.finding import Finding
    from xlplan.model.document import Grid, Paragraph

_SECONDS = 120


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The blocks of the document, converted by whichever program is there."""
    kind = sniff(source)
    office = find_office()
    antiword = shutil.which("antiword") if kind is Format.WORD else None
    if office is None and antiword is None:
        raise Unreadable(rules.find("D107", source.place, kind=str(kind)))
    with tempfile.TemporaryDirectory(prefix="xlplan-") as folder:
        if office and (converted := _with_office(office, source, kind, Path(folder))):
            return docx.read(converted)
        if antiword and (plain := _with_antiword(antiword, source, Path(folder))):
            return text.read(plain)
    raise Unreadable(rules.find("D103", source.place, reason=str(kind)))


def _with_office(program: str, source: Source, kind: Format, folder: Path) -> Source | None:
    """The document as .docx; None when LibreOffice could not convert it."""
    original = folder / f"document{kind}"
    original.write_bytes(source.content)
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(original),
    ]  # fmt: skip
    run(command, _SECONDS)
    return _loaded(source, folder / "document.docx")


def _with_antiword(program: str, source: Source, folder: Path) -> Source | None:
    """The document as plain text; None when antiword could not read it."""
    original, plain = folder / "document.doc", folder / "document.txt"
    original.write_bytes(source.content)
    plain.write_bytes(run([program, "-m", "UTF-8.txt", "-w", "0", str(original)], _SECONDS))
    return _loaded(source, plain)


def _loaded(source: Source, path: Path) -> Source | None:
    if not path.is_file() or not 0 < path.stat().st_size <= MAX_BYTES:
        return None
    return Source(source.path, path.read_bytes())
