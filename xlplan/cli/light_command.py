"""`xlplan light`."""

from __future__ import annotations

import click

from xlplan.cli.app import App, json_option, pass_app, period_option, say, show_json, show_table
from xlplan.cli.text import t


@click.command(
    "light",
    help=t(
        "人工定一行的灯：写明理由和经办人，记入台账，可以取消。不写 ROW 时列出现行规则的灯。",
        "Set the light of a row by hand, with a reason and a name, kept in the ledger, and undone with --clear. "
        "Without ROW: the lights of the rule in force.",
    ),
)
@click.argument("row", metavar="[ROW]", required=False)
@click.argument("word", metavar="[WORD]", required=False)
@click.option("--why", default="", metavar="TEXT", help=t("理由", "the reason"))
@click.option("--by", default="", metavar="NAME", help=t("经办人", "who decides"))
@click.option("--office", default="", metavar="NAME", help=t("只定这个单位（默认全部）", "of this office only"))
@click.option("--clear", is_flag=True, help=t("取消人工定的灯，恢复规则的", "back to the rule's light"))
@click.option("--presets", "list_presets", is_flag=True, help=t("列出随带的规则", "list the shipped rules"))
@period_option
@json_option
@pass_app
def command(app: App, /, row: str | None, word: str | None, **options: str) -> None:
    """Set or clear a light, or show which there are."""
    if options["list_presets"]:
        _show_presets(as_json=bool(options["as_json"]))
    elif row is None:
        _show_rule(app, as_json=bool(options["as_json"]))
    elif word is None and not options["clear"]:
        raise click.MissingParameter(param_hint="WORD", param_type="argument")
    else:
        _decide(app, row, None if options["clear"] else word, options)


def _decide(app: App, row: str, word: str | None, options: dict[str, str]) -> None:
    from xlplan.workflow.rulings import Wish, decide

    period = app.period(options["period"])
    done = decide(app.workspace, Wish(row, word, options["by"], options["why"], options["office"], period), app.now)
    if options["as_json"]:
        light = done.light.value if done.light else None
        show_json({"row": done.row, "period": done.period, "office": done.office or None, "light": light})
        return
    whom = f"{done.row} {done.period} {done.office}".rstrip()
    if done.light is None:
        say(t(f"{whom}：已取消人工定的灯。", f"{whom}: the rule's light is back."))
        return
    name = app.workspace.rule.sign(done.light).word(app.lang)
    say(t(f"{whom}：人工定为{name}。", f"{whom}: set to {name} by hand."))
    undo = f"xlplan light {done.row} --clear --by {done.by}"
    say(t(f"要取消：{undo}", f"To undo: {undo}"))


def _show_presets(*, as_json: bool) -> None:
    from xlplan.workflow.lights import presets

    found = presets()
    if as_json:
        show_json([{"name": one.name, "zh": one.zh, "en": one.en, "source": one.source} for one in found])
        return
    rows = [[one.name, t(one.zh, one.en), one.source] for one in found]
    show_table([t("预设", "Preset"), t("规则", "Rule"), t("出处", "Source")], rows)
    say(
        t(
            "选用：在 xlplan.toml 的 [lights] 里写 preset；要改：xlplan template copy lights/名称。",
            "To use one: preset in [lights] of xlplan.toml; to change it: xlplan template copy lights/NAME.",
        )
    )


def _show_rule(app: App, *, as_json: bool) -> None:
    from xlplan.words import SHAPES

    rule = app.workspace.rule
    if as_json:
        lights = [
            {"color": one.light.value, "zh": one.zh, "en": one.en, "counts_as": one.counts_as.value}
            for one in rule.signs
        ]
        show_json({"preset": rule.name, "lights": lights})
        return
    say(t(f"现行规则：{rule.name}", f"The rule in force: {rule.name}"))
    show_table(
        [t("灯", "Light"), t("颜色", "Colour"), t("导出为", "Exported as")],
        [[f"{SHAPES[one.light]} {one.word(app.lang)}", one.light.value, one.counts_as.value] for one in rule.signs],
    )
