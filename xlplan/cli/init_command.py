"""`xlplan init`."""

from __future__ import annotations

from pathlib import Path

import click

from xlplan.cli.app import App, finish, pass_app, say, show_findings
from xlplan.cli.text import t


@click.command(
    "init",
    help=t(
        "新建工作目录 DIR;用 --from 由计划文件起草 plan.xlsx。", "Make a workspace in DIR; --from drafts its plan.xlsx."
    ),
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", metavar="DOC", type=click.Path(path_type=Path), help=t("计划文件", "the plan document")
)
@click.option(
    "--roster",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=t("单位名册(.csv、.xlsx)", "the offices (.csv, .xlsx)"),
)
@click.option(
    "--allocate",
    type=click.Choice(["lead", "all"]),
    default="lead",
    help=t("目标分给牵头单位,还是每个单位", "who gets the targets"),
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    help=t("工作簿用的语言(以后可在 plan.xlsx 里改)", "language of the workbooks (plan.xlsx has it, too)"),
)
@pass_app
def command(app: App, directory: Path, source: Path | None, roster: Path | None, allocate: str, language: str) -> None:
    """Make the workspace and say what to do next."""
    from xlplan.steps.allocate import Mode
    from xlplan.workflow.init import init_workspace

    made = init_workspace(app.directory / directory, app.now, source, roster, Mode(allocate), language)
    plan, path = made.plan, made.workspace.plan
    say(t(f"已建立工作目录 {made.workspace.root}", f"Made the workspace {made.workspace.root}"))
    say(
        t(
            f"任务分解表:{len(plan.tasks)} 项任务,{len(plan.rows)} 行,{len(plan.offices)} 个单位 → {path}",
            f"Breakdown: {len(plan.tasks)} tasks, {len(plan.rows)} rows, {len(plan.offices)} offices → {path}",
        )
    )
    show_findings(made.findings, verbose=app.verbose)
    say(
        t(
            "下一步:打开 plan.xlsx 核对(筛选“待核”列),再运行 xlplan distribute。",
            "Next: review plan.xlsx, then run xlplan distribute.",
        )
    )
    finish(made.findings)
