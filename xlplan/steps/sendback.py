"""What goes back to the offices: for each the cells to correct, and who is to be reminded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from xlplan.finding import Severity
from xlplan.headers import ENTRY, Field
from xlplan.marks import code_of
from xlplan.steps.tally import needs_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlplan.finding import Finding
    from xlplan.model import Returned, Submission
    from xlplan.model.progress import Progress, Tally

_ABOUT_ROW: dict[str, tuple[str, ...]] = {
    "E301": (Field.DONE, Field.STATUS, Field.PROGRESS),
    "E302": (Field.STATUS,),
    "E303": (Field.DONE,),
    "E304": (Field.PROGRESS,),
    "E305": (Field.DONE,),
    "E306": (Field.DONE, Field.STATUS, Field.PROGRESS),
    "E308": (Field.DONE,),
}
"""The cells that a finding about a row is about."""

_SAID_TWICE = frozenset({"E308"})  # the cell itself was named already, with its reason


@dataclass(frozen=True)
class Problem:
    """One thing to correct: the row's code and the field where known, the cell in the office's own file, the reason.

    `sheet` and `cell` are empty where the file has no such cell, as for a row that was deleted.
    """

    finding: Finding
    row: str = ""
    field: str = ""
    sheet: str = ""
    cell: str = ""
    written: str = ""


def problems_of(submission: Submission, returned: Returned, tally: Tally) -> dict[str, list[Problem]]:
    """By office, what one file's office is to correct, in the order of its cells."""
    cells = _cells_of(returned)
    problems: dict[str, list[Problem]] = defaultdict(list)
    for finding in submission.findings:
        whole = finding.severity is Severity.ERROR and not finding.place.cell
        if whole or (finding.severity is not Severity.NOTE and finding.place.cell):
            row, field, written = cells.get((finding.place.sheet, finding.place.cell), ("", "", ""))
            problem = Problem(finding, row, field, finding.place.sheet, finding.place.cell, written)
            for office in _offices_of(problem, submission, tally):
                problems[office].append(problem)
    places = {(sheet, row, field): cell for (sheet, cell), (row, field, _) in cells.items()}
    named = {(problem.row, problem.field) for found in problems.values() for problem in found}
    for line in chain.from_iterable(map(tally.of_office, submission.offices)):
        for finding in tally.about_row(line.row.code):
            if _is_about(finding, line, submission):
                problems[line.office] += _about_row(finding, line, places, named)
    return dict(problems)


def _cells_of(returned: Returned) -> dict[tuple[str, str], tuple[str, str, str]]:
    """For each cell of the file's tables the row's code, the field, and what is written there."""
    return {
        (sheet.sheet, cell.cell): (code_of(row.get(Field.CODE).text), name, cell.text)
        for sheet in returned.sheets
        for row in reversed(sheet.rows)  # a merged cell is its first row's
        for name, cell in row.cells
        if cell.cell
    }


def _offices_of(problem: Problem, submission: Submission, tally: Tally) -> Iterable[str]:
    """Whose problem it is: the row's office where the file has several, else everybody's in the file."""
    holders = {line.office for line in tally.of_row(problem.row)} & set(submission.offices)
    return holders or submission.offices


def _is_about(finding: Finding, line: Progress, submission: Submission) -> bool:
    if finding.code not in _ABOUT_ROW:
        return False
    if line.entry is None:
        return True
    return finding.place.file == line.entry.source.file == submission.path


def _about_row(
    finding: Finding,
    line: Progress,
    places: Mapping[tuple[str, str, str], str],
    named: set[tuple[str, str]],
) -> list[Problem]:
    """A finding about a row, at the cells that it is about: of the blank ones those that are due."""
    code = line.row.code
    fields = [name for name in _ABOUT_ROW[finding.code] if _is_due(finding, line, name)]
    if finding.code in _SAID_TWICE and any((code, name) in named for name in fields):
        return []
    sheets = {sheet for sheet, row, _ in places if row == code}
    sheet = line.entry.source.sheet if line.entry else next(iter(sorted(sheets)), "")
    found = [(name, places.get((sheet, code, name), "")) for name in fields]
    written = line.entry.amount.raw if line.entry and line.entry.amount else ""
    at = [
        Problem(finding, code, name, sheet, cell, written if name == Field.DONE else "") for name, cell in found if cell
    ]
    return at or [Problem(finding, code, *fields[:1])]


def _is_due(finding: Finding, line: Progress, name: str) -> bool:
    if line.entry is None:
        return name != Field.DONE or needs_number(line.row)
    if finding.code != "E301":
        return True
    blank = {
        Field.DONE: needs_number(line.row) and line.entry.amount is None,
        Field.STATUS: line.entry.status is None,
        Field.PROGRESS: not line.entry.progress,
    }
    return blank.get(Field(name), False)


def entry_values(tally: Tally, office: str) -> dict[tuple[str, str], str]:
    """What an office has said so far, by row code and field: what its form is filled with when its own cannot be."""
    values: dict[tuple[str, str], str] = {}
    for line in tally.of_office(office):
        entry = line.entry
        if entry is None:
            continue
        texts: Sequence[str] = (
            entry.amount.raw if entry.amount else "",
            entry.status_raw,
            entry.progress,
            entry.problem,
        )
        values |= {(line.row.code, name): text for name, text in zip(ENTRY, texts, strict=True) if text}
    return values
