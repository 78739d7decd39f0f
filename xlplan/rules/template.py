"""T: findings about workbook templates, and about what a written workbook could not hold."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "T901",
        Severity.WARNING,
        Words(
            "文字有 {length} 字,超过单元格上限 {most} 字,已截断。",
            "Excel 的一个单元格放不下这么长的文字。",
            "请查看原始报表中的全文,或请填报单位精简。",
        ),
        Words(
            "The text has {length} characters, more than the {most} that a cell holds; it was cut.",
            "A cell of Excel cannot hold so long a text.",
            "See the whole text in the original return, or ask the office to shorten it.",
        ),
    ),
)
