"""`xlplan export --as-return`: the form that the level above sent, filled from one's own consolidated entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.form.origins import ORIGIN_SHEET, ORIGIN_WIDTHS, origin_lines
from xlplan.books.form.parse import parse
from xlplan.books.values import task_text
from xlplan.errors import XlplanError
from xlplan.files.archives import Item
from xlplan.files.disk import digest, read_bytes, with_ending, write_bytes
from xlplan.files.workbook import read_book
from xlplan.files.worker import run_safely
from xlplan.files.xlsx_annotate import Annotation, annotate
from xlplan.ledger.queries import last_change
from xlplan.model import Status
from xlplan.period import Period
from xlplan.steps.relay import Answer, answer
from xlplan.words import word
from xlplan.workflow.view import view_period

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.model import Returned
    from xlplan.workflow.workspace import Workspace

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Relayed:
    """The filled form, how many of its rows have an answer, and how many there are."""

    path: Path
    answered: int
    rows: int
    findings: tuple[Finding, ...]


def export_as_return(
    workspace: Workspace, form: Path, wanted: Period | None, today: date, out: Path | None = None
) -> Relayed:
    """Fill a form of the level above. XlplanError W850 when it cannot be filled, W851 when it is another period's.

    A second sheet tells for every content which office, file and cell it comes from; collecting the form keeps that.
    It is dated as of the ledger's last change, so that what is reported after a correction replaces what was before.
    """
    path = out or workspace.reports / f"{form.stem}_上报.xlsx"
    with_ending(path, ".xlsx")
    data = read_bytes(form)
    returned = _read(data, form.name)
    view = view_period(workspace, _period(returned, wanted, form.name), today)
    shown = {task.code: task_text(task) for task in view.plan.tasks}
    answers, found = answer(returned, view.tally, shown)
    filled = _filled(data, answers, view.plan.language, _date(workspace, returned))
    if filled is None:
        raise XlplanError(rules.find("W850", path=form.name))
    write_bytes(path, filled)
    rows = sum(len(sheet.rows) for sheet in returned.sheets)
    return Relayed(path, sum(bool(one.values) for one in answers), rows, (*view.findings, *found))


def _read(data: bytes, name: str) -> Returned:
    outcomes = list(run_safely(_reading, iter([Item(name, data)])))
    returned = outcomes[0].result if outcomes else None
    if returned is None or not returned.sheets:
        raise XlplanError(rules.find("W850", path=name))
    return returned


def _reading(item: Item) -> Returned | None:
    book, _ = read_book(item.data, item.path)
    return parse(book, item.path, digest(item.data)) if book else None


def _period(returned: Returned, wanted: Period | None, name: str) -> Period | None:
    """The period to answer for: the one that the form was sent for, where it says."""
    asked = Period.parse(returned.stamp.period) if returned.stamp else None
    if wanted and asked and wanted != asked:
        raise XlplanError(rules.find("W851", path=name, asked=asked.code, wanted=wanted.code))
    return asked or wanted


def _date(workspace: Workspace, returned: Returned) -> datetime:
    with workspace.ledger.session() as connection:
        changed = last_change(connection)
    return max(changed or _LONG_AGO, returned.modified or _LONG_AGO)


def _filled(data: bytes, answers: list[Answer], lang: str, at: datetime) -> bytes | None:
    values = {
        (one.sheet, cell): word(Status(text), lang) if field == "status" else text
        for one in answers
        for field, cell, text in one.values
    }
    origins = ((one.row, origin) for one in answers for origin in one.origins)
    annotation = Annotation(
        ORIGIN_SHEET[lang],
        origin_lines(origins, lang),
        at,
        values=values,
        formulas=None,
        widths=ORIGIN_WIDTHS,
        last=True,
    )
    outcomes = list(run_safely(_Fill(annotation), iter([Item("form", data)])))
    return outcomes[0].result if outcomes else None


@dataclass(frozen=True)
class _Fill:
    """The work on one file; can be sent to another process."""

    wanted: Annotation

    def __call__(self, item: Item) -> bytes | None:
        return annotate(item.data, self.wanted)
