"""M: findings about whose return a file is, and about merging."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "M101",
        Severity.ERROR,
        Words(
            "看不出是哪个单位的表。",
            "没有表样标识，表头、行编号和文件名里也没有单位名称。",
            "请在“填报单位”处写明，或用下发的原表填报。",
        ),
        Words(
            "Whose return this is cannot be told.",
            "There is no stamp, and neither head, row codes nor file name tell.",
            "Fill in the office's name, or use the form that was sent.",
        ),
    ),
    Rule(
        "M102",
        Severity.ERROR,
        Words(
            "看不出是哪一期的表。",
            "没有表样标识，标题和文件名里也没有报告期。",
            "请用 --period 指明，或用下发的原表填报。",
        ),
        Words(
            "The period of this return cannot be told.",
            "There is no stamp, and neither title nor file name tell.",
            "Give --period, or use the form that was sent.",
        ),
    ),
    Rule(
        "M103",
        Severity.NOTE,
        Words(
            "没有表样标识，按{how}认定为“{office}”{period}的表。",
            "内容被粘贴到新文件里，或另存成了别的格式。",
            "请核对。",
        ),
        Words(
            "There is no stamp; by {how} this is the return of “{office}” for {period}.",
            "Values were pasted into a new file, or it was saved in another format.",
            "Check it.",
        ),
    ),
    Rule(
        "M104",
        Severity.WARNING,
        Words(
            "表里写的填报单位“{written}”与表样标识的“{office}”不一致，以标识为准。",
            "可能用了别的单位的表。",
            "请核对是谁填的；“{office}”另外报了没有疑问的表时以那一份为准，要以这份为准请用 collect --prefer。",
        ),
        Words(
            "The head says “{written}”, the stamp “{office}”; the stamp counts.",
            "Another office's form may have been used.",
            "Check who filled it in; another return of “{office}” counts first unless you use collect --prefer.",
        ),
    ),
    Rule(
        "M140",
        Severity.ERROR,
        Words(
            "表样标识是“{office}”的，{signs}却是“{written}”的，没有合并。",
            "可能拿别的单位的表来填报。",
            "请与两个单位核实；确实是“{office}”填报的，用 collect --prefer 指明以它为准，否则请用自己的表重新填报。",
        ),
        Words(
            "The stamp is that of “{office}”, but “{written}” is named ({signs}); it was not merged.",
            "Another office's form may have been used.",
            "Ask both offices; if it is a return of “{office}”, say so with collect --prefer.",
        ),
    ),
    Rule(
        "M141",
        Severity.WARNING,
        Words(
            "文件名是“{written}”的，表是“{office}”的，以表为准。",
            "文件名可能写错，也可能用了别的单位的表。",
            "请核对是谁填的；“{office}”另外报了没有疑问的表时以那一份为准，要以这份为准请用 collect --prefer。",
        ),
        Words(
            "The file's name says “{written}”, the form is that of “{office}”; the form counts.",
            "The file may be misnamed, or another office's form was used.",
            "Check who filled it in; another return of “{office}” counts first unless you use collect --prefer.",
        ),
    ),
    Rule(
        "M105",
        Severity.ERROR,
        Words("表样标识的签名不对。", "标识被改动过，或来自别的工作目录。", "请单位用下发的原表重新填报。"),
        Words(
            "The stamp's signature is wrong.",
            "It was altered, or comes from another workspace.",
            "Ask for a return on the form that was sent.",
        ),
    ),
    Rule(
        "M106",
        Severity.WARNING,
        Words(
            "这是按较早的任务分解表下发的表（第 {edition} 版），最新是第 {latest} 版。",
            "下发后又重新下发过。",
            "已按编号合并；新增的行请补报。",
        ),
        Words(
            "This form is edition {edition}; the latest is {latest}.",
            "A newer form was sent since.",
            "It was merged by row codes; rows added since are still due.",
        ),
    ),
    Rule(
        "M107",
        Severity.WARNING,
        Words("这是 {period} 的表，不是 {wanted} 的。", "报错了期。", "已记入 {period}；请确认是不是发错了文件。"),
        Words(
            "This return is for {period}, not {wanted}.",
            "The wrong period's form was used.",
            "It was recorded under {period}; check that the right file was sent.",
        ),
    ),
    Rule(
        "M108",
        Severity.WARNING,
        Words(
            "{office} 有两份不同的表，分不出先后：{files}。",
            "两份表的版次和时间相同而内容不同。",
            "请用 collect --prefer 指明以哪一份为准。",
        ),
        Words(
            "{office} sent two different returns and neither is newer: {files}.",
            "Edition and time are equal, contents differ.",
            "Settle it with collect --prefer.",
        ),
    ),
    Rule(
        "M110",
        Severity.ERROR,
        Words("文件里没有填报表。", "没有一个工作表有“编号”“工作任务”“进展情况”这样的表头。", "请用下发的原表填报。"),
        Words(
            "The file holds no form.",
            "No sheet has headers such as “Code”, “Task”, “Progress”.",
            "Use the form that was sent.",
        ),
    ),
    Rule(
        "M111",
        Severity.WARNING,
        Words("表头“{header}”按“{field}”理解。", "表头被改过。", "请核对。"),
        Words("The header “{header}” was taken as “{field}”.", "It was renamed.", "Check it."),
    ),
    Rule(
        "M112",
        Severity.ERROR,
        Words("表里没有“{header}”列。", "这一列被删掉或改了名，里面的内容没有合并。", "请单位用下发的原表重新填报。"),
        Words(
            "There is no column “{header}”.",
            "It was deleted or renamed; nothing was merged from it.",
            "Ask for a return on the form that was sent.",
        ),
    ),
    Rule(
        "M113",
        Severity.WARNING,
        Words("名册里没有单位“{office}”。{hint}", "表里写的单位名称认不出来。", "请在“责任单位”工作表里加上别名。"),
        Words(
            "The roster has no office “{office}”. {hint}",
            "The name in the return is not known.",
            "Add it as an alias on the offices sheet.",
        ),
    ),
    Rule(
        "M114",
        Severity.WARNING,
        Words(
            "几个单位报的数不一致：{values}。", "牵头和配合单位对同一目标报了不同的数。", "汇总取牵头单位的数；请核实。"
        ),
        Words(
            "Offices report different figures: {values}.",
            "Lead and supporting offices disagree on one target.",
            "The lead's figure is used; check it.",
        ),
    ),
    Rule(
        "M115",
        Severity.ERROR,
        Words("这份表不是本计划的表。", "标识里的计划与本工作目录的不同。", "请确认文件是不是放错了目录。"),
        Words(
            "This form belongs to another plan.",
            "The plan in its stamp is not this workspace's.",
            "Check that the file is in the right folder.",
        ),
    ),
    Rule(
        "M116",
        Severity.NOTE,
        Words("{period} 没有给“{office}”下发过表。", "该单位这一期没有任务。", "请核对单位和报告期。"),
        Words(
            "No form was sent to “{office}” for {period}.",
            "The office has no rows in this period.",
            "Check office and period.",
        ),
    ),
    Rule(
        "M127",
        Severity.NOTE,
        Words(
            "{office} 的新表里行 {row} 是空的，保留以前填报的内容。",
            "补报时只填了一部分。",
            "如果确实要清空，请在“状态”里选“不适用”。",
        ),
        Words(
            "Row {row} is blank in the newer return of {office}; the earlier answer is kept.",
            "Only some rows were filled again.",
            "To withdraw an answer, choose the status “not applicable”.",
        ),
    ),
    Rule(
        "M129",
        Severity.WARNING,
        Words(
            "表样标识是“{stamped}”的，填报单位和编号都是“{office}”的，按“{office}”合并。",
            "标识可能是从别的单位的表里复制来的。",
            "请与“{office}”核实。",
        ),
        Words(
            "The stamp is that of “{stamped}”, head and row codes are those of “{office}”; it counts as the latter's.",
            "The stamp may have been copied from another office's form.",
            "Check it with “{office}”.",
        ),
    ),
    Rule(
        "M128",
        Severity.WARNING,
        Words(
            "表里没有写是哪一期，按最近下发的 {period} 记入。",
            "没有表样标识，标题和文件名里也没有报告期。",
            "请确认；不是这一期的，用 --period 指明后重新回收。",
        ),
        Words(
            "The return does not say its period; it was recorded under {period}, the newest that was sent.",
            "There is no stamp, and neither title nor file name tell.",
            "Check it; if it is for another period, collect it again with --period.",
        ),
    ),
)
