"""A report to be shown, as kind or as hostile as a test wants it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlplan.books.consolidated.figures import shares
from xlplan.books.template import parse
from xlplan.render.page import Look
from xlplan.render.report import Bar, Item, Lamp, Owing, Report, Turned

TEMPLATE, _ = parse(
    (Path(__file__).parents[2] / "workbook_templates" / "page.toml").read_text(encoding="utf-8"), "page.toml"
)
LIGHTS = {"green": "●", "yellow": "▲", "red": "■", "none": "○"}
SIX = {"green": "●", "blue": "◆", "yellow": "▲", "orange": "▼", "red": "■", "none": "○"}
WORDS = {"green": "绿灯", "blue": "蓝灯", "yellow": "黄灯", "orange": "橙灯", "red": "红灯", "none": "未亮灯"}
OFFICES = {"甲科": "张副局长", "乙科": "张副局长", "丙科": "李副局长"}
SECTIONS = ("一、创新主体", "二、创新平台")


def item(number: int, office: str, light: str, facts: Mapping[str, Any] | None = None, **more: Any) -> Item:
    made = Item(
        code=f"T{number:03}-01",
        section=SECTIONS[number % 2],
        label=str(number),
        task=f"培育企业第{number}批",
        target=f"达到{number + 100}家",
        office=office,
        role="牵头",
        leader=OFFICES.get(office, ""),
        deadline="2019年12月31日",
        light=light,
        reason=f"完成{number}家，滞后{number}.0个百分点",
        grade="已报",
        before="20家",
        done=f"{number}家",
        rate=Decimal(number) / 100,
        status="推进中",
        progress="已召开部署会。",
        problem="缺少经费。",
        file=f"{office}.xlsx",
        sheet="填报表",
        cells=(("完成值", f"I{number}"), ("进展情况", f"K{number}")),
        was="green",
    )
    return replace(made, **{**(facts or {}), **more})


def usual_items() -> tuple[Item, ...]:
    return (
        item(1, "甲科", "green"),
        item(2, "甲科", "red", is_behind=True, turns=("red",)),
        item(3, "乙科", "yellow", progress="申报ISO认证"),
        item(4, "乙科", "green"),
        item(
            5,
            "丙科",
            "none",
            reason="未报：没有收到该单位的表",
            grade="未报",
            is_gap=True,
            rate=None,
            file="",
            cells=(),
        ),
        item(6, "丙科", "red", is_behind=True, turns=("red", "fallen")),
        item(7, "甲科", "green"),
    )


def report_of(items: tuple[Item, ...] | None = None, **facts: Any) -> Report:
    items = usual_items() if items is None else items
    lights = SIX if {"blue", "orange"} & {one.light for one in items} else LIGHTS

    def bar(name: str, chosen: list[Item], short: str = "") -> Bar:
        count = Counter(one.light for one in chosen)
        return Bar(name, tuple(count[key] for key in lights), short)

    every = bar("2019年第二季度", list(items), "Q2")
    counted = zip(lights, every.counts, shares(every.counts), strict=True)
    turned = Counter(key for one in items for key in one.turns)
    gaps = sum(one.is_gap for one in items)
    made = Report(
        "zh",
        {
            "plan": "2019年工作要点",
            "number": "云科〔2019〕9号",
            "issuer": "云岭市科技局",
            "period": "2019年第二季度",
            "end": "2019年6月30日",
            "deadline": "2019年6月20日",
            "today": "2019年6月25日",
            "pace": "50.0%",
            "return_rate": "66.7%",
            "complete": "85.7%",
        },
        {
            "expected": 3,
            "returned": 2,
            "on_time": 1,
            "late": 1,
            "missing": 1,
            "slots": len(items),
            "filled": len(items) - gaps,
            "gaps": gaps,
            "days_left": 0,
        },
        Decimal("0.5"),
        tuple(Lamp(key, WORDS[key], SIX[key], count, share) for key, count, share in counted),
        tuple(bar(name, [one for one in items if one.section == name]) for name in SECTIONS),
        tuple(bar(name, [one for one in items if one.office == name]) for name in OFFICES),
        (replace(every, name="2019年第一季度", short="Q1"), every),
        (Owing("丙科", 5, "李副局长"),),
        (Owing("乙科", 1, "张副局长"),),
        tuple(Turned(key, key, count) for key, count in turned.items()),
        items,
    )
    return replace(made, **facts)


def look(lang: str = "zh") -> Look:
    dress = TEMPLATE.dress(lang)
    return Look(dress.pages["page"], dress.colors, dress.font, 6, 30)
