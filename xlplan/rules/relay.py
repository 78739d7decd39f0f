"""M, W: findings about two levels: answering the form of the level above, and collecting such answers."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "M170",
        Severity.NOTE,
        Words(
            "{row} 的这一格在汇总导出以后改过，“数据出处”表里的出处不再作数。",
            "报出前有人直接改了表。",
            "数据照新的合并；需要追溯时，请报送单位改自己的台账后重新导出。",
        ),
        Words(
            "This cell of {row} was changed after it was exported; its origin no longer holds.",
            "Somebody edited the form before it was sent.",
            "The new content is merged. To trace it, have the office correct its own ledger and export again.",
        ),
    ),
    Rule(
        "M171",
        Severity.WARNING,
        Words(
            "上级表样第 {row} 行在本单位的计划里没有对应任务，留空：{text}",
            "任务文字不同，或计划里没有这一项。",
            "请在表里手工填写，或在 plan.xlsx 里补上这项任务后重新导出。",
        ),
        Words(
            "Row {row} of the form has no counterpart in this plan and stays blank: {text}",
            "The task reads otherwise here, or is not in the plan.",
            "Fill it by hand, or add the task to plan.xlsx and export again.",
        ),
    ),
    Rule(
        "M172",
        Severity.WARNING,
        Words(
            "上级表样第 {row} 行应填的数没有填：各单位报的数不一致（{values}）。",
            "几家单位对同一目标报了不同的数。",
            "请核实后在表里填上，或先在“冲突与待认领”里处理。",
        ),
        Words(
            "The number of row {row} of the form stays blank: the offices report different ones ({values}).",
            "Several offices answer one target.",
            "Settle it and fill the cell, or settle the conflict first.",
        ),
    ),
    Rule(
        "M173",
        Severity.WARNING,
        Words(
            "上级表样第 {row} 行没有内容可填：本单位这一项还没有人报（{grades}）。",
            "有关科室未报或空报。",
            "请先催报，再重新导出。",
        ),
        Words(
            "Row {row} of the form stays blank: nobody has reported it here yet ({grades}).",
            "The offices that answer for it have not reported.",
            "Remind them, then export again.",
        ),
    ),
    Rule(
        "W850",
        Severity.ERROR,
        Words(
            "{path} 不是能填的上级表样。",
            "里面没有带填报栏的表，或者不是 .xlsx 文件。",
            "请用上级发来的原表；.xls 或 .et 请先另存为 .xlsx。",
        ),
        Words(
            "{path} is no form of the level above that can be filled.",
            "It has no table with columns to fill, or is no .xlsx file.",
            "Use the form as it was sent; save .xls or .et as .xlsx first.",
        ),
    ),
    Rule(
        "W851",
        Severity.ERROR,
        Words(
            "{path} 要的是 {asked}，不是 {wanted}。",
            "表样标识里写着报告期。",
            "请去掉 --period，或换成那一期的表样。",
        ),
        Words(
            "{path} asks for {asked}, not {wanted}.",
            "The form's stamp names its period.",
            "Leave --period out, or take that period's form.",
        ),
    ),
)
