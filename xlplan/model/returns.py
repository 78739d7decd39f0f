"""What comes back, as it was written: files with their tables, rows and cells, not yet understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xlplan.model.entries import Origin
    from xlplan.model.forms import Stamp


class Written(NamedTuple):
    """What a cell of a return holds, as text, with its address. `shared`: a merged cell begun in an earlier row."""

    text: str
    cell: str
    shared: bool = False
    error: bool = False
    uncomputed: bool = False
    picture: bool = False


NOTHING = Written("", "")
"""What stands for a cell that is not there."""


Cells = tuple[tuple[str, Written], ...]
"""Cells by field, or by header."""


@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """What the locked columns of a row hold: plain cells of its own, nothing merged or marked.

    One object stands for all rows that say the same at the same place, in however many returns, and is told from others
    by what it is, not by what it holds: so what follows from it is worked out once. `beside` are the fields of other
    columns of its table, and the keys of the user's own that are locked. `shared` is False of the one that stands for
    rows of which nothing is known, as theirs may be merged or marked.
    """

    cells: Cells = ()
    by_field: dict[str, Written] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    shared: bool = True


class Answers(NamedTuple):
    """The cells of a row that an office fills: 完成值, 状态, 进展情况, 存在问题."""

    done: Written = NOTHING
    status: Written = NOTHING
    progress: Written = NOTHING
    problem: Written = NOTHING

    @classmethod
    def among(cls, cells: Cells) -> Answers:
        """Those that stand among these cells."""
        named = dict(cells)
        return cls(*[named.get(one, NOTHING) for one in cls._fields])


Texts = tuple[str, str, str, str]
"""What the cells of `Answers` say."""

Pairs = tuple[tuple[str, str], ...]
"""Texts, or addresses, by field or header."""


class Made(Protocol):
    """Who makes the cells of a row when they are looked at: the columns of its table."""

    def cells(self, index: int, values: Sequence[Any]) -> tuple[Cells, Cells, Cells]:
        """Those by field that are not `shown`; of the user's own those to be filled, and those that are locked."""

    def filled(self, index: int, texts: Texts, own: Pairs) -> Pairs:
        """The addresses of the cells in which these texts stand."""


class _Cells(NamedTuple):
    """The cells of a row that were made before."""

    open: Cells
    extra: Cells
    locked: Cells

    def cells(self, _index: int, _values: Sequence[Any]) -> tuple[Cells, Cells, Cells]:
        return self

    def filled(self, _index: int, _texts: Texts, _own: Pairs) -> Pairs:
        answers = Answers.among(self.open)
        cells = (*zip(answers._fields, answers, strict=True), *self.extra)
        return tuple((name, one.cell) for name, one in cells if one.text)


_NOT_SHARED = Shown(shared=False)


# not frozen: every file has dozens of rows, and freezing makes each three times as dear
@dataclass(slots=True, eq=False)
class ReturnedRow:
    """One filled or unfilled row of a return: its cells by field, and by header those of the user's own columns.

    Of these `locked` are the ones that the form shows and nobody fills. Cells of locked fields stand in `shown` where
    other returns have the same, else with all others in `open`. `texts` and `own` are what an office wrote; of most
    rows nothing else is asked, and cells are `made` of their `values` for those of which it is.
    """

    index: int
    shown: Shown
    texts: Texts
    own: Pairs
    made: Made
    values: Sequence[Any] = ()

    @classmethod
    def of(cls, index: int, cells: Cells, extra: Cells = (), locked: Cells = ()) -> ReturnedRow:
        """The row with these cells, of which any may be merged or marked."""
        done, status, progress, problem = Answers.among(cells)
        own = tuple((header, one.text) for header, one in extra if one.text)
        texts = done.text, status.text, progress.text, problem.text
        return cls(index, _NOT_SHARED, texts, own, _Cells(cells, extra, locked))

    def _parts(self) -> tuple[Cells, Cells, Cells]:
        return self.made.cells(self.index, self.values)

    @property
    def open(self) -> Cells:
        """The cells by field that are not `shown`."""
        return self._parts()[0]

    @property
    def extra(self) -> Cells:
        """The cells of the user's own columns that an office may fill."""
        return self._parts()[1]

    @property
    def locked(self) -> Cells:
        """The cells of the user's own columns that nobody fills."""
        return self._parts()[2]

    @property
    def answers(self) -> Answers:
        """The cells that an office fills."""
        return Answers.among(self.open)

    @property
    def cells(self) -> Cells:
        """All cells by field."""
        return self.shown.cells + self.open

    @property
    def is_filled(self) -> bool:
        """Whether an office entered anything."""
        return any(self.texts) or bool(self.own)

    @property
    def is_shared(self) -> bool:
        """Whether other returns have the same locked cells; then no cell of the row is merged or marked."""
        return self.shown.shared

    def get(self, name: str) -> Written:
        """The cell of a field; an empty one when the table has no such column."""
        return self.shown.by_field.get(name) or dict(self.open).get(name, NOTHING)

    def with_cells(self, cells: Cells) -> ReturnedRow:
        """The row with other cells by field."""
        return ReturnedRow.of(self.index, cells, self.extra, self.locked)


@dataclass(frozen=True)
class ReturnedSheet:
    """One table of a return: where it stands, its rows, and what its head says of office and period.

    `asked` are the fields with their headers that the workspace's form asks for, `own` the headers of columns that its
    template adds; empty where the form is the usual one.
    """

    sheet: str
    rows: tuple[ReturnedRow, ...]
    columns: tuple[str, ...] = ()
    office: str = ""
    heading: str = ""
    asked: tuple[tuple[str, str], ...] = ()
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """A file that came back, read but not yet understood; `origins` by row code, where it was made from returns."""

    file: str
    sha256: str
    sheets: tuple[ReturnedSheet, ...]
    stamp: Stamp | None = None
    modified: datetime | None = None
    origins: tuple[tuple[str, Origin], ...] = ()
