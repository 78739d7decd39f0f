"""Lights that people set by hand: they count instead of the rule's, which stays visible beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.model import Light
from xlplan.model.light import Override

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlplan.model.light import Ruling
    from xlplan.model.progress import Progress
    from xlplan.steps.light.rule import LightRule


def overrule(lines: Sequence[Progress], rulings: Iterable[Ruling], rule: LightRule) -> list[Progress]:
    """The lines with the lights that people set; the latest ruling counts, one about a row is about all its offices.

    A ruling for a light that the rule does not have any more is for the one that counts as the same.
    """
    latest: dict[tuple[str, str], Ruling] = {}
    for one in rulings:
        if not one.office:
            latest = {slot: kept for slot, kept in latest.items() if slot[0] != one.row}
        latest[one.row, one.office] = one
    return [_set(line, latest, rule) for line in lines] if latest else list(lines)


def _set(line: Progress, latest: dict[tuple[str, str], Ruling], rule: LightRule) -> Progress:
    one = latest.get((line.row.code, line.office)) or latest.get((line.row.code, ""))
    light = _known(one.light, rule) if one and one.light else None
    if one is None or light is None:
        return line
    return replace(line, light=light, override=Override(one.by, one.why, one.at, rule.sign(line.light)))


def _known(light: Light, rule: LightRule) -> Light | None:
    known = {sign.light: sign for sign in rule.signs}
    if light in known:
        return light
    wanted = {Light.BLUE: Light.GREEN, Light.ORANGE: Light.YELLOW}.get(light, light)
    return next((sign.light for sign in rule.signs if sign.counts_as is wanted), None)
