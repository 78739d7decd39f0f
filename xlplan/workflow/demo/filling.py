"""Filling forms the way people fill them, for the demonstration: neatly, carelessly, late, or not at all."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from xlplan.headers import ENTRY, LOCKED, Field, match_row
from xlplan.marks import in_print
from xlplan.model import Comparator, Kind, Role
from xlplan.workflow.demo.phrases import NEXT, PROGRESS, TROUBLE

if TYPE_CHECKING:
    from datetime import datetime

    from xlplan.model import Assignment
    from xlplan.period import Period

_DIRECT = frozenset({Kind.GROWTH, Kind.RATIO, Kind.RANK, Kind.CEILING})
_LAST_ROW = 400
_COUNTED = frozenset("家个项人名次场篇")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class Answer:
    """What an office says of one row."""

    value: Decimal | None
    status: str
    progress: str
    problem: str


def answer(row: Assignment, period: Period) -> Answer:
    """A believable answer: most rows keep pace, some are behind, a few are done; the same for the same row always."""
    luck = _luck(row.code)
    speed = Decimal("0.55") if luck < 3 else Decimal("0.85") if luck < 6 else Decimal("1.05")  # noqa: PLR2004 - of 16
    done = period.pace == 1 and luck >= 6  # noqa: PLR2004 - the offices that keep pace
    value = _value(row, period, speed, done=done)
    status = "已完成" if done else "推进中"
    quarter = int(period.pace * 4) - 1
    target = row.target
    progress = PROGRESS[(luck + quarter) % len(PROGRESS)]
    if value is not None and target:
        progress = f"{target.indicator or target.text}{value}{in_print(target.unit)}。{progress}"
    problem = "" if done else TROUBLE[luck % len(TROUBLE)] + NEXT[quarter % len(NEXT)] if luck < 6 else ""  # noqa: PLR2004 - those behind
    return Answer(value, status, f"{'一二三四'[quarter]}季度：{progress}", problem)


def fill(data: bytes, answers: dict[str, Answer], when: datetime) -> bytes:
    """The form with the answers in its entry cells, found by header and row code, saved at `when`."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    header, columns = header_of(sheet)
    for cells in sheet.iter_rows(min_row=header + 1, max_row=_LAST_ROW):
        one = answers.get(str(cells[columns[Field.CODE]].value or ""))
        if one is None:
            continue
        if one.value is not None:
            cells[columns[Field.DONE]].value = float(one.value) if one.value % 1 else int(one.value)
        cells[columns[Field.STATUS]].value = one.status
        cells[columns[Field.PROGRESS]].value = one.progress
        cells[columns[Field.PROBLEM]].value = one.problem or None
    return save(book, when)


def header_of(sheet: Any) -> tuple[int, dict[Field, int]]:  # noqa: ANN401 - an openpyxl sheet
    """The 1-based header row of a form, and its 0-based columns by field."""
    for index, cells in enumerate(sheet.iter_rows(max_row=40, values_only=True), 1):
        columns = {match.field: column for column, match in match_row(cells, (*LOCKED, *ENTRY)).items()}
        if {Field.CODE, Field.STATUS, Field.PROGRESS} <= columns.keys():
            return index, columns
    raise LookupError


def save(book: Any, when: datetime) -> bytes:  # noqa: ANN401 - an openpyxl workbook
    """The workbook's bytes, carrying `when` as the time it was saved; openpyxl itself would write the present."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + f"{when:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            after.writestr(zipfile.ZipInfo(name, (when.year, when.month, when.day, 12, 0, 0)), data)
    return out.getvalue()


def _value(row: Assignment, period: Period, speed: Decimal, *, done: bool) -> Decimal | None:
    target = row.target
    if target is None or target.value is None or row.role is not Role.LEAD:
        return None
    share = Decimal(period.pace.numerator) / Decimal(period.pace.denominator)
    if target.kind in _DIRECT or target.comparator in {Comparator.AT_MOST, Comparator.LESS}:
        share, speed = Decimal(1), min(speed + Decimal("0.1"), Decimal(1))
    value = target.value if done else target.value * share * speed
    if target.kind is Kind.RANK:
        value = target.value + (0 if speed == 1 else 2)
    whole = target.kind is Kind.RANK or target.unit[:1] in _COUNTED
    return value.quantize(Decimal(1) if whole else Decimal("0.1"), ROUND_HALF_UP)


def _luck(code: str) -> int:
    return hashlib.sha256(code.encode()).digest()[0] % 16
