"""The notice (催报通知) to one office: what its template can name."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Fault:
    """One thing to correct: the cell (`填报表!J7`, or empty), what stands there, what is wrong, what is wanted."""

    cell: str
    written: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Notice:
    """What one office is told, in one language.

    `silent`: no usable return has come; else `faults` are to be corrected. `late` is in days, `times_late` in periods
    of the year. `tasks` are the titles of what the office answers for, `unusable` the files that could not be used.
    """

    office: str
    leader: str
    contact: str
    silent: bool
    rows: int
    late: int
    times_late: int
    tasks: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    unusable: tuple[str, ...] = ()
    line: str = ""


def notice_facts(notice: Notice, about: Mapping[str, str]) -> dict[str, Any]:
    """Everything that a template of the notice can name; `about` tells of plan, issuer, period, deadline, today."""
    facts = asdict(notice)
    facts |= {
        "items": [{"task": task} for task in facts.pop("tasks")],
        "faults": [asdict(one) for one in notice.faults],
        "unusable": list(notice.unusable),
        "problems": len(notice.faults),
    }
    return {**facts, **{name: about[name] for name in ABOUT}}


ABOUT = ("plan", "issuer", "period", "deadline", "today")


def sample_notices() -> list[dict[str, Any]]:
    """Facts to try a template on: one office that is silent, one with something to correct."""
    word = "样例"
    silent = Notice(word, word, word, True, 1, 1, 2, (word,), (), (word,), word)  # noqa: FBT003 - a record's field
    faulty = replace(silent, silent=False, unusable=(), faults=(Fault(word, word, word, word),))
    return [notice_facts(one, dict.fromkeys(ABOUT, word)) for one in (silent, faulty)]
