"""Writing forms into the outbox, each where it is made: in this process or, where there are many, in others.

What is imported here is imported by every process that writes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan.books.form.compose import compose_columns
from xlplan.books.form.layout import PlanColumns, shows_others
from xlplan.books.table import text_of
from xlplan.files.disk import digest, write_bytes
from xlplan.files.xlsx_writer import write_book
from xlplan.ledger.records import post
from xlplan.model import EXTRA, Issued, extra_key, head_texts

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.books.template import Page, Template
    from xlplan.finding import Finding
    from xlplan.headers import Field
    from xlplan.ledger.records import Posted
    from xlplan.model import Assignment, Form, FormTexts, Plan, Task

    FormJob = tuple[Form, tuple[Task, ...], tuple[Assignment, ...]]


@dataclass(frozen=True)
class FormWriter:
    """Makes the offices' forms: xlplan's own, or the bureau's `workbook` where the template names one.

    It goes to worker processes, so `plan` has no tasks and no rows; each form comes with those that it needs.
    """

    template: Template
    plan: Plan
    workbook: bytes = b""

    @property
    def page(self) -> Page:
        """The form's page of the template."""
        return self.template.dress(self.plan.language).pages["form"]

    def job(self, form: Form, plan: Plan) -> FormJob:
        """A form with what it needs of the plan: its tasks, and rows of other offices where it shows any."""
        tasks = plan.tasks_of(form.rows)
        if shows_others(self.page):
            return form, tasks, plan.rows_of(tasks)
        return form, tasks, tuple(row for one in form.leads if (row := plan.row(one.row)))

    def columns(self, job: FormJob) -> PlanColumns:
        """What the form's plan columns hold."""
        form, tasks, rows = job
        return PlanColumns(form, replace(self.plan, tasks=tasks, rows=rows), self.page)

    def write(self, columns: PlanColumns) -> tuple[bytes, list[Finding]]:
        """One form, and what is to be said of it."""
        own = self.template.own
        if own is None:
            return write_book(compose_columns(columns, self.template))
        from xlplan.books.form.own import compose_own
        from xlplan.files.xlsx_form import fill_form

        return fill_form(self.workbook, compose_own(columns, self.template, own), own.header), []


@dataclass(frozen=True)
class Delivery:
    """Writes one office's form where it belongs; what the ledger is to know of it, and what is to be said.

    `fields` are the plan columns whose texts the ledger remembers.
    """

    writer: FormWriter
    root: Path
    fields: tuple[Field, ...]

    def __call__(self, job: tuple[FormJob, str]) -> tuple[Posted, list[Finding]]:
        """Write the form of a job to a path in the workspace."""
        parts, path = job
        columns = self.writer.columns(parts)
        data, found = self.writer.write(columns)
        write_bytes(self.root / path, data)
        form, texts = columns.form, shown_texts(columns, self.fields)
        return post(Issued(form.stamp, path, digest(data), form.deadline, form.rows, texts)), found


def shown_texts(columns: PlanColumns, fields: tuple[Field, ...]) -> FormTexts:
    """What the form shows: its header, and for each row the texts that must come back unchanged."""
    page = columns.page
    own = [(one.header, extra_key(one.header)) for one in page.columns if one.field == EXTRA and not one.fill]
    names = [(field, str(field)) for field in fields]
    lines = []
    for row, values in columns.lines:
        shown = [(name, text_of(values[field])) for field, name in names]
        if own:
            extra = dict(row.extra)
            shown += [(key, extra.get(header, "")) for header, key in own]
        lines.append((row.code, tuple(shown)))
    return (*head_texts(page.headings), *lines)
