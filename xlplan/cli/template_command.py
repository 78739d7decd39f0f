"""`xlplan template`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlplan.book import column_name
from xlplan.cli.app import App, finish, json_option, pass_app, say, show_findings, show_json, show_table
from xlplan.cli.text import t

if TYPE_CHECKING:
    from xlplan.workflow.workspace import Workspace


@click.group(
    "template",
    help=t(
        "工作簿模板：表头、列、字体、颜色、打印设置都可以改。",
        "The templates of the workbooks: headers, columns, fonts, colours and print set-up can be changed.",
    ),
)
def command() -> None:
    """Group what can be done with templates; the help text above is what users see."""


@command.command(
    "list", help=t("列出全部模板，哪些在这个工作目录里改过。", "All templates, and which are changed here.")
)
@json_option
@pass_app
def list_command(app: App, as_json: bool) -> None:
    """List them."""
    from xlplan.workflow.templates import list_templates

    listed = list_templates(_workspace(app))
    if as_json:
        show_json(
            [{"name": one.name, "own": str(one.own) if one.own else None, "changed": one.changed} for one in listed]
        )
        return
    own = {True: t("已改", "changed"), False: t("未改", "unchanged")}
    rows = [[one.name, one.title, own[one.changed] if one.own else "", str(one.own or "")] for one in listed]
    show_table([t("模板", "Template"), t("是什么", "What it is"), t("状态", "State"), t("文件", "File")], rows)


@command.command(
    "copy", help=t("把模板 NAME 复制到 templates/ 里修改。", "Copy the template NAME to templates/ to change it.")
)
@click.argument("name")
@pass_app
def copy_command(app: App, name: str) -> None:
    """Copy one."""
    from xlplan.workflow.templates import copy_template

    path = copy_template(app.workspace, name)
    say(t(f"请修改 {path}，再运行 xlplan template check。", f"Change {path}, then run xlplan template check."))


@command.command("check", help=t("检查 templates/ 里的全部模板。", "Check all templates in templates/."))
@json_option
@pass_app
def check_command(app: App, as_json: bool) -> None:
    """Show everything that is wrong with the workspace's own templates."""
    from xlplan.workflow.own_form import check_own
    from xlplan.workflow.templates import check_templates

    found = check_templates(app.workspace)
    if not any(one.place.file == "templates/form.toml" for one in found):
        found += check_own(app.workspace)
    if as_json:
        from xlplan.render.export_json import finding_json

        show_json([finding_json(one, app.lang) for one in found])
        finish(found)
    show_findings(found, verbose=True)
    if not found:
        say(t("模板没有问题。", "The templates are in order."))
    finish(found)


@command.command(
    "from",
    help=t(
        "把单位现在用的填报表 FILE.xlsx 接过来：以后下发的就是这张表，样式不变。",
        "Take over the form that the bureau uses now: from then on it is what offices get, with its looks.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@pass_app
def from_command(app: App, file: Path) -> None:
    """Take a form over and show which column is which field."""
    from xlplan.books.form.adopt import AdoptedColumn
    from xlplan.workflow.own_form import take_over

    done = take_over(app.workspace, file)

    def row(one: AdoptedColumn) -> list[str]:
        meaning = t("（本单位的列）", "(the bureau's own)") if one.field == "extra" else one.field
        sure = {"yes": "", "likely": t("像是，请核对", "likely, please check"), "no": ""}[one.sure]
        return [column_name(one.at), one.header, meaning, t("填", "filled") if one.is_filled else "", sure]

    headers = [t("列", "Column"), t("表头", "Header"), t("含义", "Field"), t("科室填", "By offices"), ""]
    show_table(headers, [row(one) for one in done.adopted.columns])
    show_findings((one for one in done.findings if one.code != "T114"), verbose=app.verbose)
    say(
        t(
            f"表样 {done.workbook}，对应关系 {done.mapping}。认得不对的列，改 field；再运行 xlplan distribute。",
            f"The form is {done.workbook}, the mapping {done.mapping}: mend a field there, then xlplan distribute.",
        )
    )
    finish(done.findings)


def _workspace(app: App) -> Workspace | None:
    from xlplan.workflow.workspace import SETTINGS

    return app.workspace if (app.directory / SETTINGS).is_file() else None
