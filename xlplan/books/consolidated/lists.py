"""The lists behind the figures: 未报与缺项, 问题清单, 科室统计 and 来源."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import Cell, Formula, address, column_name
from xlplan.books.consolidated.detail import base_name
from xlplan.books.consolidated.figures import FILLED, Count
from xlplan.books.consolidated.work import put_flat
from xlplan.finding import Severity
from xlplan.headers import Field
from xlplan.model import SIGNS, Grade, Light
from xlplan.reasons import reason_text
from xlplan.words import word

if TYPE_CHECKING:
    from xlplan.book import Book, Content
    from xlplan.books.consolidated.figures import OfficeCount
    from xlplan.books.consolidated.work import Placed, Row, Work
    from xlplan.finding import Finding

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
    gaps = [(at, line) for at, line in enumerate(work.tally.lines) if line.grade not in FILLED]
    gaps.sort(key=lambda one: (_GRADES.index(one[1].grade), one[0]))
    rows: list[Row] = []
    for _, line in gaps:
        task = work.tasks.get(line.row.task)
        rows.append(
            {
                "grade": word(line.grade, work.lang),
                Field.OFFICE: line.office,
                Field.CODE: line.row.code,
                Field.SERIAL: task.label if task else "",
                Field.TASK: (task.title or task.text) if task else line.row.task,
                Field.TARGET: line.row.target.text if line.row.target else "",
                Field.DEADLINE: work.context.deadline,
                "late": late.get(line.office) or None,
                Field.NOTE: reason_text(line.reason, work.lang, line.override),
            }
        )
    put_flat(book, work, "missing", rows)


def put_findings(book: Book, work: Work) -> None:
    """Every finding of the period, the same one in several cells of a sheet folded into one."""
    page = work.dress.pages["findings"]
    owners = {base_name(one.path): "、".join(one.offices) for one in work.context.files}
    found = [*work.tally.findings, *(one for file in work.context.files for one in file.findings)]
    folded: dict[tuple[str, ...], list[Finding]] = {}
    for one in dict.fromkeys(found):
        words = rules.message(one, work.lang)
        folded.setdefault((one.code, words, base_name(one.place.file), one.place.sheet), []).append(one)
    order = sorted(folded, key=lambda key: (_SEVERITIES.index(folded[key][0].severity), key[2], key[0]))
    rows: list[Row] = []
    for key in order:
        code, words, file, sheet = key
        first = folded[key][0]
        rows.append(
            {
                "severity": page.say(first.severity.value),
                Field.OFFICE: owners.get(file) or dict(first.facts).get("office", ""),
                "file": file,
                "cell": _cells(work, sheet, folded[key]),
                "message": words,
                "remedy": rules.remedy(first, work.lang),
                "code": code,
                "count": len(folded[key]),
            }
        )
    put_flat(book, work, "findings", rows)


def _cells(work: Work, sheet: str, found: list[Finding]) -> str:
    places = [one.place.cell or (str(one.place.line) if one.place.line else "") for one in found]
    cells = list(dict.fromkeys(place for place in places if place))
    text = "、".join(cells[:_SHOWN])
    if len(cells) > _SHOWN:
        text = work.dress.pages["findings"].say("cells", cells=text, count=len(cells))
    return "!".join(part for part in (sheet, text) if part)


def put_offices(book: Book, work: Work) -> Placed:
    """A row for each office and their total; rates and totals are formulas, for people to go on with."""
    first = 3
    work = _with_lights(work)
    rows = [_office(work, one, first + at) for at, one in enumerate(work.figures.offices)]
    return put_flat(book, work, "offices", rows, _totals(work, first, len(rows)) if rows else None)


def _with_lights(work: Work) -> Work:
    """The sheet with a column for each light of the rule, under the rule's name for it; none that it does not give."""
    page, lights = work.dress.pages["offices"], work.tally.lights
    columns = [column for column in page.columns if column.field not in set(Light) - set(lights)]
    for at, column in enumerate(columns):
        if column.field in set(lights):
            sign = work.tally.sign(Light(column.field))
            columns[at] = replace(column, header=column.header if sign in SIGNS else sign.word(work.lang))
    there = [at for at, column in enumerate(columns) if column.field in set(lights)]
    for light in lights if there else ():
        if light not in {column.field for column in columns}:
            before = [at for at, one in enumerate(columns) if one.field in set(lights[: lights.index(light)])]
            header = work.tally.sign(light).word(work.lang)
            columns.insert(
                max(before, default=there[0] - 1) + 1, replace(columns[there[0]], field=light, header=header)
            )
    pages = {**work.dress.pages, "offices": replace(page, columns=tuple(columns))}
    return replace(work, dress=replace(work.dress, pages=pages))


def _office(work: Work, one: OfficeCount, row: int) -> Row:
    page, owed = work.dress.pages["offices"], one.owed
    if owed is None:
        returned = page.say("not_due")
    elif owed.submission is None:
        returned = page.say("missing")
    else:
        returned = page.say("late" if owed.late else "on_time")
    return {
        Field.OFFICE: one.name or "—",
        "due": one.count.due,
        "filled": one.count.filled,
        "complete": _rate(work, row, one.count),
        **_lights(work, one.count),
        "returned": returned,
        "late": (owed.late or None) if owed else None,
        "files": owed.files if owed else 0,
    }


def _lights(work: Work, count: Count) -> dict[str, int]:
    return {light.value: number for light, number in zip(work.tally.lights, count.lights, strict=True)}


def _rate(work: Work, row: int, count: Count) -> Content:
    """The share that is filled, as a formula where both of its columns are there."""
    page = work.dress.pages["offices"]
    filled, due = page.index("filled"), page.index("due")
    if filled is None or due is None:
        return count.complete
    return Formula(f"IF({address(row, due)}=0,1,{address(row, filled)}/{address(row, due)})", count.complete)


def _totals(work: Work, first: int, rows: int) -> Row:
    page, dress = work.dress.pages["offices"], work.dress
    everything = work.figures.all
    files = sum(one.owed.files for one in work.figures.offices if one.owed)
    sums = {"due": everything.due, "filled": everything.filled, "files": files}
    sums |= _lights(work, everything)
    cells: dict[str, Content | Cell] = {column.field: Cell("", dress.look("total_text")) for column in page.columns}
    for field in sums:
        at = page.index(field)
        if at is not None:
            name = column_name(at)
            text = f"SUM({name}{first + 1}:{name}{first + rows})"
            cells[field] = Cell(Formula(text, sums[field]), dress.look("total"))
    cells["complete"] = Cell(_rate(work, first + rows, everything), dress.look("total_percent"))
    return cells | {Field.OFFICE: Cell(page.say("total"), dress.look("total_text"))}


def put_sources(book: Book, work: Work) -> dict[str, str]:
    """Every file that came; gives for each digest the cell that tells about it."""
    rows: list[Row] = [
        {
            "file": base_name(one.path),
            "state": word(one.state, work.lang),
            Field.OFFICE: "、".join(one.offices),
            "edition": one.edition or None,
            "received": one.when,
            "entries": len(one.entries),
            "findings": len(one.findings),
            "sha256": one.sha256,
        }
        for one in work.context.files
    ]
    placed = put_flat(book, work, "sources", rows)
    cells: dict[str, str] = {}
    for at, one in enumerate(work.context.files):
        if one.entries or one.sha256 not in cells:
            cells[one.sha256] = placed.cell(at)
    return cells
