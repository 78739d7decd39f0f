"""`xlplan remind`."""

from __future__ import annotations

import click

from xlplan.cli.app import App, finish, json_option, pass_app, period_option, say, show_findings, show_json, show_table
from xlplan.cli.text import t


@click.command(
    "remind",
    help=t(
        "催报没有报的单位；把有问题的表逐格批注，退回修改。",
        "Remind who has not reported; send returns with problems back, annotated cell by cell.",
    ),
)
@period_option
@json_option
@pass_app
def command(app: App, period: str | None, as_json: bool) -> None:
    """Write notices and workbooks for one period."""
    from xlplan.workflow.remind import remind

    done = remind(app.workspace, app.period(period), app.today)
    if as_json:
        sent = [{"office": one.office, "file": str(one.path), "problems": len(one.problems)} for one in done.sent]
        files = {
            "notices": str(done.text),
            "list": str(done.listing),
            "letters": [
                {"office": one.office, "notice": str(one.notice) if one.notice else None, "mail": str(one.mail)}
                for one in done.letters
            ],
        }
        show_json({"period": done.period.code, "silent": list(done.notices), "sent_back": sent, "files": files})
        finish([])
    for line in done.notices:
        say(line)
    if done.sent:
        rows = [[one.office, str(len(one.problems)), str(one.path)] for one in done.sent]
        show_table([t("退回单位", "Office"), t("需改", "To correct"), t("文件", "File")], rows)
    say(
        t(
            f"催报 {len(done.notices)} 个单位，退回修改 {len(done.sent)} 个单位。",
            f"{len(done.notices)} offices to remind, {len(done.sent)} returns to send back.",
        )
    )
    if done.letters:
        folder = done.letters[0].mail.parent
        say(t(f"通知和邮件（不会自动发送）：{folder}", f"Notices and mails (nothing is sent): {folder}"))
    say(t(f"催报文字：{done.text}", f"Notices: {done.text}"))
    say(t(f"催报清单：{done.listing}", f"List: {done.listing}"))
    show_findings(done.findings, verbose=app.verbose)
    finish(done.findings)
