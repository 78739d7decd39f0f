"""The nouns of the field as records: plan, task, target, office, row, entry, submission.

All are frozen; amounts are `Decimal`. A record carries what was written beside what was understood.
"""

from __future__ import annotations

from xlplan.model.document import Grid, Outline, Paragraph
from xlplan.model.light import NO_REASON, NO_SIGN, SIGNS, Clause, Light, Override, Reason, Ruling, Says, Sign, because
from xlplan.model.plan import Assignment, Comparator, Kind, Office, Owner, Plan, PlanLine, Role, Section, Target, Task
from xlplan.model.progress import Change, Context, Dispute, Doubt, Grade, OfficeLight, Progress, Return, Tally, Turn
from xlplan.model.returns import (
    Amount,
    Entry,
    Form,
    Issued,
    Origin,
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
from xlplan.model.sent import Sent

__all__ = [
    "NO_REASON",
    "NO_SIGN",
    "SIGNS",
    "Amount",
    "Assignment",
    "Change",
    "Clause",
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
    "OfficeLight",
    "Origin",
    "Outline",
    "Override",
    "Owner",
    "Paragraph",
    "Plan",
    "PlanLine",
    "Progress",
    "Reason",
    "Return",
    "Returned",
    "ReturnedRow",
    "ReturnedSheet",
    "Role",
    "Ruling",
    "Says",
    "Section",
    "Sent",
    "Sign",
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
    "because",
]
