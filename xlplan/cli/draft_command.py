"""`xlplan draft`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from xlplan.cli.app import App, finish, json_option, pass_app, say, show_findings, show_json
from xlplan.cli.drafting import drafting_options, wishes_of
from xlplan.cli.text import t


@click.command(
    "draft",
    help=t("把计划文件 DOC 变成任务分解表，供人核对。", "Turn the plan document DOC into a plan workbook for review."),
)
@click.argument("source", metavar="DOC", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=t("写到哪里（默认 plan.xlsx）", "where to (default plan.xlsx)"),
)
@drafting_options
@json_option
@pass_app
def command(app: App, /, source: Path, output: Path | None, *, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - click's
    """Draft; with --json nothing is written."""
    from xlplan.render.plan_json import plan_json
    from xlplan.workflow.prepare import draft_plan, write_draft

    drafted = draft_plan(source, options["roster"], wishes_of(options))
    if as_json:
        show_json(plan_json(drafted.document, drafted.findings, app.lang))
        finish(drafted.findings)
    path = output or app.directory / "plan.xlsx"
    found = [*drafted.findings, *write_draft(drafted, path)]
    plan = drafted.document
    say(
        t(
            f"{plan.title}：{len(plan.tasks)} 项任务，{len(plan.targets)} 个总体目标 → {path}",
            f"{plan.title}: {len(plan.tasks)} tasks, {len(plan.targets)} overall targets → {path}",
        )
    )
    show_findings(found, verbose=app.verbose)
    say(
        t(
            "下一步：打开它核对，筛选“待核”列可以只看要核对的行。",
            "Next: review it; filter the column “待核” for rows that need a look.",
        )
    )
    finish(found)
