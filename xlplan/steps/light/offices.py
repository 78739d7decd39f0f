"""Lights of whole offices, over periods that follow each other; and misses of earlier periods that were made good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan.model import Light, Role
from xlplan.model.light import Says, because
from xlplan.model.progress import OfficeLight
from xlplan.steps.light.measure import HUNDRED, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.model.progress import Progress, Tally
    from xlplan.steps.light.rule import LightRule


def office_lights(rule: LightRule, now: Sequence[Progress], earlier: Sequence[Tally]) -> tuple[OfficeLight, ...]:
    """The light of each office that leads a measured row, in the order of rows; none where the rule has none for them.

    An office missed a period when at least one row that it leads did.
    """
    if not rule.has_offices:
        return ()
    running: dict[str, int] = {}
    for tally in earlier:
        running = {office: running.get(office, 0) + 1 for office in _missing(tally.lines)}
    missing = _missing(now)
    judged = dict.fromkeys(line.office for line in now if line.row.role is Role.LEAD and line.light is not Light.NONE)
    return tuple(_office(rule, name, running.get(name, 0) + 1, missing[name]) for name in judged)


def _missing(lines: Sequence[Progress]) -> Counter[str]:
    return Counter(line.office for line in lines if line.missed and line.row.role is Role.LEAD)


def _office(rule: LightRule, name: str, count: int, rows: int) -> OfficeLight:
    if not rows:
        return OfficeLight(name, rule.otherwise, because(Says.OFFICE_FINE))
    reason = because(Says.OFFICE_MISSED, rows=rows)
    if count > 1:
        reason += because(Says.RUNNING, count=count)
    for lamp in rule.lamps:
        if lamp.office and all(count >= value for _, value in lamp.office):
            return OfficeLight(name, lamp.sign.light, reason)
    return OfficeLight(name, rule.otherwise, reason)


@dataclass(frozen=True)
class _Later:
    """A row in a later period."""

    tally: Tally
    line: Progress


def made_good(tallies: Sequence[Tally], rule: LightRule) -> tuple[Tally, ...]:
    """The periods, oldest first, with the light of each miss that a later one made good changed to the rule's for that.

    A miss is made good when the row has later reached the share that was due then, or has missed nothing later.
    """
    if rule.made_good is None:
        return tuple(tallies)
    done = []
    for at, tally in enumerate(tallies):
        later: dict[tuple[str, str], list[_Later]] = {}
        for one in tallies[at + 1 :]:
            for line in one.lines:
                later.setdefault((line.row.code, line.office), []).append(_Later(one, line))
        lines = tuple(_settled(line, later.get((line.row.code, line.office), []), rule) for line in tally.lines)
        done.append(replace(tally, lines=lines))
    return tuple(done)


def _settled(line: Progress, later: Sequence[_Later], rule: LightRule) -> Progress:
    good = next((one for one in later if _is_good(line, one.line)), None) if line.missed else None
    if good is None or rule.made_good is None or line.override:
        return line
    return replace(line, light=rule.made_good, reason=line.reason + because(Says.MADE_GOOD, period=good.tally.period))


def _is_good(line: Progress, later: Progress) -> bool:
    if later.light is Light.NONE:
        return False
    if line.behind and line.rate is not None and later.rate is not None:
        return tidy(later.rate) >= tidy(line.rate + line.behind / HUNDRED)
    return not later.missed
