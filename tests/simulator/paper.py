"""A form as the person at the other end has it open: cells by kind of row and column."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook, load_workbook

from simulator.town import Answer
from xlplan.headers import ENTRY, LOCKED, Field, match_row
from xlplan.workflow.demo.filling import save

DAY = 24
WRITTEN = {"value": Field.DONE, "status": Field.STATUS, "progress": Field.PROGRESS, "problem": Field.PROBLEM}


def number(text: str) -> object:
    """A figure as a person types it: a number, not a text."""
    return float(text) if "." in text else int(text)


class Paper:
    """One form opened in openpyxl. `codes` gives the row code of each kind of row."""

    def __init__(self, data: bytes, codes: dict[str, str]) -> None:
        self.book = load_workbook(io.BytesIO(data))
        self.sheet = self.book.worksheets[0]
        self.codes = codes
        self.header, self.columns = self._header()
        code = self.columns[Field.CODE]
        every = range(self.header + 1, self.sheet.max_row + 1)
        self.rows = {str(value): row for row in every if (value := self.sheet.cell(row, code).value)}
        self.last = max(self.rows.values())
        self.width = max(self.columns.values())

    def _header(self) -> tuple[int, dict[str, int]]:
        for index, cells in enumerate(self.sheet.iter_rows(max_row=40, values_only=True), 1):
            columns = {match.field: column + 1 for column, match in match_row(cells, (*LOCKED, *ENTRY)).items()}
            if {Field.CODE, Field.PROGRESS} <= columns.keys():
                return index, columns
        raise LookupError

    def at(self, kind: str, field: str) -> Any:
        """The cell of a kind of row and a column."""
        return self.sheet.cell(self.rows[self.codes[kind]], self.columns[field])

    def fill(self, truth: dict[str, Answer]) -> Paper:
        for kind, answer in truth.items():
            for name, field in WRITTEN.items():
                value = getattr(answer, name)
                if value is not None:
                    self.at(kind, field).value = number(value) if name == "value" else value
        return self

    def line(self, row: int) -> list[Any]:
        """The values of one row of the sheet."""
        return [self.sheet.cell(row, column).value for column in range(1, self.width + 1)]

    def put(self, row: int, values: list[Any]) -> None:
        """Set the values of one row of the sheet."""
        for column, value in enumerate(values, 1):
            self.sheet.cell(row, column).value = value

    def table(self, *, head: bool = True) -> list[list[Any]]:
        """The visible sheet's values from the top, or from the header on."""
        return [self.line(row) for row in range(1 if head else self.header, self.last + 1)]

    def bytes(self, day: int = DAY) -> bytes:
        return save(self.book, datetime(2019, 6, day, tzinfo=UTC))


def pasted(rows: list[list[Any]], title: str = "Sheet1", day: int = DAY) -> bytes:
    """The values in a new workbook."""
    book = Workbook()
    book.active.title = title
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                book.active.cell(at, column).value = value
    return save(book, datetime(2019, 6, day, tzinfo=UTC))


def as_csv(rows: list[list[Any]], encoding: str) -> bytes:
    """The values as a text file, as Excel saves it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_shown(value) for value in row] for row in rows)
    return out.getvalue().encode(encoding)


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.year}/{value.month}/{value.day}"
    return "" if value is None else value
