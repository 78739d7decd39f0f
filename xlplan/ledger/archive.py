"""The archive: the originals of everything that came back, by digest, never changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
