"""E21: findings about cells that hold something other than what they ask for: pictures, 同上, days, figures."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "E212",
        Severity.ERROR,
        Words("该填的单元格里只有图片，内容读不出。", "用图片（如截图）代替了文字。", "请把图片里的内容改为文字填写。"),
        Words(
            "The cell holds nothing but a picture, which is not read.",
            "A picture, such as a screenshot, stands in place of text.",
            "Type in what the picture says.",
        ),
    ),
    Rule(
        "E213",
        Severity.WARNING,
        Words("“{text}”按上一行（{above}）的内容理解。", "没有写明内容，指向上一行。", "请核对；最好每行都写明。"),
        Words(
            "“{text}” was taken as what the row above says ({above}).",
            "It refers to the row above.",
            "Check it; better write out every row.",
        ),
    ),
    Rule(
        "E214",
        Severity.WARNING,
        Words(
            "{cell} 没有填数，而文字里写着“{figures}”；没有采用。",
            "数字写在了文字里。",
            "请核对后把数字填进“完成值”。",
        ),
        Words(
            "{cell} is blank, while the text says “{figures}”; that was not taken.",
            "The figure stands in the text.",
            "Check it and fill the figure into its own cell.",
        ),
    ),
    Rule(
        "E215",
        Severity.WARNING,
        Words("“{text}”不是日期。", "没有这一天。", "请改正日期。"),
        Words("“{text}” is no date.", "There is no such day.", "Correct the date."),
    ),
    Rule(
        "E216",
        Severity.NOTE,
        Words("“{text}”按完成时间 {day} 理解。", "这一行没有数字目标，填的是日期。", "请核对；最好写在“进展情况”里。"),
        Words(
            "“{text}” was taken as the day of completion, {day}.",
            "The row has no number target, and a date was filled in.",
            "Check it; better write it into the progress cell.",
        ),
    ),
)
