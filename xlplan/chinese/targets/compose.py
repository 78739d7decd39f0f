"""A target out of a figure: its wording, indicator, kind, comparator, hedge, scope and due day."""

from __future__ import annotations

import re
from decimal import Decimal

from xlplan.chinese.quantities import scale
from xlplan.chinese.targets.figure import Figure
from xlplan.chinese.targets.kinds import comparator_of, kind_of
from xlplan.chinese.targets.leads import read_lead
from xlplan.chinese.vocabulary import any_of, listed
from xlplan.marks import PAUSES, both
from xlplan.model import Kind, Target

# An indicator that begins so is one of the thing that was spoken of before.
_DEPENDENT = listed(
    """
    占 增长 增速 增幅 同比 强度 较 比上年 年增长 年均 涨幅 下降 降幅 总数 总量 其中 达到 总数达 分别 累计 完成率
    """
)
_ADVERBS = re.compile(any_of("分别为 各 都 分别 共 总计 合计 要 也 应 需 须 再") + "+$|(?<![人年户平月日])均$")
_CHANGED = re.compile(any_of("提高 增长 提升 下降 降低 上升 同比增长 同比下降 增加 减少") + "$")
_THRESHOLD = re.compile(rf"[\d{both('.')}]+[\u4e00-\u9fff]{{1,3}}(?:以上|以下)$")
_EDGES = f"{PAUSES}的\ufffc"


def compose(figure: Figure, year: int | None, before: Target | None) -> Target:
    """The target that the figure states. `before` is the one before it, for a figure that names no indicator."""
    lead = read_lead(figure, year)
    written = figure.passage.written
    thing = written[lead.start : figure.named]
    if not figure.final:
        thing += written[figure.head : figure.quantity.start] if figure.verb_before else ""
        thing += written[figure.tail : figure.right]
    thing = _ADVERBS.sub("", thing.strip(_EDGES)).strip(_EDGES)
    again = not thing and before is not None and before.unit == figure.quantity.unit
    indicator = _indicator(thing, before, again=again)
    comparator = comparator_of(figure)
    kind = kind_of(figure, comparator, indicator, lead.start)
    return Target(
        text=written[lead.start : figure.tail if figure.final else figure.right].strip(PAUSES),
        indicator=indicator,
        kind=before.kind if again and before and kind is not Kind.CEILING else kind,
        comparator=comparator,
        value=figure.quantity.value,
        value_max=figure.quantity.value_max,
        unit=figure.quantity.unit,
        hedge=lead.hedge,
        scope=lead.scope,
        baseline=_base(figure),
        due=lead.due,
    )


def _base(figure: Figure) -> Decimal | None:
    return scale(figure.base.value, figure.base.unit, figure.quantity.unit) if figure.base is not None else None


def _indicator(thing: str, before: Target | None, *, again: bool) -> str:
    """What is measured: the figure's own words, or those before it where they only say how (增长, 占, 达到)."""
    threshold = _THRESHOLD.fullmatch(thing)
    if before is None or (thing and not thing.startswith(_DEPENDENT) and not threshold):
        return thing
    if again:
        return before.indicator
    if threshold:
        return _THRESHOLD.sub("", before.indicator) + thing
    return _ADVERBS.sub("", _CHANGED.sub("", before.indicator)) + thing.removeprefix("其中")
