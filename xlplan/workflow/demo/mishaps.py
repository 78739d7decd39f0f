"""The ways in which the sample's returns go wrong, one function each: bytes in, bytes out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlplan.headers import Field
from xlplan.workflow.demo.filling import header_of, save

if TYPE_CHECKING:
    from datetime import datetime

_LAST_ROW = 400


def sorted_backwards(data: bytes, when: datetime) -> bytes:
    """The rows in the opposite order, as after a click on a sort button."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    header, columns = header_of(sheet)
    code = columns[Field.CODE] + 1
    rows = [row for row in range(header + 1, _LAST_ROW) if sheet.cell(row, code).value]
    width = max(columns.values()) + 1
    texts = [[sheet.cell(row, column).value for column in range(1, width + 1)] for row in rows]
    for row, values in zip(rows, reversed(texts), strict=True):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    return save(book, when)


def words_for_numbers(data: bytes, when: datetime) -> bytes:
    """约 and units in the number cells, as when people write what they would say."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    header, columns = header_of(sheet)
    wordings = ("约{}", "{}（预计）", "已完成{}左右")
    filled = [
        cell
        for row in range(header + 1, _LAST_ROW)
        if isinstance((cell := sheet.cell(row, columns[Field.DONE] + 1)).value, int | float)
    ]
    for index, cell in enumerate(filled):
        cell.value = wordings[index % len(wordings)].format(cell.value)
    return save(book, when)


def plan_text_edited(data: bytes, when: datetime) -> bytes:
    """A task reworded in a locked cell."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    header, columns = header_of(sheet)
    cell = sheet.cell(header + 1, columns[Field.TASK] + 1)
    cell.value = f"{cell.value}（根据实际情况适当调整）"
    return save(book, when)


def cut_short(data: bytes, when: datetime) -> bytes:
    """Half a file, as after a copy that broke off."""
    del when
    return data[: len(data) // 2]
