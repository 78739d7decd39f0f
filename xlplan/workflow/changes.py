"""What collecting would change: for each slot the answer that counts now, and the one that would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan.steps.merge import content_of
from xlplan.workflow.view import fold_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.model import Entry, Submission
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Change:
    """One slot whose answer would be another; `before` is None where it has none yet."""

    period: str
    row: str
    office: str
    before: Entry | None
    after: Entry

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """The columns that differ, by field name, with what stands there before and after."""
        before, after = _texts(self.before), _texts(self.after)
        return tuple((name, before[name], after[name]) for name in after if before[name] != after[name])


def changes(workspace: Workspace, files: Sequence[Submission]) -> list[Change]:
    """What recording these files would change, in the order of period, row and office."""
    found = []
    for period in sorted({one.period for one in files if one.period}):
        now = fold_period(workspace, period).entries
        then = fold_period(workspace, period, [one for one in files if one.period == period]).entries
        for slot, after in sorted(then.items()):
            before = now.get(slot)
            if before is None or content_of(before) != content_of(after):
                found.append(Change(period, *slot, before, after))
    return found


def _texts(entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {"done": "", "status": "", "progress": "", "problem": "", "extra": ""}
    extra = ";".join(f"{header}={text}" for header, text in entry.extra)
    raw = entry.amount.raw if entry.amount else ""
    return {
        "done": raw,
        "status": entry.status_raw,
        "progress": entry.progress,
        "problem": entry.problem,
        "extra": extra,
    }
