"""`xlplan consolidate`."""

from __future__ import annotations

from pathlib import Path

import click

from xlplan.cli.app import App, finish, pass_app, period_option, say, show_findings
from xlplan.cli.text import t


@click.command(
    "consolidate",
    help=t("生成进展情况汇总表,放在 reports/。", "Write the consolidated progress workbook into reports/."),
)
@period_option
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=t("写到哪里", "where to"))
@pass_app
def command(app: App, period: str | None, output: Path | None) -> None:
    """Write it, with a summary in one line."""
    from xlplan.workflow.consolidate import consolidate

    done = consolidate(app.workspace, app.period(period), app.today, output)
    lights: dict[str, int] = {}
    for line in done.view.tally.lines:
        name = done.view.tally.sign(line.light).word(app.lang)
        lights[name] = lights.get(name, 0) + 1
    show_findings(done.findings, verbose=app.verbose)
    total = t(",", ", ").join(f"{name} {count}" for name, count in lights.items())
    say(
        t(
            f"{done.view.period.label()}:{len(done.view.tally.lines)} 行,{total}",
            f"{done.view.period.label('en')}: {len(done.view.tally.lines)} rows, {total}",
        )
    )
    say(t(f"汇总表:{done.path}", f"Consolidated workbook: {done.path}"))
    finish(done.findings)
