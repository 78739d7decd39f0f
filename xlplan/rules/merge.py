"""M: findings about merging returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
