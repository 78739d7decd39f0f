"""总览: on one page the return rate, the lights by section and office with charts, the trend, and who is behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan.book import Area, Formula, address
from xlplan.books.consolidated.figures import FILLED
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
from xlplan.model import Light
from xlplan.reasons import reason_text
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Book, Content, Sheet
    from xlplan.books.consolidated.work import Placed, Work
    from xlplan.model import Return

_BOX = 2  # the columns of a box with a figure
_BOXES = ("expected", "returned", "late", "missing", "return_rate", "slots", "filled", "gaps", "complete", "pace")
_SHARES = frozenset({"return_rate", "complete", "pace"})
_ALL = (15, 19)  # the columns of the chart of all rows; that of the sections is between it and their table
_LEAST = 8  # the rows that a chart needs at least
_BAR_ROWS = 0.75  # the rows of the grid that a bar of a chart takes


def put_overview(book: Book, work: Work, detail: Placed | None, offices: Placed | None) -> None:
    """Write the sheet. `detail` and `offices` are where its figures are counted, where those sheets are shown."""
    page = work.dress.pages["overview"]
    sheet = book.add(page.name)
    sheet.widths = dict.fromkeys(range(COLUMNS), WIDTH)
    for row, key in enumerate(("title", "caption")):
        put_wide(sheet, row, (0, COLUMNS - 1), page.say(key, **work.facts()), work.dress.look(key))
    fit(sheet, range(2), ROW)
    _boxes(sheet, work, 2, detail, offices)
    row = _sections(sheet, work, 6, detail)
    row = _charts(sheet, work, row + 1, offices)
    _lists(sheet, work, row + 1)
    sheet.heights |= dict.fromkeys((5,), 8.0)
    sheet.print = replace(page.print, landscape=page.print.landscape and not _is_tall(sheet))


def _is_tall(sheet: Sheet) -> bool:
    """Whether the sheet fills an upright page better."""
    return sum(sheet.heights.values()) > sum(width * DIGIT for width in sheet.widths.values())


def _boxes(sheet: Sheet, work: Work, label: int, detail: Placed | None, offices: Placed | None) -> None:
    """The figures on top, each in a box: a label and below it the value."""
    page, dress = work.dress.pages["overview"], work.dress
    values = _values(work, {key: address(label + 1, _BOX * at) for at, key in enumerate(_BOXES)}, detail, offices)
    for at, key in enumerate(_BOXES):
        columns = (_BOX * at, _BOX * at + _BOX - 1)
        put_wide(sheet, label, columns, page.say(key), dress.look("key_label"))
        put_wide(sheet, label + 1, columns, values[key], dress.look("key_percent" if key in _SHARES else "key_value"))
    sheet.heights |= {label: 20, label + 1: 34}


def _values(work: Work, at: dict[str, str], detail: Placed | None, offices: Placed | None) -> dict[str, Content]:
    figures, slots = work.figures, work.figures.all
    expected, late = len(figures.returns), len(figures.late)
    returned = expected - len(figures.missing)
    states = work.dress.pages["offices"]
    filled = [word(grade, work.lang) for grade in sorted(FILLED)]
    return {
        "expected": expected,
        "returned": _counted(offices, "returned", [states.say("on_time"), states.say("late")], returned),
        "late": _counted(offices, "returned", [states.say("late")], late),
        "missing": Formula(f"{at['expected']}-{at['returned']}", expected - returned),
        "return_rate": _ratio(at["returned"], at["expected"], returned, expected),
        "slots": Formula(f"ROWS({detail.reference('code')})", slots.due) if detail and slots.due else slots.due,
        "filled": _counted(detail, "grade", filled, slots.filled),
        "gaps": Formula(f"{at['slots']}-{at['filled']}", slots.gaps),
        "complete": _ratio(at["filled"], at["slots"], slots.filled, slots.due),
        "pace": float(work.tally.period.pace),
    }


def _counted(placed: Placed | None, field: str, words: Sequence[str], value: int) -> Content:
    """How many cells of a column hold one of some words; a plain number where the column is not there."""
    cells = placed.reference(field) if placed else ""
    if not cells:
        return value
    quoted = ('"' + one.replace('"', '""') + '"' for one in words)
    return Formula("+".join(f"COUNTIF({cells},{one})" for one in quoted), value)


def _ratio(part: str, whole: str, of: int, total: int) -> Content:
    return Formula(f"IF({whole}=0,1,{part}/{whole})", of / total if total else 1)


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
    sheet.heights |= dict.fromkeys(range(last + 3, bottom + 1), ROW) | {bottom + 1: 8.0}
    return bottom + 1


def _charts(sheet: Sheet, work: Work, top: int, offices: Placed | None) -> int:
    """The chart of the offices, and where there are earlier periods their table and chart; gives the row below."""
    page, trend = work.dress.pages["overview"], work.figures.trend
    most = int(page.numbers["most_offices"])
    shown = min(len(work.figures.offices), most)
    bottom = top + max(_LEAST, round(shown * _BAR_ROWS) + 4)
    has_trend = len(trend) > 1
    if has_trend:
        put_wide(sheet, top, (0, total_column(work)), page.say("trend"), work.dress.look("heading"))
        first, last = put_lights(sheet, work, top + 1, page.say("period"), trend)
        sheet.heights |= dict.fromkeys(range(top, last + 1), ROW)
        bottom = max(bottom, last + 1 + _LEAST)
        chart = stacked(
            work, sheet, "column", page.say("chart_trend"), (first, last), Box(last + 2, bottom, 0, total_column(work))
        )
        sheet.charts.append(replace(chart, labels=False))  # its table stands above it
    sheet.heights |= {row: ROW for row in range(top, bottom + 1) if row not in sheet.heights} | {bottom + 1: 8.0}
    if offices and shown:
        left = total_column(work) + 1 if has_trend else 0
        key = "offices" if shown == len(work.figures.offices) else "offices_part"
        title = page.say(key, count=shown) if key == "offices_part" else page.say(key)
        names = _first_cells(offices, "office", shown)
        counts = [_first_cells(offices, light.value, shown) for light in work.tally.lights]
        if names and all(counts):
            cells = [(offices.sheet, names, area) for area in counts if area]
            box = Box(top, bottom, left, COLUMNS - 1)
            sheet.charts.append(stack_chart(work, sheet, ("bar", title), cells, box))
    return bottom + 1


def _first_cells(placed: Placed, field: str, count: int) -> Area | None:
    area = placed.area(field)
    return Area(area.top, area.left, min(area.bottom, area.top + count - 1), area.right) if area else None


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
        page.say(key, count=len(found), names="、".join(_named(work, one) for one in found))
        for key, found in (("silent_list", figures.missing), ("late_list", figures.late))
        if found
    ]
    return lines or [page.say("all_in")]


def _named(work: Work, one: Return) -> str:
    page = work.dress.pages["overview"]
    return page.say("days", name=one.office.name, days=one.late) if one.late else one.office.name
