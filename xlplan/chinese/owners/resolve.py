"""Which office of a roster a name means: exactly, by an alias, or only perhaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from xlplan.chinese.folding import fold
from xlplan.model import Office

_LIKE = 0.75
_RANK = re.compile(r"^(?:中共)?(?:[省市县区州旗局委])")


def resolve_owner(name: str, offices: Iterable[Office]) -> tuple[Office | None, str]:
    """The office with this name or alias, and "". Without one: None, and the name of the nearest office, if any."""
    wanted = _key(name)
    near: list[tuple[float, str]] = []
    for office in offices:
        keys = [_key(other) for other in office.names]
        if wanted in keys:
            return office, ""
        near.append((max(_likeness(wanted, key) for key in keys), office.name))
    best = max(near, key=lambda one: one[0], default=(0.0, ""))
    return None, best[1] if best[0] >= _LIKE else ""


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
