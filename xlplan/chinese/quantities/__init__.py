"""Figures with units: found in running text, scaled from one unit to another, and read out of one cell."""

from xlplan.chinese.quantities.amounts import NumberReading, is_falling, read_amount, read_number
from xlplan.chinese.quantities.scan import Quantity, scan
from xlplan.chinese.quantities.units import Sort, Unit, parse, scale

__all__ = [
    "NumberReading",
    "Quantity",
    "Sort",
    "Unit",
    "is_falling",
    "parse",
    "read_amount",
    "read_number",
    "scale",
    "scan",
]
