"""Whether a figure is a target. Each test names a kind of figure that is none; the first that applies is the reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlplan.chinese.quantities import Quantity, Sort
from xlplan.chinese.targets import verbs, words
from xlplan.chinese.targets.figure import Figure
from xlplan.model import Comparator

_EVERY = re.compile(r"[每各](?!一)")
_VAGUE_UNITS = frozenset("个项条种类大批张套次轮支本份级面笔块单")
_VOLTAGE = re.compile(r"千?伏|k?V")
_PAID = re.compile(r"(?:给予|按|按照|奖励|补贴|补助|扣除|优惠|罚款|税率|利率|贴息|不等)$")
_FROM = re.compile(r"[由从]$|(?:比|较)(?:上年|去年|[0-9]{4}年)的?$")
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
    return figure.quantity.coded or figure.passage.masked[figure.quantity.start - 1 : figure.quantity.start] in (
        "前",
        "第",
    )


def _is_rhetoric(figure: Figure) -> bool:
    """百名科长, 万亩良田; but 突破千亿元 is a figure."""
    if not figure.quantity.bare:
        return False
    return figure.before is None or (figure.before is not Comparator.MORE and len(figure.quantity.unit) < _SCALED_UNIT)


def _is_start(figure: Figure) -> bool:
    return bool(_FROM.search(figure.lead))


def _is_time(figure: Figure) -> bool:
    if figure.quantity.sort is not Sort.TIME:
        return False
    return figure.before in (None, Comparator.ABOUT) or not figure.final or not figure.lead


def _is_small_word(figure: Figure) -> bool:
    """两个维护, 三项制度, 十条措施: small numbers in characters count what is named, if nothing says otherwise."""
    quantity = figure.quantity
    if not _is_small(quantity) or figure.before not in (None, Comparator.MORE) or figure.after:
        return False
    if _EVERY.search(figure.passage.masked, figure.clause.start, figure.quantity.start):
        return not (figure.action or figure.final)
    if quantity.unit in _VAGUE_UNITS:
        return True
    return not figure.action if not figure.final else not _acts(figure)


def _is_small(quantity: Quantity) -> bool:
    counted = quantity.sort in (Sort.COUNT, Sort.PEOPLE) and quantity.unit[:1] not in "万亿"
    return quantity.chinese and counted and quantity.value <= _FEW and quantity.value_max is None


def _is_attribute(figure: Figure) -> bool:
    """总投资5亿元的项目, 2000万元以上企业, 日处理5万吨的厂: sizes that describe a thing."""
    if _VOLTAGE.fullmatch(figure.quantity.unit):
        return True
    if figure.lead.endswith(words.SIZE_OF) and not figure.compared and not figure.follows:
        return True
    if figure.final or figure.quantity.sort is Sort.RATIO:
        return False
    return _describes(figure) if figure.noun.startswith("的") else _is_threshold(figure)


def _describes(figure: Figure) -> bool:
    if figure.quantity.sort is Sort.COUNT:
        return not (figure.action or figure.before)
    return figure.before is None or not figure.last or not _acts(figure)


def _is_threshold(figure: Figure) -> bool:
    quantity, sort = figure.quantity, figure.quantity.sort
    if figure.after and sort in _SIZES and quantity.unit not in ("名", "位"):
        return not (sort is Sort.MONEY and figure.noun.startswith(words.PAYMENTS))
    return sort in (Sort.SIZE, Sort.MONEY) and not figure.last and not figure.before


def _is_ratio_of_terms(figure: Figure) -> bool:
    return figure.quantity.sort is Sort.RATIO and figure.before is None and bool(_PAID.search(figure.lead))


def _exists(figure: Figure) -> bool:
    """全市共有9个乡镇, 覆盖138个村: what is there already, or where work is done."""
    if figure.before is not None or figure.quantity.sort is Sort.RATIO:
        return False
    if figure.lead.endswith(words.EXISTING):
        return True
    if figure.final:
        return figure.lead.endswith(("全市", "全县", "全区", "全省", "涉及", "覆盖", "的"))
    return figure.lead.endswith(words.PREPOSITIONS) and not figure.action


def _is_unled(figure: Figure) -> bool:
    """A count of named things: nothing brings it about."""
    if figure.before is not None or figure.quantity.sort is Sort.RATIO:
        counted = not figure.final and figure.quantity.sort is Sort.COUNT
        return counted and figure.noun.startswith(words.ABSTRACT)
    if figure.follows:
        return False
    return _ends_unled(figure) if figure.final else _begins_unled(figure)


def _ends_unled(figure: Figure) -> bool:
    return len(figure.lead) < _SHORTEST_NOUN and not figure.after and not figure.lead.endswith(tuple(verbs.ACTIONS))


def _begins_unled(figure: Figure) -> bool:
    lead, noun = figure.lead, figure.noun
    if noun.startswith(words.ABSTRACT):
        return True
    collective = bool(words.COLLECTIVE.match(noun))
    if figure.action:
        return collective and figure.action not in verbs.MAKING
    if not lead or lead.endswith(words.HEDGES):
        return figure.quantity.chinese or not any(word in noun for word in words.ACHIEVED)
    return figure.quantity.chinese or collective


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
