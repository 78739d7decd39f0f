"""`xlplan distribute`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from xlplan.cli.app import App, finish, json_option, pass_app, progress_bar, say, show_findings, show_json, show_table
from xlplan.cli.main import read_day
from xlplan.cli.text import t

if TYPE_CHECKING:
    from datetime import date


@click.command(
    "distribute", help=t("给每个有任务的单位生成一份填报表。", "Write one form for each office that has rows.")
)
@click.option(
    "-p",
    "--period",
    metavar="P",
    help=t("报告期：2019、2019-H1、2019-Q2、2019-06", "period: 2019, 2019-H1, 2019-Q2, 2019-06"),
)
@click.option(
    "--deadline", metavar="DATE", help=t("报送截止日期，如 2019-06-25", "when the forms are due, such as 2019-06-25")
)
@click.option("--claim", is_flag=True, help=t("把没有责任单位的任务发给各单位认领", "send out the tasks without owner"))
@json_option
@pass_app
def command(app: App, period: str | None, claim: bool, deadline: str | None, as_json: bool) -> None:
    """Write the forms and list them."""
    from xlplan.workflow.distribute import distribute
    from xlplan.workflow.workspace import read_period

    due = read_day(deadline) if deadline else None
    if claim:
        _claim(app, due)
    if period is None:
        raise click.MissingParameter(param_hint="--period", param_type="option")
    with progress_bar(t("生成填报表", "Writing forms")) as step:
        done = distribute(app.workspace, read_period(period), app.now, due, step)
    if as_json:
        forms = [{"office": one.office, "file": one.path, "rows": one.rows} for one in done.forms]
        show_json({"period": done.period.code, "forms": forms})
        finish(done.findings)
    rows = [[one.office, str(one.rows), one.path] for one in done.forms]
    show_table([t("单位", "Office"), t("行数", "Rows"), t("填报表", "Form")], rows)
    show_findings(done.findings, verbose=app.verbose)
    say(
        t(
            f"{len(rows)} 份填报表在 {done.folder}。发给各单位；收回后运行 xlplan collect 收件文件夹。",
            f"{len(rows)} forms in {done.folder}. Send them out; then run xlplan collect FOLDER.",
        )
    )
    finish(done.findings)


def _claim(app: App, due: date | None) -> NoReturn:
    from xlplan.workflow.claims import distribute_claims

    folder, sent, found = distribute_claims(app.workspace, app.now, due)
    show_findings((one for one in found if one.code != "P205"), verbose=app.verbose)
    say(
        t(
            f"{len(sent)} 份认领表在 {folder}。发给各单位；收回后运行 xlplan collect，认领结果会填进 plan.xlsx。",
            f"{len(sent)} claim forms in {folder}. Send them out; xlplan collect fills plan.xlsx from what returns.",
        )
    )
    finish(found)
