"""What every command shares: where it works, the day it is, and how it answers."""

from __future__ import annotations

import gc
import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

import click

from xlplan.cli.text import language, t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.period import Period
    from xlplan.workflow.workspace import Workspace

_COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}
_WORDS = {"error": ("错误", "error"), "warning": ("注意", "warning"), "note": ("说明", "note")}
_SHOWN = 4  # findings of a kind that are shown without -v


@dataclass
class App:
    """One run of the command line."""

    directory: Path
    verbose: bool = False
    day: date | None = None

    @property
    def lang(self) -> str:
        """The language of messages."""
        return language()

    @property
    def now(self) -> datetime:
        """The present moment, or noon of the day that `--today` names, in UTC."""
        return datetime.combine(self.day, time(12), UTC) if self.day else datetime.now(UTC)

    @property
    def today(self) -> date:
        """Today where the user is, or the day that `--today` names."""
        return self.day or datetime.now().astimezone().date()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace that the command works in."""
        from xlplan.workflow.workspace import open_workspace

        return open_workspace(self.directory)

    def close(self) -> None:
        """Let go of the workspace. What is left then goes with the process, and is not looked through for cycles."""
        if "workspace" in self.__dict__:
            self.workspace.close()
            gc.freeze()

    def period(self, text: str | None) -> Period | None:
        """A period option; None when it was not given."""
        from xlplan.workflow.workspace import read_period

        return read_period(text) if text else None


def say(text: str = "", *, err: bool = False) -> None:
    """A line of the answer."""
    click.echo(text, err=err)


def show_json(content: Any) -> None:  # noqa: ANN401 - any JSON document
    """The one JSON document of a command."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def show_findings(found: Iterable[Finding], *, verbose: bool, counts: Mapping[str, int] | None = None) -> None:
    """Findings, the gravest first, each kind with its remedy. Equal ones are one line; many are cut without `-v`.

    `counts`, by code, say how many there are where `found` are only some of them.
    """
    from xlplan import rules
    from xlplan.finding import Severity

    order = list(_WORDS)
    kinds: dict[tuple[str, str], dict[str, list[str]]] = {}
    remedies: dict[str, str] = {}
    for one in sorted(found, key=lambda one: (order.index(one.severity), one.code)):
        sentences = kinds.setdefault((one.severity, one.code), {})
        sentences.setdefault(rules.message(one, language()), []).append(str(one.place))
        if one.severity is not Severity.NOTE:
            remedies.setdefault(one.code, rules.remedy(one, language()))
    for (severity, code), sentences in kinds.items():
        tag = click.style(f"{t(*_WORDS[severity])} {code}", fg=_COLORS[severity])
        cut = len(sentences) if verbose else _SHOWN
        for sentence, places in list(sentences.items())[:cut]:
            click.echo(f"  {tag} {_places(places)}{sentence}")
        if counts and (total := counts.get(code, 0)) > cut:
            click.echo(t(f"  …… {code} 共 {total} 条", f"  … {total} {code} in all"))
        elif rest := len(sentences) - cut if len(sentences) > cut else 0:
            click.echo(t(f"  …… {code} 还有 {rest} 条，加 -v 全部列出", f"  … {rest} more {code}, use -v to see all"))
        if code in remedies:
            click.secho(f"    → {remedies[code]}", dim=True)


def _places(places: list[str]) -> str:
    named = list(dict.fromkeys(place for place in places if place))
    if not named:
        return ""
    more = t(f" 等 {len(named)} 处", f" and {len(named) - 3} more") if len(named) > 3 else ""  # noqa: PLR2004 - a few
    return f"[{'、'.join(named[:3])}{more}] "


def show_problem(finding: Finding) -> None:
    """Why a command could not go on, and what to do."""
    from xlplan import rules

    place = f" [{finding.place}]" if str(finding.place) else ""
    click.secho(f"{t('错误', 'Error')} {finding.code}{place} {rules.message(finding, language())}", fg="red", err=True)
    click.echo(rules.remedy(finding, language()), err=True)


def finish(found: Iterable[Finding]) -> NoReturn:
    """End the command: 1 when a finding is an error, else 0."""
    from xlplan.finding import has_errors

    sys.exit(1 if has_errors(list(found)) else 0)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int | str], None]]:
    """A progress display for long work: on a terminal only, on stderr, gone when done."""
    if not sys.stderr.isatty():
        yield lambda _done, _what: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as display:
        task = display.add_task(label, total=None)

        def step(done: int, what: int | str) -> None:
            total = what if isinstance(what, int) else None
            text = label if isinstance(what, int) else f"{label} {what}"
            display.update(task, completed=done, total=total, description=text)

        yield step


def show_table(headers: list[str], rows: list[list[str]]) -> None:
    """A plain table that lines up with Chinese text too."""
    from rich.cells import cell_len

    widths = [max(cell_len(row[column]) for row in [headers, *rows]) for column in range(len(headers))]
    for row in [headers, *rows]:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        click.echo("  " + "  ".join(cells).rstrip())


pass_app = click.make_pass_decorator(App)
period_option = click.option(
    "-p",
    "--period",
    metavar="P",
    help=t("报告期：2019、2019-H1、2019-Q2、2019-06", "period: 2019, 2019-H1, 2019-Q2, 2019-06"),
)
json_option = click.option("--json", "as_json", is_flag=True, help=t("输出一个 JSON 文档", "print one JSON document"))
