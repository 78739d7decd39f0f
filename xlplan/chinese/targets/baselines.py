"""Last year's results as baselines: 高企数量达到186家 tells from where 达到240家 starts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xlplan.chinese.quantities import scale
from xlplan.chinese.targets.indicators import core, likeness
from xlplan.chinese.targets.passage import passage
from xlplan.chinese.targets.reading import results
from xlplan.model import Kind, Target

_NEAR = 0.8


def read_baselines(text: str, *, year: int | None = None, summary: bool = True) -> tuple[Target, ...]:
    """The figures that a text states as results, with their indicators.

    `summary`: the whole text tells of what is over (last year's results); otherwise only the clauses that say so count.
    """
    return tuple(results(passage(text), year, summary=summary))


def propose_baseline(target: Target, results: Iterable[Target]) -> Decimal | None:
    """The baseline for a level target, in its unit: the result whose indicator is nearest, when one is near enough."""
    if target.kind is not Kind.LEVEL or not target.unit:
        return None
    wanted = core(target.indicator)
    best, value = _NEAR, None
    for result in results:
        if result.value is None or result.kind is not Kind.LEVEL:
            continue
        scaled = scale(result.value, result.unit, target.unit)
        near = likeness(wanted, core(result.indicator))
        if scaled is not None and near >= best:
            best, value = near, scaled
    return value
