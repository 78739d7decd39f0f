"""The nouns of the field as records: plan, task, target, office, row, entry, submission.

All are frozen; amounts are `Decimal`. A record carries what was written beside what was understood.
"""

from __future__ import annotations

from xlplan.model.document import Grid, Outline, Paragraph
from xlplan.model.plan import Assignment, Comparator, Kind, Office, Owner, Plan, PlanLine, Role, Section, Target, Task
from xlplan.model.progress import Change, Context, Dispute, Doubt, Grade, Light, Progress, Return, Tally, Turn
from xlplan.model.returns import (
    Amount,
    Entry,
    Form,
    Issued,
    Returned,
    ReturnedRow,
    ReturnedSheet,
    Source,
    Stamp,
    State,
    Status,
    Submission,
    Sure,
    Written,
)

__all__ = [
    "Amount",
    "Assignment",
    "Change",
    "Comparator",
    "Context",
    "Dispute",
    "Doubt",
    "Entry",
    "Form",
    "Grade",
    "Grid",
    "Issued",
    "Kind",
    "Light",
    "Office",
    "Outline",
    "Owner",
    "Paragraph",
    "Plan",
    "PlanLine",
    "Progress",
    "Return",
    "Returned",
    "ReturnedRow",
    "ReturnedSheet",
    "Role",
    "Section",
    "Source",
    "Stamp",
    "State",
    "Status",
    "Submission",
    "Sure",
    "Tally",
    "Target",
    "Task",
    "Turn",
    "Written",
]
