"""`xlplan export` and `xlplan history`: the merged entries with their sources, for other programs."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.marks import code_of
from xlplan.render.export_json import COLUMNS, export_json, flat_rows
from xlplan.workflow.clock import recorded_at
from xlplan.workflow.plan import load_plan
from xlplan.workflow.view import view_period

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from xlplan.ledger.queries import Seen
    from xlplan.model import Assignment, Plan
    from xlplan.model.light import Ruling
    from xlplan.period import Period
    from xlplan.workflow.workspace import Workspace


def export_period(
    workspace: Workspace, wanted: Period | None, today: date, lang: str, *, full: bool = False
) -> dict[str, Any]:
    """The period as one JSON document, in the form that scripts rely on; `full` adds what else is known."""
    view = view_period(workspace, wanted, today)
    return export_json(view.tally, view.folded.files, lang, view.folded.unplaced if full else None)


def export_table(workspace: Workspace, wanted: Period | None, today: date, how: tuple[str, Path | None]) -> Path:
    """The period's entries as a file; `how` is the kind (json, csv, parquet) and where to, if not reports/.

    XlplanError T160 when the file is named like another kind.
    """
    from xlplan.files.disk import with_ending, write_bytes
    from xlplan.files.tables import write_csv, write_parquet

    kind, out = how
    if out:
        with_ending(out, f".{kind}")
    content = export_period(workspace, wanted, today, "zh", full=kind != "json")
    path = out or workspace.reports / f"entries_{content['period']}.{kind}"
    if kind == "json":
        data = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    else:
        rows = flat_rows(content)
        data = write_csv(rows, COLUMNS) if kind == "csv" else write_parquet(rows, COLUMNS)
    write_bytes(path, data)
    return path


@dataclass(frozen=True)
class History:
    """A row, every value it ever had, and what people decided about its lights, both oldest first."""

    plan: Plan
    row: Assignment | None
    seen: tuple[Seen, ...]
    rulings: tuple[Ruling, ...] = ()


def history(workspace: Workspace, code: str) -> History:
    """Every value of a row. XlplanError W111 when neither the plan nor the ledger knows the row."""
    plan, _ = load_plan(workspace)
    wanted = code_of(code)
    row = next((one for one in plan.rows if one.code == wanted), None)
    zone = workspace.settings.zone
    seen = tuple(one._replace(collected=recorded_at(one.collected, zone)) for one in workspace.ledger.history(wanted))
    if row is None and not seen:
        raise XlplanError(rules.find("W111", row=code))
    rulings = tuple(
        replace(one, at=recorded_at(one.at, zone)) for one in workspace.ledger.rulings() if one.row == wanted
    )
    return History(plan, row, seen, rulings)
