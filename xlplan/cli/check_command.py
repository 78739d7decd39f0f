"""`xlplan check`."""

from __future__ import annotations

from pathlib import Path

import click

from xlplan.cli.app import App, finish, json_option, pass_app, say, show_findings, show_json
from xlplan.cli.text import t


@click.command("check", help=t("检查任务分解表或填报表，不合并。", "Check a plan workbook or forms, merging nothing."))
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@pass_app
def command(app: App, paths: tuple[Path, ...], as_json: bool) -> None:
    """List what is wrong, file by file."""
    from xlplan.render.export_json import finding_json
    from xlplan.workflow.check import check_files
    from xlplan.workflow.workspace import SETTINGS

    workspace = app.workspace if (app.directory / SETTINGS).is_file() else None
    found = check_files(paths, workspace)
    if as_json:
        show_json(
            {
                "files": [
                    {"path": path, "findings": [finding_json(one, app.lang) for one in ones]}
                    for path, ones in found.items()
                ]
            }
        )
    else:
        for path, ones in found.items():
            say(t(f"{path}：{len(ones)} 条" if ones else f"{path}：没有问题", f"{path}: {len(ones)} findings"))
            show_findings(ones, verbose=True)
    finish(one for ones in found.values() for one in ones)
