"""`xlplan demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlplan.cli.app import App, pass_app, say, show_findings
from xlplan.cli.text import t

if TYPE_CHECKING:
    from xlplan.workflow.demo import Step

_DONE = {
    "init": ("由计划文件起草任务分解表，共 {count} 行 → {path}", "Drafted the breakdown, {count} rows → {path}"),
    "breakdown": ("打印用的任务分解表，{count} 项任务 → {path}", "The print-ready breakdown, {count} tasks → {path}"),
    "distribute": ("{period}：下发 {count} 份填报表 → {path}", "{period}: {count} forms sent → {path}"),
    "fill": (
        "{period}：收到 {count} 份（样例代为填报） → {path}",
        "{period}: {count} returns came (the sample fills them) → {path}",
    ),
    "collect": ("{period}：回收 {count} 个文件", "{period}: collected {count} files"),
    "consolidate": ("{period}：汇总表 {count} 行 → {path}", "{period}: consolidated workbook, {count} rows → {path}"),
}
_DEEDS = {
    "late": ("逾期报送", "late"),
    "sorted": ("重新排过序", "re-sorted"),
    "words": ("数字格里写了文字", "words in number cells"),
    "edited": ("改动了计划文字", "plan text edited"),
    "silent": ("没有报送", "sent nothing"),
    "corrupt": ("文件损坏", "corrupt file"),
}


@click.command(
    "demo",
    help=t("在 DIR（默认 xlplan-demo）里用样例走完四个季度。", "Run four quarters on a sample in DIR."),
)
@click.argument("directory", metavar="[DIR]", default="xlplan-demo", type=click.Path(path_type=Path))
@pass_app
def command(app: App, directory: Path) -> None:
    """Tell each step as it is done, then which files to open."""
    from xlplan.model import State
    from xlplan.words import word
    from xlplan.workflow.demo import run_demo

    root = app.directory / directory
    last: Step | None = None
    for number, step in enumerate(run_demo(root), 1):
        period = step.period.label(app.lang) if step.period else ""
        say(f"{number:>2}. {t(*_DONE[step.command]).format(count=step.count, path=step.path, period=period)}")
        for name, what in step.notes:
            text = t(*_DEEDS[what]) if what in _DEEDS else word(State(what), app.lang)
            if step.command == "fill" or what != State.MERGED:
                say(t(f"      {name}：{text}", f"      {name}: {text}"))
        show_findings(step.findings, verbose=app.verbose)
        last = step
    _say_where(root, last)


def _say_where(root: Path, last: Step | None) -> None:
    say()
    say(t("打开看看：", "Now open:"))
    say(t(f"  {root / 'plan.xlsx'}    任务分解表（可以修改）", f"  {root / 'plan.xlsx'}    the plan of record"))
    say(t(f"  {root / 'outbox'}    下发的填报表", f"  {root / 'outbox'}    the forms that were sent"))
    if last:
        say(t(f"  {last.path}    全年汇总表", f"  {last.path}    the year's consolidated workbook"))
        for ending, zh, en in (
            (".html", "网页，手机上也能看", "the web page, for phones too"),
            (".docx", "通报", "the bulletin"),
        ):
            say(t(f"  {last.path.with_suffix(ending)}    {zh}", f"  {last.path.with_suffix(ending)}    {en}"))
    say(t(f"试试：xlplan -C {root} status -p 2019-Q2", f"Try: xlplan -C {root} status -p 2019-Q2"))
