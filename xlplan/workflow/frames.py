"""The merged entries as a pandas DataFrame, for analysts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlplan.render.export_json import COLUMNS, flat_rows
from xlplan.workflow.export import export_period
from xlplan.workflow.workspace import open_workspace, read_period

if TYPE_CHECKING:
    import pandas as pd

    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Loaded:
    """A workspace opened for reading."""

    workspace: Workspace

    def periods(self) -> list[str]:
        """The periods that the ledger knows."""
        return self.workspace.ledger.periods()

    def entries(self, *periods: str) -> pd.DataFrame:
        """The entries of some periods, all by default: for each period a row per slot, in plan order.

        Columns: period (ordered), row, task, office, role, target, value, status, progress, problem, grade, light,
        reason, rate, color, word, section, leader, deadline, kind, comparator, target_value, target_max, baseline,
        unit, extra, file, sheet, cells, sha256. Numbers are nullable Float64 (`rate`: 1 is the whole target), deadline
        is a datetime, period, office, light and other words are categories, the rest nullable strings. `light` is
        green, yellow, red or none; `color` and `word` are what the workspace's rule calls it. XlplanError W103 when a
        period is none.
        """
        import pandas as pd

        today = datetime.now().astimezone().date()
        wanted = [read_period(one) for one in periods or self.periods()]
        wanted.sort(key=lambda one: (one.end, one.start))
        documents = [export_period(self.workspace, one, today, "zh", full=True) for one in wanted]
        frame = pd.DataFrame([row for one in documents for row in flat_rows(one)], columns=list(COLUMNS))
        for name, kind in COLUMNS.items():
            if kind == "number":
                frame[name] = pd.to_numeric(frame[name]).astype("Float64")
            elif kind == "day":
                frame[name] = pd.to_datetime(frame[name]).astype("datetime64[ns]")
            else:
                frame[name] = frame[name].astype("string" if kind == "text" else "category")
        codes = list(dict.fromkeys(one.code for one in wanted))
        frame["period"] = pd.Categorical(frame["period"], codes, ordered=True)
        return frame


def load(workspace: str | Path) -> Loaded:
    """A workspace for reading. XlplanError W102 when the folder is none."""
    return Loaded(open_workspace(Path(workspace)))
