"""Which columns each sheet of each workbook can have, and which it cannot do without."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.headers import Field
from xlplan.model import EXTRA


@dataclass(frozen=True)
class Columns:
    """The fields that a sheet knows, those that must be there, and those that the reader fills or may be let fill."""

    known: frozenset[str]
    required: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    fillable: frozenset[str] = frozenset()


def _columns(known: str, required: str = "", filled: str = "") -> Columns:
    return Columns(*(frozenset(words.split()) for words in (known, required, filled, f"{filled} {EXTRA}")))


OWN = frozenset({Field.CODE, Field.TASK})
"""What a form in a bureau's own workbook cannot do without."""


_FORM = (
    "code serial section task content target unit value office lead support role leader deadline before lead_progress "
    "done status progress problem"
)
_SLOT = "code serial section task target office role leader deadline"
_LINE = f"{_SLOT} kind value unit done rate pace status light reason"

WORKBOOKS: dict[str, dict[str, Columns]] = {
    "plan": {
        "rows": Columns(frozenset(Field) | {EXTRA}, frozenset({"code", "task", "target", "office", "role"})),
        "offices": _columns("code name aliases members leader contact duties", "name"),
        "about": _columns(""),
    },
    "form": {
        "form": _columns(f"{_FORM} {EXTRA}", "code task status progress", "done status progress problem"),
        "guide": _columns("field meaning example"),
    },
    "claim": {
        "claim": _columns(
            f"code serial section task target leader deadline claim note {EXTRA}", "code task claim", "claim note"
        ),
    },
    "breakdown": {
        "breakdown": _columns("serial section task target lead support office deadline leader code note", "task"),
    },
    "remind": {
        "reminders": _columns(
            "office contact leader matter rows problems deadline late times_late text", "office matter"
        ),
        "corrections": _columns("sheet cell row written problem cause remedy", "cell problem remedy"),
    },
    "consolidated": {
        "overview": _columns(""),
        "summary": _columns(
            "serial task target lead support offices deadline leader done rate light progress problem", "task"
        ),
        "detail": _columns(f"{_LINE} before progress problem grade file link cell origins {EXTRA}", "code task office"),
        "parts": _columns("part span rows filled", "part"),
        "missing": _columns(f"{_SLOT} grade late note", "grade office"),
        "changes": _columns(
            f"{_SLOT} turn before done light_before light grade_before grade reason progress", "turn office"
        ),
        "disputes": _columns(f"{_SLOT} number doubt text next file link cell origins", "doubt text"),
        "findings": _columns("severity code office file cell message remedy count", "message"),
        "offices": _columns(
            "office due filled complete green blue yellow orange red none share rank light reason returned late files",
            "office",
        ),
        "leaders": _columns(f"{_SLOT} done rate light reason grade status progress problem", "task office"),
        "sources": _columns("file state office edition received entries findings sha256", "file"),
    },
    "page": {"page": _columns("")},
}
"""By workbook and sheet. A user's own columns have the field `extra`."""
