"""明细: every slot of the period in one flat table, each linked to the file that it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Cell, Highlight, Link
from xlplan.books.consolidated.work import Placed, put_flat
from xlplan.books.template import Column
from xlplan.books.template.record import EXTRA
from xlplan.books.values import section_text, status_text
from xlplan.headers import Field, header_words
from xlplan.reasons import reason_text
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Book, Content
    from xlplan.books.consolidated.work import Row, Work
    from xlplan.model import Entry, Progress

_MOST_EXTRA = 60
"""The columns of users' own that are shown; beyond that somebody sent a sheet that is no form."""

_CELLS = (Field.DONE, Field.STATUS, Field.PROGRESS, Field.PROBLEM)
"""The fields whose source cells are named, in this order."""


def put_detail(book: Book, work: Work, sources: Mapping[str, str]) -> Placed:
    """Write the sheet. `sources` gives for a file's digest the cell of the sources sheet that tells about it."""
    page = work.dress.pages["detail"]
    extra = [header for header in _extra_headers(work) if header not in {column.header for column in page.columns}]
    look = work.dress.look("text")
    added = tuple(Column(EXTRA, header, 16, look) for header in extra)
    pages = {**work.dress.pages, "detail": replace(page, columns=(*page.columns, *added))}
    work = replace(work, dress=replace(work.dress, pages=pages))
    before = _before(work)
    rows = [_row(work, line, before, sources) for line in work.tally.lines]
    placed = put_flat(book, work, "detail", rows)
    sheet = book.sheets[-1]
    if area := placed.area("rate"):
        sheet.highlights.append(Highlight(area, fill=work.dress.colors["bar"], bar=True))
    if (task := placed.columns.get(Field.TASK)) is not None:
        sheet.freeze = (placed.first, task + 1)
    if sheet.print:
        sheet.print = replace(sheet.print, repeat_columns=(0, 0))
    return placed


def _row(work: Work, line: Progress, before: Mapping[tuple[str, str], Content], sources: Mapping[str, str]) -> Row:
    row, entry = line.row, line.entry
    task = work.tasks.get(row.task)
    section = work.sections.get(task.section) if task else None
    target = row.target
    values: dict[str, Content | Cell] = {
        Field.CODE: row.code,
        Field.SECTION: section_text(section) if section else "",
        Field.SERIAL: task.label if task else "",
        Field.TASK: task.title or task.text if task else row.task,
        Field.TARGET: target.text if target else "",
        Field.OFFICE: line.office,
        Field.ROLE: word(row.role, work.lang),
        Field.LEADER: row.leader,
        Field.DEADLINE: row.deadline,
        Field.KIND: word(target.kind, work.lang) if target else "",
        Field.VALUE: target.value if target else None,
        Field.UNIT: target.unit if target else "",
        Field.BEFORE: before.get((row.code, line.office)),
        "rate": None if line.rate is None else float(round(line.rate, 6)),
        "pace": float(work.tally.period.pace),
        "light": Cell(work.light(line.light), work.look(line.light)),
        "reason": reason_text(line.reason, work.lang, line.override),
        "grade": word(line.grade, work.lang),
    }
    return {**_extra(row.extra), **values, **(_entered(work, entry, sources) if entry else {})}


def _entered(work: Work, entry: Entry, sources: Mapping[str, str]) -> Row:
    source = entry.source
    cells = dict(source.cells)
    named = "、".join(f"{header_words(name, work.lang)} {cells[name]}" for name in _CELLS if cells.get(name))
    target = sources.get(source.sha256)
    see = work.dress.pages["detail"].say("see")
    return {
        **_extra(entry.extra),
        Field.DONE: _done(entry),
        Field.STATUS: status_text(entry, work.lang),
        Field.PROGRESS: entry.progress,
        Field.PROBLEM: entry.problem,
        "file": base_name(source.file),
        "link": Link(work.dress.pages["sources"].name, target, see) if target else None,
        "cell": f"{source.sheet}: {named}" if named else source.sheet,
    }


def _extra(pairs: tuple[tuple[str, str], ...]) -> Row:
    return {f"{EXTRA}:{header}": text for header, text in pairs}


def _done(entry: Entry) -> Content:
    if entry.amount is None:
        return None
    return entry.amount.raw if entry.amount.value is None else entry.amount.value


def _before(work: Work) -> dict[tuple[str, str], Content]:
    lines = work.context.previous.lines if work.context.previous else ()
    return {(line.row.code, line.office): _done(line.entry) for line in lines if line.entry}


def _extra_headers(work: Work) -> list[str]:
    """The headers of all columns that users added to the plan or to returns, as they come."""
    headers: dict[str, None] = {}
    for line in work.tally.lines:
        pairs = (*line.row.extra, *(line.entry.extra if line.entry else ()))
        headers.update((header, None) for header, _ in pairs)
    return list(headers)[:_MOST_EXTRA]


def base_name(path: str) -> str:
    """A file's name without the folders that it lay in."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
