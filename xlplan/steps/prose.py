"""Looking closer at what stands in a return's cells beside plain figures and words: 同上, figures and days in prose."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.folding import fold
from xlplan.chinese.quantities import units
from xlplan.chinese.quantities.scan import scan
from xlplan.finding import Place
from xlplan.headers import Field
from xlplan.marks import OPEN, SHUT, both
from xlplan.model import Role
from xlplan.steps.days import impossible_days
from xlplan.steps.interpret import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.finding import Finding
    from xlplan.model import Answers, Assignment, ReturnedRow, ReturnedSheet, Target, Written

PROSE = (Field.PROGRESS, Field.PROBLEM)
_QUOTE = both('"')
_DITTO = re.compile(
    rf"[{OPEN}{_QUOTE}“]?(?:同上(?:行|栏|格|条|项|述)?|[〃″{_QUOTE}]|ditto)[{SHUT}{_QUOTE}”]?[。{both('.')}]?"
)
_SIGNS = ("同上", "〃", "″", "ditto", *_QUOTE)  # one of them is in each
_LEAD = Role.LEAD
_READ = 2000  # letters of a cell that are looked at
_MOST = 5  # figures that are named for one cell


def without_ditto(sheet: ReturnedSheet, file: str, said: str) -> tuple[ReturnedSheet, list[Finding]]:
    """The table with 同上 in prose cells replaced by what the row above says in the same column.

    Where the row above says nothing, 同上 stays, and counts as a blank. `said` is the prose of the table.
    """
    found: list[Finding] = []
    if not any(sign in said for sign in _SIGNS):
        return sheet, found
    above: dict[str, Written] = {}
    rows = []
    for row in sheet.rows:
        cells = dict(row.cells)
        for name in PROSE:
            cell = cells.get(name)
            if cell and _is_ditto(cell.text) and above.get(name):
                place = Place(file, sheet.sheet, cell.cell)
                found.append(rules.find("E213", place, text=cell.text, above=above[name].cell))
                cells[name] = cell._replace(text=above[name].text)
        above = {name: cells[name] for name in PROSE if name in cells and cells[name].text}
        rows.append(row.with_cells(tuple(cells.items())))
    return (replace(sheet, rows=tuple(rows)), found) if found else (sheet, [])


def prose_of(sheet: ReturnedSheet) -> str:
    """What all prose cells of a table say: a look at it saves one at each."""
    return "\n".join([text for row in sheet.rows for text in row.texts[2:] if text])


def _is_ditto(text: str) -> bool:
    return _DITTO.fullmatch(text) is not None


def look_closer(row: Assignment, written: ReturnedRow, place: Place, *, days: bool = True) -> list[Finding]:
    """What a row's cells hold that is reported and not taken: pictures, figures and impossible days inside prose.

    `days` is False where it is known that there are none.
    """
    done, _, progress, problem = written.texts
    found = [] if written.shown.shared else _pictures(written.answers, place)
    target = row.target
    if progress and not done[:1].isdigit() and row.role is _LEAD and target and target.is_number and says_nothing(done):
        found += _figures(target, written, place)
    for name, text in ((Field.PROGRESS, progress), (Field.PROBLEM, problem)) if days else ():
        if text and (wrong := impossible_days(text)):
            at = _at(place, written.get(name))
            found += [rules.find("E215", at, text=day) for day in wrong]
    return found


def _pictures(answers: Answers, place: Place) -> list[Finding]:
    return [rules.find("E212", _at(place, cell)) for cell in answers if cell.picture and not cell.text]


def figures_in(text: str, target: Target) -> list[str]:
    """The figures of a text that are in the target's unit, as written."""
    plain = fold(text[:_READ])
    wanted = units.parse(target.unit).base
    return list(dict.fromkeys(_matching(plain, wanted)))[:_MOST]


def _matching(plain: str, wanted: str) -> Iterator[str]:
    for one in scan(plain):
        if not (one.coded or one.bare or one.ordinal) and units.parse(one.unit).base == wanted:
            yield plain[one.start : one.end]


def _figures(target: Target, written: ReturnedRow, place: Place) -> list[Finding]:
    """The figures in the progress of a row whose number is blank, where its cell is there and says no more."""
    figures = figures_in(written.texts[2], target) if target.unit else []
    if not figures:
        return []
    done, _, progress, _ = written.answers
    if not done.cell or done.error or done.uncomputed:
        return []
    return [rules.find("E214", _at(place, progress), cell=done.cell, figures="、".join(figures))]


def _at(place: Place, cell: Written) -> Place:
    return Place(place.file, place.sheet, cell.cell)
