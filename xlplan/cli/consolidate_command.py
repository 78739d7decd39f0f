"""`xlplan consolidate`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from xlplan.cli.app import App, finish, pass_app, period_option, say, show_findings
from xlplan.cli.text import t

_NAMES = {"html": ("网页：", "Page: "), "docx": ("通报：", "Bulletin: "), "png": ("图片：", "Picture: ")}


def _beside(name: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option for one more file; without a name for it, it gets one in reports/."""
    return click.option(name, metavar="[FILE]", is_flag=False, flag_value="", help=text)


@click.command(
    "consolidate",
    help=t("生成进展情况汇总表，放在 reports/。", "Write the consolidated progress workbook into reports/."),
)
@period_option
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=t("写到哪里", "where to"))
@click.option("--leaders", is_flag=True, help=t("加上每位分管领导一张表", "add a sheet for each leader"))
@_beside("--html", t("另写一个手机上也能看、能筛选的网页", "also a web page that filters, for phones and screens"))
@_beside("--docx", t("另起草一份通报（Word 文档）", "also the draft of a bulletin, for Word"))
@_beside("--png", t("另画一张总体情况的图，可以发到群里", "also a picture of the summary for the group chat"))
@pass_app
def command(app: App, /, period: str | None, output: Path | None, leaders: bool, **beside: str | None) -> None:
    """Write it, with a summary in one line."""
    from xlplan.workflow.consolidate import Outputs, consolidate

    wanted = {kind: Path(where) if where else None for kind, where in beside.items() if where is not None}
    done = consolidate(app.workspace, app.period(period), app.today, Outputs(output, wanted, leaders=leaders))
    tally = done.view.tally
    counts = Counter(line.light for line in tally.lines)
    lights = {sign.word(app.lang): counts[sign.light] for sign in tally.signs if counts[sign.light]}
    show_findings(done.findings, verbose=app.verbose)
    rows, label = len(tally.lines), done.view.period.label(app.lang)
    counted = [
        t(f"{label}：{rows} 行", f"{label}: {rows} rows"),
        *(f"{name} {count}" for name, count in lights.items()),
    ]
    say(t("，", ", ").join(counted))
    say(t(f"汇总表：{done.path}", f"Consolidated workbook: {done.path}"))
    for kind, path in done.beside.items():
        say(f"{t(*_NAMES[kind])}{path}")
    finish(done.findings)
