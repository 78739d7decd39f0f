"""Targets (目标): indicators with their figures, read out of official prose."""

from xlplan.chinese.targets.baselines import propose_baseline, read_baselines
from xlplan.chinese.targets.lost import propose_lost
from xlplan.chinese.targets.reading import read_targets, targets_in

__all__ = ["propose_baseline", "propose_lost", "read_baselines", "read_targets", "targets_in"]
