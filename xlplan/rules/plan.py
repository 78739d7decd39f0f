"""P: findings about the plan workbook and the roster."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "P101",
        Severity.ERROR,
        Words(
            "{file} 里没有任务分解表。",
            "没有一个工作表有“工作任务”和“责任单位”这样的表头。",
            "请恢复表头，或从备份取回文件。",
        ),
        Words(
            "{file} holds no breakdown table.",
            "No sheet has headers such as “工作任务” and “责任单位”.",
            "Restore the header row, or the file from a backup.",
        ),
    ),
    Rule(
        "P102",
        Severity.WARNING,
        Words("缺少“{header}”列。", "这一列被删掉或改了名。", "请把这一列加回来；没有它，相应内容按空白处理。"),
        Words(
            "The column “{header}” is missing.",
            "It was deleted or renamed.",
            "Put the column back; without it its content counts as blank.",
        ),
    ),
    Rule(
        "P103",
        Severity.NOTE,
        Words(
            "表头“{header}”按“{field}”理解。",
            "表头文字与惯用的相近而不相同。",
            "如果理解错了，请改成“{field}”以外的表头。",
        ),
        Words(
            "The header “{header}” is taken as “{field}”.",
            "It is close to the usual wording, not equal.",
            "Rename the header if that is wrong.",
        ),
    ),
    Rule(
        "P201",
        Severity.WARNING,
        Words(
            "编号 {code} 出现了两次，这一行改编为 {new}。",
            "多半是复制了一行。",
            "不用处理；如果原来的编号应当属于这一行，请把两行的编号对调。",
        ),
        Words(
            "The code {code} stands twice; this row becomes {new}.",
            "A row was probably copied.",
            "Nothing to do; swap the two codes if this row is the older one.",
        ),
    ),
    Rule(
        "P202",
        Severity.NOTE,
        Words("新增的行编为 {new}。", "这一行还没有编号。", "不用处理。"),
        Words("The new row gets the code {new}.", "It had none.", "Nothing to do."),
    ),
    Rule(
        "P203",
        Severity.ERROR,
        Words(
            "这一行没有工作任务，没有读入。", "“工作任务”是空的，而这一行有别的内容。", "请补上工作任务，或删掉整行。"
        ),
        Words(
            "This row has no task and was not read.",
            "The task cell is empty while others are filled.",
            "Fill in the task, or delete the row.",
        ),
    ),
    Rule(
        "P204",
        Severity.ERROR,
        Words(
            "责任单位“{office}”不在单位名册里。{hint}",
            "“责任单位”工作表没有这个名称，也没有这个别名。",
            "请改正名称，或把它加进“责任单位”工作表。",
        ),
        Words(
            "The office “{office}” is not on the roster. {hint}",
            "The offices sheet has neither this name nor this alias.",
            "Correct the name, or add it to the offices sheet.",
        ),
    ),
    Rule(
        "P205",
        Severity.WARNING,
        Words("任务“{task}”还没有责任单位。", "“责任单位”是空的。", "请填写；空着的行不会下发。"),
        Words(
            "Task “{task}” has no owner yet.",
            "The owner cell is empty.",
            "Fill it in; rows without an owner are not sent out.",
        ),
    ),
    Rule(
        "P206",
        Severity.ERROR,
        Words("“{text}”不是数字。", "“{header}”列只能填数字。", "请改成数字，单位写在“计量单位”列。"),
        Words(
            "“{text}” is not a number.",
            "The column “{header}” takes numbers only.",
            "Write a number; the unit belongs in the unit column.",
        ),
    ),
    Rule(
        "P207",
        Severity.ERROR,
        Words("“{header}”列不认识“{text}”。", "这一列只能用列表里的词。", "请从下拉列表中选择：{options}。"),
        Words(
            "“{text}” is not known in the column “{header}”.",
            "The column takes the words of its list only.",
            "Choose one of the list: {options}.",
        ),
    ),
    Rule(
        "P208",
        Severity.WARNING,
        Words("完成时限“{text}”看不出是哪一天。", "日期写法不完整，或没有这一天。", "请写成 2019-06-30 这样的日期。"),
        Words(
            "The deadline “{text}” is no date.", "It is incomplete, or there is no such day.", "Write it as 2019-06-30."
        ),
    ),
    Rule(
        "P209",
        Severity.WARNING,
        Words(
            "同一任务 {task} 的文字前后不一致，以第一行的为准。",
            "同一任务的各行应当写同一个工作任务。",
            "请把各行改成一致；如果是另一个任务，请清空这一行的编号。",
        ),
        Words(
            "The rows of task {task} word it differently; the first row counts.",
            "All rows of a task carry the same text.",
            "Make them equal; clear the code if it is another task.",
        ),
    ),
    Rule(
        "P210",
        Severity.WARNING,
        Words(
            "编号“{code}”不是 xlplan 的编号，这一行改编为 {new}。",
            "编号是系统给的，手写的编号无法对应以前的进展。",
            "新增行请把编号留空。",
        ),
        Words(
            "“{code}” is no xlplan code; this row becomes {new}.",
            "Codes are given by the system.",
            "Leave the code of a new row empty.",
        ),
    ),
    Rule(
        "P211",
        Severity.NOTE,
        Words(
            "{count} 行已从任务分解表里去掉：{codes}。",
            "这些行以前下发过。",
            "不用处理；以前的进展仍然保留，可以用 xlplan history 查看。",
        ),
        Words(
            "{count} rows are no longer in the breakdown: {codes}.",
            "They were sent out before.",
            "Nothing to do; their history is kept, see xlplan history.",
        ),
    ),
    Rule(
        "P212",
        Severity.WARNING,
        Words(
            "“{office}”没有成员，不会下发。",
            "它像是一个统称，而名册里没有写明包括哪些单位。",
            "请在“责任单位”工作表的“成员”列写明；如果不是统称，请清空猜测。",
        ),
        Words(
            "“{office}” has no members and gets no form.",
            "It seems to be a collective name whose members the roster does not give.",
            "List its members on the offices sheet.",
        ),
    ),
    Rule(
        "P213",
        Severity.WARNING,
        Words(
            "目标文字“{text}”与目标值 {value} 不一致，以目标值为准。",
            "改了其中一处，另一处没有改。",
            "请把两处改成一致。",
        ),
        Words(
            "The target “{text}” disagrees with the value {value}; the value counts.",
            "One of them was edited, not the other.",
            "Make them agree.",
        ),
    ),
    Rule(
        "P214",
        Severity.ERROR,
        Words(
            "名称“{name}”在单位名册里出现了两次。",
            "两个单位用了同一个名称或别名。",
            "请改掉其中一个；否则分不清是哪个单位。",
        ),
        Words(
            "The name “{name}” stands twice on the roster.", "Two offices share a name or alias.", "Change one of them."
        ),
    ),
    Rule(
        "P215",
        Severity.NOTE,
        Words(
            "“{office}”的成员是猜的：{members}。",
            "文件里只写了统称，成员按科室名称推定。",
            "请在“责任单位”工作表里核对。",
        ),
        Words(
            "The members of “{office}” are a guess: {members}.",
            "The document names only the collective.",
            "Check them on the offices sheet.",
        ),
    ),
    Rule(
        "P216",
        Severity.WARNING,
        Words("“{office}”的成员“{member}”不在名册里。", "“成员”列里的名称没有对应的单位。", "请改正，或把它加进名册。"),
        Words(
            "The member “{member}” of “{office}” is not on the roster.",
            "No office has that name.",
            "Correct it, or add the office.",
        ),
    ),
    Rule(
        "P218",
        Severity.NOTE,
        Words("还没有核对：{note}", "“待核”列里还有内容。", "核对以后把“待核”列清空。"),
        Words(
            "Not reviewed yet: {note}", "The column “待核” still says so.", "Clear that cell when it has been reviewed."
        ),
    ),
    Rule(
        "P219",
        Severity.ERROR,
        Words(
            "这一行写的编号是 {code}，文字“{task}”却是编号 {new} 的；已按文字改为 {new}，以前的进展跟着文字走。",
            "编号被对调、改写，或排序时没有连编号一起排。",
            "请核对这两行；如果这是一项新任务，请改写任务文字。排序时请选中整行。",
        ),
        Words(
            "This row carries the code {code}, but its text “{task}” is that of {new}; it becomes {new} by its text.",
            "Codes were swapped or changed, or the texts were sorted without them.",
            "Check both rows; reword the task if it is a new one. Sort whole rows.",
        ),
    ),
    Rule(
        "P217",
        Severity.ERROR,
        Words(
            "{file} 里没有单位名册。",
            "没有“名称”这样的表头。",
            "名册至少要有“名称”列，还可以有别名、成员、分管领导、联系人、职责。",
        ),
        Words(
            "{file} holds no roster of offices.",
            "No header such as “名称” was found.",
            "A roster needs a name column; aliases, members, leader, contact and duties may follow.",
        ),
    ),
)
