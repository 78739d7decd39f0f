"""Rows of a sheet part read whole, by their pattern.

The rows of a table are marked up alike: only the row's number differs, and what stands between the tags. So a row is
split once into texts and markup, and its markup without the number - the pattern - is looked up among those met before,
which tells for every text its column and its kind. A pattern is learnt only when every cell in it is a plain one, and
whatever differs in a single character is another pattern: such rows are read cell by cell. The few patterns that most
rows have become expressions, each of which tells in one go that a row is of its kind, and the row's texts; by how many
tags a row has it is known which of them to try.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import getitem, itemgetter
from typing import TypeVar

from xlplan.book import Mark, Value
from xlplan.files.sheets.cells import Ease, Kind, Pattern, Patterns, column_index
from xlplan.files.sheets.characters import decode
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.lookups import lookups
from xlplan.files.sheets.shapes import Shape
from xlplan.files.sheets.values import Sort

NUMBER, _GAP = b"\0", b">\1<"  # where a pattern has the row's number, and a text: no characters of XML
_HEAD = rb'\s*+<row r="([0-9]{1,7}+)"(?: [\w:.]++="[^"<>&\x80-\xff]*+")*+ ?>\s*+'
_ROW = re.compile(_HEAD)
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
_FREQUENT, _EXPRESSIONS = 64, 16  # rows that make a pattern frequent, and how many such there are
_HARD = Pattern()
_Kept = TypeVar("_Kept")
Readers = tuple[Mapping[bytes, Value], ...]
Lookups = tuple[Mapping[bytes, Value], ...]
_Frequent = tuple[Callable[[bytes], "re.Match[bytes] | None"], Pattern, Readers]


class _Expressions(dict[int, list[_Frequent]]):
    """The expressions of frequent rows by how many tags they have, with what reads their texts in one workbook."""

    def __init__(self, remembered: Patterns, lookups: Lookups) -> None:
        super().__init__()
        self.remembered, self.lookups = remembered, lookups

    def __missing__(self, tags: int) -> list[_Frequent]:
        known = self.remembered.frequent.get(tags, ())
        found: list[_Frequent] = [(whole.fullmatch, one, _readers(one, self.lookups)) for whole, one in known]
        self[tags] = found
        return found


class RowReader:
    """Reads the rows of one sheet whole where their patterns are known or can be learnt."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.lookups = grid.workbook.lookups or lookups(grid.workbook)
        grid.workbook.lookups = self.lookups
        self.remembered = grid.workbook.patterns
        self.known: dict[bytes, tuple[Pattern, Readers]] = {}
        self.frequent = _Expressions(self.remembered, self.lookups)

    def others(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """Place the rows, each without its end tag; give back in its turn each that must be read cell by cell."""
        sheet, limits, put_row, mark = self.grid.sheet, self.grid.workbook.limits, self.grid.put_row, self.grid.mark
        recognise, count = self._recognise, 0
        for row in rows:
            digits, texts, pattern, readers = recognise(row)
            try:
                read = map(getitem, readers, texts)
                values = list(pattern.places([*read, None]) if pattern.places else read)
            except KeyError:
                pattern = _HARD
            if pattern is _HARD:
                yield row
                continue
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

    def _recognise(self, row: bytes) -> tuple[bytes, Sequence[bytes], Pattern, Readers]:
        """The number of a row, its texts, and its pattern."""
        for fullmatch, pattern, readers in self.frequent[row.count(b"<")]:
            if found := fullmatch(row):
                return found[1], found.groups()[1:], pattern, readers
        if not (head := _ROW.match(row)):
            return b"", (), _HARD, ()
        digits = head[1]
        parts = _TEXT.split(row[head.end() :])
        markup = _GAP.join(parts[::2]).replace(digits + _STYLED, NUMBER + _STYLED)
        pattern, readers = self.known.get(markup) or self._meet(markup, digits)
        pattern.rows += 1
        if pattern.rows == _FREQUENT:
            self._become_frequent(pattern, row.count(b"<"))
        return digits, parts[1::2], pattern, readers

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
        found = pattern, _readers(pattern, self.lookups)
        _keep(self.known, _MOST, markup, found)
        return found

    def _become_frequent(self, pattern: Pattern, tags: int) -> None:
        """Recognise rows of this pattern, which has so many tags, whole from now on."""
        every = self.remembered.frequent
        if pattern is _HARD or sum(map(len, every.values())) >= _EXPRESSIONS:
            return
        body = rb">([^<]++)<".join(map(_literally, pattern.markup.split(_GAP)))
        every.setdefault(tags, []).append((re.compile(_HEAD + body), pattern))
        self.frequent.pop(tags, None)

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
        return Pattern(markup, tuple(map(int, eases)), percents, formulas, places)


def _readers(pattern: Pattern, lookups: Lookups) -> Readers:
    return tuple(map(lookups.__getitem__, pattern.eases))


def _literally(markup: bytes) -> bytes:
    """The expression of markup between two texts, with the row's number."""
    return rb"\1".join(map(re.escape, markup.split(NUMBER)))


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
