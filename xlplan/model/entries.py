"""What was understood of a return: its entries with their sources, and what became of the file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from xlplan.finding import Finding


class Status(StrEnum):
    """状态: what an office says of a row. The values are the contract's words."""

    NOT_STARTED = "未启动"
    RUNNING = "推进中"
    DONE = "已完成"
    CHANGE = "申请调整"
    NOT_APPLICABLE = "不适用"


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
