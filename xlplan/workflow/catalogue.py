"""`xlplan rules`: the catalogue of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.marks import code_of

if TYPE_CHECKING:
    from xlplan.rules.rule import Rule


def find_rules(code: str | None) -> tuple[Rule, ...]:
    """Every rule in code order, or the one asked for. XlplanError W117 when there is none of that code."""
    every = rules.catalogue()
    if code is None:
        return tuple(every.values())
    rule = every.get(code_of(code))
    if rule is None:
        raise XlplanError(rules.find("W117", code=code))
    return (rule,)
