"""W: findings about the workspace and its commands."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "W124",
        Severity.ERROR,
        Words(
            "台账 {path} 不见了。",
            "文件被删除或移走了；没有它，收回的表无法核对。",
            "请从备份恢复；没有备份的，请新建工作目录重新下发。",
        ),
        Words(
            "The ledger {path} is gone.",
            "It was deleted or moved; without it no return can be verified.",
            "Restore it from a backup; without one, make a new workspace and send the forms again.",
        ),
    ),
    Rule(
        "W122",
        Severity.ERROR,
        Words("没有第 {run} 次回收，或者已经撤回过。", "回收的次数写错了。", "次数见 xlplan collect 的输出。"),
        Words(
            "There is no collect run {run}, or it was taken back already.",
            "The number is wrong.",
            "The number stands in the output of xlplan collect.",
        ),
    ),
    Rule(
        "W123",
        Severity.ERROR,
        Words("台账里没有 {path} 这个文件。", "它还没有回收过，或者内容已经改动。", "请先用 xlplan collect 回收。"),
        Words(
            "The ledger does not know {path}.", "It was not collected, or has been changed since.", "Collect it first."
        ),
    ),
    Rule(
        "W121",
        Severity.NOTE,
        Words("没有待认领的任务。", "每一项任务都有责任单位。", "不用处理。"),
        Words("No task is open to be claimed.", "Every task has an owner.", "Nothing to do."),
    ),
    Rule(
        "W101",
        Severity.ERROR,
        Words("找不到文件 {path}。", "文件不存在，或名称写错了。", "请检查路径；文件名里有空格时要加引号。"),
        Words(
            "There is no file {path}.",
            "It does not exist or is misspelt.",
            "Check the path; quote names that contain blanks.",
        ),
    ),
    Rule(
        "W102",
        Severity.ERROR,
        Words(
            "{path} 不是 xlplan 的工作目录。",
            "那里没有 xlplan.toml。",
            "请先用 xlplan init 建立，或用 -C 指明工作目录。",
        ),
        Words(
            "{path} is no xlplan workspace.", "It has no xlplan.toml.", "Make one with xlplan init, or name it with -C."
        ),
    ),
    Rule(
        "W103",
        Severity.ERROR,
        Words("“{text}”不是报告期。", "报告期的写法不对。", "请写成 2019、2019-H1、2019-Q2 或 2019-06 这样的报告期。"),
        Words(
            "“{text}” is no period.",
            "It is written another way.",
            "Write a period as 2019, 2019-H1, 2019-Q2 or 2019-06.",
        ),
    ),
    Rule(
        "W104",
        Severity.ERROR,
        Words("{path} 里已经有工作目录。", "那里已经有 xlplan.toml。", "请换一个目录；xlplan 不会覆盖已有的工作。"),
        Words(
            "{path} already holds a workspace.",
            "There is an xlplan.toml.",
            "Choose another folder; xlplan overwrites no work.",
        ),
    ),
    Rule(
        "W105",
        Severity.ERROR,
        Words("设置文件 xlplan.toml 第 {line} 行有错：{detail}。", "TOML 写法不对，或值的类型不对。", "请按说明改正。"),
        Words(
            "xlplan.toml line {line}: {detail}.",
            "The TOML is wrong, or a value has the wrong type.",
            "Correct it as the guide says.",
        ),
    ),
    Rule(
        "W106",
        Severity.ERROR,
        Words(
            "不能写入 {path}：{detail}。",
            "文件正在别的程序里打开，或者没有权限、磁盘已满。",
            "请关闭打开它的程序，或检查权限和磁盘，然后重试。",
        ),
        Words(
            "Cannot write {path}: {detail}.",
            "It is open in another program, or there is no permission or space.",
            "Close it, or check permission and disk, and try again.",
        ),
    ),
    Rule(
        "W107",
        Severity.ERROR,
        Words(
            "任务分解表 {path} 读不出来。", "文件损坏，或不是 Excel 工作簿。", "请从备份取回，或用 Excel 另存为 .xlsx。"
        ),
        Words(
            "The plan workbook {path} cannot be read.",
            "It is damaged or no Excel workbook.",
            "Take it from a backup, or save it as .xlsx in Excel.",
        ),
    ),
    Rule(
        "W108",
        Severity.ERROR,
        Words(
            "没有报告期可用。",
            "还没有下发过填报表，也没有用 --period 指明。",
            "请先运行 xlplan distribute --period …，或加上 --period。",
        ),
        Words(
            "There is no period to work on.",
            "No form was sent yet, and --period was not given.",
            "Run xlplan distribute --period … first, or give --period.",
        ),
    ),
    Rule(
        "W109",
        Severity.WARNING,
        Words(
            "{path} 里没有可以回收的文件。", "文件夹是空的，或只有不相干的文件。", "请把各单位报回的表放进去再运行。"
        ),
        Words(
            "{path} holds nothing to collect.",
            "The folder is empty, or holds other files only.",
            "Put the returned sheets there and run again.",
        ),
    ),
    Rule(
        "W110",
        Severity.ERROR,
        Words("“{text}”不是日期。", "日期的写法不对。", "请写成 2019-06-25 这样的日期。"),
        Words("“{text}” is no date.", "It is written another way.", "Write it as 2019-06-25."),
    ),
    Rule(
        "W111",
        Severity.ERROR,
        Words("没有编号为 {row} 的行。", "任务分解表和台账里都没有它。", "请在任务分解表的“编号”列里查对。"),
        Words(
            "There is no row {row}.",
            "Neither the breakdown nor the ledger knows it.",
            "Look it up in the code column of the breakdown.",
        ),
    ),
    Rule(
        "W112",
        Severity.WARNING,
        Words(
            "{period} 的填报表还没有下发。", "这一期没有下发记录。", "请先运行 xlplan distribute --period {period}。"
        ),
        Words(
            "No form was sent for {period}.",
            "There is no record of it.",
            "Run xlplan distribute --period {period} first.",
        ),
    ),
    Rule(
        "W113",
        Severity.ERROR,
        Words("没有可以下发的行。", "任务分解表里的行都没有责任单位。", "请先在 plan.xlsx 里填写责任单位。"),
        Words(
            "There is nothing to send out.",
            "No row of the breakdown has an owner.",
            "Fill in the owners in plan.xlsx first.",
        ),
    ),
    Rule(
        "W114",
        Severity.ERROR,
        Words(
            "{path} 不是 xlplan 能打开的台账：{detail}。",
            "文件损坏了，或者不是台账。",
            "请从备份恢复（xlplan ledger backup 做的备份就是台账文件，改回原名即可）。",
        ),
        Words(
            "{path} is no ledger that xlplan can open: {detail}.",
            "It is damaged, or something else.",
            "Restore it from a backup: what xlplan ledger backup wrote is a ledger file, to be put in its place.",
        ),
    ),
    Rule(
        "W115",
        Severity.WARNING,
        Words(
            "编号没有写回 {path}。",
            "文件正在别的程序里打开，或是只读的。",
            "请关闭它；编号已记在台账里，下次运行会再写。",
        ),
        Words(
            "The codes could not be written into {path}.",
            "It is open elsewhere or read-only.",
            "Close it; the codes are in the ledger and will be written next time.",
        ),
    ),
    Rule(
        "W116",
        Severity.ERROR,
        Words("另一个 xlplan 正在这个工作目录里运行。", "同一个台账一次只能由一个命令写。", "请等它结束后重试。"),
        Words(
            "Another xlplan is working in this workspace.",
            "One command at a time writes the ledger.",
            "Try again when it has finished.",
        ),
    ),
    Rule(
        "W117",
        Severity.ERROR,
        Words(
            "没有编号为 {code} 的规则。",
            "规则编号由一个字母和三位数字组成，如 P201。",
            "运行 xlplan rules 查看全部规则。",
        ),
        Words(
            "There is no rule {code}.",
            "Rule codes are a letter and three digits, such as P201.",
            "Run xlplan rules for the whole list.",
        ),
    ),
    Rule(
        "W118",
        Severity.ERROR,
        Words(
            "xlplan 遇到了没有料到的错误：{detail}。",
            "这是程序的缺陷，不是您的文件的问题。",
            "已有的数据没有改动。请加上 -v 再运行一次，把输出发给维护者。",
        ),
        Words(
            "xlplan met an error it did not expect: {detail}.",
            "This is a defect of the program, not of your files.",
            "Nothing was changed. Run again with -v and send the output to the maintainers.",
        ),
    ),
    Rule(
        "W119",
        Severity.ERROR,
        Words("不能读取 {path}：{detail}。", "没有权限，或者它不是文件。", "请检查路径和权限。"),
        Words(
            "Cannot read {path}: {detail}.",
            "There is no permission, or it is no file.",
            "Check the path and its permission.",
        ),
    ),
    Rule(
        "W120",
        Severity.ERROR,
        Words("{path} 已经存在。", "xlplan 不会覆盖已有的文件。", "请换一个名称，或先移走它。"),
        Words("{path} exists already.", "xlplan overwrites no work.", "Choose another name, or move it away."),
    ),
    Rule(
        "W800",
        Severity.ERROR,
        Words(
            "集群 {address} 用不了：{detail}。台账没有变。",
            "地址不对、调度程序没有运行、工作机都已离开，或没有安装 xlplan[dask]。",
            "请检查后再运行一次；不加 --scheduler 就在本机读取。",
        ),
        Words(
            "The cluster {address} cannot be used: {detail}. The ledger is unchanged.",
            "The address is wrong, the scheduler is not running, all workers have left, or xlplan[dask] is missing.",
            "Check it and run again; without --scheduler this machine does the reading.",
        ),
    ),
    Rule(
        "W801",
        Severity.ERROR,
        Words(
            "读写不了 {place}：{detail}。",
            "地址或权限不对、存储服务没有应答，或没有安装 xlplan[s3]。",
            "请检查后再运行一次；已经记入台账的不受影响。",
        ),
        Words(
            "Cannot reach {place}: {detail}.",
            "The address or the permission is wrong, the store does not answer, or xlplan[s3] is missing.",
            "Check it and run again; what is in the ledger is not affected.",
        ),
    ),
    Rule(
        "W802",
        Severity.ERROR,
        Words(
            "集群的工作机没有装 xlplan {version}：{detail}。台账没有变。",
            "工作机上没有 xlplan，或者版本和这台电脑上的不同，读出来的结果可能不同。",
            "请在每台工作机上装同一个版本：pip install 'xlplan[dask]=={version}'，然后再运行一次。",
        ),
        Words(
            "Workers of the cluster do not have xlplan {version}: {detail}. The ledger is unchanged.",
            "They have no xlplan, or another version than this machine, which may read otherwise.",
            "Install the same version on every worker (pip install 'xlplan[dask]=={version}') and run again.",
        ),
    ),
)
