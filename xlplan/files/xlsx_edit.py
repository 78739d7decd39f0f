"""Changing single cells of a workbook that somebody else made, leaving its looks as they are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def set_cells(data: bytes, values: Mapping[tuple[str, str], str]) -> bytes:
    """The workbook with texts set at (sheet, address)."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for (sheet, cell), value in values.items():
        target = book[sheet][cell]
        target.value = value
        target.data_type = "s"  # never a formula, whatever the text begins with
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
