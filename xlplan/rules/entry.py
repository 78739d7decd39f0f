"""E: findings about what an office entered."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "E309",
        Severity.WARNING,
        Words(
            "{row}：目标的单位由“{before}”改为“{now}”，填报的“{text}”换算不了。",
            "填报以后改过目标的单位。",
            "请单位按新的单位重报。",
        ),
        Words(
            "{row}: the target's unit was changed from “{before}” to “{now}”; “{text}” cannot be converted.",
            "It was changed after the office reported.",
            "Ask the office to report in the new unit.",
        ),
    ),
    Rule(
        "E108",
        Severity.ERROR,
        Words(
            "行 {row} 已从任务分解表里去掉，填报的内容列入待认领。",
            "下发以后这一行被删除。",
            "不再需要的不用处理；还需要的，请在 plan.xlsx 里恢复。",
        ),
        Words(
            "Row {row} was removed from the breakdown; what was filled in waits to be claimed.",
            "It was deleted after the form was sent.",
            "Nothing to do, or restore the row in plan.xlsx.",
        ),
    ),
    Rule(
        "E308",
        Severity.WARNING,
        Words("{row}：填了“{text}”，读不出数字。", "空报：该填数字的格子里没有可用的数字。", "请单位改填数字。"),
        Words(
            "{row}: “{text}” was filled in, but it gives no number.",
            "The cell wants a number.",
            "Ask the office for a number.",
        ),
    ),
    Rule(
        "E209",
        Severity.WARNING,
        Words(
            "“{text}”与目标“{target}”相差太大，已合并，请核实。",
            "可能填错了单位或小数点。",
            "请核对；按目标的单位填写。",
        ),
        Words(
            "“{text}” hardly fits the target “{target}”; it was merged, please check.",
            "The unit or the decimal point may be wrong.",
            "Check it; write it in the target's unit.",
        ),
    ),
    Rule(
        "E210",
        Severity.NOTE,
        Words("合并单元格里的文字按每一行都适用理解。", "几行合并成了一格。", "请核对；最好逐行填写。"),
        Words(
            "The text of a merged cell was taken for each of its rows.",
            "Several rows were merged.",
            "Check it; better fill each row.",
        ),
    ),
    Rule(
        "E211",
        Severity.ERROR,
        Words(
            "合并单元格里的数“{text}”不知道属于哪一行，只记在第一行。", "几行合并成了一格。", "请取消合并，逐行填写。"
        ),
        Words(
            "It cannot be told which row the number “{text}” of a merged cell is for; it counts for the first.",
            "Several rows were merged.",
            "Unmerge the cell and fill each row.",
        ),
    ),
    Rule(
        "E107",
        Severity.WARNING,
        Words(
            "行 {row} 在两个工作表里填得不一样，以“{kept}”为准。",
            "同一份表在一个文件里出现了两次。",
            "请核对，只留一份。",
        ),
        Words(
            "Row {row} differs between two sheets; “{kept}” counts.",
            "One form stands twice in the file.",
            "Check it and keep one.",
        ),
    ),
    Rule(
        "E101",
        Severity.WARNING,
        Words(
            "“{header}”里的文字被改过：原为“{sent}”，报回“{back}”。已按下发的内容恢复。",
            "擅改：下发后锁定的内容被改动。",
            "如确需调整，请在“状态”里选“申请调整”并说明。",
        ),
        Words(
            "The text in “{header}” was edited: sent “{sent}”, returned “{back}”. The plan's text was kept.",
            "A locked plan cell was changed.",
            "To ask for a change, choose the status “change requested” and explain.",
        ),
    ),
    Rule(
        "E102",
        Severity.WARNING,
        Words(
            "没有编号的行按文字对上了 {row}。", "编号被删或被改，按序号和任务文字找到。", "请核对；填报时不要动编号列。"
        ),
        Words(
            "A row without a code was matched to {row} by its text.",
            "The code was deleted or changed.",
            "Check it; leave the code column alone.",
        ),
    ),
    Rule(
        "E103",
        Severity.ERROR,
        Words(
            "这一行对不上任何任务，已列入待认领：“{text}”。",
            "没有编号，任务文字也找不到相近的。",
            "请指明它属于哪一项任务，或退回单位修改。",
        ),
        Words(
            "This row fits no task and waits to be claimed: “{text}”.",
            "It has no code, and no task has a similar text.",
            "Say which task it belongs to, or send it back.",
        ),
    ),
    Rule(
        "E104",
        Severity.ERROR,
        Words(
            "行 {row} 是“{holder}”的，不是“{office}”的，没有合并。",
            "编号被改成了别的单位的行。",
            "请退回该单位，用自己的表填报。",
        ),
        Words(
            "Row {row} belongs to “{holder}”, not to “{office}”, and was not merged.",
            "The code was changed to another office's row.",
            "Send it back; offices report on their own rows.",
        ),
    ),
    Rule(
        "E105",
        Severity.WARNING,
        Words("行 {row} 出现了两次，以{kept}为准。", "同一编号填了两行。", "请核对两行，只留一行。"),
        Words("Row {row} stands twice; {kept} counts.", "Two rows carry one code.", "Check both and keep one."),
    ),
    Rule(
        "E245",
        Severity.ERROR,
        Words(
            "这一行写的编号是 {stood}，任务却是 {row} 的，按任务记在 {row}。",
            "编号被对调、改写，或排序时没有连编号一起排。",
            "请核对这两行填报的内容；填报时不要动编号列。",
        ),
        Words(
            "This row carries the code {stood}, but the task is that of {row}; it was taken for {row}.",
            "Codes were swapped or changed, or rows were sorted without them.",
            "Check what both rows say; leave the code column alone.",
        ),
    ),
    Rule(
        "E106",
        Severity.NOTE,
        Words("多出一列“{header}”，内容已保留。", "这一列不在下发的表里。", "不用处理。"),
        Words(
            "There is an extra column “{header}”; its content is kept.",
            "It was not in the form that was sent.",
            "Nothing to do.",
        ),
    ),
    Rule(
        "E201",
        Severity.ERROR,
        Words("“{text}”读不出数字。", "“完成值”里要填一个数字。", "请改填数字，说明写在“进展情况”里。"),
        Words(
            "“{text}” gives no number.",
            "The cell wants one number.",
            "Write a number; explanations belong in the progress cell.",
        ),
    ),
    Rule(
        "E202",
        Severity.WARNING,
        Words("“{text}”按 {value} 理解。", "写法不是单纯的数字。", "请核对；最好直接填数字。"),
        Words(
            "“{text}” was read as {value}.",
            "It is not written as a plain number.",
            "Check it; better write the number itself.",
        ),
    ),
    Rule(
        "E203",
        Severity.ERROR,
        Words("“{text}”有几种读法，没有合并。", "里面有不止一个数字，或单位对不上。", "请改填一个数字。"),
        Words(
            "“{text}” can be read in several ways and was not merged.",
            "It holds more than one number, or another unit.",
            "Write one number.",
        ),
    ),
    Rule(
        "E204",
        Severity.ERROR,
        Words("单元格是错误值 {text}。", "公式出错了。", "请填数字，不要填公式。"),
        Words("The cell holds the error {text}.", "A formula failed.", "Write the number instead of a formula."),
    ),
    Rule(
        "E205",
        Severity.ERROR,
        Words("公式没有算出结果。", "文件保存时没有计算。", "请用 Excel 或 WPS 打开后重新保存，或直接填数字。"),
        Words(
            "The formula has no computed value.",
            "The file was saved without calculating.",
            "Open and save it again in Excel or WPS, or write the number.",
        ),
    ),
    Rule(
        "E206",
        Severity.WARNING,
        Words("状态“{text}”按“{value}”理解。", "不是下拉列表里的词。", "请从下拉列表中选择。"),
        Words("The status “{text}” was taken as “{value}”.", "It is not one of the list.", "Choose from the list."),
    ),
    Rule(
        "E207",
        Severity.ERROR,
        Words("不认识状态“{text}”。", "状态只能用列表里的词。", "请从下拉列表中选择：{options}。"),
        Words(
            "The status “{text}” is not known.", "A status is one of the list.", "Choose one of the list: {options}."
        ),
    ),
    Rule(
        "E208",
        Severity.ERROR,
        Words(
            "这一行没有数字目标，却填了“{text}”，没有合并。", "“完成值”只用于有数字目标的行。", "请把它写进“进展情况”。"
        ),
        Words(
            "This row has no number target, but “{text}” was filled; it was not merged.",
            "The cell is for rows with a number target.",
            "Write it into the progress cell.",
        ),
    ),
    Rule(
        "E301",
        Severity.WARNING,
        Words("{row}：{cell} 应填未填。", "空报：单元格是空的，或只写了“无”“同上”一类的词。", "请补填。"),
        Words("{row}: {cell} is due and blank.", "It is empty, or holds only a word such as “none”.", "Fill it in."),
    ),
    Rule(
        "E302",
        Severity.WARNING,
        Words(
            "{row}：状态是已完成，但完成值 {value} 未达到目标“{target}”。", "矛盾：两处不一致。", "请核对状态和完成值。"
        ),
        Words(
            "{row}: the status is done, but {value} is short of the target “{target}”.",
            "The two disagree.",
            "Check status and value.",
        ),
    ),
    Rule(
        "E303",
        Severity.WARNING,
        Words(
            "{row}：累计值由 {before} 降为 {now}。",
            "矛盾：累计值不应减少。",
            "请核对；如上期报错，请在进展情况里说明。",
        ),
        Words(
            "{row}: the cumulative value fell from {before} to {now}.",
            "A cumulative value does not fall.",
            "Check it; if the last one was wrong, say so in the progress cell.",
        ),
    ),
    Rule(
        "E304",
        Severity.WARNING,
        Words("{row}：进展情况与上期一字不差。", "陈报：沿用了上期的文字。", "请填写本期进展。"),
        Words(
            "{row}: the progress text is that of the last period.", "It was copied.", "Write this period's progress."
        ),
    ),
    Rule(
        "E305",
        Severity.NOTE,
        Words("{row}：数据待上报。", "待数：单位说明数据还没有出来。", "数据出来后请补报。"),
        Words("{row}: the figure is still to come.", "The office says so.", "Report it when it is there."),
    ),
    Rule(
        "E306",
        Severity.WARNING,
        Words("{row}：表里没有这一行。", "漏报：下发的行被删掉了。", "请补报这一行；退回的表里已补在末尾。"),
        Words(
            "{row}: the row is absent from the return.",
            "It was sent and has been deleted.",
            "Report the row; the workbook sent back has it at its end.",
        ),
    ),
    Rule(
        "E307",
        Severity.WARNING,
        Words("{office} 没有报。", "未报：到目前没有收到可用的表。", "请催报。"),
        Words("{office} has not reported.", "No usable return has come.", "Send a reminder."),
    ),
    Rule(
        "E217",
        Severity.WARNING,
        Words(
            "这一行没有数字目标，填的“{text}”已保留，不计进度。",
            "“完成值”只用于有数字目标的行。",
            "请把它写进“进展情况”。",
        ),
        Words(
            "This row has no number target; “{text}” was kept, but counts for nothing.",
            "The cell is for rows with a number target.",
            "Write it into the progress cell.",
        ),
    ),
)
