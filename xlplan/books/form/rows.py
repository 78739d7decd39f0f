"""Reading the rows of a form's table, which thousands of other returns have, too, but for what was filled in."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from xlplan.book import Mark, address, column_name
from xlplan.books.table import repeats_header, text_of
from xlplan.headers import ENTRY, LOCKED, Field
from xlplan.model import ReturnedRow, Shown, Written, extra_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from xlplan.book import Value
    from xlplan.books.table import Table, TableRow
    from xlplan.model import Cells, Pairs, Texts

Column: TypeAlias = tuple[str, int, str]
"""A column: its field or header, its 0-based index, its letters."""

Pick: TypeAlias = "Callable[[Sequence[Value]], Sequence[Value]]"

_COMMON = frozenset(LOCKED) - {Field.BEFORE}
_LAYOUTS, _REMEMBERED, _LONGEST = 4, 1 << 12, 4000  # tables, rows of each, letters of each row


class _Known(NamedTuple):
    """What is remembered of the locked cells of a row: whether any has a text, whether they repeat the header.

    `types` are those of their values where one equals a value of another type that has another text: 1 and True.
    """

    shown: Shown
    speaks: bool
    is_head: bool
    types: tuple[type, ...] | None


class _Memory(NamedTuple):
    """What is remembered of tables with the same columns: rows by their locked values, addresses of filled cells."""

    rows: dict[tuple[object, ...], _Known]
    filled: dict[tuple[object, ...], Pairs]


class Rows:
    """The rows of one table that hold something, without repetitions of its header.

    A row in which nothing is merged or marked goes the short way: the columns that it begins with show what was sent,
    which was read before in another return, most likely, and is remembered.
    """

    known: ClassVar[dict[tuple[object, ...], _Memory]] = {}

    def __init__(self, table: Table, shown: frozenset[str]) -> None:
        self.table, self.sheet = table, table.sheet
        columns = [_column(name, at) for name, at in table.columns.items()]
        count = next((at for at, (name, _, _) in enumerate(columns) if name not in _COMMON), len(columns))
        self.common, self.open = tuple(columns[:count]), tuple(columns[count:])
        extra = [_column(header, at) for header, at in table.extra.items()]
        self.extra = [one for one in extra if one[0] not in shown]
        self.locked = [one for one in extra if one[0] in shown]
        self.width = max(at for _, at, _ in (*columns, *extra)) + 1
        self.pick = itemgetter(*(at for _, at, _ in self.common)) if count > 1 else None
        places = {name: at for name, at, _ in self.open}
        self.answers = tuple(places.get(name) for name in ENTRY)
        mine = {at for _, at, _ in self.common}
        self.heads = tuple(head for head in table.heads if head[0] in mine)
        self.beside = frozenset((*places, *(extra_key(header) for header, _, _ in self.locked)))
        self.rows, self.addresses = self._remembered()

    def __iter__(self) -> Iterator[ReturnedRow]:
        """Each row."""
        special = {row for row, _ in (*self.sheet.marks, *self.table.covered)}
        short = self._short(self.pick) if self.pick else self._careful
        for index in range(self.table.header + 1, len(self.sheet.rows)):
            row = self._careful(index) if index in special else short(index)
            if row is not None:
                yield row

    def cells(self, index: int, values: Sequence[Value]) -> tuple[Cells, Cells, Cells]:
        """The cells of a plain row, as `Made` says."""
        parts = (self.open, self.extra, self.locked)
        open_, extra, locked = (
            tuple((name, Written(text_of(values[at]), f"{letters}{index + 1}")) for name, at, letters in part)
            for part in parts
        )
        return open_, extra, locked

    def filled(self, index: int, texts: Texts, own: Pairs) -> Pairs:
        """The addresses of the filled cells of a plain row, as `Made` says: the same in thousands of files."""
        done, status, progress, problem = texts
        headers = tuple([header for header, _ in own]) if own else ()
        key = (index, headers, not done, not status, not progress, not problem)
        found = self.addresses.get(key)
        if found is None:
            open_, extra = ({name: letters for name, _, letters in part} for part in (self.open, self.extra))
            answers = ((name, open_[name]) for name, text in zip(ENTRY, texts, strict=True) if text)
            named = (*answers, *((header, extra[header]) for header, _ in own))
            found = tuple((name, f"{letters}{index + 1}") for name, letters in named)
            if len(self.addresses) >= _REMEMBERED:
                self.addresses.clear()
            self.addresses[key] = found
        return found

    def _remembered(self) -> _Memory:
        layout = (self.common, self.open, self.heads, tuple(self.extra), self.beside)
        if layout not in self.known and len(self.known) >= _LAYOUTS:
            self.known.clear()
        return self.known.setdefault(layout, _Memory({}, {}))

    def _short(self, pick: Pick) -> Callable[[int], ReturnedRow | None]:
        """The short way; what it needs for each row of each file stands ready in names of its own."""
        rows, known, width, answers = self.sheet.rows, self.rows, self.width, self.answers
        extra, nothing = self.extra, ("",) * len(ENTRY)
        answered = None if None in answers else itemgetter(*answers)

        def read(index: int) -> ReturnedRow | None:
            values = rows[index]
            if len(values) < width:
                values = values + [None] * (width - len(values))
            mine = pick(values)
            shown, speaks, is_head, types = known.get((index, mine)) or self._learn(index, mine)
            if is_head or (types and types != tuple(map(type, mine))):
                return self._careful(index)
            texts = _texts(answered(values) if answered else ["" if at is None else values[at] for at in answers])
            own = tuple((name, text) for name, at, _ in extra if (text := text_of(values[at]))) if extra else ()
            row = ReturnedRow(index, shown, texts, own, self, values)
            if speaks or own or texts != nothing or any(cell.text for _, cell in (*row.open, *row.locked)):
                return row
            return None

        return read

    def _learn(self, index: int, values: Sequence[Value]) -> _Known:
        pairs = zip(self.common, values, strict=True)
        cells = tuple((name, Written(text_of(value), f"{letters}{index + 1}")) for (name, _, letters), value in pairs)
        by_column = {column: value for (_, column, _), value in zip(self.common, values, strict=True)}
        is_head = repeats_header(self.heads, by_column.__getitem__) or not self.heads
        types = tuple(map(type, values)) if any(value in {0, 1} for value in values) else None
        known = _Known(Shown(cells, dict(cells), self.beside), any(cell.text for _, cell in cells), is_head, types)
        if sum(len(cell.text) for _, cell in cells) <= _LONGEST:
            if len(self.rows) >= _REMEMBERED:
                self.rows.clear()
            self.rows[index, values] = known
        return known

    def _careful(self, index: int) -> ReturnedRow | None:
        row = self.table.row(index)
        if row is None:
            return None
        parts = ((*self.common, *self.open), self.extra, self.locked)
        cells, extra, locked = (tuple((name, _written(row, at)) for name, at, _ in part) for part in parts)
        return ReturnedRow.of(index, cells, extra, locked)


def _column(name: str, at: int) -> Column:
    return name, at, column_name(at)


def _texts(values: Iterable[Value]) -> Texts:
    """The texts of these four cells, which are mostly empty or plain."""
    done, status, progress, problem = [
        "" if one is None else one.strip() if type(one) is str and "\r" not in one else text_of(one) for one in values
    ]
    return done, status, progress, problem


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
