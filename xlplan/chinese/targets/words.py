"""The words around figures in plan texts, by what they tell: how to compare, what leads in, what merely exists."""

from __future__ import annotations

import re

from xlplan.chinese.vocabulary import any_of, listed
from xlplan.model import Comparator

# --- how the actual figure must stand to the figure -------------------------------------------------------------------

_BEFORE = {
    Comparator.AT_LEAST: """
        不低于 不少于 不小于 不得低于 不得少于 不下于 不下 至少 最少 最低 起码 达到 达至 达 保持在 稳定在 维持在
        巩固在 保持 稳定 提高到 提高至 提升到 提升至 增加到 增加至 扩大到 扩大至 上升到 上升至 增长到 增长至
        增至 升至 提至 增到 扩至 恢复到 恢复至 拓展到 扩展到 力争到 完成 实现 不低於 ≥ ≧ >=
    """,
    Comparator.MORE: """
        超过 突破 大于 高于 多于 超出 跨过 跃上 超 破 优于 冲刺 >
    """,
    Comparator.AT_MOST: """
        不超过 不得超过 不高于 不得高于 不多于 不大于 不突破 控制在 控制到 压缩到 压缩至 压减到 压减至 压降到
        压降至 缩短到 缩短至 缩短为 压缩为 下降到 下降至 降低到 降低至 降至 降到 减少到 减少至 缩减到 缩减至
        减至 限制在 限定在 至多 最多 最长 最高 最大 ≤ ≦ <=
    """,
    Comparator.LESS: """
        低于 少于 小于 不足 不到 <
    """,
    Comparator.ABOUT: """
        约 大约 约为 将近 近 接近 大致 ≈
    """,
    Comparator.EQUAL: """
        等于
    """,
}
_AFTER = {
    Comparator.AT_LEAST: "及以上 以上 之上 起",
    Comparator.AT_MOST: "及以内 以内 以下 及以下 之内 内",
    Comparator.ABOUT: "左右 上下",
}
# A comparing word of one character that ends another word: 签约10个, 侦破12起, 传达3次.
_OTHER_WORDS = {
    "约": "签节预合契公集履违续解失条",
    "破": "侦告爆打攻查",
    "达": "到传送下抵表转通直",
    "近": "临附靠新邻",
}
# 内 begins another word: 内容, 内部.
_INNER = "容部外控设涵河陆"


def _pairs(table: dict[Comparator, str]) -> dict[str, Comparator]:
    return {word: comparator for comparator, words in table.items() for word in listed(words)}


BEFORE = _pairs(_BEFORE)
AFTER = _pairs(_AFTER)
_LONGEST_BEFORE = max(map(len, BEFORE))


def comparator_before(text: str, end: int, start: int) -> tuple[Comparator | None, int]:
    """The comparing words that end at `end`, and where they begin. The longest reading counts: 不超过 before 超过."""
    for length in range(min(_LONGEST_BEFORE, end - start), 0, -1):
        word = text[end - length : end]
        if word in BEFORE and (text[end - length - 1 : end - length] or " ") not in _OTHER_WORDS.get(word, ""):
            return BEFORE[word], end - length
    return None, end


def comparator_after(text: str, start: int, end: int) -> tuple[Comparator | None, int]:
    """The comparing word that begins at `start`, and where it ends."""
    for length in (3, 2, 1):
        word = text[start : start + length]
        if len(word) == length and start + length <= end and word in AFTER:
            begins_word = word == "内" and text[start + 1 : start + 2] in _INNER
            return (None, start) if begins_word and start + 1 < end else (AFTER[word], start + length)
    return None, start


# --- what leads in ----------------------------------------------------------------------------------------------------

HEDGES = listed(
    """
    力争 确保 争取 力求 务求 务必 保证 努力 争 奋力 全力 积极争取 力促 力保 必须
"""
)
SCOPES = listed(
    """
    全市 全县 全区 全省 全州 全旗 全国 全镇 全乡 全街道 全局 全系统 全年 全域 本市 本县 本区 我市 我县
    我区 市本级 县本级 区本级 年内 年度 当年 本年 今年 本年度
    每月 每季 每季度 每半年 每年 每周 每学期 每两月 每双月
"""
)
LEADS = listed(
    """
    同时 其中 并且 并 且 以及 和 及 与 或 进一步 继续 积极 大力 认真 扎实 深入 持续 切实 全面 全力 着力 加快 加大
    加强 重点 计划 预计 拟 将 要 再 共 累计 总计 合计 分别 预期 目标是 目标为 也 应 需 各 均 都 已 是 对 到 在 使 让
    把 确定 规定 到年底 至年底
"""
)
STRIP = sorted({*HEDGES, *SCOPES, *LEADS}, key=lambda word: -len(word))
_DAY = r"[0-9]{1,2}日|底|末|初|中旬|上旬|下旬|份"
_MONTH = rf"[0-9]{{1,2}}月(?:{_DAY})?"
_OF_YEAR = rf"(?:{_MONTH}|年底|年末|年中|上半年|下半年|第?[一二三四1-4]季度(?:末|底)?)"
DATE_LEAD = re.compile(
    rf"[到至在于从]?(?:(?:[0-9]{{4}}年|今年|本年)度?(?:{_OF_YEAR}|底|末|内)?|{_OF_YEAR}|年内)(?:之?前|以前|内)?|十[三四五六七]五(?:时期)?末"
)

# --- what is done -----------------------------------------------------------------------------------------------------

# Words that say that a noun-first figure is a stock, a flow or a rate of change.
STOCK = re.compile(
    any_of("总数 总量 总额 总规模 保有量 数量 存量 规模 累计 拥有量 总人数 个数 家数 户数 人数 达到 达 突破 超过")
)
FLOW = re.compile("^新(?!型|能源|材料|兴|农|时代|区)|" + any_of("新增 净增 新建 增加 增设 新培育 新认定 新引进"))
CHANGE = listed(
    """
    增长 增速 增幅 涨幅 递增 下降 降幅 降低 减少 提高 提升 上升 增加 同比 压减 压降 下浮 上浮 递减 回落 缩短 增
"""
)

# --- what is not a target ---------------------------------------------------------------------------------------------

# Right before a figure: it says where or with whom, or that the things are there already.
EXISTING = listed(
    """
    现有 共有 已有 拥有 设有 下辖 辖有 辖 涉及 原有 共计有 有 存有 含 包含 包括 下设 分为 共 目前 占地 占地面积 全长
    总长 海拔
"""
)
PREPOSITIONS = listed(
    """
    围绕 对 在 向 从 以 由 将 把 与 和 及 等 的 覆盖 全市 全县 全区 全省 全国 全州 全旗 全镇 全局 本 这 该 上述 以下
    下列 其他 其它 其余 聚焦 依托 针对 结合 按照 根据 联合 会同 统筹 所有 辖区 近 过去 未来 今后 每 除 除了 于 至 给
    被 由于 因 紧扣 瞄准 锚定 对标 对照 坚持 秉持 树牢 增强 坚定 做到 牢记 贯彻 践行 遵循 突出 强化 严格 严守 严禁
    克服 我市 我县 我区 作为 通过 协调 协同 立足 面向 服务 靠 用 凭 为 中 内 里 上 下 同 跟 经 经过 连续 凡 逐步 分
    称为 列为 成为 是 有关 相关 关于
"""
)

# Right after a figure: nouns that are never counted as results, and those that are only after a verb that makes them.
ABSTRACT = re.compile(
    any_of("重点 关键 主要 核心 重要 突出 薄弱")
    + "?"
    + any_of(
        """
        方面 环节 领域 指标 维度 原则 要素 阶段 层面 意识 自信 维护 确立 坚持 必须 务必 能力 关键 抓手 突破口 短板
        转变 统一 认同 层次 方向 角度 步骤 准则 纪律 精神 理念 思想 作风 责任 关系 要求 特点 优势 大局 文明
        体制 到位 不 结合 更 带头 必 严禁 革命 对照 全覆盖 一批 行业 导向 转型 融合 同步
        """
    )
    + "|"
    + any_of("板块 重点 主题 专题 特色 核心 主体 保障 支撑 提升 强化 优化 聚焦 关键")
    + r"(?=$|[,、。;!])"
)
_KINDS = {
    "产业": "园 基地 项目 联盟 集群 学院 研究 技术 化 带头",
    "社区": "服务 食堂 卫生 养老 图书 中心 公园 活动 工厂",
    "工程": "技术 研究 师 实验",
    "规范": "化",
    "标准": "化 地",
    "工作": "室 站 坊",
}
_PLACE = (
    any_of("县 市 区 镇 乡 村") + "(?!" + any_of("级 场 民 政 外 内 直 属 值 容 域 办 史 志 医 校 卫 道 公路") + ")"
)
COLLECTIVE = re.compile(
    any_of(
        """
        部门 单位 科室 处室 股室 主导产业 支柱产业 特色产业 街道 行政村 贫困村 自然村 园区 地区 片区 行动 机制 体系
        制度 措施 举措 办法 目标 任务 系统 文件 方案 计划 规划 县市区 成员 党支部 专班 小组 大类 问题 清单 规定 意见
        """
    )
    + "|"
    + _PLACE
    + "|"
    + "|".join(f"{noun}(?!{any_of(longer)})" for noun, longer in _KINDS.items())
)
# Done within a clause that begins with the count: 30个项目开工.
ACHIEVED = listed(
    """
    开工 竣工 投产 建成 完工 达到 达标 通过 实现 上市 启动 投入 投用 创建 验收 入选 获 完成 落地 挂牌 签约 入库 通车
    脱贫 摘帽 入驻 开业 参加 备案 上线 运行 运营 通水 通气 通电 开通 认定 出列 入规 上规 达产 进入 交付 股改 整改 销号
"""
)

# Thresholds and sizes that describe a thing: 总投资5亿元的项目.
SIZE_OF = listed(
    """
    总投资 概算投资 概算 占地 占地面积 全长 总长 建筑面积 总建筑面积 注册资本 注册资金 单价 限额 年产 日产 日处理
    年处理 投资额 单笔 单体
"""
)
PAYMENTS = listed(
    """
    资金 经费 贷款 投资 融资 支持 补助 补贴 收入 税收 销售 产值 奖 债券 授信 信贷 外资 内资 引资 项目资金 专项
"""
)
