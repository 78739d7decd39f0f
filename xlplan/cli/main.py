"""The command `xlplan`: its options, its commands (each in a module of its own, loaded when used), its exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from xlplan import __version__
from xlplan.cli.app import App, show_problem
from xlplan.cli.help import Formatter
from xlplan.cli.text import LANGUAGES, t
from xlplan.errors import XlplanError
from xlplan.marks import half

COMMANDS = {
    "demo": ("用样例走完一年的全过程", "run a whole year on a sample"),
    "init": ("新建工作目录，可由计划文件起草任务分解表", "make a workspace, drafting its plan from a document"),
    "draft": ("把计划文件变成任务分解表", "turn a plan document into a plan workbook"),
    "breakdown": ("生成可打印的任务分解表", "write the print-ready breakdown"),
    "distribute": ("给每个单位生成填报表", "write one form per office"),
    "collect": ("回收填报表并合并", "read returned forms and merge them"),
    "status": ("谁报了，谁没报，缺什么", "who has reported, who has not, what is missing"),
    "remind": ("催报未报的单位，把有问题的表逐格批注退回", "remind the silent, send back what needs correcting"),
    "consolidate": ("生成进展情况汇总表", "write the consolidated progress workbook"),
    "check": ("检查任务分解表或填报表，不合并", "check a plan or forms without merging"),
    "export": ("导出合并后的数据和来源", "export the merged entries with their sources"),
    "history": ("一行任务的历次填报和出处", "every value of a row, with file and cell"),
    "light": ("人工定灯，看现行亮灯规则", "set a light by hand, show the light rule"),
    "template": ("改工作簿的样子，或用单位自己的表样", "change what workbooks look like, or use the bureau's own form"),
    "ledger": ("台账的检查、升级、备份和复制", "check, migrate, back up and copy the ledger"),
    "rules": ("全部提示的含义和处理办法", "the catalogue of findings"),
}
"""Every command with what it does, in Chinese and English, in the order of a year's work."""

EXIT_FAILED = 2
_LOOKS = 50_000  # objects until the next look for cycles: what a command makes mostly stays until its end
_WITH_VALUE = frozenset({"-C", "--lang", "--today"})
_FLAGS = frozenset({"-v", "--verbose"})
_JOINED = ("--lang=", "--today=")


class NoSuchCommand(click.UsageError):
    """A command that does not exist; the message is its name."""

    def format_message(self) -> str:
        """What was wrong, in English."""
        return f"no such command {self.message}"


class Commands(click.Group):
    """Loads a command's module only when that command is run, so that help and start are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a year's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None when there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"xlplan.cli.{cmd_name}_command").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name; NoSuchCommand when there is none."""
        if args and args[0] not in COMMANDS:
            raise NoSuchCommand(args[0], ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        del ctx
        with formatter.section(t("命令", "Commands")):
            formatter.write_dl([(name, t(*texts)) for name, texts in COMMANDS.items()])


click.Context.formatter_class = Formatter  # of every command, wherever it is made


@click.group(
    cls=Commands,
    help=t(
        "从工作要点到进展汇总：起草任务分解表，下发填报表，回收合并，催报，汇总。",
        "From an annual work plan to the consolidated progress workbook, on plain Excel files.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("-C", "directory", type=click.Path(path_type=Path), default=Path(), help=t("工作目录", "the workspace"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=t("提示语言", "language of messages"))
@click.option("-v", "--verbose", is_flag=True, help=t("列出全部细节", "show every detail"))
@click.option("--today", metavar="DATE", help=t("按这一天计算（默认今天）", "work as of this day (default: today)"))
@click.version_option(
    __version__, "-V", "--version", message="xlplan %(version)s", help=t("显示版本号", "show the version")
)
@click.pass_context
def cli(ctx: click.Context, directory: Path, lang: str | None, verbose: bool, today: str | None) -> None:
    """Set up what the commands share; the help text above is what users see."""
    del lang  # read by `text.language`, before any help is made
    ctx.obj = app = App(directory, verbose, read_day(today) if today else None)
    ctx.call_on_close(app.close)


def read_day(text: str) -> date:
    """A day that a user wrote as 2019-06-25. XlplanError W110 when it is none."""
    from xlplan import rules

    try:
        return date.fromisoformat(half(text).strip())
    except ValueError as error:
        raise XlplanError(rules.find("W110", text=text)) from error


def run() -> NoReturn:
    """`xlplan` as a program: once everything is closed, what is left goes with the process, not piece by piece."""
    code = 0
    try:
        main()
    except SystemExit as end:
        code = 0 if end.code is None else end.code if isinstance(end.code, int) else EXIT_FAILED
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no other way to have them run before the end
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # the interpreter tells, as it always does
        sys.exit(code)
    os._exit(code)


def main() -> None:
    """Run the command line. Exit 0: nothing at error level; 1: error findings; 2: could not do it."""
    gc.set_threshold(_LOOKS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli.main(_common_first(sys.argv[1:]), standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(EXIT_FAILED)
    except click.ClickException as error:
        _show_usage(error)
        sys.exit(EXIT_FAILED)
    except XlplanError as error:
        show_problem(error.finding)
        sys.exit(EXIT_FAILED)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user never sees a traceback unasked
        _show_defect(error)
        sys.exit(EXIT_FAILED)


def _common_first(words: list[str]) -> list[str]:
    """The command line with the common options in front, so that they may stand behind the command too."""
    common: list[str] = []
    rest: list[str] = []
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word in _WITH_VALUE:
            common += [word, *[value for value in (next(waiting, None),) if value is not None]]
        elif word in _FLAGS or word.startswith(_JOINED):
            common.append(word)
        else:
            rest.append(word)
    return common + rest


def _show_usage(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if context:
        click.echo(context.get_usage(), err=True)
        click.echo(t(f"用 {context.command_path} --help 看说明。", f"Try {context.command_path} --help."), err=True)
    click.secho(t("用法错误：", "Usage error: ") + _usage_text(error), fg="red", err=True)


def _usage_text(error: click.ClickException) -> str:
    param = getattr(error, "param", None)
    name: Any = getattr(error, "option_name", "") or getattr(error, "param_hint", "") or getattr(param, "metavar", "")
    kinds = {
        click.NoSuchOption: t(f"没有选项 {name}", error.format_message()),
        NoSuchCommand: t(f"没有命令 {error.message}", error.format_message()),
        click.MissingParameter: t(f"缺少 {name}", error.format_message()),
        click.BadParameter: t(f"{name} 的值不对：{error.message}", error.format_message()),
    }
    for kind, text in kinds.items():
        if type(error) is kind:
            return text
    return error.format_message()


def _show_defect(error: Exception) -> None:
    from xlplan import rules

    show_problem(rules.find("W118", detail=f"{type(error).__name__}: {error}"))
    if "-v" in sys.argv or "--verbose" in sys.argv:
        import traceback

        traceback.print_exception(error)


if __name__ == "__main__":
    run()
