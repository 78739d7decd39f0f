"""Writes the reference pages from the program itself: the findings and the commands. With --check, only compares."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from xlplan import rules
from xlplan.cli.main import COMMANDS, cli

HERE = Path(__file__).resolve().parent
PARTS = {
    "D": "起草 / Drafting",
    "P": "任务分解表与名册 / The plan workbook and the roster",
    "T": "模板 / Templates",
    "W": "工作目录与命令 / The workspace and its commands",
    "F": "报回的文件 / Returned files",
    "E": "填报内容 / What an office entered",
    "M": "归属与合并 / Whose return, and merging",
}

READINGS = {
    "number": ("完成值 / Numbers", ("写的 / written", "目标单位 / unit", "理解为 / value", "提示 / finding")),
    "nothing": ("空着和待数 / Blanks and figures to come", ("写的 / written", "理解为 / means")),
    "status": ("状态 / Status", ("写的 / written", "理解为 / value", "提示 / finding")),
    "day": ("节点行的日期 / Days of a milestone", ("写的 / written", "理解为 / day", "提示 / finding")),
}


def findings_page() -> str:
    """Every rule with severity, sentence, cause and remedy, in both languages."""
    lines = ["# 提示一览 / Findings", "", "由程序生成，请勿手改。 Generated from the program; do not edit.", ""]
    for letter, title in PARTS.items():
        lines += [f"## {title}", ""]
        for code, rule in rules.catalogue().items():
            if code.startswith(letter):
                lines += [f"### {code} · {rule.severity.value}", ""]
                for words in (rule.zh, rule.en):
                    lines += [f"- {_plain(words.sentence)} {_plain(words.cause)} **{_plain(words.remedy)}**"]
                lines.append("")
    return "\n".join(lines)


def commands_page() -> str:
    """The help of every command, in both languages."""
    lines = ["# 命令 / Commands", "", "由程序生成，请勿手改。 Generated from the program; do not edit.", ""]
    for command in ("", *_every_command()):
        lines += [f"{'###' if ' ' in command else '##'} xlplan {command}".rstrip(), ""]
        for lang in ("zh", "en"):
            lines += ["```", _help(command, lang), "```", ""]
    return "\n".join(lines)


def _every_command() -> Iterator[str]:
    """The commands, each group followed by what can be done in it."""
    context = click.Context(cli)
    for name in COMMANDS:
        yield name
        command = cli.get_command(context, name)
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in command.commands)


def readings_page() -> str:
    """What an office may write in a cell, and what is understood, from the table that the tests hold the program to."""
    table = tomllib.loads((HERE / "readings.toml").read_text("utf-8"))
    lines = ["# 读法一览 / Readings", "", "由程序生成，请勿手改；改 readings.toml。 Generated from readings.toml.", ""]
    lines += ["没有编号的，读法是确定的；有编号的，合并时带一条提示；没有采用的，要人来定。", ""]
    lines += [
        "Without a code the reading is certain; with one it carries that finding; what is not taken is for a person."
    ]
    for key, (title, heads) in READINGS.items():
        lines += ["", f"## {title}", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
        lines += [f"| {' | '.join(_cell(name, text) for name, text in one.items())} |" for one in table[key]]
    return "\n".join(lines) + "\n"


def _cell(name: str, text: str) -> str:
    if name == "finding":
        return f"[{text}](findings.md)" if text else ""
    if name == "value" and not text:
        return "（不采用 / not taken）"
    return f"`{text}`" if text else "（空 / blank）"


def _plain(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").strip()


def _help(command: str, lang: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "xlplan.cli.main", "--lang", lang, *command.split(), "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
    )
    return run.stdout.replace("python -m xlplan.cli.main", "xlplan").rstrip()


def main() -> int:
    """Write the pages, or with --check say whether they are what would be written."""
    stale = 0
    pages = (("findings.md", findings_page()), ("commands.md", commands_page()), ("readings.md", readings_page()))
    for name, content in pages:
        path = HERE / name
        current = path.read_text("utf-8") if path.is_file() else ""
        if current != content and "--check" in sys.argv:
            stale += 1
            print(f"{name} is out of date: run make docs")
        elif current != content:
            path.write_text(content, "utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
