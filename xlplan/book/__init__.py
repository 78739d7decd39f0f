"""A workbook without Excel: what is written and read, free of any file format.

Reading gives a `Book` of plain values: cells are what the file holds, addresses are true (blank rows are kept), and
`marks` tells what the plain value hides. Writing takes a `Book` with looks: formats by name, protection;
what is written around the cells stands in `parts`.
"""

from __future__ import annotations

from xlplan.book.looks import Cell, Content, Formula, Link, Look, Value
from xlplan.book.places import Area, address, column_name, position
from xlplan.book.workbook import Book, Mark, Sheet, Visibility

__all__ = [
    "Area",
    "Book",
    "Cell",
    "Content",
    "Formula",
    "Link",
    "Look",
    "Mark",
    "Sheet",
    "Value",
    "Visibility",
    "address",
    "column_name",
    "position",
]
