"""Which office of a roster a name means: exactly, by an alias, or only perhaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from xlplan.chinese.folding import fold
from xlplan.model import Office

_LIKE = 0.75
_RANK = re.compile(r"^(?:中共)?(?:[省市县区州旗局委])")


def resolve_owner(name: str, offices: Iterable[Office]) -> tuple[Office | None, str]:
    """The office with this name or alias, and "". Without one: None, and the name of the nearest office, if any."""
    roster = tuple(offices)
    return _index_of(roster).resolve(_key(name))


class _Index:
    """A roster by the keys of its names, for asking many times."""

    def __init__(self, offices: tuple[Office, ...]) -> None:
        self.offices = offices
        self.keys = {key: office for office in reversed(offices) for key in map(_key, office.names)}
        self.nearest = lru_cache(maxsize=1024)(self._nearest)

    def resolve(self, wanted: str) -> tuple[Office | None, str]:
        """The office with this key, or what is near."""
        office = self.keys.get(wanted)
        return (office, "") if office else (None, self.nearest(wanted))

    def _nearest(self, wanted: str) -> str:
        near = [(max(_likeness(wanted, _key(name)) for name in office.names), office.name) for office in self.offices]
        best = max(near, key=lambda one: one[0], default=(0.0, ""))
        return best[1] if best[0] >= _LIKE else ""


_last = _Index(())


def _index_of(offices: tuple[Office, ...]) -> _Index:
    """The index of a roster; the one asked for last is kept, as one roster is asked thousands of times."""
    global _last  # noqa: PLW0603 - a memory of one, which changes no answer
    if _last.offices is not offices:
        _last = _Index(offices)
    return _last


def _key(name: str) -> str:
    return fold(name).replace(" ", "").strip("、,;。.")


def _likeness(one: str, other: str) -> float:
    """1 for the same but for the level (市教育局, 教育局), 0.9 when the shorter is short for the longer (发改委)."""
    short, long = sorted((_RANK.sub("", one) or one, _RANK.sub("", other) or other), key=len)
    if len(short) >= 2 and _abbreviates(short, long):  # noqa: PLR2004 (a single character abbreviates anything)
        return 1.0 if short == long else 0.9
    return SequenceMatcher(None, short, long, autojunk=False).ratio()


def _abbreviates(short: str, long: str) -> bool:
    if short[0] != long[0]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)
