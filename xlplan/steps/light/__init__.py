"""Lights: how a row's progress stands against the year, by a rule, with the reason in one sentence."""

from __future__ import annotations

from xlplan.steps.light.judge import Scene, give_lights, waits_for_year_end
from xlplan.steps.light.measure import Measure, holds, measure
from xlplan.steps.light.offices import made_good, office_lights
from xlplan.steps.light.rule import CASES, CONDITIONS, Case, Lamp, LightRule
from xlplan.steps.light.rulings import overrule

__all__ = [
    "CASES",
    "CONDITIONS",
    "Case",
    "Lamp",
    "LightRule",
    "Measure",
    "Scene",
    "give_lights",
    "holds",
    "made_good",
    "measure",
    "office_lights",
    "overrule",
    "waits_for_year_end",
]
