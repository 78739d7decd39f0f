"""`xlplan status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from xlplan.cli.app import App, finish, json_option, pass_app, period_option, say, show_findings, show_json, show_table
from xlplan.cli.text import t

if TYPE_CHECKING:
    from xlplan.model.progress import Progress, Return
    from xlplan.workflow.view import View


@click.command(
    "status",
    help=t("应报、已报、未报各是谁，缺什么，为什么。", "Who was to report, who has, who has not, and what is missing."),
)
@period_option
@json_option
@pass_app
def command(app: App, period: str | None, as_json: bool) -> None:
    """Show one period."""
    from xlplan.workflow.view import view_period

    view = view_period(app.workspace, app.period(period), app.today)
    found = [*view.findings, *view.tally.findings]
    if as_json:
        show_json({"period": view.period.code, "offices": [_office_json(view, one) for one in view.context.returns]})
        finish(found)
    rows = [_office_row(view, one) for one in view.context.returns]
    say(t(f"{view.period.label()}填报情况", f"Returns for {view.period.label('en')}"))
    show_table(
        [
            t("单位", "Office"),
            t("报送", "Returned"),
            t("应填", "Due"),
            t("已填", "Filled"),
            t("缺项", "Gaps"),
            t("逾期天数", "Days late"),
        ],
        rows,
    )
    _show_counts(view)
    show_findings(found, verbose=app.verbose)
    finish(found)


def _show_counts(view: View) -> None:
    """How many were expected, came, came on time and are complete, and who is not among them."""
    returns = view.context.returns
    came = [one for one in returns if one.submission]
    silent = [one.office.name for one in returns if not one.submission]
    late = [t(f"{one.office.name}（{one.late}）", f"{one.office.name} ({one.late})") for one in came if one.late]
    lacking = [one.office.name for one in came if not _is_complete(view, one)]
    on_time, complete = len(came) - len(late), len(came) - len(lacking)
    say(
        t(
            f"应报 {len(returns)} 个单位，已报 {len(came)} 个（按时 {on_time}，齐全 {complete}），"
            f"未报 {len(silent)} 个。",
            f"{len(returns)} offices: {len(came)} returned, {on_time} on time, {complete} complete; {len(silent)} not.",
        )
    )
    for zh, en, names in (
        ("未报", "Not returned", silent),
        ("逾期（天）", "Late (days)", late),
        ("不齐全", "Incomplete", lacking),
    ):
        if names:
            say(t(f"{zh}：{'、'.join(names)}", f"{en}: {', '.join(names)}"))


def _is_complete(view: View, one: Return) -> bool:
    return one.submission is not None and not _gaps(_lines(view, one))


def _lines(view: View, one: Return) -> list[Progress]:
    return view.tally.of_office(one.office.name)


def _gaps(lines: list[Progress]) -> dict[str, list[str]]:
    from xlplan.model import Grade

    fine = {Grade.OK, Grade.NOT_APPLICABLE}
    gaps: dict[str, list[str]] = {}
    for line in lines:
        if line.grade not in fine:
            gaps.setdefault(line.grade.value, []).append(line.row.code)
    return gaps


def _office_row(view: View, one: Return) -> list[str]:
    lines = _lines(view, one)
    gaps = _gaps(lines)
    missing = sum(len(codes) for codes in gaps.values())
    named = " ".join(f"{grade}{len(codes)}" for grade, codes in gaps.items())
    returned = t("已报", "yes") if one.submission else t("未报", "no")
    return [one.office.name, returned, str(len(lines)), str(len(lines) - missing), named or "—", str(one.late or "—")]


def _office_json(view: View, one: Return) -> dict[str, Any]:
    lines = _lines(view, one)
    gaps = _gaps(lines)
    return {
        "office": one.office.name,
        "returned": one.submission is not None,
        "on_time": one.submission is not None and not one.late,
        "complete": _is_complete(view, one),
        "file": one.submission.path if one.submission else None,
        "due": len(lines),
        "filled": len(lines) - sum(len(codes) for codes in gaps.values()),
        "days_late": one.late,
        "gaps": gaps,
    }
