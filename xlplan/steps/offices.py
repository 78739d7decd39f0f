"""The roster: making one from the owners that a plan names, checking one, and expanding collective offices."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.marks import LIST, half
from xlplan.model import Office

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlplan.finding import Finding
    from xlplan.model import Owner

_COLLECTIVE = re.compile(r"^(?:各|局属各|市直各|全体|机关各|有关|相关)(?!自)")
_ROOMS = re.compile(r"[科处股室]{1,2}$")
_LISTED = re.compile(rf"[{LIST}\s]+")
_KINDS = ("科室", "处室", "股室", "科", "处", "股", "室")


def is_collective(name: str) -> bool:
    """Whether a name such as 各科室 stands for several offices."""
    return bool(_COLLECTIVE.match(name))


def complete_roster(offices: Sequence[Office], owners: Iterable[Owner]) -> tuple[tuple[Office, ...], list[Finding]]:
    """The roster with every owner that a plan names; new ones get codes, 各科室 and the like proposed members."""
    roster: list[Office] = []
    for office in offices:
        roster.append(office if office.code else replace(office, code=next_code((*offices, *roster))))
    known = {half(name) for office in roster for name in office.names}
    for owner in owners:
        if half(owner.name) not in known:
            known.add(half(owner.name))
            roster.append(Office(next_code(roster), owner.name))
    given = {office.name for office in offices}
    found: list[Finding] = []
    for index, office in enumerate(roster):
        if is_collective(office.name) and not office.members and office.name not in given:
            members = _guess_members(office.name, roster)
            roster[index] = replace(office, members=members)
            if members:
                found.append(rules.find("P215", office=office.name, members="、".join(members)))
    return tuple(roster), found


def check_roster(offices: Sequence[Office], used: Iterable[str]) -> list[Finding]:
    """Members that are no offices, and collectives in use that have no members."""
    found: list[Finding] = []
    seen = {half(name) for office in offices for name in office.names}
    needed = set(map(half, used))
    for office in offices:
        found += [
            rules.find("P216", office=office.name, member=member)
            for member in office.members
            if half(member) not in seen
        ]
        if is_collective(office.name) and not office.members and needed & set(map(half, office.names)):
            found.append(rules.find("P212", office=office.name))
    return found


class Roster:
    """The offices by name, for looking up many names."""

    def __init__(self, offices: Sequence[Office]) -> None:
        self._by_name = {half(alias): office for office in reversed(offices) for alias in office.names}
        self._place = {id(office): at for at, office in enumerate(offices)}

    def expand(self, name: str) -> tuple[Office, ...]:
        """The offices that answer for a name, in the roster's order; empty if it is unknown."""
        by_name = self._by_name
        answer: dict[str, Office] = {}
        plain = half(name)
        waiting, done = deque([plain] if plain in by_name else _listed(plain, by_name)), set[str]()
        while waiting:
            office = by_name.get(half(waiting.popleft()))
            if office is None or office.name in done:
                continue
            done.add(office.name)
            if office.members:
                waiting.extend(office.members)
            elif not is_collective(office.name):
                answer[office.name] = office
        return tuple(sorted(answer.values(), key=lambda one: self._place[id(one)]))


def _listed(name: str, by_name: Mapping[str, Office]) -> list[str]:
    """The offices that one cell lists, when all of them are known."""
    names = [part.strip() for part in _LISTED.split(name) if part.strip()]
    return names if all(one in by_name for one in names) else []


def next_code(offices: Iterable[Office]) -> str:
    """A free office code: `K01`, `K02` and so on."""
    used = [int(office.code[1:]) for office in offices if re.fullmatch(r"K\d+", office.code)]
    return f"K{max(used, default=0) + 1:02d}"


def _guess_members(name: str, roster: Sequence[Office]) -> tuple[str, ...]:
    if not any(kind in name for kind in _KINDS):
        return ()
    return tuple(one.name for one in roster if _ROOMS.search(one.name) and not is_collective(one.name))
