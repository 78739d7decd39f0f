"""Reading a claim form that came back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.books.form.parse import Columns, columns_of
from xlplan.books.form.parse import parse as parse_form
from xlplan.headers import Field

if TYPE_CHECKING:
    from xlplan.book import Book
    from xlplan.model import Heading, Returned

_FIELDS = (
    Field.CODE,
    Field.SERIAL,
    Field.SECTION,
    Field.TASK,
    Field.TARGET,
    Field.LEADER,
    Field.DEADLINE,
    Field.CLAIM,
    Field.NOTE,
)
_REQUIRED = (frozenset({Field.CLAIM}), frozenset({Field.CODE, Field.TASK}))


def claim_columns(headings: tuple[Heading, ...]) -> Columns:
    """The columns of claim forms that were made with these."""
    return replace(columns_of(headings), wanted=_FIELDS, required=_REQUIRED)


def parse(book: Book, file: str, sha256: str, columns: Columns) -> Returned | None:
    """A claim form that came back; None when the workbook has no column of claims."""
    returned = parse_form(book, file, sha256, columns)
    return returned if returned.sheets else None
