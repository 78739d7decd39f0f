"""What sort of target a figure is, and how the actual figure must stand to it."""

from __future__ import annotations

from xlplan.chinese.quantities import Sort
from xlplan.chinese.targets import verbs, words
from xlplan.chinese.targets.figure import Figure
from xlplan.model import Comparator, Kind

_CHANGES = ("番", "倍", "个百分点", "百分点")
_RATES = ("率", "比例", "占比", "比重", "面")
_STATES = ("实现", "达到", "保持", "保障", "确保", "力争", "稳定")
_NEAR = 8
_FAR = 40
_NOT_A_STOCK = ("完成", "实现", "不低于", "不少于", "至少")


def comparator_of(figure: Figure) -> Comparator:
    """How the actual figure must stand to this one. A bare number means at least."""
    quantity, before, after = figure.quantity, figure.before, figure.after
    if quantity.ordinal:
        return Comparator.AT_MOST
    if quantity.value_max is not None:
        return Comparator.RANGE
    if after is Comparator.ABOUT or before is Comparator.ABOUT:
        return Comparator.ABOUT
    if after is Comparator.AT_MOST or figure.is_service_time:
        return Comparator.AT_MOST
    return before or after or Comparator.AT_LEAST


def kind_of(figure: Figure, comparator: Comparator, indicator: str, start: int) -> Kind:
    """The kind of target. `start` is where the indicator's words begin."""
    if figure.quantity.ordinal:
        return Kind.RANK
    if figure.before in (Comparator.AT_MOST, Comparator.LESS) or comparator is Comparator.AT_MOST:
        return Kind.CEILING
    if figure.quantity.sort is Sort.RATIO:
        return _kind_of_ratio(figure, indicator)
    return _kind_of_amount(figure, figure.passage.masked[start : figure.named])


def _kind_of_ratio(figure: Figure, indicator: str) -> Kind:
    if figure.quantity.unit in _CHANGES:
        return Kind.GROWTH
    if indicator.endswith(_RATES) or "占" in indicator[-_NEAR:]:
        return Kind.RATIO
    return Kind.GROWTH if any(word in indicator + figure.lead for word in words.CHANGE) else Kind.RATIO


def _kind_of_amount(figure: Figure, lead: str) -> Kind:
    compared = figure.passage.masked[figure.head : figure.quantity.start]
    reached = figure.before in (Comparator.AT_LEAST, Comparator.MORE) and compared not in _NOT_A_STOCK
    flows = words.FLOW.search(lead)
    if reached and not (flows and flows.start() == 0):
        return Kind.LEVEL
    if flows:
        return Kind.INCREMENT
    if words.STOCK.search(lead):
        return Kind.LEVEL
    if figure.quantity.sort in (Sort.COUNT, Sort.PEOPLE) or figure.action or _begins_with_action(lead):
        return Kind.INCREMENT
    return Kind.LEVEL


def _begins_with_action(lead: str) -> bool:
    """提升改造乡村道路25公里 adds to something; 实现产值300亿元 is a state."""
    return not lead.startswith(_STATES) and any(lead[:length] in verbs.ACTIONS for length in (2, 3, 4))
