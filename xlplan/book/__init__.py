"""A workbook without Excel: what is written and read, free of any file format.

Reading gives a `Book` of plain values: cells are what the file holds, addresses are true (blank rows are kept), and
`marks` tells what the plain value hides. Writing takes a `Book` with looks: formats by name, validations, protection.
"""

from __future__ import annotations

from xlplan.book.looks import (
    Cell,
    Chart,
    Choice,
    Content,
    Formula,
    Highlight,
    Link,
    ListTable,
    Look,
    Print,
    Series,
    Stream,
    Value,
)
from xlplan.book.places import Area, address, column_name, position
from xlplan.book.workbook import Book, Mark, Sheet, Visibility

__all__ = [
    "Area",
    "Book",
    "Cell",
    "Chart",
    "Choice",
    "Content",
    "Formula",
    "Highlight",
    "Link",
    "ListTable",
    "Look",
    "Mark",
    "Print",
    "Series",
    "Sheet",
    "Stream",
    "Value",
    "Visibility",
    "address",
    "column_name",
    "position",
]
