"""Help in the language of this run: click's own words in Chinese, with the marks of Chinese print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xlplan.cli.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = {"Options": "选项", "Commands": "命令", "Show this message and exit.": "显示本说明"}


class Formatter(click.HelpFormatter):
    """Writes a command's help."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how the command is written."""
        super().write_usage(prog, args, prefix or t("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """What the lines below are."""
        self.write(f"{_word(heading)}{t('：', ':')}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names, and beside each what it means."""
        super().write_dl([(name, _word(text)) for name, text in rows], col_max, col_spacing)


def _word(text: str) -> str:
    return t(_WORDS.get(text, text), text)
