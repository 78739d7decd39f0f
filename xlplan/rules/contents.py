"""F2: findings about cells of a returned file that reading itself makes."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

_RESAVE_ZH = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"
_RESAVE_EN = "Open it in Excel or WPS, save it as .xlsx and send it again."

RULES = (
    Rule(
        "F201",
        Severity.WARNING,
        Words(
            "有 {count} 个单元格的公式出错：{cells}。",
            "公式引用的内容被删除或计算出错（如 #REF!、#DIV/0!）。",
            "请改正公式，或直接填写数值。",
        ),
        Words(
            "{count} cells show an error: {cells}.",
            "What the formula refers to is gone, or it cannot be computed.",
            "Correct the formula or enter the value.",
        ),
    ),
    Rule(
        "F202",
        Severity.WARNING,
        Words(
            "有 {count} 个公式没有计算结果：{cells}。",
            "文件由程序生成，没有经 Excel 计算过。",
            "请用 Excel 或 WPS 打开、保存后重新报送。",
        ),
        Words(
            "{count} formulas carry no result: {cells}.",
            "A program wrote the file and Excel never computed it.",
            "Open and save it in Excel or WPS and send it again.",
        ),
    ),
    Rule(
        "F203",
        Severity.NOTE,
        Words(
            "有 {count} 个单元格放了图片，图片里的内容读不出：{cells}。",
            "用图片代替了文字。",
            "如果图片里是填报内容，请改为文字。",
        ),
        Words(
            "{count} cells hold a picture, which is not read: {cells}.",
            "A picture stands in place of text.",
            "If the picture holds an entry, type it in.",
        ),
    ),
    Rule(
        "F204",
        Severity.WARNING,
        Words(
            "有 {count} 个单元格远在表格之外，没有读取：{cells}。",
            "超过第 {rows} 行或第 {columns} 列，多为误填。",
            "请检查并清除；如果是填报内容，请移到表内。",
        ),
        Words(
            "{count} cells far outside the table were not read: {cells}.",
            "They lie beyond row {rows} or column {columns}, mostly by a slip.",
            "Clear them, or move them into the table.",
        ),
    ),
    Rule(
        "F205",
        Severity.ERROR,
        Words("有 {count} 个单元格在文件里出现了两次：{cells}。", "文件由不规范的程序生成，或被改动过。", _RESAVE_ZH),
        Words("{count} cells stand in the file twice: {cells}.", "A faulty program wrote it.", _RESAVE_EN),
    ),
    Rule(
        "F206",
        Severity.ERROR,
        Words(
            "有 {count} 个单元格的内容读不出：{cells}。",
            "文件的这些单元格已损坏，已按原样保留。",
            "请在这些单元格里重新填写。",
        ),
        Words("{count} cells cannot be read: {cells}.", "These cells are damaged.", "Enter these cells again."),
    ),
    Rule(
        "F207",
        Severity.WARNING,
        Words(
            "有 {count} 个单元格设为日期格式，但数值不是有效日期，已按数值读取：{cells}。",
            "把数值填进了日期格式的单元格。",
            "请检查是日期还是数值，改正后重新报送。",
        ),
        Words(
            "{count} cells are formatted as dates but hold no valid date; they were read as numbers: {cells}.",
            "A number was entered into a cell formatted as a date.",
            "Check whether it is a date or a number.",
        ),
    ),
    Rule(
        "F208",
        Severity.ERROR,
        Words(
            "有 {count} 个单元格的文字超过 {limit} 字，超出部分没有读取：{cells}。",
            "单元格文字太长。",
            "请精简文字后重新报送。",
        ),
        Words(
            "{count} cells hold over {limit} characters and were cut: {cells}.", "A text is too long.", "Shorten it."
        ),
    ),
)
