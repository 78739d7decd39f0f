"""The plan of record, plan.xlsx: read where it has changed, its new codes written down; and writing a drafted plan."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.disk import read_bytes, write_bytes
from xlplan.workflow.plan_cache import PlanCache
from xlplan.workflow.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from xlplan.files.worker import Local
    from xlplan.finding import Finding
    from xlplan.headers import Field
    from xlplan.model import Plan
    from xlplan.workflow.plan_cache import PlanRead


_REMINDER = "P218"
_CODED = frozenset(("P201", "P202", "P210", "P219"))
"""What is found where a line got another code than the one that stands in it."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without looking for rubbish: among the rows of a large plan, which all stay, it takes its time and finds none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True)
class Recorded:
    """The plan as recorded; `key` says what it will be read of the next time, empty where that may give another one.

    `keep` keeps the reading for the next time.
    """

    plan: Plan
    findings: list[Finding]
    key: str
    keep: Callable[[], None]


def load_plan(workspace: Workspace) -> tuple[Plan, list[Finding]]:
    """The workspace's plan of record. XlplanError when there is none that can be used."""
    reading = Reading.of(workspace)
    plan, read = reading.read()
    reading.keep(read)
    return plan, _reviewed(read.findings)


def record_plan(workspace: Workspace, at: datetime) -> tuple[Plan, list[Finding]]:
    """The plan of record, with new codes written into plan.xlsx and remembered in the ledger."""
    recorded = record(Reading.of(workspace), at)
    recorded.keep()
    return recorded.plan, recorded.findings


def record(reading: Reading, at: datetime, local: Local | None = None) -> Recorded:
    """The same, with what the next reading depends on; `local` are processes that are there already."""
    workspace = reading.workspace
    plan, read = reading.read(local)
    found = _write_codes(workspace.plan, read.given) if read.given else []
    if read.news:
        with workspace.ledger.run("plan", "", at) as run:
            run.remember_codes(read.news)
    told = _reviewed((*read.findings, *found))
    if read.given or any(one.code in _CODED for one in read.findings):
        return Recorded(plan, told, "", partial(reading.keep, read))
    # every line kept its code and is known by it: now that the news are known, too, reading gives the same without any
    after = reading.knowing(read.news)
    return Recorded(plan, told, after.key, partial(after.keep, replace(read, news={})))


@dataclass(frozen=True)
class Reading:
    """What a reading of plan.xlsx depends on: its bytes, the codes that the ledger knows, the template's headers."""

    workspace: Workspace
    data: bytes
    known: Mapping[str, str]
    headers: Mapping[str, Field | None]

    @classmethod
    def of(cls, workspace: Workspace) -> Reading:
        """What a reading would depend on now. XlplanError W101 where there is no plan.xlsx."""
        data = read_bytes(workspace.plan)
        return cls(workspace, data, workspace.ledger.known_codes(), _headers(workspace))

    def knowing(self, news: Mapping[str, str]) -> Reading:
        """The same when the ledger has remembered these codes, in its order."""
        return replace(self, known={**self.known, **dict(sorted(news.items()))}) if news else self

    @cached_property
    def cache(self) -> PlanCache:
        """Where the reading is kept."""
        return PlanCache.of(self.workspace.root, self.data, self.workspace.plan.name, self.known, self.headers)

    @property
    def key(self) -> str:
        """What stands for all of it."""
        return self.cache.kept.key

    @cached_property
    def kept(self) -> PlanRead | None:
        """The reading that is kept, if there is one."""
        return self.cache.get()

    def keep(self, read: PlanRead) -> None:
        """Keep what was read, unless that is what was kept."""
        if self.kept is None:
            self.cache.put(read)

    @undisturbed()
    def read(self, local: Local | None = None) -> tuple[Plan, PlanRead]:
        """What was kept, else what is read now. XlplanError when it is no plan."""
        read = self.kept
        if read is None:
            from xlplan.workflow.plan_reading import read_plan

            read = read_plan(self.data, self.workspace.plan.name, self.known, self.headers, local)
        if read.plan is None:
            raise XlplanError(read.findings[-1])
        return read.plan, read


def _headers(workspace: Workspace) -> Mapping[str, Field | None]:
    """The headers of the workspace's own template for plan.xlsx."""
    if workspace.own_template("plan") is None:
        return {}
    from xlplan.workflow.templates import plan_headers

    return plan_headers(workspace)


def _reviewed(found: tuple[Finding, ...]) -> list[Finding]:
    """The findings without those that only remind of the review, which `check` is for."""
    return [one for one in found if one.code != _REMINDER]


def _write_codes(path: Path, given: Mapping[tuple[str, str], str]) -> list[Finding]:
    from xlplan.files.xlsx_edit import set_cells

    try:
        write_bytes(path, set_cells(read_bytes(path), given))
    except XlplanError:
        return [rules.find("W115", path=path.name)]
    return []


def write_plan(path: Path, plan: Plan, notes: Mapping[str, str]) -> list[Finding]:
    """Write an allocated plan as a plan workbook; `notes`, by row code, say what to check."""
    from xlplan.books.plan.compose import compose
    from xlplan.files.xlsx_writer import write_book
    from xlplan.workflow.templates import load_template

    template, found = load_template(Workspace(path.parent), "plan")
    data, trouble = write_book(compose(plan, notes, template))
    write_bytes(path, data)
    return found + trouble
