"""`xlplan distribute`: one form per office for a period, and a manifest of what was sent."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.disk import digest, file_name, read_bytes, write_bytes
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.spread import own_processes, spread
from xlplan.headers import USUAL, Field
from xlplan.steps.counter import WATCHED
from xlplan.steps.split import Sending, split
from xlplan.workflow.blanks import blanks
from xlplan.workflow.delivery import Delivery
from xlplan.workflow.own_form import form_writer
from xlplan.workflow.plan import Reading, record, undisturbed
from xlplan.workflow.round import MANIFEST, Basis, Distributed, Listed, manifest_of
from xlplan.workflow.templates import load_template
from xlplan.workflow.view import fold_period
from xlplan.workflow.workspace import earlier_periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from xlplan.books.template import Page, Template
    from xlplan.files.worker import Local
    from xlplan.finding import Finding
    from xlplan.ledger.records import Posted
    from xlplan.model import Entry, Form, Issued, Plan
    from xlplan.period import Period
    from xlplan.steps.merge import Slot
    from xlplan.workflow.workspace import Workspace

_LARGE = MEGABYTE  # a plan whose reading takes long enough for the processes that write its forms to start meanwhile
_NEEDS = "xlplan.workflow.delivery", "xlplan.books.plan.parse"


def distribute(
    workspace: Workspace,
    period: Period,
    at: datetime,
    deadline: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Distributed:
    """Write the forms. Doing it again with an unchanged plan gives the same bytes and records nothing new.

    Where nothing at all has changed, the files are only looked at.
    """
    reading = Reading.of(workspace)
    template, trouble = load_template(workspace, "form")
    basis = Basis.now(workspace, template, period, deadline)
    done = basis.made(workspace, reading.key)
    if done is None:
        with closing(own_processes()) as local:
            if len(reading.data) >= _LARGE:
                local.warm(Limits(), *_NEEDS)
            recorded = record(reading, at, local)
            found = [*recorded.findings, *trouble]
            round_ = _Round(workspace, recorded.plan, template, basis, local, found, recorded.keep, progress)
            done = round_.send(at)
        with suppress(XlplanError):  # for `collect`, which tells what is wrong with a template that it needs
            blanks(workspace, recorded.plan)
        after = Basis.now(workspace, template, period, deadline)
        if recorded.key and after == round_.after:
            after.keep(workspace, recorded.key, done)
    elif progress:
        progress(len(done.forms), len(done.forms))
    return done


@dataclass
class _Round:
    """Forms on their way out. `meanwhile` is done while other processes write; `news` counts what the ledger lacked."""

    workspace: Workspace
    plan: Plan
    template: Template
    basis: Basis
    local: Local
    found: list[Finding]
    meanwhile: Callable[[], None]
    progress: Callable[[int, int], None] | None = None
    listed: list[Listed] = field(default_factory=list)
    news: int = 0

    def send(self, at: datetime) -> Distributed:
        """Write the forms and their list, and record them. XlplanError W113 when no office has any row."""
        workspace, period = self.workspace, self.basis.period
        page = self.template.dress(self.plan.language).pages["form"]
        sending = sending_of(workspace, period, self.basis.deadline, page)
        with undisturbed():
            forms = split(self.plan, sending)
        if not forms:
            raise XlplanError(rules.find("W113"))
        self._record(self._written(forms, page, sending.issued), at)
        _forget_old(workspace, sending.issued, {one.path for one in self.listed})
        done = Distributed(period, workspace.outbox(period), tuple(self.listed), tuple(self.found))
        write_bytes(done.folder / MANIFEST, manifest_of(self.plan.title, done))
        return done

    def _written(self, forms: list[Form], page: Page, issued: Sequence[Issued]) -> Iterator[Posted]:
        """Write the forms; gives those that the ledger does not know."""
        known = {(one.stamp.office, one.stamp.edition, one.sha256) for one in issued}
        for form, (one, trouble) in zip(forms, self._delivered(forms, page), strict=True):
            if not self.listed:
                self.meanwhile()
            self.found += trouble
            count, edition = len(form.rows), one.edition
            self.listed.append(Listed(form.office.name, one.path, count, edition, form.deadline, one.sha256))
            if self.progress:
                self.progress(len(self.listed), len(forms))
            if (one.office, one.edition, one.sha256) not in known:
                self.news += 1
                yield one

    def _delivered(self, forms: list[Form], page: Page) -> Iterator[tuple[Posted, list[Finding]]]:
        writer = form_writer(self.workspace, self.template, self.plan)
        paths = _paths(self.workspace, forms)
        jobs = [(writer.job(form, self.plan), path) for form, path in zip(forms, paths, strict=True)]
        return spread(Delivery(writer, self.workspace.root, shown_fields(page)), jobs, self.local)

    def _record(self, news: Iterator[Posted], at: datetime) -> None:
        """Record what is new as it comes; without any there is no run."""
        first = list(islice(news, 1))
        if first:
            with self.workspace.ledger.run("distribute", self.basis.period.code, at) as run:
                run.send(chain(first, news))

    @property
    def after(self) -> Basis:
        """What the round was made of, as it is when nobody but this round has written to the ledger."""
        issued, *others = self.basis.growth
        return replace(self.basis, growth=(issued + self.news, *others))


def sending_of(workspace: Workspace, period: Period, deadline: date | None, page: Page) -> Sending:
    """What the forms of a period need beside the plan; `page` is their template."""
    issued, before = workspace.ledger.issued(period.code), entries_before(workspace, period)
    newest = None
    if page.index(Field.LEAD_PROGRESS) is not None:
        now = fold_period(workspace, period.code).entries
        newest = {**before, **{slot: entry for slot, entry in now.items() if entry.progress}}
    return Sending(period, deadline, workspace.ledger.key, issued, before, page.headings, newest)


def _forget_old(workspace: Workspace, before: Sequence[Issued], current: set[str]) -> None:
    """Take forms out of the outbox that are no longer sent, where nobody has changed them."""
    for one in before:
        path = workspace.root / one.path
        if one.path not in current and path.is_file() and digest(read_bytes(path)) == one.sha256:
            path.unlink()


def entries_before(workspace: Workspace, period: Period) -> Mapping[Slot, Entry]:
    """The entries that count for the newest earlier period of the year that has any; empty when none has."""
    for earlier in reversed(earlier_periods(workspace, period)):
        entries = fold_period(workspace, earlier.code).entries
        if entries:
            return entries
    return {}


def _paths(workspace: Workspace, forms: Sequence[Form]) -> list[str]:
    """Where in the workspace each form goes: no two into one file, whatever letters the offices' names have."""
    paths: dict[str, str] = {}
    for form in forms:
        name = file_name(form.office.name)
        while name.casefold() in paths:
            name = f"{name}_{file_name(form.office.code)}"
        path = workspace.outbox(form.period) / f"{name}_{form.period.code}.xlsx"
        paths[name.casefold()] = path.relative_to(workspace.root).as_posix()
    return list(paths.values())


def shown_fields(page: Page) -> tuple[Field, ...]:
    """The plan columns whose texts the ledger remembers, because they must come back unchanged."""
    return (Field.SERIAL, *USUAL, *(one for one in WATCHED if one not in USUAL and page.index(one) is not None))
