"""D: findings about reading a plan document."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "D101",
        Severity.ERROR,
        Words("文件里没有文字。", "文件是空的,或只有图片。", "请换用有文字的原件,或先做文字识别。"),
        Words(
            "The document holds no text.",
            "It is empty or only pictures.",
            "Use the original with text, or recognise the text first.",
        ),
    ),
    Rule(
        "D102",
        Severity.ERROR,
        Words(
            "没有找到工作任务。",
            "文中没有编号的事项,也没有任务表。",
            "请检查文件是否为工作要点;也可以直接在 plan.xlsx 里填写任务。",
        ),
        Words(
            "No task was found.",
            "The document has no numbered items and no task table.",
            "Check that it is a work plan; or write the tasks into plan.xlsx yourself.",
        ),
    ),
    Rule(
        "D201",
        Severity.WARNING,
        Words("任务“{task}”没有写明责任单位。", "原文这一项没有责任单位。", "请在 plan.xlsx 的“责任单位”列填写。"),
        Words(
            "Task “{task}” names no owner.", "The document gives none for it.", "Fill in the owner column of plan.xlsx."
        ),
    ),
    Rule(
        "D202",
        Severity.WARNING,
        Words("“{text}”缺少数字。", "原文在复制或转换时丢了数字。", "请对照原件补上。{proposal}"),
        Words(
            "A figure is missing in “{text}”.",
            "It was lost when the document was copied or converted.",
            "Take it from the original. {proposal}",
        ),
    ),
)
