"""xlplan: from an annual work plan to the consolidated progress workbook, on plain Excel files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.workflow.frames import Loaded

__version__ = "0.1.0"


def load(workspace: str | Path) -> Loaded:
    """A workspace for reading: `xlplan.load("2019").entries()` is a pandas DataFrame of all periods."""
    from xlplan.workflow.frames import load as load_frames

    return load_frames(workspace)
