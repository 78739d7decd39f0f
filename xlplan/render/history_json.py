"""Every value of a row, as the JSON document of `xlplan history --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlplan.headers import Field, header_words
from xlplan.render.export_json import origins_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from xlplan.model import Assignment, Entry, Plan, Submission
    from xlplan.model.light import Ruling


def history_json(
    plan: Plan,
    row: Assignment | None,
    seen: Iterable[tuple[Entry, Submission, datetime]],
    rulings: Iterable[Ruling] = (),
) -> dict[str, Any]:
    """The row as the plan has it now (None where it was removed), its values and lights set by hand, oldest first."""
    task = plan.task(row.task) if row else None
    return {
        "row": row.code if row else None,
        "task": task.title if task else None,
        "target": row.target.text if row and row.target else None,
        "values": [_value(*one) for one in seen],
        "lights": [_ruling(one) for one in rulings],
    }


def _ruling(one: Ruling) -> dict[str, Any]:
    """A light that somebody set; null where the rule's was to be back."""
    return {
        "period": one.period,
        "office": one.office or None,
        "light": one.light.value if one.light else None,
        "by": one.by,
        "why": one.why,
        "at": one.at.isoformat(sep=" ", timespec="seconds"),
    }


def _value(entry: Entry, submission: Submission, collected: datetime) -> dict[str, Any]:
    amount = entry.amount
    fields = frozenset(Field)
    return {
        "period": entry.period,
        "office": entry.office,
        "value": f"{amount.value.normalize():f}" if amount and amount.value is not None else None,
        "raw": amount.raw if amount else None,
        "status": entry.status_raw or None,
        "progress": entry.progress or None,
        "problem": entry.problem or None,
        "file": submission.path,
        "sheet": entry.source.sheet,
        "cells": {header_words(Field(name)) if name in fields else name: cell for name, cell in entry.source.cells},
        "sha256": submission.sha256,
        "origins": origins_json(entry.source),
        "collected": collected.isoformat(sep=" ", timespec="seconds"),
    }
