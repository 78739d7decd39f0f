"""F: findings about files that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
