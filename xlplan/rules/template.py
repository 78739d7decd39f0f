"""T: findings about workbook templates, and about what a written workbook could not hold."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "T101",
        Severity.ERROR,
        Words("模板不是正确的 TOML：{reason}", "引号、括号或等号不配对，或者同一项写了两次。", "请改正这一行。"),
        Words(
            "The template is no valid TOML: {reason}",
            "A quote, bracket or equals sign is missing, or a key stands twice.",
            "Mend this line.",
        ),
    ),
    Rule(
        "T102",
        Severity.ERROR,
        Words("模板没有“{key}”这一项。", "拼写有误，或写错了位置。", "可以写的是：{near}。"),
        Words("A template has no key “{key}”.", "It is misspelt or in the wrong place.", "Possible here: {near}."),
    ),
    Rule(
        "T103",
        Severity.ERROR,
        Words("“{key}”的值不对，应为：{wanted}。", "值的类型或范围不对。", "请按要求改写。"),
        Words(
            "The value of “{key}” must be: {wanted}.", "It is of another kind or out of range.", "Write such a value."
        ),
    ),
    Rule(
        "T104",
        Severity.ERROR,
        Words("“{key}”里的“{name}”没有定义。", "字段、样式或字体的名字拼写有误。", "可以写的是：{near}。"),
        Words(
            "“{name}” in “{key}” is not defined.",
            "The name of a field, look or font is misspelt.",
            "Possible here: {near}.",
        ),
    ),
    Rule(
        "T106",
        Severity.ERROR,
        Words(
            "“{header}”列重复（{key}，字段 {field}）。", "同一字段或同一表头写了两次。", "请删去一列，或换一个表头。"
        ),
        Words(
            "The column “{header}” stands twice ({key}, field {field}).",
            "A field or a header is given two times.",
            "Delete one, or give it another header.",
        ),
    ),
    Rule(
        "T107",
        Severity.ERROR,
        Words("“{key}”缺少“{name}”。", "没有它，这张表无法收发。", "请补上这一列或这张表。"),
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
            "这段文字没有这个内容，或花括号不配对。",
            "可以用的占位符：{allowed}。要写花括号本身，请写两次。",
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
            "须为 1 到 31 个字，不和别的表同名，没有 [ ] : * ? / \\，首尾没有单引号，不是 History、_xlplan。",
            "请换一个表名。",
        ),
        Words(
            "“{name}” ({key}) cannot be a sheet's name.",
            "It has 1 to 31 characters, none of [ ] : * ? / \\, no apostrophe at an end; not History or _xlplan.",
            "Choose another name.",
        ),
    ),
    Rule(
        "T110",
        Severity.ERROR,
        Words("没有叫“{name}”的模板。", "名字拼写有误。", "可以用的是：{near}。"),
        Words("There is no template called “{name}”.", "It is misspelt.", "Possible: {near}."),
    ),
    Rule(
        "T111",
        Severity.ERROR,
        Words("{path} 已经有了。", "不覆盖改过的模板。", "请先移走或改名，再运行一次。"),
        Words("{path} is there already.", "Templates that were changed are not overwritten.", "Move it away first."),
    ),
    Rule(
        "T112",
        Severity.ERROR,
        Words(
            "{file} 里找不到填报表的表头。",
            "没有一行同时有任务列和要填的列（进展情况、完成情况、状态等）。",
            "请给一份带表头的空表。",
        ),
        Words(
            "No header of a form was found in {file}.",
            "No row names both a column of tasks and one to fill (progress, status and so on).",
            "Give an empty form that has its header.",
        ),
    ),
    Rule(
        "T113",
        Severity.ERROR,
        Words("{file} 不是 .xlsx 文件。", "只有 .xlsx 能原样保留样式。", "请在 Excel 或 WPS 里另存为 .xlsx。"),
        Words("{file} is no .xlsx file.", "Only .xlsx keeps its looks.", "Save it as .xlsx in Excel or WPS."),
    ),
    Rule(
        "T114",
        Severity.NOTE,
        Words("{at} 列“{header}”认作：{field}。", "按表头推断。", "不对的话，请改 {file} 里这一列的 field。"),
        Words(
            "Column {at} “{header}” is taken for: {field}.",
            "Judged by its header.",
            "If that is wrong, change its field in {file}.",
        ),
    ),
    Rule(
        "T115",
        Severity.WARNING,
        Words("表里的图片、图形或图表没有保留。", "填表时无法照搬这些内容。", "请在模板里改用文字和格式。"),
        Words(
            "Pictures, shapes and charts of the form are not kept.",
            "They cannot be carried over when forms are filled.",
            "Use text and formats in the template instead.",
        ),
    ),
    Rule(
        "T116",
        Severity.ERROR,
        Words(
            "{file} 和 form.toml 对不上：{detail}。",
            "表样改过，而对应关系没有改。",
            "请重新运行 xlplan template from。",
        ),
        Words(
            "{file} does not match form.toml: {detail}.",
            "The workbook was changed, the mapping was not.",
            "Run xlplan template from again.",
        ),
    ),
    Rule(
        "T117",
        Severity.NOTE,
        Words("表里没有“编号”列，已加在 {at} 列。", "收回时靠编号认行。", "请不要删这一列，可以改窄。"),
        Words(
            "The form had no column of codes; one was added at {at}.",
            "Rows are recognised by their codes when forms come back.",
            "Keep the column; it may be narrow.",
        ),
    ),
    Rule(
        "T160",
        Severity.ERROR,
        Words(
            "不能写成 {path}：文件类型“{ending}”不对。",
            "内容和扩展名不一致的文件，Excel 和 WPS 会提示已损坏。",
            "这里可以写的是：{wanted}，例如 {better}。要别的格式，请在 Excel 或 WPS 里另存。",
        ),
        Words(
            "Cannot write {path}: the ending “{ending}” is not what the file would be.",
            "Excel and WPS take a file whose content and ending differ for a damaged one.",
            "Possible here: {wanted}, such as {better}. For another format save it from Excel or WPS.",
        ),
    ),
    Rule(
        "T161",
        Severity.ERROR,
        Words(
            "{file} 不能原样填写。",
            "文件不是由 Excel 或 WPS 按通常的 .xlsx 格式保存的（例如“严格 Open XML”，或改了扩展名的别的格式）。",
            "请在 Excel 或 WPS 里打开它，另存为“Excel 工作簿（.xlsx）”，再运行一次。",
        ),
        Words(
            "{file} cannot be filled with its looks as they are.",
            "It was not saved as an ordinary .xlsx: strict Open XML, or another format under a changed ending.",
            "Open it in Excel or WPS, save it as an Excel workbook (.xlsx), and run this again.",
        ),
    ),
    Rule(
        "T901",
        Severity.WARNING,
        Words(
            "文字有 {length} 字，超过单元格上限 {most} 字，已截断。",
            "Excel 的一个单元格放不下这么长的文字。",
            "请查看原始报表中的全文，或请填报单位精简。",
        ),
        Words(
            "The text has {length} characters, more than the {most} that a cell holds; it was cut.",
            "A cell of Excel cannot hold so long a text.",
            "See the whole text in the original return, or ask the office to shorten it.",
        ),
    ),
)
