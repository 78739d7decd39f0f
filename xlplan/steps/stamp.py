"""The stamp of a form: what it says of itself, signed with the workspace's key, and the digest of a plan."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.model import Plan, Stamp


def sign(stamp: Stamp, key: bytes) -> Stamp:
    """The stamp with its signature (HMAC-SHA256, hexadecimal)."""
    return replace(stamp, signature=_signature(stamp, key))


def is_genuine(stamp: Stamp, key: bytes) -> bool:
    """Whether the stamp was signed with this key and not altered since."""
    return hmac.compare_digest(_signature(stamp, key).encode(), stamp.signature.lower().encode(errors="replace"))


def plan_digest(plan: Plan) -> str:
    """A digest of what the offices are held to: the rows with their tasks, targets, offices, roles and deadlines."""
    tasks = {task.code: task for task in plan.tasks}
    rows = []
    for row in sorted(plan.rows, key=lambda one: one.code):
        task = tasks[row.task]
        target = row.target
        figures = (
            [target.text, str(target.kind), str(target.value), str(target.value_max), target.unit] if target else []
        )
        rows.append([row.code, task.title, task.text, row.office, str(row.role), str(row.deadline), figures, row.extra])
    offices = [(office.code, office.names, office.members) for office in plan.offices]
    return _digest([plan.title, plan.year, rows, offices])


def text_digest(*parts: object) -> str:
    """A digest of anything that JSON can hold."""
    return _digest(list(parts))


def _signature(stamp: Stamp, key: bytes) -> str:
    return hmac.digest(key, _canonical(stamp), "sha256").hex()


def _canonical(stamp: Stamp) -> bytes:
    """The JSON list of everything but the signature."""
    about = _encode([stamp.plan, stamp.office, stamp.period, stamp.edition])
    return f"{about[:-1]},{_rows(stamp.rows)}]".encode()


@lru_cache(maxsize=64)  # thousands of forms have the same
def _rows(rows: tuple[str, ...]) -> str:
    return _encode(rows)


def _digest(content: object) -> str:
    return hashlib.sha256(_json(content)).hexdigest()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def _json(content: object) -> bytes:
    return _encode(content).encode()
