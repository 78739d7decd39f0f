"""D: findings about reading a plan document."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "D101",
        Severity.ERROR,
        Words("文件里没有文字。", "文件是空的，或只有图片。", "请换用有文字的原件，或先做文字识别。"),
        Words(
            "The document holds no text.",
            "It is empty or only pictures.",
            "Use the original with text, or recognise the text first.",
        ),
    ),
    Rule(
        "D102",
        Severity.ERROR,
        Words(
            "没有找到工作任务。",
            "文中没有编号的事项，也没有任务表。",
            "请检查文件是否为工作要点；也可以直接在 plan.xlsx 里填写任务。",
        ),
        Words(
            "No task was found.",
            "The document has no numbered items and no task table.",
            "Check that it is a work plan; or write the tasks into plan.xlsx yourself.",
        ),
    ),
    Rule(
        "D103",
        Severity.ERROR,
        Words(
            "文件读不出来（{reason}）。",
            "文件不存在、没有读取权限，或已经损坏。",
            "请检查路径，或用原来的软件另存一份再试。",
        ),
        Words(
            "The file could not be read ({reason}).",
            "It is missing, may not be opened, or is damaged.",
            "Check the path, or save it again in the program it came from.",
        ),
    ),
    Rule(
        "D104",
        Severity.ERROR,
        Words(
            "认不出这是什么文件。",
            "内容不是文字，也不是 Word、PDF、网页或表格。",
            "请提供 .docx、.doc、.pdf、.html、.txt 或 .xlsx 格式的文件。",
        ),
        Words(
            "This is not a kind of document that can be read.",
            "Its content is neither text nor Word, PDF, web page or workbook.",
            "Use a .docx, .doc, .pdf, .html, .txt or .xlsx file.",
        ),
    ),
    Rule(
        "D105",
        Severity.ERROR,
        Words("文件设有密码。", "加密的文件无法读取。", "请在 Word 或 WPS 中取消密码后另存一份。"),
        Words(
            "The file is protected by a password.",
            "Encrypted files cannot be read.",
            "Remove the password in Word or WPS and save it again.",
        ),
    ),
    Rule(
        "D106",
        Severity.ERROR,
        Words("文件太大或结构异常（{reason}）。", "读它会耗尽内存或磁盘。", "请另存一份只含计划正文的文件。"),
        Words(
            "The file is too large or oddly built ({reason}).",
            "Reading it would use up memory or disk.",
            "Save a copy that holds only the plan.",
        ),
    ),
    Rule(
        "D107",
        Severity.ERROR,
        Words(
            "读取{kind}文件需要另装软件。",
            "本机没有 LibreOffice，也没有 antiword。",
            "请安装 LibreOffice，或在 Word、WPS 中另存为 .docx。",
        ),
        Words(
            "Reading a {kind} file needs another program.",
            "Neither LibreOffice nor antiword is on this machine.",
            "Install LibreOffice, or save the file as .docx in Word or WPS.",
        ),
    ),
    Rule(
        "D108",
        Severity.WARNING,
        Words(
            "第{pages}页没有文字。",
            "这些页是图片或扫描件。",
            "请对照原件，把其中的任务补进 plan.xlsx，或先做文字识别。",
        ),
        Words(
            "Page {pages} holds no text.",
            "It is a picture or a scan.",
            "Compare with the original and add its tasks to plan.xlsx, or recognise the text first.",
        ),
    ),
    Rule(
        "D109",
        Severity.WARNING,
        Words("有{count}个字符无法辨认。", "文件的编码有误，或中途损坏。", "请对照原件检查带“�”的地方。"),
        Words(
            "{count} characters could not be read.",
            "The file's encoding is wrong, or it was damaged.",
            "Check the places with “�” against the original.",
        ),
    ),
    Rule(
        "D110",
        Severity.WARNING,
        Words("文件太长，只读了前{limit}行（页）。", "文件超过了长度限制。", "请把计划正文单独存成一个文件。"),
        Words(
            "The file is too long; only its first {limit} lines or pages were read.",
            "The file is longer than the limit.",
            "Save the plan as a file of its own.",
        ),
    ),
    Rule(
        "D201",
        Severity.WARNING,
        Words("任务“{task}”没有写明责任单位。", "原文这一项没有责任单位。", "请在 plan.xlsx 的“责任单位”列填写。"),
        Words(
            "Task “{task}” names no owner.", "The document gives none for it.", "Fill in the owner column of plan.xlsx."
        ),
    ),
    Rule(
        "D202",
        Severity.WARNING,
        Words("“{text}”缺少数字。", "原文在复制或转换时丢了数字。", "请对照原件补上。{proposal}"),
        Words(
            "A figure is missing in “{text}”.",
            "It was lost when the document was copied or converted.",
            "Take it from the original. {proposal}",
        ),
    ),
    Rule(
        "D203",
        Severity.NOTE,
        Words(
            "“{heading}”下的{count}项没有列为任务。",
            "从标题看，这一部分讲的是思路、要求或上一年的情况。",
            "若其中有要分解的工作，请在 plan.xlsx 里补上。",
        ),
        Words(
            "The {count} items under “{heading}” were not taken as tasks.",
            "By its heading this part holds thoughts, requirements or last year's results.",
            "If it holds work to assign, add it in plan.xlsx.",
        ),
    ),
    Rule(
        "D301",
        Severity.NOTE,
        Words(
            "“{text}”没有列为目标。",
            "从上下文看，这个数字像是规模、范围或条件，不像要完成的量。",
            "若它是目标，请在 plan.xlsx 的“目标”列补上。",
        ),
        Words(
            "“{text}” was not taken as a target.",
            "By its context the figure is a size, a scope or a condition, not something to achieve.",
            "If it is a target, add it in the target column of plan.xlsx.",
        ),
    ),
    Rule(
        "D302",
        Severity.WARNING,
        Words("“{text}”中的日期不存在。", "原文的月份或日期写错了。", "请对照原件改正完成时限。"),
        Words(
            "“{text}” holds a day that does not exist.",
            "The month or the day is wrong in the document.",
            "Correct the deadline from the original.",
        ),
    ),
    Rule(
        "D401",
        Severity.WARNING,
        Words("“{text}”没有点明具体单位。", "原文用了统称。", "请在 plan.xlsx 的“责任单位”列补上具体单位。"),
        Words(
            "“{text}” names no office.",
            "The document speaks of others in general.",
            "Add the offices that are meant in the owner column of plan.xlsx.",
        ),
    ),
    Rule(
        "D402",
        Severity.WARNING,
        Words(
            "责任单位“{name}”不像一个单位的名称。",
            "原文的写法特殊，或几个单位连在了一起。",
            "请在 plan.xlsx 的“责任单位”列核对。",
        ),
        Words(
            "The owner “{name}” does not look like an office's name.",
            "The document writes it in an unusual way, or several names run together.",
            "Check it in the owner column of plan.xlsx.",
        ),
    ),
    Rule(
        "D403",
        Severity.NOTE,
        Words(
            "“{text}”被当作责任单位。",
            "括号里只有单位名称，没有“责任单位”字样。",
            "若不是责任单位，请在 plan.xlsx 里删去。",
        ),
        Words(
            "“{text}” was taken as the owners.",
            "The bracket holds only offices' names, without a word that says so.",
            "If they are not the owners, delete them in plan.xlsx.",
        ),
    ),
    Rule(
        "D404",
        Severity.WARNING,
        Words("完成时限“{text}”不存在。", "原文的月份或日期写错了。", "请对照原件改正。"),
        Words(
            "The deadline “{text}” does not exist.",
            "The month or the day is wrong in the document.",
            "Correct it from the original.",
        ),
    ),
    Rule(
        "D411",
        Severity.WARNING,
        Words(
            "任务“{task}”的责任单位“{office}”是按职责推荐的，命中：{words}。",
            "原文没有写明责任单位，按名册里的职责推荐。",
            "请在 plan.xlsx 的“责任单位”列核对。",
        ),
        Words(
            "The owner “{office}” of “{task}” is proposed from its duties: {words}.",
            "The document names none; the roster's duties fit.",
            "Check the owner column of plan.xlsx.",
        ),
    ),
    Rule(
        "D211",
        Severity.NOTE,
        Words("标题到哪里结束是推断的。", "原文的标题后面没有标点。", "请核对“工作任务”列。"),
        Words("Where the title ends is a guess.", "The document has no mark behind it.", "Check the task column."),
    ),
    Rule(
        "D212",
        Severity.NOTE,
        Words("这一项与前后事项的分界是推断的。", "原文的序号缺失或连写。", "请对照原文核对。"),
        Words(
            "Where this item begins is a guess.", "Its mark was lost or run together.", "Compare it with the document."
        ),
    ),
    Rule(
        "D213",
        Severity.NOTE,
        Words("基数 {baseline} 取自文中的上年完成情况。", "总量目标要有基数才能算进度。", "请核对“基数”列。"),
        Words(
            "The baseline {baseline} is last year's result as the document states it.",
            "A level needs one.",
            "Check it.",
        ),
    ),
)
