"""W600 to W629: findings about light rules and lights set by hand."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "W601",
        Severity.ERROR,
        Words("亮灯规则不是正确的 TOML：{detail}", "引号、括号或等号不配对，或者同一项写了两次。", "请改正这一行。"),
        Words(
            "The light rule is no valid TOML: {detail}",
            "A quote, bracket or equals sign is missing, or a key stands twice.",
            "Mend this line.",
        ),
    ),
    Rule(
        "W602",
        Severity.ERROR,
        Words("亮灯规则没有“{key}”这一项。", "拼写有误，或写错了位置。", "可以写的是：{near}。"),
        Words("A light rule has no key “{key}”.", "It is misspelt or in the wrong place.", "Possible here: {near}."),
    ),
    Rule(
        "W603",
        Severity.ERROR,
        Words("亮灯规则中“{key}”的值不对，应为：{wanted}。", "值的类型或范围不对。", "请按要求改写。"),
        Words(
            "The value of “{key}” in the light rule must be: {wanted}.",
            "It is of another kind or out of range.",
            "Write such a value.",
        ),
    ),
    Rule(
        "W604",
        Severity.ERROR,
        Words(
            "“{key}”里没有“{name}”可选。",
            "预设、颜色或灯的名字拼写有误，或这条规则没有这种灯。",
            "可以写的是：{near}。",
        ),
        Words(
            "“{name}” is no choice for “{key}”.",
            "The name of a preset, colour or light is misspelt, or the rule has no such light.",
            "Possible here: {near}.",
        ),
    ),
    Rule(
        "W605",
        Severity.ERROR,
        Words(
            "亮灯规则中 {color} 出现两次（{key}）。",
            "每种颜色只能有一个灯。",
            "请换一种颜色，或合并为一个灯，when 写成列表。",
        ),
        Words(
            "The light rule has {color} twice ({key}).",
            "There is one light for each colour.",
            "Take another colour, or make them one light with a list of conditions in when.",
        ),
    ),
    Rule(
        "W606",
        Severity.ERROR,
        Words(
            "“{key}”中应有且只有一个灯不写 when。",
            "其他条件都不满足时亮这个灯，通常是绿灯。",
            "请只让一个灯不写 when。",
        ),
        Words(
            "Exactly one light of “{key}” must have no when.",
            "It is lit when no condition holds; usually it is green.",
            "Leave out when in one light only.",
        ),
    ),
    Rule(
        "W607",
        Severity.ERROR,
        Words(
            "“{key}”里要写明 {case}：规则没有 {color} 这种灯。",
            "没有写的情形按默认规则亮灯，而这条规则里没有那种灯。",
            '请在 [lights.cases] 里加一行，如 {case} = "green"。',
        ),
        Words(
            "“{key}” must name {case}: the rule has no light {color}.",
            "A case that is not named has the light of the default rule, which this rule lacks.",
            'Add a line to [lights.cases], such as {case} = "green".',
        ),
    ),
    Rule(
        "W610",
        Severity.ERROR,
        Words(
            "计划里没有编号为 {row} 的行。", "编号写错了，或这一行已经删除。", "编号见任务分解表“编号”一列，如 {near}。"
        ),
        Words(
            "The plan has no row {row}.",
            "The code is misspelt, or the row was deleted.",
            "Codes stand in the breakdown's first column, such as {near}.",
        ),
    ),
    Rule(
        "W611",
        Severity.ERROR,
        Words("没有“{word}”这种灯。", "不是现行亮灯规则里的灯。", "可以写的是：{words}。"),
        Words("There is no light “{word}”.", "The rule in force has none of that name.", "Possible: {words}."),
    ),
    Rule(
        "W612",
        Severity.ERROR,
        Words(
            "{office} 不负责 {row} 这一行。",
            "单位名称写错了，或这一行由别的单位负责。",
            "这一行的责任单位：{offices}。",
        ),
        Words(
            "{office} does not answer for the row {row}.",
            "The office is misspelt, or others own the row.",
            "The row's offices: {offices}.",
        ),
    ),
    Rule(
        "W613",
        Severity.ERROR,
        Words("{row} 在 {period} 没有人工定的灯。", "没有定过，或已经取消。", "不用处理；报告期用 --period 指定。"),
        Words(
            "No light of the row {row} was set by hand for {period}.",
            "None was set, or it was taken back.",
            "Nothing to do; name another period with --period.",
        ),
    ),
    Rule(
        "W614",
        Severity.ERROR,
        Words(
            "人工定灯要写明理由和经办人。",
            "以后查起来要知道是谁、为什么改的。",
            '请加上 --why "理由" --by 姓名。',
        ),
        Words(
            "A light set by hand needs a reason and a name.",
            "Later one must be able to tell who changed it, and why.",
            'Add --why "the reason" --by NAME.',
        ),
    ),
)
