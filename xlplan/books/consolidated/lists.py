"""The lists behind the figures: 未报与缺项, 问题清单 and 来源."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.consolidated.figures import FILLED
from xlplan.books.consolidated.flat import Flat, Rows, put_flat
from xlplan.books.consolidated.work import base_name
from xlplan.books.values import listed
from xlplan.finding import Severity
from xlplan.headers import Field
from xlplan.model import Grade
from xlplan.reasons import reason_text
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Book
    from xlplan.books.consolidated.flat import Row
    from xlplan.books.consolidated.work import Work
    from xlplan.finding import Finding
    from xlplan.model import Submission
    from xlplan.model.progress import Progress

_GRADES = [
    Grade.NOT_REPORTED,
    Grade.ROW_ABSENT,
    Grade.BLANK,
    Grade.PENDING,
    Grade.STALE,
    Grade.CONTRADICTION,
]
"""The gaps in the order in which they are listed."""
_SEVERITIES = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
_SHOWN = 12


def put_missing(book: Book, work: Work) -> None:
    """Every slot that was not answered, or not properly, by gap and in plan order."""
    late = {one.office.name: one.late for one in work.context.returns}
    gaps = [line for line in work.tally.lines if line.grade not in FILLED]
    gaps.sort(key=lambda line: _GRADES.index(line.grade))
    rows = Rows(gaps, partial(_gap, work, late))
    put_flat(book, work, Flat("missing", rows, work.dress.pages["missing"]))


def _gap(work: Work, late: Mapping[str, int], line: Progress) -> Row:
    return {
        **work.about(line.row, line.office),
        "grade": word(line.grade, work.lang),
        Field.DEADLINE: work.context.deadline,
        "late": late.get(line.office) or None,
        Field.NOTE: reason_text(line.reason, work.lang, line.override),
    }


def put_findings(book: Book, work: Work) -> None:
    """Every finding of the period, the same one in several cells of a sheet folded into one."""
    owners = {base_name(one.path): listed(one.offices, work.lang) for one in work.context.files}
    found = [*work.tally.findings, *(one for file in work.context.files for one in file.findings)]
    folded: dict[tuple[str, ...], list[Finding]] = {}
    for one in dict.fromkeys(found):
        words = rules.message(one, work.lang)
        folded.setdefault((one.code, words, base_name(one.place.file), one.place.sheet), []).append(one)
    order = sorted(folded.values(), key=lambda one: (_SEVERITIES.index(one[0].severity), *_filed(one[0])))
    rows = Rows(order, partial(_finding, work, owners))
    put_flat(book, work, Flat("findings", rows, work.dress.pages["findings"]))


def _filed(one: Finding) -> tuple[str, str]:
    return base_name(one.place.file), one.code


def _finding(work: Work, owners: Mapping[str, str], found: list[Finding]) -> Row:
    first = found[0]
    file = base_name(first.place.file)
    return {
        "severity": work.dress.pages["findings"].say(first.severity.value),
        Field.OFFICE: owners.get(file) or dict(first.facts).get("office", ""),
        "file": file,
        "cell": _cells(work, first.place.sheet, found),
        "message": rules.message(first, work.lang),
        "remedy": rules.remedy(first, work.lang),
        "code": first.code,
        "count": len(found),
    }


def _cells(work: Work, sheet: str, found: list[Finding]) -> str:
    places = [one.place.cell or (str(one.place.line) if one.place.line else "") for one in found]
    cells = list(dict.fromkeys(place for place in places if place))
    text = listed(cells[:_SHOWN], work.lang)
    if len(cells) > _SHOWN:
        text = work.dress.pages["findings"].say("cells", cells=text, count=len(cells))
    return "!".join(part for part in (sheet, text) if part)


def put_sources(book: Book, work: Work) -> dict[str, str]:
    """Every file that came; gives for each digest the cell that tells about it."""
    files = work.context.files
    placed = put_flat(book, work, Flat("sources", Rows(files, partial(_file, work)), work.dress.pages["sources"]))
    cells: dict[str, str] = {}
    for at, one in enumerate(files):
        if one.entries or one.sha256 not in cells:
            cells[one.sha256] = placed.cell(at)
    return cells


def _file(work: Work, one: Submission) -> Row:
    return {
        "file": base_name(one.path),
        "state": word(one.state, work.lang),
        Field.OFFICE: listed(one.offices, work.lang),
        "edition": one.edition or None,
        "received": one.when,
        "entries": len(one.entries),
        "findings": len(one.findings),
        "sha256": one.sha256,
    }
