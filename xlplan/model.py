"""The nouns of the field as records: plan, task, target, office, row, entry, submission.

All are frozen; amounts are `Decimal`. A record carries what was written beside what was understood.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from xlplan.finding import Finding, Place
    from xlplan.period import Period


# --- the document -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or line. `level` is a heading style's level (0: none); `number` an automatic number."""

    text: str
    place: Place
    level: int = 0
    bold: bool = False
    number: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of a document: rows of cell texts; a merged cell's text stands in each cell that it covers."""

    rows: tuple[tuple[str, ...], ...]
    place: Place


@dataclass(frozen=True)
class Outline:
    """文稿结构: a document as its blocks in reading order, whatever format it came in."""

    blocks: tuple[Paragraph | Grid, ...]
    source: str = ""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The blocks that are text."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


# --- the plan ---------------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What sort of figure a target is, which decides how progress against it is measured."""

    LEVEL = "level"
    INCREMENT = "increment"
    GROWTH = "growth"
    RATIO = "ratio"
    RANK = "rank"
    CEILING = "ceiling"
    MILESTONE = "milestone"


class Comparator(StrEnum):
    """How the actual figure must stand to the target's value. A bare number means at least."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="
    ABOUT = "~"
    RANGE = "range"


class Role(StrEnum):
    """牵头 or 配合."""

    LEAD = "lead"
    SUPPORT = "support"


@dataclass(frozen=True)
class Target:
    """目标: one indicator and its figure. `text` is the document's wording; `unit` as written, without the number."""

    text: str
    indicator: str = ""
    kind: Kind = Kind.LEVEL
    comparator: Comparator = Comparator.AT_LEAST
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    hedge: str = ""
    scope: str = ""
    baseline: Decimal | None = None
    due: date | None = None

    @property
    def is_number(self) -> bool:
        """Whether an office can answer it with one number."""
        return self.value is not None


@dataclass(frozen=True)
class Owner:
    """An office as a document names it, with its role."""

    name: str
    role: Role = Role.LEAD


@dataclass(frozen=True)
class Section:
    """板块: a heading that groups tasks."""

    code: str
    label: str
    title: str


@dataclass(frozen=True)
class Task:
    """任务: the finest numbered work item. `guess` names what was guessed: `title`, `owners`, `split`, `targets`."""

    code: str
    label: str
    section: str
    title: str
    text: str
    guess: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    leader: str = ""
    deadline: date | None = None
    targets: tuple[Target, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class Office:
    """责任单位: its code, name and other names, and who answers for it. A collective one has members."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    leader: str = ""
    contact: str = ""
    duties: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Assignment:
    """分解行: one task, one target of it or none, one office or none yet. `extra`: the user's own columns."""

    code: str
    task: str
    office: str = ""
    role: Role = Role.LEAD
    target: Target | None = None
    deadline: date | None = None
    leader: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Plan:
    """工作要点 with its breakdown. `targets` are the overall goals; `rows` is empty until allocated."""

    title: str
    issuer: str = ""
    number: str = ""
    year: int | None = None
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    offices: tuple[Office, ...] = ()
    rows: tuple[Assignment, ...] = ()
    language: str = "zh"

    def task(self, code: str) -> Task | None:
        """The task with this code."""
        return next((task for task in self.tasks if task.code == code), None)

    def office(self, name: str) -> Office | None:
        """The office with exactly this name or alias."""
        return next((office for office in self.offices if name in office.names), None)


@dataclass(frozen=True)
class PlanLine:
    """One line of plan.xlsx as people left it. `row` has no codes yet; `text` may stand in one line of a task only.

    `place` is the cell of the code, or the row's first cell where the sheet has no column of codes (`coded` is false).
    """

    place: Place
    code: str
    label: str
    section: str
    title: str
    text: str
    row: Assignment
    coded: bool = True

    @property
    def identity(self) -> str:
        """What makes the line the same one when its code was lost: the task, the office, the target."""
        target = self.row.target.text if self.row.target else ""
        return "\x1f".join("".join(part.split()) for part in (self.title, self.row.office, target))


# --- what goes out and comes back -------------------------------------------------------------------------------------


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
    """填报表: one office's rows for one period; `before` holds the last known entry of a row, by row code."""

    office: Office
    period: Period
    rows: tuple[Assignment, ...]
    stamp: Stamp
    deadline: date | None = None
    before: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Written:
    """What a cell of a return holds, as text, with its address. `shared`: a merged cell begun in an earlier row."""

    text: str
    cell: str
    shared: bool = False
    error: bool = False
    uncomputed: bool = False
    picture: bool = False


@dataclass(frozen=True)
class ReturnedRow:
    """One filled or unfilled row of a return: its cells by field, and by header those of the user's own columns."""

    index: int
    cells: tuple[tuple[str, Written], ...]
    extra: tuple[tuple[str, Written], ...] = ()

    def get(self, name: str) -> Written:
        """The cell of a field; an empty one when the table has no such column."""
        return dict(self.cells).get(name, Written("", ""))


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
    """A file that came back, read but not yet understood."""

    file: str
    sha256: str
    sheets: tuple[ReturnedSheet, ...]
    stamp: Stamp | None = None
    modified: datetime | None = None


@dataclass(frozen=True)
class Issued:
    """A form that was sent: what the workspace remembers of it, the baseline for judging what comes back.

    `texts` holds what its locked cells show: for each row code the texts by field.
    """

    stamp: Stamp
    path: str
    sha256: str
    deadline: date | None = None
    rows: tuple[Assignment, ...] = ()
    texts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


class Sure(StrEnum):
    """How certain a reading is: certain, merged with a finding, or left for a person."""

    YES = "yes"
    LIKELY = "likely"
    NO = "no"


@dataclass(frozen=True)
class Amount:
    """A number as read from a cell: the raw text, the value (None: no reading), how sure, and the value's unit."""

    raw: str
    value: Decimal | None = None
    sure: Sure = Sure.YES
    unit: str = ""


@dataclass(frozen=True)
class Source:
    """Where an entry came from: file name, sheet, the cells by field, the file's digest and when it was collected."""

    file: str
    sheet: str
    cells: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True)
class Entry:
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


@dataclass(frozen=True)
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


# --- progress ---------------------------------------------------------------------------------------------------------


class Grade(StrEnum):
    """Whether a slot was answered, and what kind of gap it is when not. The values are the words on the lists."""

    OK = "ok"
    NOT_REPORTED = "未报"
    ROW_ABSENT = "漏报"
    BLANK = "空报"
    STALE = "陈报"
    CONTRADICTION = "矛盾"
    PENDING = "待数"
    NOT_APPLICABLE = "不适用"


class Light(StrEnum):
    """亮灯: the colour of a row's progress."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


@dataclass(frozen=True)
class Progress:
    """进展 of one slot. `office` answers for it: the row's own, or a member of a collective one. `rate`: 1 is done."""

    row: Assignment
    office: str
    entry: Entry | None
    grade: Grade
    light: Light = Light.NONE
    rate: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """One period's progress: a line per row in plan order, and the findings that arose."""

    plan: Plan
    period: Period
    lines: tuple[Progress, ...]
    findings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True)
class Return:
    """What one office owed for a period and what came: the file that counts (None: nothing), and the days it was late.

    `late` is counted from the deadline to the day of receipt, or to today when nothing came; 0 is on time or not due.
    """

    office: Office
    submission: Submission | None = None
    received: datetime | None = None
    late: int = 0
    files: int = 0


@dataclass(frozen=True)
class Context:
    """What stands around one period's tally: the day it is made, who owed a return, every file, the earlier periods."""

    today: date
    deadline: date | None = None
    returns: tuple[Return, ...] = ()
    files: tuple[Submission, ...] = ()
    earlier: tuple[Tally, ...] = ()

    @property
    def previous(self) -> Tally | None:
        """The period before this one; None for the first."""
        return self.earlier[-1] if self.earlier else None
