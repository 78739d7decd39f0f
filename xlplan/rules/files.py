"""F: findings about files that came back. These are about a whole file; contents.py is about its cells."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

_RESAVE_ZH = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"
_RESAVE_EN = "Open it in Excel or WPS, save it as .xlsx and send it again."
_RESEND_ZH = "请报送单位重新发送原文件。"
_RESEND_EN = "Ask the office to send the original again."
_ASK_ZH = "请不要打开，与报送单位核实后重新报送。"
_ASK_EN = "Do not open it; check with the office and ask for a new file."
_SHRINK_ZH = "请删去无关的图片、工作表和空行，另存后重新报送；确有需要时可在设置里调高上限。"
_SHRINK_EN = "Remove what does not belong in it and send it again; or raise the limit in the settings if it is needed."

_WHOLE = (
    Rule(
        "F101",
        Severity.ERROR,
        Words(
            "文件有打开密码，读不了。",
            "保存时设置了打开密码，或受单位加密软件保护。",
            "请取消打开密码后重新报送（工作表保护不必取消）。",
        ),
        Words(
            "The file needs a password to open.",
            "It was saved with a password or by encryption software.",
            "Remove the password to open and send it again; sheet protection may stay.",
        ),
    ),
    Rule(
        "F102",
        Severity.ERROR,
        Words("文件已损坏，读不了（{detail}）。", "文件内容不完整或被改动过。", _RESAVE_ZH),
        Words("The file is damaged ({detail}).", "Its content is incomplete or was altered.", _RESAVE_EN),
    ),
    Rule(
        "F103",
        Severity.ERROR,
        Words("文件只有一部分，没有传完。", "下载、复制或发送中断。", _RESEND_ZH),
        Words("Only part of the file is here.", "A download, copy or transfer was cut off.", _RESEND_EN),
    ),
    Rule(
        "F104",
        Severity.ERROR,
        Words("文件是空的（0 字节）。", "保存或传输失败。", _RESEND_ZH),
        Words("The file is empty (0 bytes).", "Saving or sending failed.", _RESEND_EN),
    ),
    Rule(
        "F105",
        Severity.ERROR,
        Words("文件内容全是零，没有数据。", "磁盘或传输出错，只留下了文件大小。", _RESEND_ZH),
        Words("The file holds nothing but zeros.", "A disk or transfer error kept only its size.", _RESEND_EN),
    ),
    Rule(
        "F106",
        Severity.ERROR,
        Words(
            "文件里有不该有的内容（XML 实体声明，在 {member}），已拒绝读取。",
            "正常的表格软件不会写出这种内容。",
            _ASK_ZH,
        ),
        Words(
            "The file was refused: {member} declares XML entities.",
            "No spreadsheet program writes such content.",
            _ASK_EN,
        ),
    ),
    Rule(
        "F107",
        Severity.ERROR,
        Words("文件里有两个同名部分（{member}），已拒绝读取。", "不同软件打开会看到不同内容。", _ASK_ZH),
        Words(
            "The file was refused: it holds {member} twice.", "Different programs would see different content.", _ASK_EN
        ),
    ),
    Rule(
        "F108",
        Severity.ERROR,
        Words("压缩包里有指向文件夹之外的路径（{member}），已拒绝读取。", "这种路径会覆盖其他文件。", _ASK_ZH),
        Words(
            "The file was refused: member {member} points outside its folder.",
            "Such a path would overwrite other files.",
            _ASK_EN,
        ),
    ),
    Rule(
        "F109",
        Severity.ERROR,
        Words("读取这个文件时程序出错（{detail}）。", "文件的写法特殊，程序没有预料到。", _RESAVE_ZH),
        Words("Reading this file failed ({detail}).", "It is written in a way that was not foreseen.", _RESAVE_EN),
    ),
)

_LIMITS = (
    Rule(
        "F111",
        Severity.ERROR,
        Words("文件太大：{found} 字节，上限 {limit} 字节。", "文件超过大小上限。", _SHRINK_ZH),
        Words("The file is too large: {found} bytes, the limit is {limit}.", "It is over the size limit.", _SHRINK_EN),
    ),
    Rule(
        "F112",
        Severity.ERROR,
        Words("文件内部部件太多：{found} 个，上限 {limit} 个。", "文件内部部件超过上限。", _SHRINK_ZH),
        Words("The file has too many members: {found}, the limit is {limit}.", "It is over the limit.", _SHRINK_EN),
    ),
    Rule(
        "F113",
        Severity.ERROR,
        Words("文件解压后太大：超过上限 {limit} 字节。", "文件解压后的大小超过上限。", _SHRINK_ZH),
        Words("Unpacked, the file is over the limit of {limit} bytes.", "It unpacks to too much.", _SHRINK_EN),
    ),
    Rule(
        "F114",
        Severity.ERROR,
        Words(
            "文件压缩比异常：{member} 超过 {limit} 倍。", "一个很小的文件会解压出极多内容，可能是恶意文件。", _ASK_ZH
        ),
        Words(
            "{member} unpacks to more than {limit} times its size.",
            "A very small file unpacks to very much: it may be hostile.",
            _ASK_EN,
        ),
    ),
    Rule(
        "F115",
        Severity.ERROR,
        Words("工作表太多：{found} 张，上限 {limit} 张。", "工作表数量超过上限。", _SHRINK_ZH),
        Words("There are too many sheets: {found}, the limit is {limit}.", "It is over the limit.", _SHRINK_EN),
    ),
    Rule(
        "F116",
        Severity.ERROR,
        Words("填写的单元格太多：超过上限 {limit} 个。", "单元格数量超过上限。", _SHRINK_ZH),
        Words("There are more than {limit} filled cells.", "It is over the limit.", _SHRINK_EN),
    ),
    Rule(
        "F117",
        Severity.ERROR,
        Words("文字太多：超过上限 {limit} 字。", "文字总量超过上限。", _SHRINK_ZH),
        Words("There are more than {limit} characters of text.", "It is over the limit.", _SHRINK_EN),
    ),
    Rule(
        "F118",
        Severity.ERROR,
        Words(
            "压缩包套得太深：{member} 没有拆开。",
            "压缩包里又有压缩包，超过 {limit} 层。",
            "请把表格直接放进一个压缩包重新报送。",
        ),
        Words(
            "{member} was not unpacked: archives are nested too deeply.",
            "An archive inside an archive, over {limit} levels.",
            "Put the workbooks straight into one archive and send it again.",
        ),
    ),
    Rule(
        "F121",
        Severity.ERROR,
        Words("读取这个文件时读取进程意外退出，其余文件不受影响。", "文件的内容让读取程序崩溃。", _RESAVE_ZH),
        Words(
            "The reading process died on this file; the others are not affected.",
            "Its content crashes the reader.",
            _RESAVE_EN,
        ),
    ),
    Rule(
        "F122",
        Severity.ERROR,
        Words("读取超时：超过 {limit} 秒，已停止读取这个文件。", "文件过大，或内容异常。", _SHRINK_ZH),
        Words("Reading was stopped after {limit} seconds.", "The file is too large or out of order.", _SHRINK_EN),
    ),
    Rule(
        "F123",
        Severity.ERROR,
        Words("读取这个文件需要的内存超过上限 {limit} MB，已停止。", "文件过大，或内容异常。", _SHRINK_ZH),
        Words("Reading needs more memory than {limit} MB and was stopped.", "The file is too large.", _SHRINK_EN),
    ),
)

_FORMATS = (
    Rule(
        "F131",
        Severity.ERROR,
        Words(
            "文件扩展名像表格，实际是网页或 XML 文本。", "从业务系统导出的“假 Excel”，或网页另存的文件。", _RESAVE_ZH
        ),
        Words(
            "It is named like a workbook but is a web page or XML text.",
            "An export of some system, or a saved web page.",
            _RESAVE_EN,
        ),
    ),
    Rule(
        "F132",
        Severity.ERROR,
        Words(
            "不是表格文件，而是 {kind} 文件。", "发错了文件，或把表格贴进了其他文档。", "请报送原来的 Excel 填报表。"
        ),
        Words("It is no workbook but a {kind} file.", "The wrong file was sent.", "Send the workbook itself."),
    ),
    Rule(
        "F133",
        Severity.ERROR,
        Words("这种压缩格式（{kind}）不能直接读取。", "只能读取 .zip 压缩包。", "请解压后放入，或改用 .zip 重新报送。"),
        Words(
            "Archives of this kind ({kind}) cannot be read.",
            "Only .zip is read.",
            "Unpack it first, or send it as .zip.",
        ),
    ),
    Rule(
        "F134",
        Severity.ERROR,
        Words("认不出文件格式。", "内容不是任何一种表格格式。", _RESAVE_ZH),
        Words("The format is not known.", "The content is no spreadsheet.", _RESAVE_EN),
    ),
    Rule(
        "F135",
        Severity.NOTE,
        Words("扩展名是 {ending}，内容其实是 {kind} 格式，已按内容读取。", "文件被改过扩展名。", "不需要处理。"),
        Words("It ends in {ending} but is {kind}; it was read as what it is.", "It was renamed.", "Nothing to do."),
    ),
    Rule(
        "F136",
        Severity.WARNING,
        Words("文本编码不明，有 {count} 处读不出的字。", "文件既不是 UTF-8 也不是 GBK。", _RESAVE_ZH),
        Words("{count} characters could not be decoded.", "The text is neither UTF-8 nor GB18030.", _RESAVE_EN),
    ),
    Rule(
        "F137",
        Severity.ERROR,
        Words("这张工作表读不出来（{detail}）。", "文件的这一部分缺失或损坏。", _RESAVE_ZH),
        Words("This sheet cannot be read ({detail}).", "That part of the file is missing or damaged.", _RESAVE_EN),
    ),
    Rule(
        "F138",
        Severity.NOTE,
        Words("文件带有宏，宏没有运行，也不会保留。", "文件里有 VBA 程序。", "不需要处理；请勿在不明文件里启用宏。"),
        Words(
            "The file holds macros; they were neither run nor kept.",
            "It contains a VBA project.",
            "Nothing to do; do not enable macros in files of unknown origin.",
        ),
    ),
)

_INBOX = (
    Rule(
        "F141",
        Severity.NOTE,
        Words(
            "不是填报表，已忽略。",
            "按文件名判断：临时文件、系统文件或说明文件。",
            "不需要处理；如果确实是填报表，请改为 .xlsx 后重新报送。",
        ),
        Words(
            "Ignored: not a workbook.",
            "By its name it is a temporary, system or readme file.",
            "Nothing to do; if it is a return after all, send it as .xlsx.",
        ),
    ),
    Rule(
        "F142",
        Severity.NOTE,
        Words("是链接或特殊文件，没有打开。", "快捷方式、符号链接和设备文件不读取。", "请放入文件本身。"),
        Words("A link or special file was not opened.", "Links are not followed.", "Put the file itself there."),
    ),
    Rule(
        "F143",
        Severity.WARNING,
        Words(
            "文件还在下载或复制，这次没有读取。", "文件名表明它没有传完。", "等传完后再运行一次；若已中断，请重新下载。"
        ),
        Words(
            "The file is still being copied and was left for the next run.",
            "Its name says that it is incomplete.",
            "Run again when it is complete; download it again if it was cut off.",
        ),
    ),
    Rule(
        "F144",
        Severity.ERROR,
        Words(
            "文件打不开（{detail}）。",
            "没有读取权限，或文件被占用、已移走。",
            "请检查权限，关闭占用它的程序后再运行一次。",
        ),
        Words(
            "The file cannot be opened ({detail}).",
            "Permission is missing, or it is in use or gone.",
            "Check the permissions, close the program that holds it and run again.",
        ),
    ),
    Rule(
        "F145",
        Severity.WARNING,
        Words("里面没有表格文件。", "压缩包、邮件或文件夹里没有填报表。", "请确认报送单位是否漏放了附件。"),
        Words(
            "There is no workbook in it.", "The archive, mail or folder holds none.", "Ask whether one was left out."
        ),
    ),
)

RULES: tuple[Rule, ...] = _WHOLE + _LIMITS + _FORMATS + _INBOX
