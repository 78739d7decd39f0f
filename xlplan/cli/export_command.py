"""`xlplan export`."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from xlplan.cli.app import App, finish, pass_app, period_option, say, show_findings, show_json
from xlplan.cli.text import t


@click.command("export", help=t("导出合并后的数据和来源。", "Export the merged entries with their sources."))
@period_option
@click.option("--json", "kind", flag_value="json", default=True, help=t("JSON（默认）", "JSON (default)"))
@click.option("--csv", "kind", flag_value="csv", help="CSV")
@click.option("--parquet", "kind", flag_value="parquet", help="Parquet")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=t("写到哪里", "where to"))
@click.option(
    "--as-return",
    "form",
    metavar="FORM",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=t("用合并后的数据填好上级发来的表（.xlsx）", "fill the form that the level above sent (.xlsx)"),
)
@pass_app
def command(app: App, period: str | None, kind: str, output: Path | None, form: Path | None) -> None:
    """Print JSON, write a table, or answer the level above."""
    if form:
        _answer(app, form, period, output)
    from xlplan.workflow.export import export_period, export_table

    wanted = app.period(period)
    if kind == "json" and output is None:
        show_json(export_period(app.workspace, wanted, app.today, app.lang, full=app.verbose))
        return
    path = export_table(app.workspace, wanted, app.today, (kind, output))
    say(t(f"已导出：{path}", f"Exported: {path}"))


def _answer(app: App, form: Path, period: str | None, output: Path | None) -> NoReturn:
    from xlplan.workflow.relay import export_as_return

    done = export_as_return(app.workspace, form, app.period(period), app.today, output)
    show_findings(done.findings, verbose=app.verbose)
    say(
        t(
            f"上级的表 {done.rows} 行，填了 {done.answered} 行。",
            f"{done.answered} of the form's {done.rows} rows filled.",
        )
    )
    say(t(f"请核对后上报：{done.path}", f"Check it, then send it: {done.path}"))
    finish(done.findings)
