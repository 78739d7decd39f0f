"""The files that ship with xlplan: workbook templates and sample documents."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "_data"


def resource(*parts: str) -> Path:
    """A shipped file or folder, in an installed package or in a source tree."""
    root = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
