"""What waits for a person: co-owners' numbers that differ, returns of which neither is newer, rows of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.model import Doubt
from xlplan.model.progress import Dispute
from xlplan.steps.tally import differing

if TYPE_CHECKING:
    from xlplan.model.progress import Tally
    from xlplan.steps.merge import Folded


def disputes(tally: Tally, folded: Folded) -> tuple[Dispute, ...]:
    """Everything of a period that somebody has to settle: numbers, then ties, then rows waiting to be claimed.

    A row that nobody could place is listed once though several files of its office have it.
    """
    numbers = [
        Dispute(Doubt.NUMBERS, tuple(one.entry for one in found if one.entry), found[0].row)
        for found in differing(tally.lines)
    ]
    ties = [
        Dispute(Doubt.TIE, folded.ties[line.row.code, line.office], line.row)
        for line in tally.lines
        if (line.row.code, line.office) in folded.ties
    ]
    newest = {(one.office, one.extra): one for one in folded.unplaced}
    unclaimed = [Dispute(Doubt.UNCLAIMED, (one,)) for one in newest.values()]
    return (*numbers, *ties, *unclaimed)
