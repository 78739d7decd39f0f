"""Whether a figure is a target. Each test names a kind of figure that is none; the first that applies is the reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlplan.chinese.quantities import Quantity, Sort
from xlplan.chinese.targets import verbs, words
from xlplan.chinese.targets.figure import Figure
from xlplan.model import Comparator

_SLOGAN = re.compile(r"[0-9一二三四五六七八九十]{1,3}个(?:100%|百分之百|一批|没有|更加|不)")
_SLOGAN_END = re.compile(r"[0-9一二三四五六七八九十]个$")
_NEAR = 3
_FAR = 40
_SORTING_UNITS = frozenset("种类大批")
_PLACES_AND_EVENTS = frozenset("所座家场期处")
_COURSE = re.compile(r"班|讲座|培训|课|专栏|简报|活动|沙龙|论坛|栏目|节目|刊")
_EVERY = re.compile(r"[每各](?!一)")
_DESCRIBED = re.compile(r"[0-9](?:亿|万|元|亿元|万元|亩|吨|公里)+(?:以上)?的$")
_ASSIGNED = re.compile(r"(?:下达|确定|安排|分配|要求|规定|明确)的$")
_THERE = re.compile(
    r"^(?:对|为|实现|确保)?(?:全[市县区省]|辖区内?|我[市县区])?(?:剩余|现有|在册|在用|在建|在校|在编|在职|在管|存量|原有)"
    r"|(?:剩余|现有|在册|在用)$"
)
_WORK = re.compile(
    r"(?:改造|建设|整治|治理|修缮|重组|验收|整改|开发|搬迁|清理|提升|编制|修订|审批|认定|创建)(?:工程|任务|项目|工作)?$"
)
_SERVED = re.compile(
    r"(?:进行|实施|开展|完成|给予)[^,。;]{0,10}?(?:改造|筛查|体检|安装|修缮|加固|培训|轮训|补贴|资助|救助|评估|认定|审计)|提供|发放|免费"
)
_FOR_WHOM = ("对", "为", "向", "帮助")
_VAGUE_UNITS = frozenset("个项条种类大批张套次轮支本份级面笔块单")
_VOLTAGE = re.compile(r"千?伏|k?V")
_PAID = re.compile(r"(?:给予|按|按照|奖励|补贴|补助|扣除|优惠|罚款|税率|利率|贴息|不等)$")
_FROM = re.compile(r"[由从]$|(?:比|较)(?:上年|去年|[0-9]{4}年)的?$")
_AT_LEAST = re.compile(r"以上(?=$|[,、。;)])")
_OVER = ("超", "超过", "过", "破", "上")
_KIND_OF_FIRM = re.compile(r"级|企业|产业|集群|园区|强[县市镇区村]|[强]?村|镇|龙头|项目")
_LENGTHS = ("天数", "日数", "时长", "时数", "小时数", "寿命", "学时", "课时")
_SUPPORTED = frozenset(
    ("支持", "推动", "推进", "指导", "引导", "帮助", "帮扶", "协助", "鼓励", "扶持", "带动", "促进", "助力")
)
_GROUPS = ("户", "人")
_SIZES = (Sort.SIZE, Sort.MONEY, Sort.PEOPLE)
_FEW = 20
_SHORTEST_NOUN = 2
_SCALED_UNIT = 3


def reason_against(figure: Figure) -> str:
    """Why the figure is no target: the name of the test that it fails; empty when it is one."""
    if figure.quantity.ordinal and not _is_code(figure):
        return ""  # a place in a ranking, which only ranks() finds
    return next((name for name, fails in _TESTS if fails(figure)), "")


def _is_code(figure: Figure) -> bool:
    """G50, 3+5+7, 第三届, 六个100%: part of a name or slogan."""
    text, start = figure.passage.masked, figure.quantity.start
    if figure.quantity.coded or text[start - 1 : start] in ("前", "第"):
        return True
    return bool(_SLOGAN.match(text, start) or _SLOGAN_END.search(text, max(0, start - _NEAR), start))


def _is_rhetoric(figure: Figure) -> bool:
    """百名科长, 万亩良田; but 突破千亿元 is a figure."""
    if not figure.quantity.bare:
        return False
    if figure.after and figure.final:
        return False  # 活动百场以上
    return figure.before is None or (figure.before is not Comparator.MORE and len(figure.quantity.unit) < _SCALED_UNIT)


def _is_start(figure: Figure) -> bool:
    """由80%提高到85%, 在去年8%的基础上: where a change starts from."""
    return bool(_FROM.search(figure.lead)) or "基础上" in figure.noun[:_FAR]


def _is_time(figure: Figure) -> bool:
    if figure.quantity.unit == "级":  # 三级医院, 4级以上
        return figure.before is None or not figure.final
    if figure.quantity.sort is not Sort.TIME or figure.is_service_time:
        return False
    if figure.final and figure.after and figure.lead.endswith(_LENGTHS):
        return False  # 开放天数330天以上
    return figure.before in (None, Comparator.ABOUT) or not figure.final or not figure.lead


def _is_small_word(figure: Figure) -> bool:
    """两个维护, 三项制度, 十条措施: small numbers in characters count what is named, if nothing says otherwise."""
    quantity = figure.quantity
    if not _is_small(quantity) or figure.after or not (figure.verb_before or figure.before in (None, Comparator.MORE)):
        return False
    if _EVERY.search(figure.passage.masked, max(figure.clause.start, quantity.start - _FAR), quantity.start):
        return not (figure.action or figure.final)
    if quantity.unit == "期" and not _COURSE.search(figure.lead + figure.noun):
        return True  # 二期工程
    one = quantity.value == 1
    if one and quantity.unit not in _PLACES_AND_EVENTS:
        return True
    if figure.final:
        return quantity.unit in _SORTING_UNITS or not (_acts(figure) or figure.beside)
    return figure.action not in verbs.MAKING if one else quantity.unit in _VAGUE_UNITS or not figure.action


def _is_small(quantity: Quantity) -> bool:
    counted = quantity.sort in (Sort.COUNT, Sort.PEOPLE) and quantity.unit[:1] not in "万亿"
    return quantity.chinese and counted and quantity.value <= _FEW and quantity.value_max is None


def _is_attribute(figure: Figure) -> bool:
    """总投资5亿元的项目, 2000万元以上企业, 日处理5万吨的厂: sizes that describe a thing."""
    if _VOLTAGE.fullmatch(figure.quantity.unit):
        return True
    if figure.lead.endswith(words.SIZE_OF) and not figure.compared and not figure.beside:
        return True
    shared = figure.passage.masked.startswith("占", figure.tail)  # 56人以上占比
    if (
        figure.after
        and figure.quantity.sort in _SIZES
        and (figure.tail == figure.after_it or (shared and not figure.before))
    ):
        return True  # 10亿元以上5个
    if figure.final or figure.quantity.sort is Sort.RATIO:
        return False
    return _describes(figure) if figure.noun.startswith("的") else _is_threshold(figure)


def _describes(figure: Figure) -> bool:
    if figure.quantity.sort is Sort.COUNT:
        return not (figure.action or figure.before)
    return figure.before is None or not figure.last or not _acts(figure)


def _is_threshold(figure: Figure) -> bool:
    quantity, sort = figure.quantity, figure.quantity.sort
    if figure.after and quantity.unit in _GROUPS and words.COLLECTIVE.match(figure.noun) and not figure.action:
        return True  # 20户以上自然村
    if figure.after and sort in _SIZES and quantity.unit not in ("名", "位"):
        return not (sort is Sort.MONEY and figure.noun.startswith(words.PAYMENTS))
    return sort in (Sort.SIZE, Sort.MONEY) and not figure.last and not figure.before


def _is_ratio_of_terms(figure: Figure) -> bool:
    return figure.quantity.sort is Sort.RATIO and figure.before is None and bool(_PAID.search(figure.lead))


def _exists(figure: Figure) -> bool:
    """全市共有9个乡镇, 覆盖126个村, 在用设备3265台: what is there already, or where work is done."""
    reached = figure.lead.endswith("覆盖") and figure.quantity.unit.endswith("人次")
    if figure.before is not None or figure.quantity.sort is Sort.RATIO or reached:
        return False
    if figure.lead.endswith(words.EXISTING) or (_THERE.search(figure.lead) and not figure.after):
        return True
    if figure.final:
        return figure.lead.endswith(("全市", "全县", "全区", "全省", "涉及", "覆盖", "的", "不漏", "不落", "不少"))
    if _is_brought_about(figure):
        return False
    if figure.beside_none and not figure.action:
        return True
    return figure.lead.endswith(words.PREPOSITIONS) and not figure.action


def _is_brought_about(figure: Figure) -> bool:
    """Counts after 对, 为, 等 and 的 that are results: by what is done for them, or how many get there."""
    lead, noun, quantity = figure.lead, figure.noun, figure.quantity
    if quantity.chinese or _is_abstract(figure):
        return False
    if lead.endswith("的"):
        return bool(_ASSIGNED.search(lead)) or (bool(_DESCRIBED.search(lead)) and _acts(figure))
    if lead.endswith("等"):  # 完成甲、乙等5个小区改造, 丙、丁等9个项目开工
        return any(word in noun for word in words.ACHIEVED) or (_acts(figure) and bool(_WORK.search(noun)))
    if lead.endswith("完成对"):
        return True
    served = lead.endswith(_FOR_WHOM) and not words.COLLECTIVE.match(noun) and not _THERE.search(noun)
    return served and bool(_SERVED.search(noun))


def _is_unled(figure: Figure) -> bool:
    """A count of named things: nothing brings it about."""
    if figure.before is not None or figure.quantity.sort is Sort.RATIO:
        return not figure.final and _is_abstract(figure)
    if figure.follows or (not figure.final and _is_brought_about(figure)):
        return False
    return _ends_unled(figure) if figure.final else _begins_unled(figure)


def _ends_unled(figure: Figure) -> bool:
    return len(figure.lead) < _SHORTEST_NOUN and not figure.after and not figure.lead.endswith(tuple(verbs.ACTIONS))


def _begins_unled(figure: Figure) -> bool:
    lead, noun = figure.lead, figure.noun
    if _is_abstract(figure):
        return True
    collective = bool(words.COLLECTIVE.match(noun))
    if figure.action:
        if figure.action in _SUPPORTED and any(word in noun for word in words.ACHIEVED):
            return figure.quantity.chinese  # 支持2个县创建
        return figure.action in verbs.CARRYING_OUT or (collective and figure.action not in verbs.MAKING)
    if figure.quantity.sort in (Sort.SIZE, Sort.MONEY):
        return True
    if not lead or lead.endswith(words.HEDGES):
        return figure.quantity.chinese or not any(word in noun for word in words.ACHIEVED)
    return figure.quantity.chinese or collective


def is_part_of_a_name(text: str, quantity: Quantity) -> bool:
    """百亿级, 亿元GDP, 50亿企业, 超百亿元企业: a size that belongs to the noun after it, wherever it stands."""
    if quantity.coded:
        return False
    compared, start = words.comparator_before(text, quantity.start, max(0, quantity.start - _NEAR))
    of_firm = _KIND_OF_FIRM.match(text, quantity.end) is not None
    if quantity.bare:
        told = compared is not None or _AT_LEAST.match(text, quantity.end)
        return not told or (of_firm and text[start : quantity.start] in _OVER)
    return (
        quantity.unit in ("亿", "亿元", "万元", "亿美元", "万美元")
        and of_firm
        and text[start : quantity.start] in ("", *_OVER)
    )


def _is_abstract(figure: Figure) -> bool:
    return figure.quantity.unit in _VAGUE_UNITS and words.ABSTRACT.match(figure.noun) is not None


def _acts(figure: Figure) -> bool:
    """Whether a verb that brings something about stands anywhere in the lead."""
    lead = figure.lead
    return any(lead[index : index + length] in verbs.ACTIONS for index in range(len(lead)) for length in (2, 3))


_TESTS: tuple[tuple[str, Callable[[Figure], bool]], ...] = (
    ("code", _is_code),
    ("rhetoric", _is_rhetoric),
    ("start", _is_start),
    ("time", _is_time),
    ("small", _is_small_word),
    ("attribute", _is_attribute),
    ("terms", _is_ratio_of_terms),
    ("exists", _exists),
    ("unled", _is_unled),
)
