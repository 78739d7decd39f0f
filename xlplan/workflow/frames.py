"""The merged entries as a pandas DataFrame, for analysts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlplan.render.export_json import flat_rows
from xlplan.workflow.export import export_period
from xlplan.workflow.workspace import open_workspace, read_period

if TYPE_CHECKING:
    import pandas as pd

    from xlplan.workflow.workspace import Workspace

_NUMBERS = ("value", "rate")
_CATEGORIES = ("office", "role", "status", "grade", "light")


@dataclass(frozen=True)
class Loaded:
    """A workspace opened for reading."""

    workspace: Workspace

    def periods(self) -> list[str]:
        """The periods that the ledger knows."""
        return self.workspace.ledger.periods()

    def entries(self, period: str | None = None) -> pd.DataFrame:
        """One period's entries (the newest by default), a row per slot in plan order.

        Columns: period, row, task, office, role, target, value, status, progress, problem, grade, light, rate, reason,
        extra, file, sheet, cells, sha256. `value` and `rate` are floats, the others text or categories.
        """
        import pandas as pd

        today = datetime.now().astimezone().date()
        content = export_period(self.workspace, read_period(period) if period else None, today, "zh", full=True)
        frame = pd.DataFrame(flat_rows(content["entries"]))
        frame.insert(0, "period", content["period"])
        for name in _NUMBERS:
            frame[name] = pd.to_numeric(frame[name])
        texts = [name for name in frame.columns if name not in _NUMBERS]
        return frame.astype({name: "category" if name in _CATEGORIES else "string" for name in texts})


def load(workspace: str | Path) -> Loaded:
    """A workspace for reading. XlplanError W102 when the folder is none."""
    return Loaded(open_workspace(Path(workspace)))
