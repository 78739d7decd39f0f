"""What is put into the cells of a workbook that is written: contents and looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
"""What a cell holds."""


@dataclass(frozen=True)
class Look:
    """How a cell looks. Colours are `RRGGBB`; `size` is in points; `border` is thin all round, in the colour `line`."""

    font: str = ""
    size: float = 11
    bold: bool = False
    color: str = ""
    fill: str = ""
    align: str = "left"
    valign: str = "vcenter"
    wrap: bool = True
    border: bool = True
    line: str = ""
    number: str = ""
    locked: bool = True
    link: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Formula:
    """A live formula (never made of a user's text) with the value that it computes to."""

    text: str
    value: str | int | float = 0


@dataclass(frozen=True)
class Link:
    """A link to a cell inside the same workbook."""

    sheet: str
    cell: str
    text: str


Content: TypeAlias = Value | Formula | Link


class Cell(NamedTuple):
    """A cell to write. A tuple, because large workbooks are made of a million of them."""

    value: Content = None
    look: Look = Look()
    comment: str = ""
