"""A drafted plan as plain values: what `xlplan draft --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlplan import rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from xlplan.finding import Finding
    from xlplan.model import Plan, Target, Task


def plan_json(plan: Plan, findings: Sequence[Finding], lang: str) -> dict[str, Any]:
    """The plan and its findings for `json.dumps`; messages in `zh` or `en`. Amounts are strings, unknowns null."""
    return {
        "title": plan.title,
        "issuer": plan.issuer or None,
        "number": plan.number or None,
        "year": plan.year,
        "sections": [{"code": one.code, "label": one.label, "title": one.title} for one in plan.sections],
        "tasks": [_task(task) for task in plan.tasks],
        "targets": [_target(target) for target in plan.targets],
        "findings": [
            {
                "code": one.code,
                "severity": str(one.severity),
                "place": str(one.place),
                "message": rules.message(one, lang),
            }
            for one in findings
        ],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "code": task.code,
        "label": task.label,
        "section": task.section,
        "title": task.title,
        "text": task.text,
        "guess": list(task.guess),
        "owners": [{"name": owner.name, "role": str(owner.role)} for owner in task.owners],
        "leader": task.leader or None,
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "targets": [_target(target) for target in task.targets],
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "text": target.text,
        "indicator": target.indicator,
        "kind": str(target.kind),
        "comparator": str(target.comparator),
        "value": _number(target.value),
        "value_max": _number(target.value_max),
        "unit": target.unit,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}" if value else "0"
