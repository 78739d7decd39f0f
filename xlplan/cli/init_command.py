"""`xlplan init`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from xlplan.cli.app import App, finish, pass_app, say, show_findings
from xlplan.cli.drafting import drafting_options, wishes_of
from xlplan.cli.text import t


@click.command(
    "init",
    help=t(
        "新建工作目录 DIR；用 --from 由计划文件起草 plan.xlsx。",
        "Make a workspace in DIR; --from drafts its plan.xlsx.",
    ),
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", metavar="DOC", type=click.Path(path_type=Path), help=t("计划文件", "the plan document")
)
@click.option("--ledger", metavar="URL", help=t("台账放在 PostgreSQL 里", "keep the ledger in PostgreSQL"))
@drafting_options
@pass_app
def command(app: App, /, directory: Path, source: Path | None, **options: Any) -> None:  # noqa: ANN401 - click's
    """Make the workspace and say what to do next."""
    from xlplan.workflow.init import init_workspace

    root = app.directory / directory
    made = init_workspace(root, app.now, source, options["roster"], wishes_of(options), options["ledger"])
    plan, path = made.plan, made.workspace.plan
    say(t(f"已建立工作目录 {made.workspace.root}", f"Made the workspace {made.workspace.root}"))
    say(
        t(
            f"任务分解表：{len(plan.tasks)} 项任务，{len(plan.rows)} 行，{len(plan.offices)} 个单位 → {path}",
            f"Breakdown: {len(plan.tasks)} tasks, {len(plan.rows)} rows, {len(plan.offices)} offices → {path}",
        )
    )
    show_findings(made.findings, verbose=app.verbose)
    say(
        t(
            "下一步：打开 plan.xlsx 核对（筛选“待核”列），再运行 xlplan distribute。",
            "Next: review plan.xlsx, then run xlplan distribute.",
        )
    )
    finish(made.findings)
