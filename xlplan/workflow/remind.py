"""`xlplan remind`: 催报 for whoever has not reported, and for whoever has, their own file with what to correct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan.books.sendback import Reminder, compose
from xlplan.books.values import day_text
from xlplan.files.disk import write_bytes
from xlplan.files.xlsx_writer import write_book
from xlplan.model import State
from xlplan.workflow.sendback import Sent, send_back
from xlplan.workflow.view import view_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.model import Submission
    from xlplan.period import Period
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class Reminded:
    """What was written: the notices for silent offices, one line each, the workbooks to send back, the list of both."""

    period: Period
    notices: tuple[str, ...]
    sent: tuple[Sent, ...]
    text: Path
    listing: Path
    findings: tuple[Finding, ...]


def remind(workspace: Workspace, wanted: Period | None, today: date) -> Reminded:
    """Write the notices and the workbooks into `reports/`; those of an earlier call are replaced."""
    view = view_period(workspace, wanted, today)
    zh = view.plan.language == "zh"
    sent = send_back(workspace, view)
    problems = {one.office: one.problems for one in sent}
    notices = {
        one.office.name: _notice(view, one.late, one.office.name, enclosed=one.office.name in problems)
        for one in view.context.returns
        if not one.submission
    }
    reminders = _reminders(view, notices, problems)
    text = workspace.reports / f"{'催报' if zh else 'reminders'}_{view.period.code}.txt"
    listing = workspace.reports / f"{'催报清单' if zh else 'reminders'}_{view.period.code}.xlsx"
    write_bytes(text, "".join(f"{line}\n" for line in notices.values()).encode())
    data, found = write_book(compose(reminders, view.plan.title, view.period, view.plan.language))
    write_bytes(listing, data)
    return Reminded(view.period, tuple(notices.values()), tuple(sent), text, listing, (*view.findings, *found))


def _notice(view: View, late: int, office: str, *, enclosed: bool) -> str:
    """One line to paste into a chat; `enclosed`: a new form goes along with it."""
    rows = sum(line.office == office for line in view.tally.lines)
    due, lang = view.context.deadline, view.plan.language
    unusable = [one.path.rpartition("/")[2] for one in view.folded.files if _is_unusable(one, office)]
    if lang != "zh":
        by = f", due {due}" if due else ""
        ask = "Please fill in the form sent back." if enclosed else "Please send it."
        return f"{office}: the return for {view.period.label(lang)}{by} ({rows} rows) has not come. {ask}"
    by = f"应于{day_text(due, lang)}前报送" if due else "应报送"
    past = f",已逾期{late}天" if late else ""
    ask = "用退回的新表" if enclosed else ""
    came = f"收到的“{'”“'.join(unusable)}”不能用," if unusable else ""
    return (
        f"{office}:{view.period.label(lang)}进展填报表({rows}项){by}{past},{came}至今没有收到可用的表,请{ask}尽快报送。"
    )


def _is_unusable(one: Submission, office: str) -> bool:
    return one.state in {State.QUARANTINED, State.REJECTED} and (office in one.path or office in one.offices)


def _reminders(view: View, notices: Mapping[str, str], problems: Mapping[str, int]) -> list[Reminder]:
    zh = view.plan.language == "zh"
    reminders = []
    for one in view.context.returns:
        office = one.office
        count = problems.get(office.name, 0)
        if office.name in notices or count:
            rows = sum(line.office == office.name for line in view.tally.lines)
            asked = f"有{count}处需要修改,见退回的表。" if zh else f"{count} things to correct, see the workbook."
            text, silent = notices.get(office.name, asked), office.name in notices
            facts = (office.name, office.contact, office.leader, silent, rows, count, view.context.deadline, one.late)
            reminders.append(Reminder(*facts, text))
    return reminders
