"""M: findings about claims, the tasks that offices take on."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "M126",
        Severity.WARNING,
        Words(
            "标题写的是 {written}，表样标识是 {period}，以标识为准。",
            "标题被改过，或用错了期的表。",
            "请核对是哪一期的内容。",
        ),
        Words(
            "The title says {written}, the stamp {period}; the stamp counts.",
            "The title was edited, or another period's form was used.",
            "Check which period it is for.",
        ),
    ),
    Rule(
        "M121",
        Severity.ERROR,
        Words(
            "任务 {task}“{title}”有几个单位要牵头：{offices}。",
            "认领时没有协调。",
            "请商定由谁牵头，在 plan.xlsx 的“责任单位”列填写。",
        ),
        Words(
            "Several offices want to lead task {task} “{title}”: {offices}.",
            "They were not agreed on.",
            "Settle who leads and fill in the owner column of plan.xlsx.",
        ),
    ),
    Rule(
        "M122",
        Severity.WARNING,
        Words("任务 {task}“{title}”还没有单位牵头。", "没有单位认领牵头。", "请指定责任单位，在 plan.xlsx 里填写。"),
        Words(
            "No office leads task {task} “{title}” yet.", "None has claimed the lead.", "Assign an owner in plan.xlsx."
        ),
    ),
    Rule(
        "M123",
        Severity.NOTE,
        Words("任务 {task}“{title}”由{office}认领，已填入任务分解表。", "认领结果没有冲突。", "不用处理。"),
        Words(
            "Task {task} “{title}” was claimed by {office} and filled in.",
            "There was no other claim.",
            "Nothing to do.",
        ),
    ),
    Rule(
        "M124",
        Severity.ERROR,
        Words("认领表里的任务编号“{code}”不在计划里。", "编号被改过，或任务已被删除。", "请核对。"),
        Words(
            "The claimed task “{code}” is not in the plan.",
            "Its code was changed, or the task was removed.",
            "Check it.",
        ),
    ),
    Rule(
        "M125",
        Severity.ERROR,
        Words("不认识认领意向“{text}”。", "认领只能填“牵头”或“配合”。", "请从下拉列表中选择。"),
        Words("The claim “{text}” is not known.", "A claim is “牵头” or “配合”.", "Choose from the list."),
    ),
)
