"""The words by which plan documents say who does what, and the endings by which an office's name is known.

Repeated groups are bounded and hold no word that is made of two others: one text, one way to read it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from xlplan.chinese.vocabulary import any_of, listed


class Label(StrEnum):
    """What the words after a label are."""

    LEAD = "lead"
    OWNER = "owner"
    SUPPORT = "support"
    PERSON = "person"
    DEADLINE = "deadline"
    OTHER = "other"


_BODY = (
    r" ?(?:责任)? ?(?:"
    + any_of(
        "单位 部门 科室 处室 股室 科股室 站所 股所 机构 主体 县区 县市区 科 处 局 室 股 方 组 (科)室 处(室) 科(股)室"
    )
    + r"|科\((?:股、?)?室\)|科\((?:所|室)、?(?:站|所|队|中心)?\))"
)
_PERSON = (
    any_of("第一 直接 具体 主要 牵头 责任 分管 主管 包保 包抓 挂钩 挂点 联系 督办 市 县 区 局 主抓 带队 班子 科室 单位")
    + "{0,4}?"
    + any_of("领导 负责人 责任人 联系人 局长 市长 县长 区长 专员 牵头人 联络员 负责同志 责任人员 领导及责任人 经办人")
)
_DEADLINE = (
    any_of("计划 预计 拟 工作 任务")
    + "?"
    + any_of("完成 办结 落实 整改 推进 结束 实施 起止")
    + "?"
    + any_of("时限 时间 期限 日期 节点 进度 时间节点 时间进度 进度节点 时间表")
    + any_of("要求 安排")
    + "?"
)
_OTHER = any_of("工作 目标 任务 进度 考核 验收") + any_of("目标 措施 标准 任务 要求 内容 成果 指标 举措")
_LABELS = {
    Label.PERSON: _PERSON,
    Label.DEADLINE: _DEADLINE,
    Label.SUPPORT: "(?:协同)?" + any_of("配合 协办 协同 协助 协作 参与 参加 会办 联办 协调 支持 合作") + f"{_BODY}?",
    Label.LEAD: "[总共]?同?" + any_of("牵头 主办 主责 主体责任 主要责任 第一责任 主抓 领衔 总负责") + f"{_BODY}?",
    Label.OWNER: any_of("工作 任务 项目 组织 监管 行业 属地 直接 具体 共同")
    + "?"
    + any_of("责任 负责 落实 实施 承办 办理 执行 承担 主管 分工")
    + _BODY
    + "|组织(?:实施)?(?:单位|部门)|(?:责任|负责)(?= ?[\\]〕】:])",
    Label.OTHER: f"(?:{_OTHER}|{any_of('备注 督办单位 督查单位 监督单位 考核单位 资金来源 联系电话 电话 数据来源')})",
}


def _spaced(pattern: str) -> str:
    """The pattern, also for letter-spaced words: 责 任 单 位."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ?", pattern)


_ANY = "|".join(f"(?P<{label.value}>{_spaced(pattern)})" for label, pattern in _LABELS.items())
_OPEN, _SHUT = r"[\[〔【(]", r"[\]〕】)]"
# With a colon, or in brackets of its own, or alone before a blank.
LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff0-9A-Za-z])(?P<open>{_OPEN} ?)?(?:{_ANY})"
    rf"(?(open) ?{_SHUT}[ :]*|(?: ?:[ :]*|为(?=[^,。;]*[局委办科室处厅院会])|  +|(?= ?\n)| (?=[\u4e00-\u9fff])))"
)
# Before a name, inside a clause: 牵头市发改委, 责任单位市教育局.
PREFIX_ROLE = re.compile(
    rf"(?:(?P<support>{any_of('配合 协办 协同 协助 参与')}{_BODY}|配合|协办)"
    rf"|(?P<lead>{any_of('牵头 主办 主责')}{_BODY}?)|(?P<owner>{any_of('责任 负责 落实 承办')}{_BODY}|责任))(?=.)"
)
# Anywhere in a list, with its colon: 村镇办责任人:张三.
PERSON_INSIDE = re.compile(_spaced(_PERSON) + " ?:")

# --- roles after a name -----------------------------------------------------------------------------------------------

_LATER = (
    any_of("落实 推进 实施 办理 抓总 抓好 完成 开展 统筹 协调 组织 做好 工作 指导 推动 具体 抓 同步 负责") + "{0,4}"
)
_HOW = any_of("共同 联合 总 具体 分别 统一 直接 全面 为主 积极 密切 协同 各自 做好 按职责") + "{0,2}"
_DUTY = (
    any_of("按 按照 依据 依照 根据 结合")
    + "?"
    + "(?:各自)?"
    + any_of("职责 分工 职能")
    + any_of("职责 分工 范围 职能")
    + "{0,2}"
)
LEAD_ENDING = re.compile(rf"{_HOW}{any_of('牵头 主办 承办 主责 领衔 主抓 负总责 总负责')}{_LATER}$")
SUPPORT_ENDING = re.compile(rf"{_HOW}(?:予以)?{any_of('配合 参与 协办 协助 协同 参加 支持 会办')}{_LATER}$")
SHARED_ENDING = re.compile(
    rf"等?(?:{_DUTY}{_HOW}{any_of('配合 参与')}?{_LATER}|各负其责|{any_of('职责 分工')}{_LATER})$"
)
OWNER_ENDING = re.compile(rf"{_HOW}{any_of('负责 落实 实施 组织实施 承担 办理')}{_LATER}$")
BRACKETED_ROLE = re.compile(
    rf"{_OPEN}(?:(?P<lead>{any_of('牵头 牵头单位 牵头部门 主办 主责 总牵头')})|"
    rf"{any_of('配合 配合单位 协办 协助 参与')}){_SHUT}$"
)
TOGETHER = re.compile(r"会同|商(?=[省市县区])")
_GOES_ON = any_of(
    "负责 落实 推进 实施 组织 办理 抓 完成 开展 统筹 协调 做好 工作 单位 部门 科室 处室 领导 会同 人 指导 ) 〕 】 ]"
)
SPLIT_AFTER_ROLE = re.compile(
    rf"(?<=.牵头|.主办|.主责|.协办)(?!{_GOES_ON}|$)|(?<=.配合|.负责)(?=由)|(?<=.负责)(?!{_GOES_ON}|$)(?=.{{2,40}}?(?:配合|参与|协助|协办)$)"
)

# --- names that are none ----------------------------------------------------------------------------------------------

_OTHERS = any_of(
    "各 有关 相关 市直 县直 区直 省直 国务院 责任 其他 其它 市级 县级 区级 配合 所有 主要 职能 及 业务 牵头 机关"
)
_BODIES = any_of(
    "部门 单位 科室 处室 股室 机构 方面 企业 县市区 县区 成员单位 地区 乡镇 委办局 人员 县(市、区) 职能部门"
)
TAIL = re.compile(rf"等(?:[0-9]{{1,3}}[个家])?{_OTHERS}{{0,4}}{_BODIES}{{0,2}}$")
GENERIC = re.compile(
    rf"(?:[市县区省局委]?{_OTHERS}{{0,3}})?{any_of('有关 相关 其他 其它 责任')}{_OTHERS}{{0,3}}"
    rf"{any_of('部门 单位 科室 处室 股室 方面 人员 企业 机构 委办局')}等?"
)
ONGOING = re.compile(
    any_of(
        """
        长期 持续 常年 全年 常态 常态化 长期坚持 持续推进 持续实施 持续开展 长期推进 常态化推进 常态化开展 按进度
        按时序进度 按序时进度推进 按时间节点推进 按时间节点完成 适时 每月 每季 每季度 贯穿全年 全年推进 即时
        立行立改 全年持续推进 年度
        """
    )
)

# A person with the post before the name.
POST_AND_NAME = re.compile(
    any_of(
        """
        书记 镇长 乡长 县长 区长 市长 局长 主任 主席 委员 部长 科长 股长 院长 校长 站长 所长 处长 经理 总监 工程师
        会计师 政委 队长 巡视员 调研员 董事长 秘书长 组长
        """
    )
    + "[\u4e00-\u9fff]{2,3}$"
)

# Endings of offices' names; the strong ones are enough by themselves.
ENDINGS = listed(
    """
    局 委 办 科 室 处 厅 部 院 中心 公司 政府 会 组 队 站 所 团 社 馆 学校 园 领导 单位 部门 支部 党委 专班 工会
    妇联 残联 银行 支行 分行 联 集团 署 学院 大学 海关 科协 党校 政协 人大 街道 办事处 乡镇 镇 乡 村 社区 县 市 区
    县(市、区) 股 党组 机关 监委 纪委 台 平台 库 场 小学 中学 幼儿园 企业 高校 基地 校 商会 银行机构 各机构 机构 系
    所队 供电 电力 移动 电信 联通 邮政 烟草 税务 气象 水务 燃气 铁塔 成员 班子 职工 党员 干部 全体 同志 老干 人行
    工信 科教 文旅 卫健 人社 住建 交通 水利 农业 公安 民政 司法 财政 教育 审计 统计 商务 发改 厂 矿 铺 店 作协 旗 盟
    州 省 人 员 线 段 行 镇街 街镇 村居 城投 交投 文投 国网 片区 办公 法制 组织 宣传 统战 政法 各地 盐业 消防
    """
)
STRONG = listed(
    """
    局 委 办 科 室 处 厅 部 院 中心 公司 政府 会 组 队 站 所 领导 单位 部门 支部 党委 专班 集团 署 街道 乡镇 园区
    高新区 经开区 区) 委员会 指挥部 县市区 股 校 馆 团 联 机关 党校 大学 学院 银行 纪委 监委
    """
)
