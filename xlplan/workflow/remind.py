"""`xlplan remind`: 催报 for whoever has not reported, and for whoever has, their own file with what to correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from xlplan.book import Formula
from xlplan.books.form.compose import compose as compose_form
from xlplan.books.form.parse import parse
from xlplan.books.sendback import LIST_SHEET, Reminder, comment_of, compose, list_head, list_line
from xlplan.books.values import day_text
from xlplan.errors import XlplanError
from xlplan.files.archives import Item
from xlplan.files.disk import digest, file_name, read_bytes, write_bytes
from xlplan.files.workbook import read_book
from xlplan.files.worker import run_safely
from xlplan.files.xlsx_annotate import Annotation, annotate
from xlplan.files.xlsx_writer import write_book
from xlplan.headers import Field
from xlplan.model import State
from xlplan.steps.merge import latest_per_office
from xlplan.steps.sendback import Problem, entry_values, problems_of
from xlplan.steps.split import Sending, split
from xlplan.workflow.distribute import entries_before
from xlplan.workflow.templates import form_columns, load_template
from xlplan.workflow.view import view_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from xlplan.book import Book
    from xlplan.finding import Finding
    from xlplan.model import Form, Returned, Submission
    from xlplan.period import Period
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sent:
    """A workbook that goes back to an office: where it lies, and how many things it asks to correct."""

    office: str
    path: Path
    problems: int


@dataclass(frozen=True)
class Reminded:
    """What was written: the notices for silent offices, one line each, the workbooks to send back, the list of both."""

    period: Period
    notices: tuple[str, ...]
    sent: tuple[Sent, ...]
    text: Path
    listing: Path
    findings: tuple[Finding, ...]


def remind(workspace: Workspace, wanted: Period | None, today: date) -> Reminded:
    """Write the notices and the workbooks into `reports/`; those of an earlier call are replaced."""
    view = view_period(workspace, wanted, today)
    zh = view.plan.language == "zh"
    sender = _Sender(workspace, view)
    sent = sender.run()
    notices = {
        one.office.name: _notice(view, one.late, one.office.name) for one in view.context.returns if not one.submission
    }
    reminders = _reminders(view, notices, {one.office: one.problems for one in sent})
    text = workspace.reports / f"{'催报' if zh else 'reminders'}_{view.period.code}.txt"
    listing = workspace.reports / f"{'催报清单' if zh else 'reminders'}_{view.period.code}.xlsx"
    write_bytes(text, "".join(f"{line}\n" for line in notices.values()).encode())
    data, found = write_book(compose(reminders, view.plan.title, view.period, view.plan.language))
    write_bytes(listing, data)
    return Reminded(view.period, tuple(notices.values()), tuple(sent), text, listing, (*view.findings, *found))


def _notice(view: View, late: int, office: str) -> str:
    """One line to paste into a chat."""
    rows = sum(line.office == office for line in view.tally.lines)
    due, lang = view.context.deadline, view.plan.language
    unusable = [one.path.rpartition("/")[2] for one in view.folded.files if _is_unusable(one) and office in one.path]
    if lang != "zh":
        by = f", due {due}" if due else ""
        return f"{office}: the return for {view.period.label(lang)}{by} ({rows} rows) has not come. Please send it."
    by = f"应于{day_text(due, lang)}前报送" if due else "应报送"
    past = f",已逾期{late}天" if late else ""
    came = f"收到的“{'”“'.join(unusable)}”不能用," if unusable else ""
    return f"{office}:{view.period.label(lang)}进展填报表({rows}项){by}{past},{came}至今没有收到可用的表,请尽快报送。"


def _is_unusable(one: Submission) -> bool:
    return one.state in {State.QUARANTINED, State.REJECTED}


def _reminders(view: View, notices: Mapping[str, str], problems: Mapping[str, int]) -> list[Reminder]:
    zh = view.plan.language == "zh"
    reminders = []
    for one in view.context.returns:
        office = one.office
        count = problems.get(office.name, 0)
        if office.name in notices or count:
            rows = sum(line.office == office.name for line in view.tally.lines)
            asked = f"有{count}处需要修改,见退回的表。" if zh else f"{count} things to correct, see the workbook."
            text, silent = notices.get(office.name, asked), office.name in notices
            facts = (office.name, office.contact, office.leader, silent, rows, count, view.context.deadline, one.late)
            reminders.append(Reminder(*facts, text))
    return reminders


class _Sender:
    """Writes the workbooks that go back for one period."""

    def __init__(self, workspace: Workspace, view: View) -> None:
        self.workspace = workspace
        self.view = view
        self.lang = view.plan.language
        self.columns = form_columns(workspace, view.plan)
        self.issued = {one.stamp.office: one for one in workspace.ledger.issued(view.period.code)}
        self.forms = self._forms()

    def run(self) -> list[Sent]:
        """A workbook for each office with something to correct, in roster order."""
        name = f"{'退回' if self.lang == 'zh' else 'corrections'}_{self.view.period.code}"
        folder = self.workspace.reports / name
        sent = []
        latest = latest_per_office(self.view.folded.files)
        for office in self.view.plan.offices:
            submission = latest.get(office.name)
            made = self._for(office.name, submission) if submission else None
            if made:
                path = folder / f"{file_name(office.name)}_{self.view.period.code}_{LIST_SHEET[self.lang]}.xlsx"
                write_bytes(path, made[0])
                sent.append(Sent(office.name, path, made[1]))
        kept = {one.path for one in sent}
        for old in sorted(folder.glob(f"*_{LIST_SHEET[self.lang]}.xlsx")):
            if old not in kept:
                old.unlink()
        return sent

    def _for(self, office: str, submission: Submission) -> tuple[bytes, int] | None:
        data = self._original(submission)
        book = read_safely(data, submission.path)
        if book is None:
            return None
        returned = parse(book, submission.path, submission.sha256, self.columns)
        problems = problems_of(submission, returned, self.view.tally).get(office, [])
        if not problems:
            return None
        made = None
        if len(submission.offices) == 1:
            made = _run(data, self._annotation(problems, submission, book, returned))
        return made or self._on_a_fresh_form(office, submission, problems), len(problems)

    def _annotation(
        self, problems: Sequence[Problem], submission: Submission, book: Book, returned: Returned
    ) -> Annotation:
        first = next((row.get(Field.CODE) for sheet in returned.sheets for row in sheet.rows), None)
        sheet = returned.sheets[0].sheet if returned.sheets else ""
        probe = {(sheet, first.cell): first.text} if first and first.cell else {(sheet, "A1"): "\0"}
        shown = {
            (one.name, cell): one.value(*at) for one in book.sheets for at in one.marks for cell in (_address(at),)
        }
        return self._listed(problems, submission, shown=shown, probe=probe)

    def _listed(
        self, problems: Sequence[Problem], submission: Submission, **more: Mapping[tuple[str, str], object]
    ) -> Annotation:
        notes: dict[tuple[str, str], str] = {}
        for one in problems:
            if one.cell:
                before = notes.get((one.sheet, one.cell))
                text = comment_of(one.finding, self.lang)
                notes[one.sheet, one.cell] = f"{before}\n{text}" if before and text not in before else text
        lines = [list_line(one.finding, one.row, one.written, self.lang, at=(one.sheet, one.cell)) for one in problems]
        saved = (submission.when or _LONG_AGO) + timedelta(seconds=1)
        title = LIST_SHEET[self.lang]
        formulas = self._formulas(submission.offices[0]) if len(submission.offices) == 1 else frozenset()
        return Annotation(title, (list_head(self.lang), *lines), saved, notes, formulas=formulas, **more)  # type: ignore[arg-type]

    def _on_a_fresh_form(self, office: str, submission: Submission, problems: Sequence[Problem]) -> bytes:
        """The office's form with what it has said so far, for a file that cannot be edited."""
        data = self._form(office)
        book, _ = read_book(data, office)
        returned = parse(book, office, "", self.columns) if book else None
        places = {
            (row.get(Field.CODE).text.strip().upper(), name): (sheet.sheet, cell.cell)
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
        return _run(data, self._listed(moved, submission, values=values)) or data

    def _original(self, submission: Submission) -> bytes:
        folder = self.workspace.archive / submission.sha256[:2]
        kept = next(iter(sorted(folder.glob(f"{submission.sha256}*"))), folder / submission.sha256)
        return read_bytes(kept)

    def _form(self, office: str) -> bytes:
        """The form as it was sent, else made again."""
        code = next(one.code for one in self.view.plan.offices if one.name == office)
        issued = self.issued.get(code)
        path = self.workspace.root / issued.path if issued else None
        if issued and path and path.is_file() and digest(data := read_bytes(path)) == issued.sha256:
            return data
        return write_book(self._composed(office))[0]

    def _composed(self, office: str) -> Book:
        template, _ = load_template(self.workspace, "form")
        return compose_form(self.forms[office], template, self.view.plan)

    def _forms(self) -> dict[str, Form]:
        workspace, plan, period = self.workspace, self.view.plan, self.view.period
        issued = workspace.ledger.issued(period.code)
        before = entries_before(workspace, period)
        sending = Sending(period, self.view.context.deadline, workspace.ledger.key, issued, before)
        return {form.office.name: form for form in split(plan, sending)}

    def _formulas(self, office: str) -> frozenset[str]:
        """The formulas of our own form, which may stay."""
        cells = (cell.value for sheet in self._composed(office).sheets for cell in sheet.cells.values())
        return frozenset(value.text.removeprefix("=") for value in cells if isinstance(value, Formula))


def _address(at: tuple[int, int]) -> str:
    from xlplan.book import address

    return address(*at)


def read_safely(data: bytes, name: str) -> Book | None:
    """A workbook from the archive, read as carefully as when it came."""
    for outcome in run_safely(_reading, iter([Item(name, data)])):
        return outcome.result
    return None


def _reading(item: Item) -> Book | None:
    return read_book(item.data, item.path)[0]


@dataclass(frozen=True)
class _Annotate:
    """The work on one file; can be sent to another process."""

    wanted: Annotation

    def __call__(self, item: Item) -> bytes | None:
        """The annotated workbook."""
        return annotate(item.data, self.wanted)


def _run(data: bytes, wanted: Annotation) -> bytes | None:
    """Annotate without danger for this process; None when that cannot be done."""
    try:
        outcomes = list(run_safely(_Annotate(wanted), iter([Item("sendback", data)])))
    except XlplanError:
        return None
    return outcomes[0].result if outcomes else None
