"""T: findings about workbook templates, and about what a written workbook could not hold."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "T101",
        Severity.ERROR,
        Words("模板不是正确的 TOML:{reason}", "引号、括号或等号不配对,或者同一项写了两次。", "请改正这一行({key})。"),
        Words(
            "The template is no valid TOML: {reason}",
            "A quote, bracket or equals sign is missing, or a key stands twice.",
            "Mend this line ({key}).",
        ),
    ),
    Rule(
        "T102",
        Severity.ERROR,
        Words("模板没有“{key}”这一项。", "拼写有误,或写错了位置。", "可以写的是:{near}。"),
        Words("A template has no key “{key}”.", "It is misspelt or in the wrong place.", "Possible here: {near}."),
    ),
    Rule(
        "T103",
        Severity.ERROR,
        Words("“{key}”的值不对,应为:{wanted}。", "值的类型或范围不对。", "请按要求改写。"),
        Words(
            "The value of “{key}” must be: {wanted}.", "It is of another kind or out of range.", "Write such a value."
        ),
    ),
    Rule(
        "T104",
        Severity.ERROR,
        Words("“{key}”里的“{name}”没有定义。", "字段、样式或字体的名字拼写有误。", "可以写的是:{near}。"),
        Words(
            "“{name}” in “{key}” is not defined.",
            "The name of a field, look or font is misspelt.",
            "Possible here: {near}.",
        ),
    ),
    Rule(
        "T106",
        Severity.ERROR,
        Words("“{header}”列重复({key},字段 {field})。", "同一字段或同一表头写了两次。", "请删去一列,或换一个表头。"),
        Words(
            "The column “{header}” stands twice ({key}, field {field}).",
            "A field or a header is given two times.",
            "Delete one, or give it another header.",
        ),
    ),
    Rule(
        "T107",
        Severity.ERROR,
        Words("“{key}”缺少“{name}”。", "没有它,这张表无法收发。", "请补上这一列或这张表。"),
        Words(
            "“{key}” lacks “{name}”.",
            "The workbook cannot do without it.",
            "Add this column or sheet.",
        ),
    ),
    Rule(
        "T108",
        Severity.ERROR,
        Words(
            "“{key}”里的占位符“{name}”无法填入。",
            "这段文字没有这个内容,或花括号不配对。",
            "可以用的占位符:{allowed}。要写花括号本身,请写两次。",
        ),
        Words(
            "The placeholder “{name}” in “{key}” cannot be filled.",
            "This text has no such fact, or its braces do not match.",
            "Possible here: {allowed}. Write a brace of the text itself twice.",
        ),
    ),
    Rule(
        "T109",
        Severity.ERROR,
        Words(
            "“{key}”的表名“{name}”不能用。",
            "表名须为 1 到 31 个字,不能有 [ ] : * ? / \\,也不能以单引号开头或结尾。",
            "请换一个表名。",
        ),
        Words(
            "“{name}” ({key}) cannot be a sheet's name.",
            "A name has 1 to 31 characters, none of [ ] : * ? / \\, and no apostrophe at its ends.",
            "Choose another name.",
        ),
    ),
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
