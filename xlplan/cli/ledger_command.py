"""`xlplan ledger`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlplan.cli.app import App, finish, json_option, pass_app, say, show_findings, show_json, show_table
from xlplan.cli.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.workflow.ledger import Copied


@click.group(
    "ledger",
    help=t(
        "台账：检查、升级、备份，在文件和 PostgreSQL 之间复制。",
        "The ledger: check it, bring it up to date, back it up, copy it between a file and PostgreSQL.",
    ),
)
def command() -> None:
    """Group what can be done with the ledger; the help text above is what users see."""


@command.command(
    "check",
    help=t(
        "检查台账是否完好：文件、表、每个值的出处、每个原件。",
        "Check that the ledger is whole: the file, its tables, the source of every value, every original.",
    ),
)
@json_option
@pass_app
def check_command(app: App, as_json: bool) -> None:
    """Check everything and list what is wrong."""
    from xlplan.workflow.ledger import check

    done = check(app.workspace)
    if as_json:
        from xlplan.render.export_json import finding_json

        found = [finding_json(one, app.lang) for one in done.findings]
        show_json({"ledger": done.ledger, "rows": dict(done.rows), "findings": found})
        finish(done.findings)
    say(t(f"台账 {done.ledger}", f"The ledger {done.ledger}"))
    _show_rows(done.rows)
    show_findings(done.findings, verbose=app.verbose)
    if not done.findings:
        say(t("台账完好，原件齐全。", "The ledger is whole and every original is there."))
    finish(done.findings)


@command.command(
    "migrate",
    help=t("把旧版本 xlplan 的台账升级到现在的版本。", "Bring a ledger of an older xlplan up to date."),
)
@json_option
@pass_app
def migrate_command(app: App, as_json: bool) -> None:
    """Migrate and say from what to what."""
    from xlplan.workflow.ledger import migrate

    done = migrate(app.workspace)
    if as_json:
        kept = str(done.kept) if done.kept else None
        show_json({"ledger": done.ledger, "from": done.before, "to": done.now, "backup": kept})
        return
    if done.before == done.now:
        say(t(f"{done.ledger} 已经是第 {done.now} 版。", f"{done.ledger} is of version {done.now} already."))
        return
    say(
        t(
            f"{done.ledger} 已从第 {done.before} 版升级到第 {done.now} 版。",
            f"{done.ledger} was brought from version {done.before} to {done.now}.",
        )
    )
    if done.kept:
        say(t(f"升级前的台账留在 {done.kept}。", f"It is kept as it was in {done.kept}."))


@command.command(
    "backup",
    help=t(
        "把台账备份成一个文件（默认在 backups/ 里），别人可以照常使用。",
        "Back the ledger up into one file (by default in backups/) while others go on using it.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@json_option
@pass_app
def backup_command(app: App, file: Path | None, as_json: bool) -> None:
    """Write the backup and say where it is."""
    from xlplan.workflow.ledger import backup

    done = backup(app.workspace, app.now.astimezone(), file)
    _show_copied(done, as_json=as_json)
    if not as_json:
        say(
            t(
                "要恢复，把它改名为 ledger.db 放回原处，或用 xlplan ledger copy --from 复制进新的数据库。"
                "原件在 archive/ 里，请一并备份。",
                "To restore, put it in the place of ledger.db, or copy it into a new database with xlplan ledger copy "
                "--from. The originals are in archive/: back them up too.",
            )
        )


@command.command(
    "copy",
    help=t(
        "把台账复制到 TO（文件或 PostgreSQL 地址；默认是 xlplan.toml 里写的），那里不能已有台账。",
        "Copy the ledger to TO (a file or a PostgreSQL URL; by default what xlplan.toml says), where none may be.",
    ),
)
@click.argument("target", metavar="TO", required=False)
@click.option("--from", "source", metavar="LEDGER", help=t("从哪里复制", "where to copy from"))
@json_option
@pass_app
def copy_command(app: App, target: str | None, source: str | None, as_json: bool) -> None:
    """Copy and compare."""
    from xlplan.workflow.ledger import copy

    if not (target or source):
        raise click.MissingParameter(param_hint="TO", param_type="argument")
    _show_copied(copy(app.workspace, source, target), as_json=as_json)
    if target and not as_json:
        say(
            t(
                '两边逐行核对一致。要改用它，在 xlplan.toml 里写上 ledger = "…"。',
                'Both hold the same. To use it from now on, name it in xlplan.toml: ledger = "…".',
            )
        )


def _show_copied(done: Copied, *, as_json: bool) -> None:
    if as_json:
        show_json({"from": done.source, "to": done.target, "rows": dict(done.rows)})
        return
    say(f"{done.source} → {done.target}")
    _show_rows(done.rows)


def _show_rows(rows: Mapping[str, int]) -> None:
    named = {
        "runs": t("运行次数", "runs"),
        "issued": t("下发的表", "forms sent"),
        "readings": t("读过的文件", "files read"),
        "entries": t("填报值", "entries"),
        "decisions": t("人工决定", "decisions"),
        "rulings": t("人工定的灯", "lights ruled"),
    }
    show_table(list(named.values()), [[str(rows[name]) for name in named]])
