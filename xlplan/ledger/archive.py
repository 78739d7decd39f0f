"""The archive: the originals of everything that came back, by digest, never changed."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xlplan.finding import Finding

from xlplan import rules


def archive_original(folder: Path, data: bytes, sha256: str, ending: str) -> Path:
    """Keep a file's bytes under its digest (`ab/abcdef….xlsx`) and return where; nothing is written twice."""
    kept = folder / sha256[:2] / f"{sha256}{ending.lower()}"
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_name(f"{kept.name}.{os.getpid()}.part")
    beside.write_bytes(data)
    os.replace(beside, kept)  # noqa: PTH105 - atomic on every platform
    return kept


def check_originals(folder: Path, recorded: Mapping[str, str]) -> Iterator[Finding]:
    """Which recorded files, paths by digest, the archive lacks or no longer has as they were."""
    kept = {path.stem: path for path in folder.glob("*/*") if path.suffix != ".part"}
    for sha256, path in recorded.items():
        if sha256 not in kept:
            yield rules.find("W722", path=path, sha256=sha256)
            continue
        with kept[sha256].open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                yield rules.find("W723", path=path, file=kept[sha256].relative_to(folder).as_posix())
