"""The nouns of the field as records: plan, task, target, office, row, entry, submission.

All are frozen; amounts are `Decimal`. A record carries what was written beside what was understood.
What only some commands deal with stands in modules of its own: documents in `document`, what a light is made of in
`light`, and how things stand in `progress`.
"""

from __future__ import annotations

from xlplan.model.entries import Amount, Entry, Origin, Source, State, Status, Submission, Sure
from xlplan.model.forms import EXTRA, Form, FormTexts, Heading, Issued, Stamp, extra_key, head_texts
from xlplan.model.grades import Doubt, Grade, Light, Turn
from xlplan.model.plan import (
    Assignment,
    Comparator,
    Judged,
    Kind,
    Office,
    Owner,
    Plan,
    PlanLine,
    Role,
    Section,
    Target,
    Task,
)
from xlplan.model.returns import (
    NOTHING,
    Answers,
    Cells,
    Pairs,
    Returned,
    ReturnedRow,
    ReturnedSheet,
    Shown,
    Texts,
    Written,
)
from xlplan.model.sent import Sent

__all__ = [
    "EXTRA",
    "NOTHING",
    "Amount",
    "Answers",
    "Assignment",
    "Cells",
    "Comparator",
    "Doubt",
    "Entry",
    "Form",
    "FormTexts",
    "Grade",
    "Heading",
    "Issued",
    "Judged",
    "Kind",
    "Light",
    "Office",
    "Origin",
    "Owner",
    "Pairs",
    "Plan",
    "PlanLine",
    "Returned",
    "ReturnedRow",
    "ReturnedSheet",
    "Role",
    "Section",
    "Sent",
    "Shown",
    "Source",
    "Stamp",
    "State",
    "Status",
    "Submission",
    "Sure",
    "Target",
    "Task",
    "Texts",
    "Turn",
    "Written",
    "extra_key",
    "head_texts",
]
