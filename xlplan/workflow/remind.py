"""`xlplan remind`: 催报 for whoever has not reported, and for whoever has, their own file with what to correct."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.sendback import Reminder, compose
from xlplan.books.values import day_text
from xlplan.files.disk import write_bytes
from xlplan.files.xlsx_writer import write_book
from xlplan.model import State
from xlplan.render.notice import Fault, Notice
from xlplan.workflow.letters import Letter, write_letters
from xlplan.workflow.sendback import Sent, send_back
from xlplan.workflow.templates import load_template
from xlplan.workflow.view import view_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.model import Submission
    from xlplan.model.progress import Return
    from xlplan.period import Period
    from xlplan.steps.sendback import Problem
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Reminded:
    """What was written: for each office its line for the chat, its letter and mail, and the list of all.

    `notices` are the lines for silent offices, `sent` the workbooks that go back to the others.
    """

    period: Period
    notices: tuple[str, ...]
    sent: tuple[Sent, ...]
    letters: tuple[Letter, ...]
    text: Path
    listing: Path
    findings: tuple[Finding, ...]


def remind(workspace: Workspace, wanted: Period | None, today: date) -> Reminded:
    """Write notices, mails and workbooks into `reports/`; those of an earlier call are replaced. Nothing is sent."""
    view = view_period(workspace, wanted, today)
    plan, period = view.plan, view.period
    zh = plan.language == "zh"
    sent = send_back(workspace, view)
    reminding = _Reminding(view, {one.office: one for one in sent})
    notices = [reminding.notice(one) for one in view.context.returns if reminding.owes(one)]
    back = {one.office: one.path for one in sent}
    letters, trouble = write_letters(workspace, view, notices, back)
    text = workspace.reports / f"{'催报' if zh else 'reminders'}_{period.code}.txt"
    listing = workspace.reports / f"{'催报清单' if zh else 'reminders'}_{period.code}.xlsx"
    write_bytes(text, "".join(f"{one.line}\n" for one in notices).encode())
    reminders = [_reminder(one, view.context.deadline) for one in notices]
    template, wrong = load_template(workspace, "remind")
    data, found = write_book(compose(reminders, plan.title, period, template.dress(plan.language)))
    write_bytes(listing, data)
    lines = tuple(one.line for one in notices if one.silent)
    said = (*view.findings, *wrong, *found, *trouble)
    return Reminded(period, lines, tuple(sent), tuple(letters), text, listing, said)


@dataclass(frozen=True)
class _Reminding:
    """What each office is told."""

    view: View
    sent: Mapping[str, Sent]

    def owes(self, one: Return) -> bool:
        """Whether the office owes a return or a correction."""
        return not one.submission or one.office.name in self.sent

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {task.code: task.title or task.text for task in self.view.plan.tasks}

    def notice(self, one: Return) -> Notice:
        """What the office is told."""
        view, name = self.view, one.office.name
        back = self.sent.get(name)
        rows = [line.row for line in view.tally.of_office(name)]
        notice = Notice(
            name,
            one.office.leader,
            one.office.contact,
            not one.submission,
            len(rows),
            one.late,
            view.context.times_late.get(name, 0),
            tuple(dict.fromkeys(self._titles.get(row.task, row.task) for row in rows)),
            tuple(_fault(problem, view.plan.language) for problem in (back.problems if back else ())),
            tuple(file.path.rpartition("/")[2] for file in view.folded.files if _is_unusable(file, name)),
        )
        return replace(notice, line=self._line(notice, enclosed=back is not None))

    def _line(self, notice: Notice, *, enclosed: bool) -> str:
        """One line to paste into a chat; `enclosed`: a new form goes along with it."""
        due, lang = self.view.context.deadline, self.view.plan.language
        label = self.view.period.label(lang)
        if lang != "zh":
            if not notice.silent:
                faults = len(notice.faults)
                return f"{notice.office}: {faults} things to correct in the return for {label}, see the workbook."
            by = f", due {due}" if due else ""
            ask = "Please fill in the form sent back." if enclosed else "Please send it."
            return f"{notice.office}: the return for {label}{by} ({notice.rows} rows) has not come. {ask}"
        if not notice.silent:
            return f"{notice.office}：{label}进展填报表有{len(notice.faults)}处需要修改，见退回的表，请改好发回。"
        by = f"应于{day_text(due, lang)}前报送" if due else "应报送"
        past = f"，已逾期{notice.late}天" if notice.late else ""
        ask = "用退回的新表" if enclosed else ""
        came = f"收到的“{'”“'.join(notice.unusable)}”不能用，" if notice.unusable else ""
        what = f"{label}进展填报表（{notice.rows}项）{by}{past}"
        return f"{notice.office}：{what}，{came}至今没有收到可用的表，请{ask}尽快报送。"


def _fault(problem: Problem, lang: str) -> Fault:
    cell = f"{problem.sheet}!{problem.cell}" if problem.cell else problem.row
    return Fault(cell, problem.written, rules.message(problem.finding, lang), rules.remedy(problem.finding, lang))


def _is_unusable(one: Submission, office: str) -> bool:
    return one.state in {State.QUARANTINED, State.REJECTED} and (office in one.path or office in one.offices)


def _reminder(one: Notice, due: date | None) -> Reminder:
    return Reminder(
        one.office,
        one.contact,
        one.leader,
        one.silent,
        one.rows,
        len(one.faults),
        due,
        one.late,
        one.times_late,
        one.line,
    )
