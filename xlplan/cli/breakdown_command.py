"""`xlplan breakdown`."""

from __future__ import annotations

from pathlib import Path

import click

from xlplan.cli.app import App, finish, pass_app, say, show_findings
from xlplan.cli.text import t


@click.command(
    "breakdown", help=t("由 plan.xlsx 生成可打印的任务分解表。", "Write the print-ready breakdown of plan.xlsx.")
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=t("写到哪里", "where to"))
@click.option("--docx", is_flag=True, help=t("生成 Word 文档", "as a Word document"))
@pass_app
def command(app: App, output: Path | None, docx: bool) -> None:
    """Write it and say where it is."""
    from xlplan.workflow.consolidate import print_breakdown

    word = docx or (output is not None and output.suffix.lower() == ".docx")
    done = print_breakdown(app.workspace, output, word=word)
    show_findings(done.findings, verbose=app.verbose)
    say(t(f"任务分解表：{done.path}", f"Breakdown: {done.path}"))
    finish(done.findings)
