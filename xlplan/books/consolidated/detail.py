"""明细: every slot of the period in one flat table, each linked to the file that it came from.

A table that would be longer than the template's `most_rows` is split by section or by office, and a directory says how.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from xlplan.book import Formula, Link
from xlplan.book.parts import Highlight
from xlplan.books.consolidated.figures import FILLED, Count
from xlplan.books.consolidated.flat import Flat, Placed, Rows, put_flat
from xlplan.books.consolidated.work import done_value
from xlplan.books.template import Column
from xlplan.books.values import section_text, status_text
from xlplan.headers import Field
from xlplan.marks import in_print
from xlplan.model import EXTRA
from xlplan.reasons import reason_text
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xlplan.book import Book, Cell, Content
    from xlplan.books.consolidated.flat import Row
    from xlplan.books.consolidated.work import Work
    from xlplan.books.template import Page
    from xlplan.model.progress import Progress

_MOST_EXTRA = 60
"""The columns of users' own that are shown; beyond that somebody sent a sheet that is no form."""

_OPTIONAL = frozenset(
    {
        Field.SECTION,
        Field.LEADER,
        Field.DEADLINE,
        Field.BEFORE,
        Field.TARGET,
        Field.KIND,
        Field.VALUE,
        Field.UNIT,
        "origins",
    }
)
"""The columns that go where the plan, the returns or the period before have nothing for them."""

_EXCEL = 1_000_000  # rows of a sheet, a little less than Excel's 1,048,576


@dataclass(frozen=True)
class Part:
    """A part of the detail: the first and the last section or office in it, and its lines."""

    first: str
    last: str
    lines: Sequence[Progress]


@dataclass(frozen=True)
class Detail:
    """Where the detail stands: one table, or several with a directory."""

    parts: tuple[Placed, ...]
    directory: Placed | None = None

    @property
    def whole(self) -> Placed | None:
        """The one table that has every row; None where it is split."""
        return self.parts[0] if self.directory is None else None

    def rows(self, value: int) -> Content:
        """How many rows there are, counted where they stand."""
        if self.directory:
            return self.directory.sum("rows", value)
        cells = self.parts[0].reference(Field.CODE)
        return Formula(f"ROWS({cells})", value) if cells else value

    def filled(self, lang: str, value: int) -> Content:
        """How many rows are filled, counted where they stand."""
        if self.directory:
            return self.directory.sum("filled", value)
        return self.parts[0].count("grade", _filled_words(lang), value)


def put_detail(book: Book, work: Work) -> Detail:
    """Write the sheet, or the sheets and their directory."""
    page = _suited(work)
    by, parts = _parts(work, int(page.numbers["most_rows"]))
    if len(parts) == 1:
        flat = Flat("detail", Rows(parts[0].lines, partial(_row, work)), page)
        return Detail((_put(book, work, flat),))
    placed, start = [], len(book.sheets)
    for number, part in enumerate(parts, 1):
        rows = Rows(part.lines, partial(_row, work))
        flat = Flat("detail", rows, page, None, f"{page.name}{number}", number, {"part": _span(work, part)})
        placed.append(_put(book, work, replace(flat, caption="caption_part")))
    directory = _put_directory(book, work, by, list(zip(parts, placed, strict=True)))
    book.sheets.insert(start, book.sheets.pop())
    return Detail(tuple(placed), directory)


def _put(book: Book, work: Work, flat: Flat) -> Placed:
    placed = put_flat(book, work, flat)
    sheet = book.sheets[-1]
    if area := placed.area("rate"):
        sheet.highlights.append(Highlight(area, fill=work.dress.colors["bar"], bar=True))
    if (task := placed.columns.get(Field.TASK)) is not None:
        sheet.freeze = (placed.first, task + 1)
    if sheet.print:
        sheet.print = replace(sheet.print, repeat_columns=(0, 0))
    return placed


def _suited(work: Work) -> Page:
    """The page with the columns that users added, and without those of the plan in which nothing would stand."""
    page = work.dress.pages["detail"]
    known = {column.header for column in page.columns}
    look = work.dress.look("text")
    added = tuple(Column(EXTRA, header, 16, look) for header in _extra_headers(work) if header not in known)
    columns = page.columns
    if page.numbers["drop_empty"] and work.tally.lines:
        used = _used(work)
        columns = tuple(column for column in columns if column.field not in _OPTIONAL or column.field in used)
    return replace(page, columns=(*columns, *added))


def _used(work: Work) -> set[str]:
    rows = [line.row for line in work.tally.lines]
    return {
        name
        for name, is_used in (
            (Field.SECTION, any(title for title, _ in work.figures.sections)),
            (Field.LEADER, any(row.leader for row in rows)),
            (Field.DEADLINE, any(row.deadline for row in rows)),
            (Field.BEFORE, bool(work.before)),
            ("origins", any(line.entry.source.origins for line in work.tally.lines if line.entry)),
            *((name, any(row.target for row in rows)) for name in (Field.TARGET, Field.KIND, Field.VALUE, Field.UNIT)),
        )
        if is_used
    }


def _parts(work: Work, most: int) -> tuple[str, list[Part]]:
    """The lines in plan order as one part, or split by section or, where those are too long, by office."""
    lines = work.tally.lines
    if len(lines) <= most:
        return "", [Part("", "", lines)]
    by_section = _grouped(lines, lambda line: _section(work, line))
    if all(len(found) <= most for found in by_section.values()):
        return "by_section", _packed(by_section, most)
    by_office = _grouped(lines, lambda line: line.office)
    ordered = sorted(by_office.items(), key=lambda one: work.roster.get(one[0], len(work.roster)))
    return "by_office", _packed(dict(ordered), most)


def _section(work: Work, line: Progress) -> str:
    task = work.tasks.get(line.row.task)
    section = work.sections.get(task.section) if task else None
    return section_text(section) if section else ""


def _grouped(lines: Sequence[Progress], key: Callable[[Progress], str]) -> dict[str, list[Progress]]:
    groups: dict[str, list[Progress]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return groups


def _packed(groups: Mapping[str, list[Progress]], most: int) -> list[Part]:
    """Neighbouring groups together as long as they stay within the limit; one that is beyond it stays whole."""
    parts: list[Part] = []
    for name, lines in groups.items():
        for start in range(0, len(lines), _EXCEL):
            piece = lines[start : start + _EXCEL]
            if parts and len(parts[-1].lines) + len(piece) <= most:
                parts[-1] = Part(parts[-1].first, name, [*parts[-1].lines, *piece])
            else:
                parts.append(Part(name, name, piece))
    return parts


def _span(work: Work, part: Part) -> str:
    page = work.dress.pages["parts"]
    first, last = (name or page.say("nowhere") for name in (part.first, part.last))
    return first if first == last else page.say("span", first=first, last=last)


def _put_directory(book: Book, work: Work, by: str, parts: Sequence[tuple[Part, Placed]]) -> Placed:
    """A row for each part, with its counts."""
    page = work.dress.pages["parts"]
    most = int(work.dress.pages["detail"].numbers["most_rows"])
    facts = {"count": len(work.tally.lines), "most": most, "parts": len(parts), "by": page.say(by)}
    return put_flat(book, work, Flat("parts", Rows(parts, partial(_part_row, work)), page, facts=facts))


def _part_row(work: Work, one: tuple[Part, Placed]) -> Row:
    part, placed = one
    count = Count.of(part.lines, work.tally.signs)
    return {
        "part": Link(placed.sheet, placed.cell(0), placed.sheet),
        "span": _span(work, part),
        "rows": count.due,
        "filled": placed.count("grade", _filled_words(work.lang), count.filled),
    }


def _filled_words(lang: str) -> list[str]:
    return [word(grade, lang) for grade in sorted(FILLED)]


def _row(work: Work, line: Progress) -> Row:
    row, entry, target = line.row, line.entry, line.row.target
    before = work.before.get((row.code, line.office))
    values: dict[str, Content | Cell] = {
        **work.about(row, line.office),
        Field.KIND: word(target.kind, work.lang) if target else "",
        Field.VALUE: target.value if target else None,
        Field.UNIT: in_print(target.unit) if target else "",
        Field.BEFORE: done_value(before.entry) if before else None,
        "rate": None if line.rate is None else float(round(line.rate, 6)),
        "pace": work.pace,
        "light": work.lights[line.light],
        "reason": reason_text(line.reason, work.lang, line.override),
        "grade": word(line.grade, work.lang),
    }
    if entry:
        values |= _extra(entry.extra)
        values[Field.DONE] = done_value(entry)
        values[Field.STATUS] = status_text(entry, work.lang)
        values[Field.PROGRESS] = entry.progress
        values[Field.PROBLEM] = entry.problem
        values |= work.source(entry.source)
    return values if not row.extra else {**_extra(row.extra), **values}


def _extra(pairs: tuple[tuple[str, str], ...]) -> Row:
    return {f"{EXTRA}:{header}": text for header, text in pairs}


def _extra_headers(work: Work) -> list[str]:
    """The headers of all columns that users added to the plan or to returns, as they come."""
    headers: dict[str, None] = {}
    for line in work.tally.lines:
        pairs = (*line.row.extra, *(line.entry.extra if line.entry else ()))
        headers.update((header, None) for header, _ in pairs)
    return list(headers)[:_MOST_EXTRA]
