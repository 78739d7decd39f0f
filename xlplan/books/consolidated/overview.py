"""总览: on one page the return rate, the lights by section and office with charts, the trend, and who is behind."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from xlplan.book import Area, Formula, address
from xlplan.books.consolidated.changes import changes_text
from xlplan.books.consolidated.lights import (
    COLUMNS,
    ROW,
    WIDTH,
    Box,
    all_lights,
    put_lights,
    put_totals,
    put_wide,
    stack_chart,
    stacked,
    total_column,
)
from xlplan.books.metrics import DIGIT, fit
from xlplan.books.values import listed
from xlplan.model import Light
from xlplan.reasons import reason_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.book import Book, Content, Sheet
    from xlplan.books.consolidated.detail import Detail
    from xlplan.books.consolidated.flat import Placed
    from xlplan.books.consolidated.work import Work
    from xlplan.model.progress import Return

_BOXES_AT = 2  # the row of the boxes' labels
_GAP = 8.0  # the height of a row between two blocks
_BOX = 2  # the columns of a box with a figure
_BOXES = ("expected", "returned", "late", "missing", "return_rate", "slots", "filled", "gaps", "complete", "pace")
_SHARES = frozenset({"return_rate", "complete", "pace"})
_ALL = (15, 19)  # the columns of the chart of all rows; that of the sections is between it and their table
_LEAST = 8  # the rows that a chart needs at least
_BAR_ROWS = 0.75  # the rows of the grid that a bar of a chart takes


def put_overview(book: Book, work: Work, detail: Detail | None, offices: Placed | None) -> None:
    """Write the sheet. `detail` and `offices` are where its figures are counted, where those sheets are shown."""
    page = work.dress.pages["overview"]
    sheet = book.add(page.name)
    sheet.widths = dict.fromkeys(range(COLUMNS), WIDTH)
    for row, key in enumerate(("title", "caption")):
        put_wide(sheet, row, (0, COLUMNS - 1), page.say(key, **work.facts()), work.dress.look(key))
    _boxes(sheet, work, _BOXES_AT, _values(work, detail, offices))
    _changes(sheet, work, _BOXES_AT + 2)
    fit(sheet, range(_BOXES_AT), ROW)
    row = _sections(sheet, work, _BOXES_AT + 4, detail.whole if detail else None)
    row = _charts(sheet, work, row + 1, offices)
    _lists(sheet, work, row + 1)
    sheet.heights[_BOXES_AT + 3] = _GAP
    sheet.print = replace(page.print, landscape=page.print.landscape and not _is_tall(sheet))


def _is_tall(sheet: Sheet) -> bool:
    """Whether the sheet fills an upright page better."""
    return sum(sheet.heights.values()) > sum(width * DIGIT for width in sheet.widths.values())


def _boxes(sheet: Sheet, work: Work, label: int, values: Mapping[str, Content]) -> None:
    """The figures on top, each in a box: a label and below it the value."""
    page, dress = work.dress.pages["overview"], work.dress
    for at, key in enumerate(_BOXES):
        columns = (_BOX * at, _BOX * at + _BOX - 1)
        put_wide(sheet, label, columns, page.say(key), dress.look("key_label"))
        put_wide(sheet, label + 1, columns, values[key], dress.look("key_percent" if key in _SHARES else "key_value"))
    sheet.heights |= {label: 20, label + 1: 34}


def _changes(sheet: Sheet, work: Work, row: int) -> None:
    """What turned since the period before, in one line."""
    page, previous = work.dress.pages["overview"], work.context.previous
    text = page.say("first")
    if previous:
        text = page.say("changes", previous=previous.period.label(work.lang), changes=changes_text(work))
    put_wide(sheet, row, (0, COLUMNS - 1), text, work.dress.look("key_note"))
    fit(sheet, range(row, row + 1), ROW)


def _values(work: Work, detail: Detail | None, offices: Placed | None) -> dict[str, Content]:
    at = {key: address(_BOXES_AT + 1, _BOX * number) for number, key in enumerate(_BOXES)}
    figures, slots = work.figures, work.figures.all
    expected, late = len(figures.returns), len(figures.late)
    returned = expected - len(figures.missing)
    states, dash = work.dress.pages["offices"], work.dress.pages["overview"].say("dash")
    in_time, too_late = states.say("on_time"), states.say("late")
    return {
        "expected": expected,
        "returned": offices.count("returned", [in_time, too_late], returned) if offices else returned,
        "late": offices.count("returned", [too_late], late) if offices else late,
        "missing": Formula(f"{at['expected']}-{at['returned']}", expected - returned),
        "return_rate": _ratio((at["returned"], at["expected"]), returned / expected if expected else dash, dash),
        "slots": detail.rows(slots.due) if detail else slots.due,
        "filled": detail.filled(work.lang, slots.filled) if detail else slots.filled,
        "gaps": Formula(f"{at['slots']}-{at['filled']}", slots.gaps),
        "complete": _ratio((at["filled"], at["slots"]), dash if slots.complete is None else slots.complete, dash),
        "pace": work.pace,
    }


def _ratio(cells: tuple[str, str], value: float | str, dash: str) -> Content:
    """A part of a whole; a dash where there is no whole."""
    part, whole = cells
    return Formula(f'IF({whole}=0,"{dash}",{part}/{whole})', value)


def _sections(sheet: Sheet, work: Work, top: int, detail: Placed | None) -> int:
    """The table of sections, and beside it the charts; gives the row below."""
    page = work.dress.pages["overview"]
    put_wide(sheet, top, (0, total_column(work)), page.say("sections"), work.dress.look("heading"))
    alone = len(work.figures.sections) == 1
    no_title = page.say("everything" if alone else "no_section")
    sections = [(title or no_title, count) for title, count in work.figures.sections]
    live = detail if all(title for title, _ in work.figures.sections) else None
    first, last = put_lights(sheet, work, top + 1, page.say("section"), sections, live)
    put_totals(sheet, work, first, last)
    fit(sheet, range(top, last + 3), ROW)
    bottom = max(last + 2, top + _LEAST)
    if len(sections) > 1:
        box = Box(top, bottom, total_column(work) + 1, _ALL[0] - 1)
        sheet.charts.append(stacked(work, sheet, "bar", page.say("chart_sections"), (first, last), box))
    if sections:
        left = total_column(work) + 1 if alone else _ALL[0]
        sheet.charts.append(all_lights(work, sheet, last + 1, Box(top, bottom, left, _ALL[1])))
    sheet.heights |= dict.fromkeys(range(last + 3, bottom + 1), ROW) | {bottom + 1: _GAP}
    return bottom + 1


def _charts(sheet: Sheet, work: Work, top: int, offices: Placed | None) -> int:
    """The charts of the offices, and where there are earlier periods their table and chart; gives the row below.

    A chart takes so many offices as can be read in it; where there are more, they have a row of their own.
    """
    most = int(work.dress.pages["overview"].numbers["most_offices"])
    shown = len(work.figures.offices) if offices else 0
    has_trend = len(work.figures.trend) > 1
    beside = has_trend and shown <= most
    bars = _bar_rows(min(shown, most))
    bottom = top - 1
    if has_trend:
        bottom = _trend(sheet, work, top, bars if beside else 0)
        top = top if beside else bottom + 2
    if offices and shown:
        bottom = max(bottom, top + bars)
        for number, box in enumerate(
            _places((top, bottom), total_column(work) + 1 if beside else 0, ceil(shown / most))
        ):
            _office_chart(sheet, work, offices, (number * most, most, box))
    rows = range(_BOXES_AT + 4, bottom + 1)
    sheet.heights |= {row: ROW for row in rows if row not in sheet.heights} | {bottom + 1: _GAP}
    return bottom + 1


def _bar_rows(count: int) -> int:
    """The rows of the grid that a chart with so many bars takes."""
    return max(_LEAST, round(count * _BAR_ROWS) + 4)


def _places(rows: tuple[int, int], left: int, count: int) -> list[Box]:
    """The places of the charts of the offices: one from a column on, or two over the whole width."""
    top, bottom = rows
    half = COLUMNS // 2
    if count == 1:
        return [Box(top, bottom, left, COLUMNS - 1)]
    return [Box(top, bottom, 0, half - 1), Box(top, bottom, half, COLUMNS - 1)]


def _trend(sheet: Sheet, work: Work, top: int, least: int) -> int:
    """The periods' lights as a table, and as a chart that fills `least` rows with it; for 0 it is beside the table.

    Gives the last row.
    """
    page, total = work.dress.pages["overview"], total_column(work)
    put_wide(sheet, top, (0, total), page.say("trend"), work.dress.look("heading"))
    first, last = put_lights(sheet, work, top + 1, page.say("period"), work.figures.trend)
    sheet.heights |= dict.fromkeys(range(top, last + 1), ROW)
    bottom = max(top + least, last + 1 + _LEAST) if least else max(last, top + _LEAST)
    box = Box(last + 2, bottom, 0, total) if least else Box(top, bottom, total + 1, COLUMNS - 1)
    chart = stacked(work, sheet, "column", page.say("chart_trend"), (first, last), box)
    sheet.charts.append(replace(chart, labels=not least))  # its table stands above it
    return bottom


def _office_chart(sheet: Sheet, work: Work, offices: Placed, what: tuple[int, int, Box]) -> None:
    """A chart of some offices: from which on, how many at most, and its place."""
    page, (start, most, box) = work.dress.pages["overview"], what
    count = len(work.figures.offices)
    stop = min(start + most, count)
    title = page.say("offices")
    if count > most:
        title = page.say("offices_part", first=start + 1, last=stop, count=count)
    names = _some_cells(offices, "office", start, stop)
    counts = [_some_cells(offices, light.value, start, stop) for light in work.tally.lights]
    if names and all(counts):
        cells = [(offices.sheet, names, area) for area in counts if area]
        sheet.charts.append(stack_chart(work, sheet, ("bar", title), cells, box))


def _some_cells(placed: Placed, field: str, start: int, stop: int) -> Area | None:
    area = placed.area(field)
    return Area(area.top + start, area.left, area.top + stop - 1, area.right) if area else None


def _lists(sheet: Sheet, work: Work, top: int) -> None:
    """Who is behind and why, and who has not reported."""
    page, dress = work.dress.pages["overview"], work.dress
    behind = [line for line in work.tally.lines if work.tally.sign(line.light).counts_as is Light.RED]
    shown = behind[: int(page.numbers["most_behind"])]
    key = "behind" if len(shown) == len(behind) else "behind_part"
    facts = {"count": len(behind)} | ({"shown": len(shown)} if key == "behind_part" else {})
    put_wide(sheet, top, (0, 12), page.say(key, **facts), dress.look("heading"))
    put_wide(sheet, top, (13, COLUMNS - 1), page.say("returns"), dress.look("heading"))
    for row, line in enumerate(shown, top + 1):
        task = work.tasks.get(line.row.task)
        put_wide(sheet, row, (0, 4), task.title or task.text if task else line.row.task, dress.look("text"))
        put_wide(sheet, row, (5, 7), line.office, dress.look("short"))
        put_wide(sheet, row, (8, 12), reason_text(line.reason, work.lang, line.override), dress.look("text"))
    if not shown:
        put_wide(sheet, top + 1, (0, 12), page.say("behind_none"), dress.look("text"))
    bottom = top + max(len(shown), 1)
    sheet.merge(Area(top + 1, 13, bottom, COLUMNS - 1), "\n".join(_returns(work)), dress.look("text"))
    fit(sheet, range(top, bottom + 1), ROW)


def _returns(work: Work) -> list[str]:
    page, figures = work.dress.pages["overview"], work.figures
    lines = [
        page.say(key, count=len(found), names=_names(work, found))
        for key, found in (("silent_list", figures.missing), ("late_list", figures.late))
        if found
    ]
    return lines or [page.say("all_in" if figures.returns else "none_due")]


def _names(work: Work, found: Sequence[Return]) -> str:
    """The names of some offices, as many as one page has room for."""
    page = work.dress.pages["overview"]
    most = int(page.numbers["most_names"])
    names = listed((_named(work, one) for one in found[:most]), work.lang)
    return names if len(found) <= most else page.say("more_names", names=names)


def _named(work: Work, one: Return) -> str:
    page = work.dress.pages["overview"]
    return page.say("days", name=one.office.name, days=one.late) if one.late else one.office.name
