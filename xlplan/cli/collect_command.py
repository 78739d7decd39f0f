"""`xlplan collect`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from xlplan.cli.app import (
    App,
    finish,
    json_option,
    pass_app,
    period_option,
    progress_bar,
    say,
    show_findings,
    show_json,
    show_table,
)
from xlplan.cli.text import t


@click.command(
    "collect",
    help=t(
        "读取报回的文件、文件夹或压缩包,合并,逐个说明结果。",
        "Read returned files, folders and archives; merge; say what happened to each.",
    ),
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@period_option
@click.option("--dry-run", is_flag=True, help=t("只看结果,不写台账", "show what would happen, record nothing"))
@json_option
@pass_app
def command(app: App, paths: tuple[Path, ...], period: str | None, dry_run: bool, as_json: bool) -> None:
    """Collect and say what became of every file."""
    from xlplan.render.export_json import finding_json, submission_json
    from xlplan.words import word
    from xlplan.workflow.collect import Handed, collect

    with progress_bar(t("回收", "Collecting")) as step:
        done = collect(app.workspace, Handed(paths, app.period(period), dry_run, step), app.now)
    found = [*done.findings, *(finding for one in done.files for finding in one.findings)]
    if as_json:
        files = [submission_json(one, app.lang) for one in (*done.files, *done.known)]
        show_json(
            {
                "files": files,
                "new": len(done.files),
                "known": len(done.known),
                "findings": [finding_json(one, app.lang) for one in done.findings],
            }
        )
        finish(found)
    if done.files:
        rows = [[word(one.state, app.lang), "、".join(one.offices) or "—", one.path] for one in done.files]
        show_table([t("结果", "State"), t("单位", "Office"), t("文件", "File")], rows)
    show_findings(found, verbose=app.verbose)
    counts = Counter(word(one.state, app.lang) for one in done.files)
    total = t(",", ", ").join(f"{name} {count}" for name, count in counts.items())
    known = (
        t(f";此前已收 {len(done.known)} 个,没有变化", f"; {len(done.known)} known already, unchanged")
        if done.known
        else ""
    )
    say(
        t(
            f"共 {done.count} 个文件:{total or '没有新文件'}{known}。",
            f"{done.count} files: {total or 'none new'}{known}.",
        )
    )
    say(
        t("这是试运行,没有写台账。", "A dry run: nothing was recorded.")
        if dry_run
        else t(
            "下一步:xlplan status 看缺谁,xlplan consolidate 出汇总表。", "Next: xlplan status, then xlplan consolidate."
        )
    )
    finish(found)
