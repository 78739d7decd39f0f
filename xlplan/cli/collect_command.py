"""`xlplan collect`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from xlplan.cli.app import (
    App,
    finish,
    json_option,
    pass_app,
    period_option,
    progress_bar,
    say,
    show_findings,
    show_json,
    show_table,
)
from xlplan.cli.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xlplan.finding import Finding
    from xlplan.model import State, Submission
    from xlplan.workflow.account import Collected, Line
    from xlplan.workflow.collect import Handed

_SHOWN = 20  # changed rows that a dry run lists without -v, and files that are named where there are many
_MANY = 200  # files beyond which not every one is named


@click.command(
    "collect",
    help=t(
        "读取报回的文件、文件夹或压缩包，合并，逐个说明结果。",
        "Read returned files, folders and archives; merge; say what happened to each.",
    ),
)
@click.argument("paths", metavar="PATH...", nargs=-1)
@period_option
@click.option("--dry-run", is_flag=True, help=t("只看结果，不写台账", "show what would happen, record nothing"))
@click.option("--prefer", metavar="FILE", type=click.Path(path_type=Path), help=t("以它为准", "let this file count"))
@click.option("--undo", metavar="RUN", type=int, help=t("撤回第几次回收", "take a run back, keeping the record"))
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help=t("在 dask 集群上读取，如 tcp://10.0.0.1:8786", "read on a dask cluster, such as tcp://10.0.0.1:8786"),
)
@json_option
@pass_app
def command(app: App, /, paths: tuple[str, ...], prefer: Path | None, undo: int | None, **options: Any) -> None:  # noqa: ANN401 - click's
    """Collect, or settle what was collected."""
    from xlplan.workflow.collect import collect

    if undo is not None:
        _undo(app, undo)
    if not paths and prefer is None:
        raise click.MissingParameter(param_hint="PATH", param_type="argument")
    with progress_bar(t("回收", "Collecting")) as step:
        done = collect(app.workspace, _handed(app, paths, options, step), app.now) if paths else None
    if prefer is not None:
        _prefer(app, prefer)
    if done:
        _show(app, done, as_json=options["as_json"])


def _handed(
    app: App, paths: tuple[str, ...], options: Mapping[str, Any], step: Callable[[int, str], None] | None
) -> Handed:
    """Paths and addresses, and who reads them."""
    from xlplan.files.names import is_address
    from xlplan.workflow.collect import Handed

    if "" in paths:  # an empty variable in a script: not the folder that one happens to be in
        raise click.BadParameter(t("空的路径", "an empty path"), param_hint="PATH")
    places = tuple(one if is_address(one) else Path(one) for one in paths)
    pool = None
    if options["scheduler"]:
        from xlplan.files.cluster import Cluster

        pool = Cluster(options["scheduler"])
    return Handed(places, app.period(options["period"]), options["dry_run"], step, pool)


def _show(app: App, done: Collected, *, as_json: bool) -> NoReturn:
    if as_json:
        files = tuple(done.each())
        show_json(_document(app, done, files) | ({"changes": _changes(app, done)} if done.dry else {}))
        finish([*done.findings, *(finding for one in files for finding in one.findings)])
    found = _show_all(app, tuple(done.each())) if done.new <= _MANY else _show_many(app, done)
    show_findings([*done.findings, *found], verbose=app.verbose, counts=done.account.codes if done.new > _MANY else {})
    if done.known_files:
        known = len(done.known_files)
        say(t(f"此前已收 {known} 个，没有变化。", f"{known} were known already and are unchanged."))
    if done.dry:
        _show_changes(app, done)
        say(t("这是试运行，没有写台账。", "A dry run: nothing was recorded."))
    elif done.run:
        say(
            t(
                f"这是第 {done.run} 次记录，要撤回用 xlplan collect --undo {done.run}。",
                f"Recorded as run {done.run}; xlplan collect --undo {done.run} takes it back.",
            )
        )
    say(
        t(
            "下一步：xlplan status 看缺谁，xlplan consolidate 出汇总表。",
            "Next: xlplan status, then xlplan consolidate.",
        )
    )
    finish([*done.findings, *found])


def _show_all(app: App, files: tuple[Submission, ...]) -> list[Finding]:
    """Every file with its state; gives what was found in them."""
    if files:
        _show_files(app, files)
    _show_counts(app, Counter(one.state for one in files), len(files))
    return [finding for one in files for finding in one.findings]


def _show_many(app: App, done: Collected) -> list[Finding]:
    """The counts, the first files that were not simply merged, and where the list of all is; gives some findings."""
    from xlplan.model import State
    from xlplan.workflow.listing import write_listing

    counts: Counter[State] = Counter()
    other: list[Line] = []

    def counted() -> Iterator[Line]:
        for one in done.lines():
            counts[one.state] += 1
            if one.state not in {State.MERGED, State.IGNORED} and len(other) < _SHOWN:
                other.append(one)
            yield one

    path = write_listing(app.workspace, done.run, counted(), app.lang)
    _show_files(app, other)
    rest = sum(count for state, count in counts.items() if state not in {State.MERGED, State.IGNORED}) - len(other)
    if rest > 0:
        say(t(f"  …… 还有 {rest} 个，见 {path}", f"  … {rest} more, see {path}"))
    say(t(f"每个文件的结果在 {path}。", f"What became of every file is in {path}."))
    _show_counts(app, counts, done.new)
    return done.account.examples


def _show_files(app: App, files: Sequence[Submission | Line]) -> None:
    from xlplan.words import word

    rows = [[word(one.state, app.lang), "、".join(one.offices) or "—", one.path] for one in files]
    show_table([t("结果", "State"), t("单位", "Office"), t("文件", "File")], rows)


def _show_counts(app: App, counts: Counter[State], new: int) -> None:
    from xlplan.words import word

    named = (f"{word(state, app.lang)} {count}" for state, count in counts.items())
    total = t("，", ", ").join(named) or t("没有新文件", "none new")
    say(t(f"新收 {new} 个文件：{total}。", f"{new} new files: {total}."))


def _changes(app: App, done: Collected) -> list[dict[str, Any]]:
    """What would change, for each row and office, by column: what stands there now, and what would."""
    from xlplan.headers import Field, header_words
    from xlplan.workflow.changes import changes

    known = {name.value: header_words(name, app.lang) for name in Field}
    return [
        {
            "period": one.period,
            "row": one.row,
            "office": one.office,
            "columns": {known.get(name, name): [before, after] for name, before, after in one.fields},
        }
        for one in changes(app.workspace, done.tried)
    ]


def _show_changes(app: App, done: Collected) -> None:
    found = _changes(app, done)
    say(
        t(f"将要改变 {len(found)} 行：", f"{len(found)} rows would change:") if found else t("没有变化。", "No change.")
    )
    for one in found if app.verbose else found[:_SHOWN]:
        what = t("；", "; ").join(f"{name} “{old[:30]}” → “{new[:30]}”" for name, (old, new) in one["columns"].items())
        say(f"  {one['row']} {one['office']} {what}")
    if len(found) > _SHOWN and not app.verbose:
        say(t("  …… 加 -v 全部列出", "  … use -v to see all"))


def _document(app: App, done: Collected, files: tuple[Submission, ...]) -> dict[str, Any]:
    from xlplan.render.export_json import finding_json, submission_json

    return {
        "files": [submission_json(one, app.lang) for one in (*files, *done.known)],
        "new": done.new,
        "known": len(done.known_files),
        "run": done.run or None,
        "findings": [finding_json(one, app.lang) for one in done.findings],
    }


def _undo(app: App, run: int) -> NoReturn:
    from xlplan.workflow.collect import undo

    files = undo(app.workspace, run, app.now)
    say(
        t(
            f"已撤回第 {run} 次回收的 {files} 个文件；记录仍然保留。",
            f"Took back run {run}, {files} files; the record is kept.",
        )
    )
    finish([])


def _prefer(app: App, path: Path) -> None:
    from xlplan.workflow.collect import prefer

    prefer(app.workspace, path, app.now)
    say(t(f"以 {path} 为准。", f"{path} counts before other returns."), err=True)
