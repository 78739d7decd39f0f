"""`xlplan rules`."""

from __future__ import annotations

import click

from xlplan.cli.app import App, json_option, pass_app, say, show_json
from xlplan.cli.text import t


@click.command(
    "rules",
    help=t(
        "全部提示；给出编号时，说明它的含义、原因和处理办法。",
        "The catalogue of findings; with CODE, what it means and what to do.",
    ),
)
@click.argument("code", required=False)
@json_option
@pass_app
def command(app: App, code: str | None, as_json: bool) -> None:
    """List the rules, or explain one."""
    from xlplan.workflow.catalogue import find_rules

    rules = find_rules(code)
    if as_json:
        show_json([{"code": one.code, "severity": one.severity.value, **vars(one.words(app.lang))} for one in rules])
        return
    for one in rules:
        words = one.words(app.lang)
        say(f"{one.code}  {one.severity.value:<8} {words.sentence}")
        if code:
            say(t(f"原因：{words.cause}", f"Cause: {words.cause}"))
            say(t(f"处理：{words.remedy}", f"Remedy: {words.remedy}"))
