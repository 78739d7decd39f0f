"""`xlplan history`."""

from __future__ import annotations

import click

from xlplan.cli.app import App, json_option, pass_app, say, show_json, show_table
from xlplan.cli.text import t


@click.command("history", help=t("一行任务的历次填报，带文件和单元格。", "Every value of a row, with file and cell."))
@click.argument("row", metavar="ROW")
@json_option
@pass_app
def command(app: App, row: str, as_json: bool) -> None:
    """Show every value the row ever had."""
    from xlplan.model import Light
    from xlplan.render.export_json import where_text
    from xlplan.render.history_json import history_json
    from xlplan.words import word
    from xlplan.workflow.export import history

    past = history(app.workspace, row)
    content = history_json(past.plan, past.row, past.seen, past.rulings)
    if as_json:
        show_json(content)
        return
    say(f"{content['row'] or row}  {content['task'] or ''}  {content['target'] or ''}".rstrip())
    lines = [
        [
            one["period"],
            one["office"],
            one["value"] or "—",
            one["status"] or "—",
            one["progress"] or "—",
            "\n← ".join(
                [
                    f"{one['file']} {one['sheet']}!{'/'.join(one['cells'].values())}",
                    *dict.fromkeys(map(where_text, one["origins"])),
                ]
            ),
            one["collected"][:16],
        ]
        for one in content["values"]
    ]
    headers = [
        t("报告期", "Period"),
        t("单位", "Office"),
        t("完成值", "Value"),
        t("状态", "Status"),
        t("进展情况", "Progress"),
        t("出处", "Source"),
        t("回收时间", "Collected"),
    ]
    if lines:
        show_table(headers, lines)
    else:
        say(t("还没有填报过。", "Nothing was reported yet."))
    for one in content["lights"]:
        what = word(Light(one["light"]), app.lang) if one["light"] else t("取消", "taken back")
        office = f" {one['office']}" if one["office"] else ""
        say(t(f"人工定灯 {one['period']}{office}：{what}", f"Light set by hand, {one['period']}{office}: {what}"))
        why, by, at = one["why"], one["by"], one["at"][:16]
        say(t(f"  {why}（{by}，{at}）", f"  {why} ({by}, {at})"))
