"""汇总表: the period in plan order, ready to print; co-owners' texts joined under their names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from xlplan.book import Area, Cell
from xlplan.books.balance import balanced, without_empty
from xlplan.books.blocks import Block, Run, lay, runs_of
from xlplan.books.consolidated.figures import FILLED
from xlplan.books.consolidated.flat import Flat, Rows, put_flat
from xlplan.books.lines import Line, TaskLines, task_lines
from xlplan.books.metrics import fit
from xlplan.books.values import amount_text, collapsed, day_text, listed, section_text, status_text, task_text
from xlplan.headers import Field
from xlplan.model import Light, Role
from xlplan.words import BY_HAND, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xlplan.book import Book, Look, Sheet
    from xlplan.books.consolidated.flat import Row
    from xlplan.books.consolidated.work import Work
    from xlplan.books.template import Page
    from xlplan.model import Assignment
    from xlplan.model.progress import Progress

_JOINED = frozenset({Field.PROGRESS, Field.PROBLEM})
"""Columns that hold one text for a whole task."""
_ALWAYS = {Field.SERIAL, Field.TASK, Field.DONE, "rate", "light", Field.PROGRESS, Field.PROBLEM}
"""Columns that stay though nothing stands in them."""
_FLEXIBLE = frozenset({Field.TASK, Field.TARGET, "offices", Field.PROGRESS, Field.PROBLEM})
"""The columns whose widths may shift."""


@dataclass(frozen=True)
class _Part:
    """A task of the summary: its lines, and what was reported for each row."""

    task: TaskLines
    number: int
    reported: Mapping[str, Sequence[Progress]]

    def of(self, rows: Iterable[Assignment]) -> list[Progress]:
        """What was reported for some of its rows."""
        return [line for row in rows for line in self.reported.get(row.code, ())]


def put_summary(book: Book, work: Work) -> None:
    """Write the sheet."""
    page = work.dress.pages["summary"]
    by_row: dict[str, list[Progress]] = {}
    for line in work.tally.lines:
        by_row.setdefault(line.row.code, []).append(line)
    parts = [_Part(task, number, by_row) for number, task in enumerate(task_lines(work.tally.plan), 1)]
    if sum(len(part.task.lines) for part in parts) > page.numbers["most_rows"]:
        _put_long(book, work, parts)
        return
    sheet = book.add(page.name)
    table = [{one.field: _values(work, page, part, one.field) for one in page.columns} for part in parts]
    page = _suited(page, table)
    sheet.widths = {at: column.width for at, column in enumerate(page.columns)}
    header = _head(sheet, work, page)
    blocks: list[Block] = []
    current = ""
    for part, values in zip(parts, table, strict=True):
        section = work.sections.get(part.task.task.section)
        title = section_text(section) if section else ""
        if title and title != current:
            band = Run(0, 0, 0, title, work.dress.look("band"), len(page.columns) - 1)
            blocks.append(Block((band,), floor=24, band=True))
        current = title
        blocks.append(_block(work, page, part, values))
    setup = replace(page.print, repeat=(header, header))
    sheet.print = lay(sheet, header + 1, blocks, setup, page.say("more"))
    sheet.freeze = (header + 1, 0)


def _put_long(book: Book, work: Work, parts: Sequence[_Part]) -> None:
    """The lines of very many tasks as a table that filters: nobody prints them, and laying out pages takes long."""
    page = work.dress.pages["summary"]
    lines = [(part, at) for part in parts for at in range(len(part.task.lines))]

    @lru_cache(maxsize=1)  # the lines of a task come one after another
    def texts(number: int) -> dict[str, list[str]]:
        return {one.field: _values(work, page, parts[number - 1], one.field) for one in page.columns}

    def row(line: tuple[_Part, int]) -> Row:
        part, at = line
        light = Cell(*_light(work, part.of(part.task.lines[at].rows)))
        return {**{field: values[at] for field, values in texts(part.number).items()}, "light": light}

    facts = {"count": len(lines), "most": int(page.numbers["most_rows"])}
    put_flat(book, work, Flat("summary", Rows(lines, row), page, facts=facts, caption="caption_long"))


def _suited(page: Page, table: Sequence[Mapping[str, Sequence[str]]]) -> Page:
    """The page with columns and widths that suit the period, as far as the template lets them."""
    if page.numbers["drop_empty"] and table:
        used = {field for task in table for field, values in task.items() if any(values)}
        page = without_empty(page, used | _ALWAYS, Field.PROGRESS)
    if page.numbers["balance"]:
        stacked = {Field.TARGET, Field.DONE, "rate"}
        rows = [
            {field: "\n".join(values) if field in stacked else max(values, key=len) for field, values in task.items()}
            for task in table
        ]
        page = balanced(page, rows, _FLEXIBLE)
    return page


def _head(sheet: Sheet, work: Work, page: Page) -> int:
    last = len(page.columns) - 1
    sheet.merge(Area(0, 0, 0, last), page.say("attachment"), work.dress.look("attachment"))
    sheet.merge(Area(1, 0, 1, last), page.say("title", **work.facts()), work.dress.look("title"))
    sheet.merge(Area(2, 0, 2, last), page.say("caption", **work.facts()), work.dress.look("caption"))
    for at, column in enumerate(page.columns):
        sheet.put(3, at, column.header, work.dress.look("head"))
    fit(sheet, range(4), 22)
    return 3


def _block(work: Work, page: Page, part: _Part, texts: Mapping[str, Sequence[str]]) -> Block:
    runs: list[Run] = []
    lines = part.task.lines
    for at, column in enumerate(page.columns):
        if column.field == "light":
            runs += [Run(at, row, row, *_light(work, part.of(line.rows))) for row, line in enumerate(lines)]
            continue
        values = texts[column.field]
        if column.field in {Field.TARGET, Field.DONE, "rate"}:
            found = [Run(at, row, row, value, column.look) for row, value in enumerate(values)]
        else:
            found = runs_of(at, values, column.look)
        runs += [run if run.value else _none(run, page) for run in found]
    return Block(tuple(runs), len(lines), page.numbers["lowest_row"])


def _none(run: Run, page: Page) -> Run:
    return replace(run, value=page.say("none"), look=replace(run.look, align="center"))


def _values(work: Work, page: Page, part: _Part, field: str) -> list[str]:
    """The texts of a column, one for each line of the task."""
    task, lines = part.task, part.task.lines
    if field == "light":
        return [_light(work, part.of(line.rows))[0] for line in lines]
    if field in _JOINED:
        return [_joined(work, page, part, field)] * len(lines)
    by_line: dict[str, Callable[[Line], str]] = {
        Field.SERIAL: lambda _: str(part.number),
        Field.TASK: lambda _: task_text(task.task),
        Field.TARGET: lambda line: line.target.text if line.target else "",
        Field.LEAD: lambda line: _offices(work, line.rows, Role.LEAD),
        Field.SUPPORT: lambda line: _offices(work, (*line.rows, *task.support), Role.SUPPORT),
        "offices": lambda line: _both(work, page, line, task),
        Field.DEADLINE: lambda line: _days(work, line.rows or task.rows),
        Field.LEADER: lambda line: listed(dict.fromkeys(row.leader for row in line.rows if row.leader), work.lang),
        Field.DONE: lambda line: _each(page, part.of(line.rows), _done),
        "rate": lambda line: _each(page, part.of(line.rows), _rate),
    }
    return [by_line[field](line) for line in lines]


def _offices(work: Work, rows: Iterable[Assignment], role: Role) -> str:
    """The offices' names, the first of very many."""
    page = work.dress.pages["summary"]
    names = collapsed((row.office for row in rows if row.role is role), work.tally.plan.collectives)
    most = int(page.numbers["most_named"])
    text = listed(names[:most], work.lang)
    return text if len(names) <= most else page.say("more_names", names=text, count=len(names))


def _both(work: Work, page: Page, line: Line, task: TaskLines) -> str:
    lead = _offices(work, line.rows, Role.LEAD)
    support = _offices(work, (*line.rows, *task.support), Role.SUPPORT)
    if not support:
        return lead
    pairs = ((Role.LEAD, lead), (Role.SUPPORT, support))
    return "\n".join(page.say("roles", role=word(role, work.lang), names=names) for role, names in pairs if names)


def _days(work: Work, rows: Iterable[Assignment]) -> str:
    days = (row.deadline for row in rows if row.deadline)
    return listed(dict.fromkeys(day_text(day, work.lang).removeprefix(f"{day.year}年") for day in days), work.lang)


def _each(page: Page, reported: Sequence[Progress], text: Callable[[Progress], str]) -> str:
    """A short text for a line: one, or each office's under its name where they differ."""
    texts = {line.office: text(line) for line in reported}
    if len(set(texts.values())) <= 1:
        return next(iter(texts.values()), "")
    named = [page.say("named", office=office, text=one) for office, one in texts.items() if one]
    more = len(named) - int(page.numbers["most_named"])
    return "\n".join([*named[:-more], page.say("more_offices", count=more)] if more > 0 else named)


def _done(line: Progress) -> str:
    return amount_text(line.entry, line.row.target) if line.entry else ""


def _rate(line: Progress) -> str:
    return "" if line.rate is None else f"{line.rate:.1%}"


def _light(work: Work, reported: Sequence[Progress]) -> tuple[str, Look]:
    """The light of a line; where its offices differ, how many have which, on the worst one's ground."""
    *rated, none = work.tally.lights
    counts = {light: sum(line.light is light for line in reported) for light in (*reversed(rated), none)}
    shown = [light for light in counts if counts[light]]
    if not shown:
        return work.light(Light.NONE), work.look(Light.NONE)
    hand = "\n" + BY_HAND[work.lang] if any(line.override for line in reported) else ""
    if len(shown) == 1:
        return work.light(shown[0]) + hand, work.look(shown[0])
    return "\n".join(f"{work.light(light)} {counts[light]}" for light in shown) + hand, work.look(shown[0])


def _joined(work: Work, page: Page, part: _Part, field: str) -> str:
    """The offices' texts, each under its name where the task has several; a gap is named as such.

    Of very many offices those that are behind come first, and the rest are only counted.
    """
    reported = part.of(part.task.rows)
    if len({line.office for line in reported}) <= 1:
        return "\n".join(dict.fromkeys(filter(None, (_text(work, page, line, field) for line in reported))))
    most = int(page.numbers["most_named"])
    texts: dict[str, dict[str, None]] = {}
    for line in sorted(reported, key=work.urgency) if len(reported) > most else reported:
        if text := _text(work, page, line, field):
            texts.setdefault(line.office, {})[text] = None
    shown = sorted(list(texts)[:most], key=lambda office: work.roster.get(office, len(work.roster)))
    named = [page.say("named", office=office, text="\n".join(texts[office])) for office in shown]
    more = len(texts) - len(shown)
    return "\n".join([*named, page.say("more_offices", count=more)] if more else named)


def _text(work: Work, page: Page, line: Progress, field: str) -> str:
    entry = line.entry
    if field == Field.PROBLEM:
        return entry.problem if entry else ""
    text = entry.progress if entry else ""
    if not text and entry and line.grade in FILLED:
        return status_text(entry, work.lang)
    return text or page.say("gap", grade=word(line.grade, work.lang))
