"""W7: findings about the ledger as a file or a database."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

_OPENING = (
    Rule(
        "W700",
        Severity.ERROR,
        Words(
            "台账 {path} 所在的网络盘不能可靠地加锁。",
            "两个程序同时写，它不会让其中一个等待，台账会被写坏。",
            "请把工作目录移到本机硬盘；几个人要一起用的，把台账放在 PostgreSQL 里（见说明书“台账”）。",
        ),
        Words(
            "The network drive that holds the ledger {path} cannot be relied on for locks.",
            "It does not make one of two programs wait that write at the same time; the ledger would be damaged.",
            "Move the workspace to a local disk; where several people share it, keep the ledger in PostgreSQL.",
        ),
    ),
    Rule(
        "W701",
        Severity.ERROR,
        Words(
            "台账 {path} 是更新的 xlplan 建立的（第 {version} 版）。",
            "这台电脑上的 xlplan 较旧，看不懂它；台账没有改动。",
            "请升级 xlplan，与同事用同一个版本。",
        ),
        Words(
            "The ledger {path} was made by a newer xlplan (version {version}).",
            "The xlplan on this machine is older and does not understand it; nothing was changed.",
            "Upgrade xlplan to the version that your colleagues use.",
        ),
    ),
    Rule(
        "W702",
        Severity.ERROR,
        Words(
            "台账 {path} 是较旧的 xlplan 建立的（第 {version} 版）。",
            "几个人共用的台账不会自动升级，因为还有人可能用着旧版本。",
            "请先让大家都升级 xlplan，然后运行一次 xlplan ledger migrate。",
        ),
        Words(
            "The ledger {path} was made by an older xlplan (version {version}).",
            "A shared ledger is not brought up to date by itself: others may still use the older version.",
            "Let everybody upgrade xlplan, then run xlplan ledger migrate once.",
        ),
    ),
    Rule(
        "W703",
        Severity.ERROR,
        Words(
            "磁盘满了，台账 {path} 没有写成：{detail}。",
            "磁盘没有剩余空间，或者超过了配额。",
            "台账还是上一次的样子。请腾出空间，然后重新运行同一条命令。",
        ),
        Words(
            "The disk is full: the ledger {path} was not written ({detail}).",
            "There is no space left, or the quota is used up.",
            "The ledger is as it was before. Make room and run the same command again.",
        ),
    ),
    Rule(
        "W704",
        Severity.ERROR,
        Words(
            "台账 {path} 不能写入：{detail}。",
            "文件或它的文件夹是只读的，或者没有权限。",
            "请检查文件和文件夹的权限；从光盘或只读共享打开的，请先复制到本机。",
        ),
        Words(
            "The ledger {path} cannot be written: {detail}.",
            "The file or its folder is read-only, or you have no permission.",
            "Check the permissions of the file and its folder; copy it from a read-only share to your own disk first.",
        ),
    ),
)

_SERVER = (
    Rule(
        "W706",
        Severity.ERROR,
        Words(
            "台账的地址写法不对。",
            "它既不是文件，也不是 PostgreSQL 的地址；也可能是地址里的密码有 @、/、: 这样的字符。",
            "请写成 ledger.db，或 postgresql+psycopg://用户@服务器/数据库?schema=名称；密码写在 PGPASSWORD 里，"
            "一定要写在地址里的，@ 写成 %40，/ 写成 %2F。",
        ),
        Words(
            "The address of the ledger cannot be read.",
            "It is neither a file nor the URL of a PostgreSQL database, or its password has a character like @ or /.",
            "Write ledger.db, or postgresql+psycopg://user@server/database?schema=name; keep the password in "
            "PGPASSWORD, or write %40 for @ and %2F for / in it.",
        ),
    ),
    Rule(
        "W707",
        Severity.ERROR,
        Words(
            "没有安装连接 PostgreSQL 的程序包。",
            "台账在 PostgreSQL 里，而这里只装了 xlplan 的基本部分。",
            "请安装 xlplan[postgres]：pip install 'xlplan[postgres]'。",
        ),
        Words(
            "The driver for PostgreSQL is not installed.",
            "The ledger is in PostgreSQL, and only the basic part of xlplan is installed here.",
            "Install the extra: pip install 'xlplan[postgres]'.",
        ),
    ),
    Rule(
        "W708",
        Severity.ERROR,
        Words(
            "连不上台账所在的服务器 {path}：{detail}。",
            "服务器没有运行、网络断了，或地址不对。",
            "已经记下的都在；没有记完的这一次没有记。请等服务器恢复后重新运行同一条命令。",
        ),
        Words(
            "The server of the ledger {path} cannot be reached: {detail}.",
            "It does not run, the network is down, or the address is wrong.",
            "What was recorded is safe; an unfinished run was not. Run the same command again when it is back.",
        ),
    ),
    Rule(
        "W709",
        Severity.ERROR,
        Words(
            "台账的服务器 {path} 不让进：{detail}。",
            "用户名或密码不对，或者没有权限。",
            "请核对地址里的用户名；密码写在环境变量 PGPASSWORD 或 PGPASSFILE 指明的文件里；"
            "缺少权限（permission denied）的，请服务器管理员给这个用户。",
        ),
        Words(
            "The server of the ledger {path} refuses: {detail}.",
            "The user or password is wrong, or has no right to it.",
            "Check the user in the address; the password belongs in PGPASSWORD or the file that PGPASSFILE names. "
            "Where permission is denied, ask the keeper of the server for it.",
        ),
    ),
    Rule(
        "W710",
        Severity.ERROR,
        Words(
            "服务器上没有 {path} 这个数据库：{detail}。",
            "名称写错了，或者还没有建立。",
            "请服务器管理员用 createdb 建立它。",
        ),
        Words(
            "There is no database {path} on the server: {detail}.",
            "The name is wrong, or it was not made yet.",
            "Ask the keeper of the server to make it with createdb.",
        ),
    ),
    Rule(
        "W711",
        Severity.ERROR,
        Words(
            "数据库 {path} 里还没有台账。",
            "地址里的 schema 写错了，或者还没有把台账放进去。",
            "请用 xlplan ledger copy --from ledger.db 把原来的台账复制进去；新的工作目录用 xlplan init --ledger。",
        ),
        Words(
            "There is no ledger in the database {path} yet.",
            "The schema in the address is wrong, or no ledger was put there.",
            "Copy the present one with xlplan ledger copy --from ledger.db; a new workspace: xlplan init --ledger.",
        ),
    ),
    Rule(
        "W712",
        Severity.ERROR,
        Words(
            "{path} 里已经有台账。",
            "复制和新建都不会覆盖已有的台账。",
            "请换一个文件名，或在地址里换一个 schema。",
        ),
        Words(
            "{path} holds a ledger already.",
            "Neither copying nor making one overwrites a ledger.",
            "Name another file, or another schema in the address.",
        ),
    ),
    Rule(
        "W713",
        Severity.ERROR,
        Words(
            "台账的地址 {path} 里有 PostgreSQL 不认识的写法：{detail}。",
            "“?”后面的参数名或它的值写错了。",
            "请对照 PostgreSQL 的连接参数改正，或删掉这个参数。",
        ),
        Words(
            "The address of the ledger {path} says what PostgreSQL does not know: {detail}.",
            "The name or the value of a parameter behind the question mark is wrong.",
            "Correct it by PostgreSQL's list of connection parameters, or leave it out.",
        ),
    ),
    Rule(
        "W714",
        Severity.ERROR,
        Words(
            "{path} 里有别的程序的表：{tables}。",
            "这些表和台账的表同名，但不是台账。",
            "没有改动它们。请在地址里换一个 schema，例如 ?schema=kjj2019。",
        ),
        Words(
            "In {path} are tables of another program: {tables}.",
            "They have the names of a ledger's tables but are none.",
            "They were not touched. Name another schema in the address, such as ?schema=kjj2019.",
        ),
    ),
)

_CHECKING = (
    Rule(
        "W720",
        Severity.ERROR,
        Words(
            "台账 {path} 有损坏：{detail}。",
            "磁盘有坏块，或者写到一半时被复制、同步软件改动过。",
            "请不要再写入，从备份恢复；没有备份的，请保留这个文件并联系维护者。",
        ),
        Words(
            "The ledger {path} is damaged: {detail}.",
            "The disk has bad blocks, or a synchronising program copied the file while it was written.",
            "Write to it no more and restore it from a backup; without one keep the file and ask the maintainers.",
        ),
    ),
    Rule(
        "W721",
        Severity.ERROR,
        Words(
            "台账的 {table}.{column} 有 {count} 处指向 {parent} 里没有的记录。",
            "有人直接改动过数据库。",
            "请从备份恢复。",
        ),
        Words(
            "In the ledger {table}.{column} refers {count} times to records that {parent} does not have.",
            "Somebody changed the database directly.",
            "Restore it from a backup.",
        ),
    ),
    Rule(
        "W722",
        Severity.ERROR,
        Words(
            "归档里缺少 {path} 的原件（{sha256}）。",
            "archive/ 里的文件被删除或移走了，或者复制工作目录时漏掉了它。",
            "请从备份取回。",
        ),
        Words(
            "The archive lacks the original of {path} ({sha256}).",
            "It was deleted or moved from archive/, or left behind when the workspace was copied.",
            "Take it from a backup.",
        ),
    ),
    Rule(
        "W723",
        Severity.ERROR,
        Words(
            "归档里 {path} 的原件 archive/{file} 被改动过。",
            "它的内容和收到时不一样了。",
            "请从备份取回原件。",
        ),
        Words(
            "The original of {path}, archive/{file}, was changed.",
            "It no longer holds what came back.",
            "Take the original from a backup.",
        ),
    ),
    Rule(
        "W725",
        Severity.ERROR,
        Words(
            "台账的表结构和这一版 xlplan 不一致：{detail}。",
            "有人直接改动过数据库的结构。",
            "请从备份恢复，或请数据库管理员改回。",
        ),
        Words(
            "The ledger's tables are not what this version of xlplan makes: {detail}.",
            "Somebody changed them directly.",
            "Restore a backup, or ask the keeper of the database to undo the change.",
        ),
    ),
    Rule(
        "W726",
        Severity.WARNING,
        Words(
            "台账 {path} 在网络盘上（{kind}）。",
            "本机的锁是可靠的，别的电脑的锁不一定；网络断开时写入会失败。",
            "最好只在一台电脑上写；几个人要同时写的，把台账放在 PostgreSQL 里。",
        ),
        Words(
            "The ledger {path} is on a network drive ({kind}).",
            "Its locks hold on this machine, perhaps not between machines; writing fails when the network does.",
            "Write from one machine only; where several people write, keep the ledger in PostgreSQL.",
        ),
    ),
    Rule(
        "W727",
        Severity.ERROR,
        Words(
            "复制到 {path} 的台账和原来的不一样：{table} 读了 {read} 行，写了 {written} 行。",
            "内容在路上变了，复制没有生效。",
            "请检查磁盘和数据库，然后重试；原来的台账没有改动。",
        ),
        Words(
            "The copy at {path} differs from the ledger: of {table} {read} rows were read and {written} written.",
            "Something changed on the way; the copy was given up.",
            "Check the disk and the database and try again; the ledger itself was not changed.",
        ),
    ),
)

RULES = (*_OPENING, *_SERVER, *_CHECKING)
