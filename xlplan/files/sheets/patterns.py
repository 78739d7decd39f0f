"""Rows of a sheet part read whole, by their pattern.

The rows of a table are marked up alike: only the row's number differs, and what stands between the tags. So a row is
split once into texts and markup, and its markup without the number - the pattern - is looked up among those met before,
which tells for every text its column and its kind. A pattern is learnt only when every cell in it is a plain one, and
whatever differs in a single character is another pattern: such rows are read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from operator import getitem, itemgetter
from typing import TypeVar

from xlplan.book import Mark, Value
from xlplan.files.sheets.cells import Ease, Kind, Pattern, column_index
from xlplan.files.sheets.characters import decode
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.lookups import lookups
from xlplan.files.sheets.shapes import Shape
from xlplan.files.sheets.values import Sort

NUMBER, _GAP = b"\0", b">\1<"  # where a pattern has the row's number, and a text: no characters of XML
_ROW = re.compile(rb'\s*+<row r="([0-9]{1,7}+)"(?: [\w:.]++="[^"<>&\x80-\xff]*+")*+ ?>\s*+')
_TEXT = re.compile(rb">([^<]+)<")
_STYLED = b'" s="'  # what follows the address of most cells; only there a number is sure to be the row's
_ADDRESS = re.compile(rb'(?<=<c r=")([A-Z]{1,3}+)([0-9]{1,7}+)(?=")')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\0"([^<>/\0\x01]*+)(?:/>|></c>|><v ?/></c>|><v></v></c>'
    r'|>(?:(<f>\x01</f>)?+<(v)>\x01</v>|<(is)><t(?: xml:space="preserve")?+>\x01</t></is>)</c>)'
)
_STRIDE = 6
_LONGEST, _WIDEST = 4096, 256  # characters and columns of a pattern
_MOST, _REMEMBERED = 4096, 128  # how many are known in a sheet, and how many of them from one workbook to the next
_PERCENT = frozenset({Mark.PERCENT})
_EASES = {Shape.NUMBER: Ease.NUMBER, Shape.PERCENT: Ease.PERCENT, Shape.DATE: Ease.DAY}
_HARD = Pattern((), (), (), None)
_Kept = TypeVar("_Kept")
Readers = tuple[Mapping[bytes, Value], ...]


class RowReader:
    """Reads the rows of one sheet whole where their patterns are known or can be learnt."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.lookups = grid.workbook.lookups or lookups(grid.workbook)
        grid.workbook.lookups = self.lookups
        self.remembered = grid.workbook.patterns
        self.known: dict[bytes, tuple[Pattern, Readers]] = {}

    def others(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """Place the rows, each without its end tag; give back in its turn each that must be read cell by cell."""
        head, split, known, count = _ROW.match, _TEXT.split, self.known, 0
        sheet, limits, put_row, mark = self.grid.sheet, self.grid.workbook.limits, self.grid.put_row, self.grid.mark
        for row in rows:
            if not (found := head(row)):
                yield row
                continue
            digits = found[1]
            parts = split(row[found.end() :])
            markup = _GAP.join(parts[::2]).replace(digits + _STYLED, NUMBER + _STYLED)
            pattern, readers = known.get(markup) or self._meet(markup, digits)
            texts = parts[1::2]
            try:
                values = list(map(getitem, readers, texts))
            except KeyError:
                pattern = _HARD
            if pattern is _HARD:
                yield row
                continue
            if pattern.places:
                values = list(pattern.places([*values, None]))
            index = int(digits) - 1
            if index == len(sheet.rows) < limits.rows and 0 < len(values) <= limits.columns:  # as most rows are
                sheet.rows.append(values)
            elif not put_row(index, values):
                yield row
                continue
            count += len(texts) - len(pattern.formulas)
            for column in pattern.percents:
                sheet.marks[index, column] = _PERCENT
            for column in pattern.formulas:
                mark((index, column), Mark.FORMULA)
        self.grid.workbook.count(count)

    def _meet(self, markup: bytes, digits: bytes) -> tuple[Pattern, Readers]:
        """The pattern of a row that this sheet had not yet, and how to read its texts."""
        if len(markup) > _LONGEST:
            return _HARD, ()
        pattern = self.remembered.get(markup)
        if pattern is None and markup.count(NUMBER) < markup.count(b"<c "):
            markup = _ADDRESS.sub(lambda found: found[1] + (NUMBER if found[2] == digits else found[2]), markup)
            if known := self.known.get(markup):
                return known
            pattern = self.remembered.get(markup)
        if pattern is None:
            pattern = self._learn(markup)
            _keep(self.remembered, _REMEMBERED, markup, pattern)
        found = pattern, tuple(map(self.lookups.__getitem__, pattern.eases))
        _keep(self.known, _MOST, markup, found)
        return found

    def _learn(self, markup: bytes) -> Pattern:
        """What rows with this markup hold, `_HARD` where they must be read cell by cell."""
        parts = _CELL.split(decode(markup))
        columns = [column_index(one) for one in parts[1::_STRIDE]]
        if any(parts[::_STRIDE]) or any(left >= right for left, right in pairwise(columns)):
            return _HARD
        kinds = map(self.grid.kinds.read, parts[2::_STRIDE])
        eases: list[Ease] = []
        at: dict[int, int] = {}  # for a column, the place of its text among those of the row
        for column, kind, *inside in zip(columns, kinds, *(parts[at::_STRIDE] for at in (3, 4, 5)), strict=True):
            formula, value, inline = map(bool, inside)
            if value or inline:
                at[column] = len(eases) + formula
                eases += [Ease.FORMULA] * formula + [_ease(kind, inline=inline, formula=formula)]
        width = max(at, default=-1) + 1
        formulas = tuple(column for column, place in at.items() if place and eases[place - 1] is Ease.FORMULA)
        if width > _WIDEST or not all(eases) or (formulas and width == 1):
            return _HARD
        is_full = list(at.items()) == [(column, column) for column in range(width)]
        places = None if is_full else itemgetter(*(at.get(column, -1) for column in range(width)))
        percents = tuple(column for column, place in at.items() if eases[place] is Ease.PERCENT)
        return Pattern(tuple(eases), percents, formulas, places)


def _keep(memory: dict[bytes, _Kept], most: int, markup: bytes, kept: _Kept) -> None:
    """Remember something; a memory that is full begins again, so that one odd workbook does not fill it for good."""
    if len(memory) >= most:
        memory.clear()
    memory[markup] = kept


def _ease(kind: Kind, *, inline: bool, formula: bool) -> Ease:
    """How the text of a cell of this kind is read."""
    if kind.sort is Sort.TEXT:
        return Ease.TEXT
    if formula:
        return Ease.RESULT if kind.sort is Sort.NUMBER and kind.shape is Shape.NUMBER else Ease.HARD
    if inline:
        return Ease.HARD
    if kind.sort is Sort.SHARED:
        return Ease.SHARED
    return _EASES.get(kind.shape, Ease.HARD) if kind.sort is Sort.NUMBER else Ease.HARD
