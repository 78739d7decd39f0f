"""The workbooks that go back to the offices for one period: their own, marked cell by cell, or else a fresh form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.book import Mark, address
from xlplan.books.form.layout import PlanColumns
from xlplan.books.form.parse import parse
from xlplan.books.sendback import comment_of, list_head, list_line
from xlplan.books.table import text_of
from xlplan.errors import XlplanError
from xlplan.files.archives import Item
from xlplan.files.disk import digest, file_name, read_bytes, write_bytes
from xlplan.files.workbook import read_book
from xlplan.files.worker import run_safely
from xlplan.files.xlsx_annotate import Annotation, Restored, annotate, formulas_of
from xlplan.finding import Severity
from xlplan.headers import Field
from xlplan.marks import code_of
from xlplan.model import State
from xlplan.steps.merge import latest_per_office, newest_first
from xlplan.steps.sendback import Problem, entry_values, problems_of
from xlplan.steps.split import split
from xlplan.steps.tally import needs_number
from xlplan.workflow.distribute import sending_of
from xlplan.workflow.own_form import form_writer
from xlplan.workflow.templates import form_columns, load_template
from xlplan.workflow.workspace import unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlplan.book import Book
    from xlplan.books.template import Dress, Page
    from xlplan.files.limits import Limits
    from xlplan.model import Form, Returned, ReturnedSheet, Submission, Written
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace

_SUFFIX = {"zh": "退回修改", "en": "To correct"}  # of the files
_LONG_AGO, _FAR_OFF = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
_ABSENT, _NO_COLUMN, _NO_TABLE = "E306", "M112", "M110"


@dataclass(frozen=True)
class Sent:
    """A workbook that goes back to an office: where it lies, and what it asks to correct."""

    office: str
    path: Path
    problems: tuple[Problem, ...]


def send_back(workspace: Workspace, view: View) -> list[Sent]:
    """Write a workbook for each office with something to correct, in roster order; those no longer due are removed."""
    lang = view.plan.language
    folder = workspace.reports / f"{'退回' if lang == 'zh' else 'corrections'}_{view.period.code}"
    sender = _Sender(workspace, view)
    sent = []
    for office in view.plan.offices:
        made = sender.workbook(office.name)
        if made:
            path = folder / f"{file_name(office.name)}_{view.period.code}_{_SUFFIX[lang]}.xlsx"
            write_bytes(path, made[0])
            sent.append(Sent(office.name, path, tuple(made[1])))
    kept = {one.path for one in sent}
    for old in sorted(folder.glob(f"*_{_SUFFIX[lang]}.xlsx")):
        if old not in kept:
            old.unlink()
    return sent


@dataclass
class _Sender:
    workspace: Workspace
    view: View
    latest: Mapping[str, Submission] = field(init=False)

    def __post_init__(self) -> None:
        self.lang = self.view.plan.language
        self.limits = self.workspace.settings.limits
        self.columns = form_columns(self.workspace, self.view.plan, self.workspace.ledger.sent())
        self.issued = {one.stamp.office: one for one in self.workspace.ledger.issued(self.view.period.code)}
        self.latest = latest_per_office(self.view.folded.files)

    def workbook(self, office: str) -> tuple[bytes, Sequence[Problem]] | None:
        """What one office gets, and what it is to correct; None when there is nothing."""
        submission = self.latest.get(office)
        if submission is None:
            return self._for_no_table(office)
        data = self._original(submission)
        book = read_safely(data, submission.path, self.limits)
        if book is None:
            return None
        returned = parse(book, submission.path, submission.sha256, self.columns)
        problems = problems_of(submission, returned, self.view.tally).get(office, [])
        if not problems:
            return None
        made = None
        if len(submission.offices) == 1 and not any(one.finding.code == _NO_COLUMN for one in problems):
            made = self._on_their_own(data, problems, submission, book, returned)
        return made or self._on_a_fresh_form(office, submission, problems), problems

    def _for_no_table(self, office: str) -> tuple[bytes, Sequence[Problem]] | None:
        """A fresh form for an office of which only a file came that has lost its table."""
        lost = (one for one in newest_first(self.view.folded.files) if one.state is State.REJECTED)
        submission = next(
            (one for one in lost if office in one.offices and any(found.code == _NO_TABLE for found in one.findings)),
            None,
        )
        if submission is None or office not in self.forms:
            return None
        problems = [Problem(found) for found in submission.findings if found.severity is Severity.ERROR]
        return self._on_a_fresh_form(office, submission, problems), problems

    def _on_their_own(
        self, data: bytes, problems: Sequence[Problem], submission: Submission, book: Book, returned: Returned
    ) -> bytes | None:
        """The office's own file with its marks, and with the rows that it deleted; None when it cannot be edited."""
        office = submission.offices[0]
        problems, restored = self._restored(problems, office, book, returned)
        first = next((row.get(Field.CODE) for sheet in returned.sheets for row in sheet.rows), None)
        sheet = returned.sheets[0].sheet if returned.sheets else ""
        probe = {(sheet, first.cell): first.text} if first and first.cell else {(sheet, "A1"): "\0"}
        marks = [(one, at, set_) for one in book.sheets for at, set_ in one.marks.items()]
        shown = {(one.name, address(*at)): one.value(*at) for one, at, _ in marks}
        ours = formulas_of(self._form(office)) if any(Mark.FORMULA in set_ for _, _, set_ in marks) else frozenset()
        wanted = replace(self._listed(problems, submission), restored=restored, shown=shown, formulas=ours, probe=probe)
        return _run(data, wanted, self.limits)

    def _restored(
        self, problems: Sequence[Problem], office: str, book: Book, returned: Returned
    ) -> tuple[list[Problem], tuple[Restored, ...]]:
        """The rows that are absent, to be put below the table, and the problems with those rows' cells."""
        table = max(returned.sheets, key=lambda one: len(one.rows), default=None)
        sheet = book.sheet(table.sheet) if table else None
        form = self.forms.get(office)
        if table is None or sheet is None or form is None or not table.rows:
            return list(problems), ()
        letters = {name: cell.cell.rstrip("0123456789") for name, cell in _cells(table) if cell.cell}
        shown = PlanColumns(form, self.view.plan, self._page)
        rows = {row.code: row for row in form.rows}
        placed, restored = [], []
        at = len(sheet.rows)
        for one in problems:
            row = rows.get(one.row) if one.finding.code == _ABSENT else None
            if row:
                at += 1
                values = {**shown.of(row), **dict(row.extra)}
                texts = {
                    letters[name]: text
                    for name, value in values.items()
                    if name in letters and (text := text_of(value))
                }
                restored.append(Restored(table.sheet, at, self._like(table, row.code), texts))
                name = one.field if one.field in letters else Field.PROGRESS
                placed.append(replace(one, sheet=table.sheet, cell=f"{letters.get(name, 'A')}{at}"))
            else:
                placed.append(one)
        return placed, tuple(restored)

    def _like(self, table: ReturnedSheet, code: str) -> int:
        """The number of a row that asks for the same kind of answer as this one, else of the last row."""
        numbers = {line.row.code: needs_number(line.row) for line in self.view.tally.lines}
        same = (
            row.index + 1
            for row in reversed(table.rows)
            if numbers.get(code_of(row.get(Field.CODE).text)) == numbers.get(code)
        )
        return next(same, table.rows[-1].index + 1)

    def _listed(self, problems: Sequence[Problem], submission: Submission) -> Annotation:
        notes: dict[tuple[str, str], str] = {}
        for one in problems:
            if one.cell:
                before = notes.get((one.sheet, one.cell))
                text = comment_of(one.finding, self._dress)
                notes[one.sheet, one.cell] = f"{before}\n{text}" if before and text not in before else text
        lines = [list_line(one.finding, self._dress, _facts(one)) for one in problems]
        page = self._dress.pages["corrections"]
        saved = min(max(submission.when or _LONG_AGO, _LONG_AGO), _FAR_OFF).astimezone(UTC) + timedelta(seconds=1)
        return Annotation(
            page.name,
            (list_head(self._dress), *lines),
            saved,
            notes,
            widths=tuple(column.width for column in page.columns),
            places=tuple((one.sheet, one.cell) for one in problems),
            looks=(self._dress.look("list_head"), self._dress.look("list")),
        )

    def _on_a_fresh_form(self, office: str, submission: Submission, problems: Sequence[Problem]) -> bytes:
        """The office's form with what it has said so far, for a file that cannot be edited."""
        data = self._form(office)
        book, _ = read_book(data, office)
        returned = parse(book, office, "", self.columns) if book else None
        places = {
            (code_of(row.get(Field.CODE).text), name): (sheet.sheet, cell.cell)
            for sheet in (returned.sheets if returned else ())
            for row in sheet.rows
            for name, cell in row.cells
        }
        said = entry_values(self.view.tally, office)
        values = {places[at]: text for at, text in said.items() if at in places}
        moved = [
            Problem(one.finding, one.row, one.field, *places.get((one.row, one.field), ("", "")), one.written)
            for one in problems
        ]
        wanted = replace(self._listed(moved, submission), values=values, formulas=formulas_of(data))
        return _run(data, wanted, self.limits) or data

    def _original(self, submission: Submission) -> bytes:
        try:
            return self.workspace.archive.read(submission.sha256)
        except OSError as error:
            raise unreachable(self.workspace.archive, error) from error

    def _form(self, office: str) -> bytes:
        """The form as it was sent, else made again."""
        code = next(one.code for one in self.view.plan.offices if one.name == office)
        issued = self.issued.get(code)
        path = self.workspace.root / issued.path if issued else None
        if issued and path and path.is_file() and digest(data := read_bytes(path)) == issued.sha256:
            return data
        template, _ = load_template(self.workspace, "form")
        plan, form = self.view.plan, self.forms[office]
        writer = form_writer(self.workspace, template, plan)
        return writer.write(writer.columns(writer.job(form, plan)))[0]

    @cached_property
    def _dress(self) -> Dress:
        """The looks and texts of the list of what to correct."""
        return load_template(self.workspace, "remind")[0].dress(self.lang)

    @cached_property
    def _page(self) -> Page:
        template, _ = load_template(self.workspace, "form")
        return template.dress(self.lang).pages["form"]

    @cached_property
    def forms(self) -> dict[str, Form]:
        """Every office's form as it would be sent now."""
        sending = sending_of(self.workspace, self.view.period, self.view.context.deadline, self._page)
        return {form.office.name: form for form in split(self.view.plan, sending)}


def _facts(one: Problem) -> dict[str, str]:
    return {"sheet": one.sheet, "cell": one.cell, "row": one.row, "written": one.written}


def _cells(table: ReturnedSheet) -> list[tuple[str, Written]]:
    """The cells of a table's first row, by field, and by header those of other columns."""
    return [*table.rows[0].cells, *table.rows[0].extra]


def read_safely(data: bytes, name: str, limits: Limits) -> Book | None:
    """A workbook from the archive, read as carefully as when it came."""
    (outcome,) = run_safely(_Read(limits), [Item(name, data)], limits)
    return outcome.result


@dataclass(frozen=True)
class _Read:
    """Reading one file; can be sent to another process."""

    limits: Limits

    def __call__(self, item: Item) -> Book | None:
        """The workbook; None when it cannot be read."""
        return read_book(item.data, item.path, self.limits)[0]


@dataclass(frozen=True)
class _Annotate:
    """The work on one file; can be sent to another process."""

    wanted: Annotation

    def __call__(self, item: Item) -> bytes | None:
        """The annotated workbook."""
        return annotate(item.data, self.wanted)


def _run(data: bytes, wanted: Annotation, limits: Limits) -> bytes | None:
    """Annotate without danger for this process; None when that cannot be done."""
    try:
        outcomes = list(run_safely(_Annotate(wanted), [Item("sendback", data)], limits))
    except XlplanError:
        return None
    return outcomes[0].result if outcomes else None
