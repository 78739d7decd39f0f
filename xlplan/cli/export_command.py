"""`xlplan export`."""

from __future__ import annotations

from pathlib import Path

import click

from xlplan.cli.app import App, pass_app, period_option, say, show_json
from xlplan.cli.text import t


@click.command("export", help=t("导出合并后的数据和来源。", "Export the merged entries with their sources."))
@period_option
@click.option("--json", "kind", flag_value="json", default=True, help=t("JSON(默认)", "JSON (default)"))
@click.option("--csv", "kind", flag_value="csv", help="CSV")
@click.option("--parquet", "kind", flag_value="parquet", help="Parquet")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=t("写到哪里", "where to"))
@pass_app
def command(app: App, period: str | None, kind: str, output: Path | None) -> None:
    """Print JSON, or write a table."""
    from xlplan.workflow.export import export_period, export_table

    wanted = app.period(period)
    if kind == "json" and output is None:
        show_json(export_period(app.workspace, wanted, app.today, app.lang, full=app.verbose))
        return
    path = export_table(app.workspace, wanted, app.today, (kind, output))
    say(t(f"已导出:{path}", f"Exported: {path}"))
