"""A target out of a figure: its wording, indicator, kind, comparator, hedge, scope and due day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlplan.chinese import dates
from xlplan.chinese.quantities import Sort, scale
from xlplan.chinese.targets import verbs, words
from xlplan.chinese.targets.figure import Figure
from xlplan.chinese.vocabulary import listed
from xlplan.model import Comparator, Kind, Target

_DEPENDENT = listed("占 增长 增速 增幅 同比 强度 较 比上年 年增长 年均 涨幅 下降 降幅 总数 总量 其中 达到 总数达")
_ALWAYS_STRIPPED = frozenset(
    (
        *words.HEDGES,
        *words.SCOPES,
        *listed("同时 其中 并且 以及 且 累计 总计 合计 计划 预计 拟 将 目标是 每年 到年底 至年底"),
    )
)

_CHANGES = ("番", "倍", "个百分点", "百分点")
_STATES = ("实现", "达到", "保持", "保障", "确保", "力争", "稳定")
_NEAR = 8
_FAR = 40
_NOT_A_STOCK = ("完成", "实现", "不低于", "不少于", "至少")


@dataclass(frozen=True)
class Lead:
    """The words before a figure, taken apart: where the indicator begins, and what was said before it."""

    start: int
    hedge: str = ""
    scope: str = ""
    due: date | None = None


def compose(figure: Figure, year: int | None, context: str) -> Target:
    """The target that the figure states. `context` is the indicator before it, for a figure that names none."""
    lead = read_lead(figure, year)
    written = figure.passage.written
    end = figure.tail if figure.final else figure.right
    thing = written[lead.start : figure.named] + ("" if figure.final else written[figure.tail : figure.right])
    indicator = _indicator(thing, context)
    return Target(
        text=written[lead.start : end].strip(",、;:"),
        indicator=indicator,
        kind=_kind(figure, indicator),
        comparator=_comparator(figure),
        value=figure.quantity.value,
        value_max=figure.quantity.value_max,
        unit=figure.quantity.unit,
        hedge=lead.hedge,
        scope=lead.scope,
        baseline=_base(figure),
        due=lead.due,
    )


def read_lead(figure: Figure, year: int | None) -> Lead:
    """What stands before the indicator: 力争, 全市, 2020年底前 and the like."""
    text, position = figure.passage.masked, figure.left
    hedge, scopes, due = "", [], None
    while position < figure.named:
        if text[position] in ",、;:的":
            position += 1
            continue
        if (found := words.DATE_LEAD.match(text, position, figure.named)) and found.end() > position:
            due = due or _due(found.group(), year)
            position = found.end()
            continue
        word = _word_at(text, position, figure.named)
        if not word:
            break
        hedge = word if word in words.HEDGES and not hedge else hedge
        if word in words.SCOPES:
            scopes.append(word)
        position += len(word)
    return Lead(position, hedge, "".join(dict.fromkeys(scopes)), due)


def _word_at(text: str, position: int, end: int) -> str:
    word = next((word for word in words.STRIP if text.startswith(word, position) and position + len(word) <= end), "")
    after = position + len(word)
    if not word or after == end:
        return word if word in ("力争", "确保", "全市", "全县", "全区", "全省", "全年") else ""
    if word == "争取" or word not in _ALWAYS_STRIPPED:
        follows = text[after : after + 2]
        return (
            word
            if follows in verbs.ACTIONS or any(text.startswith(other, after) for other in words.HEDGES + words.SCOPES)
            else ""
        )
    return word


def _base(figure: Figure) -> Decimal | None:
    return scale(figure.base.value, figure.base.unit, figure.quantity.unit) if figure.base is not None else None


def _due(phrase: str, year: int | None) -> date | None:
    reading = dates.find_date(phrase, year)
    return reading.day if reading else None


def _indicator(thing: str, context: str) -> str:
    thing = thing.strip(",、;:的\ufffc")
    if not thing or thing.startswith(_DEPENDENT):
        return context + thing.removeprefix("其中")
    return thing


def _comparator(figure: Figure) -> Comparator:
    quantity, before, after = figure.quantity, figure.before, figure.after
    if quantity.ordinal:
        return Comparator.AT_MOST
    if quantity.value_max is not None:
        return Comparator.RANGE
    if after is Comparator.ABOUT or before is Comparator.ABOUT:
        return Comparator.ABOUT
    if after is Comparator.AT_MOST:
        return after
    return before or after or Comparator.AT_LEAST


def _kind(figure: Figure, indicator: str) -> Kind:
    if figure.quantity.ordinal:
        return Kind.RANK
    if figure.before in (Comparator.AT_MOST, Comparator.LESS) or figure.after is Comparator.AT_MOST:
        return Kind.CEILING
    if figure.quantity.sort is Sort.RATIO:
        return _kind_of_ratio(figure, indicator)
    return _kind_of_amount(figure)


def _kind_of_ratio(figure: Figure, indicator: str) -> Kind:
    changed = any(word in indicator + figure.lead for word in words.CHANGE)
    if figure.quantity.unit in _CHANGES or (changed and "占" not in indicator[-_NEAR:]):
        return Kind.GROWTH
    return Kind.RATIO


def _kind_of_amount(figure: Figure) -> Kind:
    compared = figure.passage.masked[figure.head : figure.quantity.start]
    reached = figure.before in (Comparator.AT_LEAST, Comparator.MORE) and compared not in _NOT_A_STOCK
    if reached and not words.FLOW.match(figure.lead[-_FAR:]):
        return Kind.LEVEL
    if words.FLOW.search(figure.lead):
        return Kind.INCREMENT
    if any(word in figure.lead for word in words.STOCK):
        return Kind.LEVEL
    if figure.quantity.sort in (Sort.COUNT, Sort.PEOPLE) or figure.action:
        return Kind.INCREMENT
    return Kind.INCREMENT if _begins_with_action(figure) else Kind.LEVEL


def _begins_with_action(figure: Figure) -> bool:
    """提升改造乡村道路25公里 adds to something; 实现产值300亿元 is a state."""
    lead = figure.passage.masked[read_lead(figure, None).start : figure.named]
    return not lead.startswith(_STATES) and any(lead[:length] in verbs.ACTIONS for length in (2, 3, 4))
