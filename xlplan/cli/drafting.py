"""The options that `draft` and `init` share: the roster, who gets the targets, the script, the language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xlplan.cli.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlplan.workflow.prepare import Wishes

Decorated = TypeVar("Decorated", bound="Callable[..., Any]")

_OPTIONS = (
    click.option(
        "--roster",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help=t("单位名册（.csv、.xlsx）", "the offices (.csv, .xlsx)"),
    ),
    click.option(
        "--allocate",
        type=click.Choice(["lead", "all"]),
        default="lead",
        help=t("目标分给牵头单位，还是每个单位", "who gets the targets"),
    ),
    click.option(
        "--script",
        type=click.Choice(["issued", "simplified"]),
        default="issued",
        help=t("文字照原文，还是转为简体", "characters as issued, or simplified"),
    ),
    click.option(
        "--language",
        type=click.Choice(["zh", "en"]),
        default="zh",
        help=t("工作簿用的语言（以后可在 plan.xlsx 里改）", "language of the workbooks (plan.xlsx has it, too)"),
    ),
)


def drafting_options(command: Decorated) -> Decorated:
    """Add the shared options to a command; it gets them by keyword."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wishes_of(options: Mapping[str, Any]) -> Wishes:
    """The wishes that the options state."""
    from xlplan.steps.allocate import Mode
    from xlplan.workflow.prepare import Wishes

    return Wishes(Mode(options["allocate"]), options["language"], options["script"] == "simplified")
