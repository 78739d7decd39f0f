"""What is counted and measured in: the units of plan texts, how they relate, and how to find one after a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from xlplan.chinese.folding import fold
from xlplan.chinese.vocabulary import listed


class Sort(StrEnum):
    """What a unit is for, which decides how a figure in it may be read."""

    COUNT = "count"
    PEOPLE = "people"
    MONEY = "money"
    RATIO = "ratio"
    SIZE = "size"
    TIME = "time"


SCALES = {
    "万亿": Decimal(10**12),
    "亿": Decimal(10**8),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "万": Decimal(10**4),
    "千": Decimal(1000),
    "百": Decimal(100),
}

# A unit of one character is no unit where it begins another word: 10家庭…, 3项目…, 5台账….
_BEGINS_WORD = {
    entry[0]: frozenset(entry[2:])
    for entry in listed(
        """
        个|人体性别 家|庭属具畜长政风 项|目 人|才大民均口力事文类机工社行居 名|单录称优额誉 户|籍外口 位|于置
        台|账湾风阶 本|科地级市县区年月届土领质部局级身着次周季轮单人底职校院 处|室理置级长罚分方于在境
        期|间末望待内盼刊 份|额 页|面岩 路|线网灯面口段况基权演由 场|所地馆景镇内外合 条|例件款线 次|年日序数贷品要
        部|门署分委级长队位落件属 张|家贴 门|诊户店类槛窗前口 点|位 片|区 所|有以在属需 座|谈椅 组|织建成团合长
        班|子主级车 轮|值岗训换 批|准复评示 种|植养子业质 类|别型 只|有要能 头|部盔条 尾|矿气款水 间|隔接 层|面级
        块|链 幅|度 支|持部行撑队出付教农援委书柱 套|餐取路 起|步草到来点 例|会行 枚|举 株|洲 架|构设 栋|梁 床|位
        米|粉易 方|面案式便向法针略位 吨|位 亩|产均 天|然府津气宫空线地下 日|常照均报益程前
        分|局类别级管公院校工布子钟析行之批支期期步为享 度|假夏 元|件素旦器 克|服难 时|间期限段刻代 笔|记试译
        对|接口标象应照外策比 单|位元 队|伍 站|位 员|工 款|项 集|体群团中约聚 课|题程堂 节|点能约日水 升|级学 倍|增
        成|果效立功长员本分都人年都为 级|别 线|上下索路 面|积向对貌临 根|据 区|域 档|案 讲|座话解授评师 担|任当负保
        """
    )
}

_COUNT = listed(
    """
    个 家 户 项 件 篇 期 场 次 台 套 座 条 处 张 本 份 页 路 篇次 门 所 部 批 批次 场次 件次 家次 户次 车次 台次
    辆次 头次 只次 趟次 趟 节次 轮次 期次 架次 条次 项次 例次 频次 班次 套次 课次 班 组 队 支 轮 种 类 款 片 块 间
    栋 幢 层 枚 株 棵 盏 辆 艘 架 册 幅 例 宗 起 笔 单 只 头 羽 尾 口 床 张床位 台套 台件 标段 课 节 集 卷 版 封 面
    根 颗 对 双 档 个点位 个次 桩 列 站 门次 点次 讲 担
    """
)
_PEOPLE = listed(
    """
    人 名 位 人次 员 人年 人日 人天 个人次
    """
)
_MONEY = listed(
    """
    元 美元 欧元 港元 日元 英镑 元人民币 块钱 元钱
    """
)
_RATIO = listed(
    """
    % ‰ 个百分点 个百分比 个点 百分点 成 倍
    """
)
_SIZE = listed(
    """
    亩 公顷 平方公里 平方千米 平方米 平米 ㎡ m² km² 平方 立方米 立方 方 m³ 公里 千米 km 米 厘米 毫米 吨 公斤 千克 克
    斤 毫克 微克 升 毫升 吨标准煤 吨标煤 千瓦 兆瓦 吉瓦 瓦 千瓦时 千瓦小时 度 度电 千伏 千伏安 兆伏安 kW MW GW kV
    kVA MVA kWh MWp MW·h 摄氏度 ℃ 分贝 标箱 TEU 标准箱 分 字 兆 Mbps Gbps GB TB PB EFLOPS PFLOPS P 课时 学时 学分
    延米 延长米 车公里 吨公里 人公里 摊位 箱 袋 瓶 桶 盒 级 毫克/升 标方 蒸吨 艘次 间夜 剂次 标准分 位数 机架 端口
    芯公里 皮长公里 标准机架 亩次 DDDs DDD /10万 /10万人 /万人
    """
)
_TIME = listed(
    """
    小时 分钟 秒 秒钟 天 日 个工作日 工作日 个自然日 个小时 个月 周 个星期 个学时 个课时 岁 周岁
    """
)

# What a unit is in terms of a smaller one.
_FACTORS = {
    unit: (base, factor)
    for unit, base, factor in (
        entry.split("|")
        for entry in listed(
            """
            千米|米|1000 公里|米|1000 km|米|1000 厘米|米|0.01 毫米|米|0.001 延米|米|1 延长米|米|1
            平方公里|平方米|1000000 平方千米|平方米|1000000 km²|平方米|1000000 公顷|平方米|10000 平米|平方米|1
            ㎡|平方米|1 m²|平方米|1 平方|平方米|1 立方|立方米|1 方|立方米|1 m³|立方米|1 吨|克|1000000 公斤|克|1000
            千克|克|1000 斤|克|500 毫克|克|0.001 微克|克|0.000001 千瓦|瓦|1000 兆瓦|瓦|1000000 吉瓦|瓦|1000000000
            kW|瓦|1000 MW|瓦|1000000 GW|瓦|1000000000 千瓦小时|千瓦时|1 度|千瓦时|1 度电|千瓦时|1 kWh|千瓦时|1
            kV|千伏|1 吨标煤|吨标准煤|1 TEU|标箱|1 标准箱|标箱|1 名|人|1 ‰|%|0.1 成|%|10 倍|%|100 个百分比|%|1
            百分点|个百分点|1 个点|个百分点|1 元人民币|元|1 块钱|元|1 元钱|元|1 个小时|分钟|60 小时|分钟|60
            秒钟|秒|1 工作日|个工作日|1 日|天|1 个自然日|天|1 周|天|7 个星期|天|7 个学时|学时|1 个课时|课时|1
            毫升|升|0.001
            """
        )
    )
}


def _sorts() -> dict[str, Sort]:
    lists = (
        (Sort.COUNT, _COUNT),
        (Sort.PEOPLE, _PEOPLE),
        (Sort.MONEY, _MONEY),
        (Sort.RATIO, _RATIO),
        (Sort.SIZE, _SIZE),
        (Sort.TIME, _TIME),
    )
    return {unit: sort for sort, units in lists for unit in units}


_WORDS = _sorts()
SORTS = _WORDS | {"番": Sort.RATIO}

_LENGTHS = sorted({len(unit) for unit in _WORDS}, reverse=True)
_LATIN = frozenset(unit for unit in _WORDS if unit.isascii() and unit.isalpha())
_LATIN_GOES_ON = re.compile("[A-Za-z0-9]")
_OR_MORE = ("以上", "以内", "以下")
_MORE = ("多", "余")
_SOME = frozenset("多余几+")
_PER = re.compile(
    "(?:/[万千百]?(?:人年|人·年|人|户|年|天|日|月|周|小时|时|次|吨|亩|件|元|平方米|立方米|平方公里|公里|千克|升|个|家|位|名|秒|单))*"
)
_BEGINNINGS = _SOME | {unit[0] for unit in (*_WORDS, *SCALES)}


class Measure(NamedTuple):
    """What stands right after a number: a unit, which may begin with a scale, or a scale alone, and where it ends.

    `more` tells that 多, 余, 几 or + stands before it, or 多 or 余 after its scale.
    """

    end: int
    unit: str
    is_scaled: bool
    more: bool


def after(text: str, at: int = 0) -> Measure | None:
    """What a number that ends at this position of a folded text is measured in; None where nothing says so."""
    begins = text[at : at + 1]
    if begins not in _BEGINNINGS:
        return None
    return (_measure(text, at + 1, more=True) if begins in _SOME else None) or _measure(text, at, more=False)


def _measure(text: str, at: int, *, more: bool) -> Measure | None:
    end = _unit_end(text, at)
    if end is not None:
        return Measure(end, text[at:end], is_scaled=False, more=more)
    scale = next((mark for mark in SCALES if text.startswith(mark, at)), None)
    if scale is None:
        return None
    rest = text.startswith(_MORE, at + len(scale))
    start = at + len(scale) + rest
    end = _unit_end(text, start) or start
    return Measure(end, scale + text[start:end], is_scaled=True, more=more or rest)


def _unit_end(text: str, at: int) -> int | None:
    """Where a unit ends that begins here, with what it is counted per (件/万人) and others in brackets: 篇(部、集)."""
    word = _word_end(text, at)
    if word is None:
        return None
    per = _PER.match(text, word)
    end = per.end() if per else word
    other = _word_end(text, end + 1) if text.startswith("(", end) else None
    while other is not None and text.startswith(("、", "/", ","), other):
        other = _word_end(text, other + 1)
    return other + 1 if other is not None and text.startswith(")", other) else end


def _word_end(text: str, at: int) -> int | None:
    """Where the longest unit ends that begins here and does not begin another word."""
    for length in _LENGTHS:
        end = at + length
        word = text[at:end]
        if word not in _WORDS or end > len(text):
            continue
        barred = text[end : end + 1] in _BEGINS_WORD.get(word, ()) and not text.startswith(_OR_MORE, end)
        if not barred and not (word in _LATIN and _LATIN_GOES_ON.match(text, end)):
            return end
    return None


@dataclass(frozen=True)
class Unit:
    """A unit taken apart: `factor` × `base` in small units, e.g. 万元 is 10,000 × 元."""

    factor: Decimal
    base: str
    sort: Sort | None


@lru_cache(maxsize=4096)
def parse(unit: str) -> Unit:
    """A unit as somebody wrote it, taken apart. One that is not known is its own base."""
    name = fold(unit).replace(" ", "").split("(", 1)[0]
    factor = Decimal(1)
    while name not in SORTS:
        scale = next((mark for mark in SCALES if name.startswith(mark)), "")
        if not scale:
            break
        factor, name = factor * SCALES[scale], name.removeprefix(scale)
    base, times = _FACTORS.get(name, (name, "1"))
    return Unit(factor * Decimal(times), base, SORTS.get(name) or SORTS.get(name.split("/", 1)[0]))


def scale(value: Decimal, unit: str, target_unit: str) -> Decimal | None:
    """`value` in `unit` as a value in `target_unit`: 800 万元 is 0.08 亿元. None when they do not measure the same."""
    have, want = parse(unit), parse(target_unit)
    if have.base != want.base:
        return None
    return plain(value * have.factor / want.factor)


def plain(value: Decimal) -> Decimal:
    """The same value without needless zeros or exponent."""
    return Decimal(f"{value.normalize():f}") if value else Decimal(0)


def base_name(unit: str) -> str:
    """A unit without its scale, as written: 万元 → 元, 亿 → nothing."""
    while unit not in SORTS and (mark := next((mark for mark in SCALES if unit.startswith(mark)), "")):
        unit = unit.removeprefix(mark)
    return unit
