"""填写说明: the sheet of a form that explains the columns to fill, with an example for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Area
from xlplan.books.metrics import fit

if TYPE_CHECKING:
    from xlplan.book import Book
    from xlplan.books.template import Dress

_HEADER, _LOWEST = 1, 24.0


def put_explanation(book: Book, dress: Dress) -> None:
    """Write the sheet: a row for each column that an office fills and that the template explains."""
    page = dress.pages["guide"]
    sheet = book.add(page.name)
    sheet.widths = {at: column.width for at, column in enumerate(page.columns)}
    sheet.merge(Area(0, 0, 0, len(page.columns) - 1), page.say("title"), dress.look("title"))
    for at, column in enumerate(page.columns):
        sheet.put(_HEADER, at, column.header, dress.look("head"))
    explained = [one for one in dress.pages["form"].columns if one.fill and one.field in page.texts]
    for row, one in enumerate(explained, _HEADER + 1):
        texts = {"field": one.header, "meaning": page.texts[one.field]}
        texts["example"] = page.texts.get(f"{one.field}_example", "")
        for at, column in enumerate(page.columns):
            sheet.put(row, at, texts.get(column.field), column.look)
    fit(sheet, range(_HEADER + 1 + len(explained)), _LOWEST)
    sheet.protected = True
    sheet.print = replace(page.print, repeat=(_HEADER, _HEADER))
