"""What goes out and comes back: forms, stamps, entries, submissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from xlplan.finding import Finding
    from xlplan.model.plan import Assignment, Office
    from xlplan.period import Period


EXTRA = "extra"
"""The field of a column of the user's own: its header says which one."""

HEAD = ""
"""What stands for a row code where the texts of a form hold its header row."""

_FILLED = "+"  # behind the field of a column that the office fills


class Status(StrEnum):
    """状态: what an office says of a row. The values are the contract's words."""

    NOT_STARTED = "未启动"
    RUNNING = "推进中"
    DONE = "已完成"
    CHANGE = "申请调整"
    NOT_APPLICABLE = "不适用"


@dataclass(frozen=True)
class Stamp:
    """表样标识: what a form says of itself. `edition` counts the forms sent to this office for this period, from 1."""

    plan: str
    office: str
    period: str
    edition: int
    rows: tuple[str, ...]
    signature: str = ""


@dataclass(frozen=True)
class Form:
    """填报表: one office's rows for one period; `before` holds the last known entry of a row, by row code.

    `leads` are the newest entries of those who lead the tasks that the office supports, where its form shows them.
    """

    office: Office
    period: Period
    rows: tuple[Assignment, ...]
    stamp: Stamp
    deadline: date | None = None
    before: tuple[Entry, ...] = ()
    leads: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A column of a form as it is sent: its header, its field, whether the office fills it."""

    header: str
    field: str
    filled: bool

    @property
    def key(self) -> str:
        """What tells the column from the others: its field, or for one of the user's own its header, too."""
        return extra_key(self.header) if self.field == EXTRA else self.field


def extra_key(header: str) -> str:
    """The key of a user's own column among the texts that a form shows."""
    return f"{EXTRA}:{header}"


FormTexts = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


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
    columns of its table, and the keys of the user's own that are locked.
    """

    cells: Cells = ()
    by_field: dict[str, Written] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()


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


_NOT_SHARED = Shown()


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
    def filled(self) -> Pairs:
        """The addresses of the cells in which an office wrote something."""
        return self.made.filled(self.index, self.texts, self.own)

    @property
    def is_filled(self) -> bool:
        """Whether an office entered anything."""
        return any(self.texts) or bool(self.own)

    @property
    def is_shared(self) -> bool:
        """Whether other returns have the same locked cells; then no cell of the row is merged or marked."""
        return self.shown is not _NOT_SHARED

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


@dataclass(frozen=True)
class Issued:
    """A form that was sent: what the workspace remembers of it, the baseline for judging what comes back.

    `texts` holds what it shows: for each row code the texts of its locked cells by column, and the header row.
    """

    stamp: Stamp
    path: str
    sha256: str
    deadline: date | None = None
    rows: tuple[Assignment, ...] = ()
    texts: FormTexts = ()

    @property
    def columns(self) -> tuple[Heading, ...]:
        """Its columns; empty where they were not recorded."""
        return headings_of(dict(dict(self.texts).get(HEAD, ())))


def headings_of(texts: Mapping[str, str]) -> tuple[Heading, ...]:
    """A form's columns, from its header row among its texts."""
    return tuple(Heading(head, name.removesuffix(_FILLED), name.endswith(_FILLED)) for head, name in texts.items())


def head_texts(columns: tuple[Heading, ...]) -> FormTexts:
    """A form's columns, as they stand among its texts."""
    return ((HEAD, tuple((one.header, one.field + _FILLED * one.filled) for one in columns)),)


class Sure(StrEnum):
    """How certain a reading is: certain, merged with a finding, or left for a person."""

    YES = "yes"
    LIKELY = "likely"
    NO = "no"


class Amount(NamedTuple):  # as `Entry`, a tuple: every file holds dozens
    """A number as read from a cell: the raw text, the value (None: no reading), how sure, and the value's unit."""

    raw: str
    value: Decimal | None = None
    sure: Sure = Sure.YES
    unit: str = ""


@dataclass(frozen=True)
class Origin:
    """出处 one level down: where an office that reports for others has a field's content from.

    `office` is a path through the levels (`甲县/科技科`); `text` is what that office wrote.
    """

    field: str
    office: str
    text: str
    file: str
    sheet: str
    cell: str
    sha256: str


class Source(NamedTuple):  # as `Entry`, a tuple: a large ledger is read as millions of them
    """Where an entry came from: file name, sheet, the cells by field, the file's digest.

    `origins` go one level further down, where the file was itself made from returns.
    """

    file: str
    sheet: str
    cells: tuple[tuple[str, str], ...]
    sha256: str
    origins: tuple[Origin, ...] = ()


class Entry(NamedTuple):
    """填报项: what one office wrote for one row in one period, read and raw."""

    row: str
    period: str
    office: str
    source: Source
    amount: Amount | None = None
    status: Status | None = None
    status_raw: str = ""
    progress: str = ""
    problem: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was filled."""
        return not (self.amount or self.status_raw or self.progress or self.problem or self.extra)


class State(StrEnum):
    """What became of a file; every file ends in exactly one."""

    MERGED = "merged"
    PARTIAL = "partial"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Submission:
    """回收表: one file that came back, what was in it, and what became of it.

    `sha256` is empty where the file's bytes were not to be had; `when` orders the versions of one return.
    """

    path: str
    sha256: str
    state: State
    period: str = ""
    offices: tuple[str, ...] = ()
    edition: int = 0
    when: datetime | None = None
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
