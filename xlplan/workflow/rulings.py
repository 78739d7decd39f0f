"""Lights set by hand: the row, the office and the word are checked, and the ledger keeps who decided what, and why."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.marks import code_of, half
from xlplan.model import Light
from xlplan.model.light import Ruling
from xlplan.steps.split import slots
from xlplan.workflow.plan import load_plan
from xlplan.workflow.workspace import current_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from xlplan.model import Plan
    from xlplan.model.light import Sign
    from xlplan.period import Period
    from xlplan.workflow.workspace import Workspace

_TAIL = "灯牌色"


@dataclass(frozen=True)
class Wish:
    """What somebody wants of a row's light: the word of a light, or None to have the rule's back; and who, and why.

    Without `office` all offices of the row are meant, without `period` the newest one.
    """

    row: str
    word: str | None
    by: str
    why: str
    office: str = ""
    period: Period | None = None


def decide(workspace: Workspace, wish: Wish, at: datetime) -> Ruling:
    """Record a light set by hand, or taken back.

    XlplanError W610 to W614 when row, word, office or reason is wrong, W112 when the period is not one of the ledger's.
    """
    period = current_period(workspace, wish.period)
    if period.code not in workspace.ledger.periods():
        raise XlplanError(rules.find("W112", period=period.code))
    plan, _ = load_plan(workspace)
    row = _row(plan, wish.row)
    office = _office(plan, row, wish.office)
    if not wish.by.strip() or (wish.word is not None and not wish.why.strip()):
        raise XlplanError(rules.find("W614"))
    light = None if wish.word is None else _light(wish.word, workspace.rule.signs)
    if light is None and not _stands(workspace.ledger.rulings(period.code), row, office):
        raise XlplanError(rules.find("W613", row=row, period=period.code))
    ruling = Ruling(row, period.code, office, light, wish.by.strip(), wish.why.strip(), at)
    with workspace.ledger.run("light", period.code, at) as run:
        run.rule([ruling])
    return ruling


def _row(plan: Plan, text: str) -> str:
    wanted = code_of(text)
    codes = [row.code for row in plan.rows]
    if wanted not in codes:
        near = get_close_matches(wanted[:60], codes, 3) or codes[:3]
        raise XlplanError(rules.find("W610", row=text[:60], near="、".join(near)))
    return wanted


def _office(plan: Plan, row: str, text: str) -> str:
    if not text.strip():
        return ""
    names = [office.name for one, office in slots(plan) if one.code == row]
    known = plan.office(text.strip())
    if known is None or known.name not in names:
        raise XlplanError(rules.find("W612", office=text[:60], row=row, offices="、".join(names)))
    return known.name


def _light(text: str, signs: Iterable[Sign]) -> Light:
    """The light that a word means: its name in either language, the colour, or the first sign of it (红)."""
    wanted = half(text).strip().casefold()
    names = {half(name).casefold(): sign.light for sign in signs for name in (sign.light.value, sign.zh, sign.en)}
    names |= {name.rstrip(_TAIL): light for name, light in list(names.items()) if name.rstrip(_TAIL) not in names}
    if wanted not in names:
        raise XlplanError(rules.find("W611", word=text[:60], words="、".join(f"{one.zh} {one.en}" for one in signs)))
    return names[wanted]


def _stands(rulings: Iterable[Ruling], row: str, office: str) -> bool:
    """Whether a light was set for what is to be cleared, and is not cleared yet."""
    latest: dict[str, Ruling] = {}
    for one in rulings:
        if one.row == row:
            latest = latest if one.office else {}
            latest[one.office] = one
    about = [one for name, one in latest.items() if not office or name in {office, ""}]
    return any(one.light for one in about)
