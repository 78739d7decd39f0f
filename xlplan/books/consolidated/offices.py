"""科室统计: each office's rows, lights and return, and its rank; an office without rows due has none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Cell, Formula, address, column_name
from xlplan.books.consolidated.flat import FIRST, Flat, Rows, put_flat
from xlplan.headers import Field
from xlplan.model import Light
from xlplan.model.light import SIGNS
from xlplan.reasons import reason_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Book, Content
    from xlplan.books.consolidated.figures import Count, OfficeCount
    from xlplan.books.consolidated.flat import Placed, Row
    from xlplan.books.consolidated.work import Work
    from xlplan.model.progress import OfficeLight


_WHOLE = {"light", "reason"}
"""The columns of the light of a whole office."""


def put_offices(book: Book, work: Work) -> Placed:
    """A row for each office and their total; rates, ranks and totals are formulas, for people to go on with."""
    work = _with_lights(work)
    offices, ranks = work.figures.offices, work.figures.ranks
    lights = {one.office: _whole(work, one) for one in work.tally.offices}
    rows = [
        {**_office(work, one, (row, ranks.get(one.name))), **lights.get(one.name, {})}
        for row, one in enumerate(offices, FIRST)
    ]
    totals = _totals(work, len(offices)) if offices else None
    return put_flat(book, work, Flat("offices", Rows(rows, dict), work.dress.pages["offices"], totals))


def _with_lights(work: Work) -> Work:
    """The sheet with a column for each light of the rule, under the rule's name for it; none that it does not give.

    The light of the whole office is shown where the rule gives one.
    """
    page, lights = work.dress.pages["offices"], work.tally.lights
    unused = {str(light) for light in set(Light) - set(lights)} | (set() if work.tally.offices else _WHOLE)
    columns = [column for column in page.columns if column.field not in unused]
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


def _office(work: Work, one: OfficeCount, place: tuple[int, int | None]) -> Row:
    page, owed = work.dress.pages["offices"], one.owed
    if owed is None:
        returned = page.say("not_due")
    elif owed.submission is None:
        returned = page.say("missing")
    else:
        returned = page.say("late" if owed.late else "on_time")
    row, rank = place
    return {
        Field.OFFICE: one.name or page.say("nobody"),
        "due": one.count.due,
        "filled": one.count.filled,
        "complete": _rate(work, row, ["filled"], one.count.complete),
        **_lights(work, one.count),
        "share": _rate(work, row, _good(work), one.count.share),
        "rank": _rank(work, row, rank),
        "returned": returned,
        "late": (owed.late or None) if owed else None,
        "files": owed.files if owed else 0,
    }


def _whole(work: Work, one: OfficeLight) -> Row:
    """The light of a whole office and its reason."""
    return {
        "light": Cell(work.light(one.light), work.look(one.light)),
        "reason": reason_text(one.reason, work.lang),
    }


def _lights(work: Work, count: Count) -> dict[str, int]:
    return {light.value: number for light, number in zip(work.tally.lights, count.lights, strict=True)}


def _good(work: Work) -> list[str]:
    """The lights that count as green."""
    return [sign.light.value for sign in work.tally.signs if sign.counts_as is Light.GREEN]


def _rate(work: Work, row: int, parts: Sequence[str], value: float | None) -> Content:
    """A share of the rows due, as a formula where its columns are there; a dash where none is due."""
    page = work.dress.pages["offices"]
    dash = page.say("dash")
    known = dash if value is None else value
    cells = [address(row, at) for part in (*parts, "due") if (at := page.index(part)) is not None]
    if len(cells) <= len(parts):
        return known
    *added, due = cells
    return Formula(f'IF({due}=0,"{dash}",({"+".join(added)})/{due})', known)


def _rank(work: Work, row: int, value: int | None) -> Content:
    """The place among all offices; a dash for an office without rows due, which the others' places do not count."""
    page, rows = work.dress.pages["offices"], len(work.figures.offices)
    dash, at = page.say("dash"), page.index("share")
    known = dash if value is None else value
    if at is None:
        return known
    cell, name = address(row, at), column_name(at)
    return Formula(f'IF(ISNUMBER({cell}),RANK({cell},{name}${FIRST + 1}:{name}${FIRST + rows}),"{dash}")', known)


def _totals(work: Work, rows: int) -> Row:
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
            text = f"SUM({name}{FIRST + 1}:{name}{FIRST + rows})"
            cells[field] = Cell(Formula(text, sums[field]), dress.look("total"))
    for field, parts, value in (
        ("complete", ["filled"], everything.complete),
        ("share", _good(work), everything.share),
    ):
        cells[field] = Cell(_rate(work, FIRST + rows, parts, value), dress.look("total_percent"))
    return cells | {Field.OFFICE: Cell(page.say("total"), dress.look("total_text"))}
