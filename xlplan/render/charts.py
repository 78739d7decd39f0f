"""Where the pieces of a chart lie: shares of a bar in per cent of its width, heights of a column in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.render.report import Bar, Lamp, Report

_FLOOR, _HEIGHT = 182.0, 160.0  # of the columns: where they stand, and how high the highest is
_GAP = 0.18  # of a column's room, on both sides


@dataclass(frozen=True)
class Piece:
    """A part of a bar or column: its light, how many items it stands for, where it begins, how long it is."""

    lamp: Lamp
    count: int
    at: float
    size: float

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return round(self.at + self.size / 2, 3)


@dataclass(frozen=True)
class Column:
    """A column's place from left to right, in per cent, and where the number above it stands."""

    left: float
    wide: float
    top: float

    @property
    def middle(self) -> float:
        """Where its labels stand."""
        return round(self.left + self.wide / 2, 3)


def pieces(report: Report, bar: Bar) -> list[Piece]:
    """A bar from left to right; lights that no item has are left out."""
    made, begin = [], 0
    for lamp, count in zip(report.lamps, bar.counts, strict=True):
        if count:
            made.append(Piece(lamp, count, round(100 * begin / bar.total, 3), round(100 * count / bar.total, 3)))
        begin += count
    return made


def columns(report: Report) -> list[tuple[Bar, Column, list[Piece]]]:
    """The trend's columns with their pieces from the bottom up."""
    highest = max((bar.total for bar in report.trend), default=0) or 1
    room = 100 / max(len(report.trend), 1)
    made = []
    for number, bar in enumerate(report.trend):
        parts, floor = [], _FLOOR
        for lamp, count in zip(report.lamps, bar.counts, strict=True):
            size = round(_HEIGHT * count / highest, 2)
            floor = round(floor - size, 2)
            if count:
                parts.append(Piece(lamp, count, floor, size))
        column = Column(round(room * (number + _GAP), 3), round(room * (1 - 2 * _GAP), 3), round(floor - 8, 2))
        made.append((bar, column, parts))
    return made
