"""Reading the rows of a form's table, which thousands of other returns have, too, but for what was filled in."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from xlplan.book import Mark, address, column_name
from xlplan.books.table import repeats_header, text_of
from xlplan.headers import ENTRY, LOCKED, Field
from xlplan.model import NOTHING, Answers, ReturnedRow, Shown, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xlplan.book import Value
    from xlplan.books.table import Head, Table, TableRow
    from xlplan.model import Cells

Column: TypeAlias = tuple[str, int, str]
"""A column: its field or header, its 0-based index, its letters."""

Pick: TypeAlias = "Callable[[Sequence[Value]], Sequence[Value]]"

_COMMON = frozenset(LOCKED) - {Field.BEFORE}
_PLAIN = tuple(Written("", ""))[2:]
_new = tuple.__new__  # a named tuple's own call takes twice as long, and every cell of every file is one
_LAYOUTS, _REMEMBERED, _LONGEST = 4, 1 << 12, 4000  # tables, rows of each, letters of each row


class _Known(NamedTuple):
    """What is remembered of the locked cells of a row: whether any has a text, whether they repeat the header."""

    shown: Shown
    speaks: bool
    is_head: bool


class Rows:
    """The rows of one table that hold something, without repetitions of its header.

    A row in which nothing is merged or marked goes the short way: the columns that it begins with show what was sent,
    which was read before in another return, most likely, and is remembered.
    """

    known: ClassVar[dict[tuple[tuple[Column, ...], tuple[Head, ...]], dict[tuple[object, ...], _Known]]] = {}

    def __init__(self, table: Table, shown: frozenset[str]) -> None:
        self.table, self.sheet = table, table.sheet
        columns = [_column(name, at) for name, at in table.columns.items()]
        count = next((at for at, (name, _, _) in enumerate(columns) if name not in _COMMON), len(columns))
        self.common, self.open = tuple(columns[:count]), columns[count:]
        extra = [_column(header, at) for header, at in table.extra.items()]
        self.extra = [one for one in extra if one[0] not in shown]
        self.locked = [one for one in extra if one[0] in shown]
        self.width = max(at for _, at, _ in (*columns, *extra)) + 1
        self.pick = itemgetter(*(at for _, at, _ in self.common)) if count > 1 else None
        self.names = tuple(name for name, _, _ in self.open)
        self.places = [(at, letters) for _, at, letters in self.open]
        fields = {name: at for at, (name, _, _) in enumerate(self.open)}
        self.answers = itemgetter(*(fields.get(name, len(fields)) for name in ENTRY))
        mine = {at for _, at, _ in self.common}
        self.heads = tuple(head for head in table.heads if head[0] in mine)
        self.rows = self._remembered()

    def __iter__(self) -> Iterator[ReturnedRow]:
        """Each row."""
        special = {row for row, _ in (*self.sheet.marks, *self.table.covered)}
        short = self._short(self.pick) if self.pick else self._careful
        for index in range(self.table.header + 1, len(self.sheet.rows)):
            row = self._careful(index) if index in special else short(index)
            if row is not None:
                yield row

    def _remembered(self) -> dict[tuple[object, ...], _Known]:
        layout = (self.common, self.heads)
        if layout not in self.known and len(self.known) >= _LAYOUTS:
            self.known.clear()
        return self.known.setdefault(layout, {})

    def _short(self, pick: Pick) -> Callable[[int], ReturnedRow | None]:
        """The short way; what it needs for each row of each file stands ready in names of its own."""
        rows, known, width, places, names = self.sheet.rows, self.rows, self.width, self.places, self.names
        others = bool(self.extra or self.locked)

        def read(index: int) -> ReturnedRow | None:
            values, at = rows[index], index + 1
            if len(values) < width:
                values = values + [None] * (width - len(values))
            mine = pick(values)
            key = (at, mine, *map(type, mine))  # 1 and True are one key, but not one text
            shown, speaks, is_head = known.get(key) or self._learn(key, mine)
            if is_head:
                return self._careful(index)
            written = _plain_cells(places, values, at)
            cells = tuple(zip(names, written, strict=True))
            extra, locked = self._others(values, at) if others else ((), ())
            if not speaks and not any(cell.text for _, cell in (*cells, *extra, *locked)):
                return None
            written.append(NOTHING)  # for columns that the table does not have
            return ReturnedRow(index, cells, extra, locked, shown, Answers._make(self.answers(written)))

        return read

    def _others(self, values: Sequence[Value], at: int) -> tuple[Cells, Cells]:
        """The cells of the user's own columns: those to be filled, those only shown."""
        extra, locked = (
            tuple((name, Written(text_of(values[column]), f"{letters}{at}")) for name, column, letters in columns)
            for columns in (self.extra, self.locked)
        )
        return extra, locked

    def _learn(self, key: tuple[object, ...], values: Sequence[Value]) -> _Known:
        at = key[0]
        pairs = zip(self.common, values, strict=True)
        cells = tuple((name, Written(text_of(value), f"{letters}{at}")) for (name, _, letters), value in pairs)
        by_column = {column: value for (_, column, _), value in zip(self.common, values, strict=True)}
        is_head = repeats_header(self.heads, by_column.__getitem__) or not self.heads
        known = _Known(Shown(cells, dict(cells)), any(cell.text for _, cell in cells), is_head)
        if sum(len(cell.text) for _, cell in cells) <= _LONGEST:
            if len(self.rows) >= _REMEMBERED:
                self.rows.clear()
            self.rows[key] = known
        return known

    def _careful(self, index: int) -> ReturnedRow | None:
        row = self.table.row(index)
        if row is None:
            return None
        parts = ((*self.common, *self.open), self.extra, self.locked)
        cells, extra, locked = (tuple((name, _written(row, at)) for name, at, _ in part) for part in parts)
        return ReturnedRow(index, cells, extra, locked)


def _column(name: str, at: int) -> Column:
    return name, at, column_name(at)


def _plain_cells(places: Sequence[tuple[int, str]], values: Sequence[Value], at: int) -> list[Written]:
    written = []
    for column, letters in places:
        value = values[column]
        if value is None:
            text = ""
        elif isinstance(value, str) and "\r" not in value:
            text = value.strip()
        else:
            text = text_of(value)
        written.append(_new(Written, (text, f"{letters}{at}", *_PLAIN)))
    return written


def _written(row: TableRow, column: int) -> Written:
    origin = row.origin(column)
    value = row.sheet.value(*origin)
    marks = row.sheet.marks.get(origin)
    if marks is None:
        return Written(text_of(value), address(*origin), origin[0] < row.index)
    percent = Mark.PERCENT in marks and isinstance(value, int | float) and not isinstance(value, bool)
    text = f"{text_of(Decimal(repr(value)) * 100)}%" if percent else text_of(value)
    shared = origin[0] < row.index
    return Written(text, address(*origin), shared, Mark.ERROR in marks, Mark.NO_CACHE in marks, Mark.PICTURE in marks)
