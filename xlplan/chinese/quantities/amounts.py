"""One cell's number: read as it was typed, in the unit of the target, and never more certain than it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xlplan.chinese import numerals
from xlplan.chinese.folding import fold
from xlplan.chinese.quantities import units
from xlplan.chinese.quantities.scan import Quantity, scan
from xlplan.chinese.vocabulary import any_of
from xlplan.model import Amount, Sure

_new = tuple.__new__  # a named tuple's own call takes twice as long, and every file has dozens of numbers
_LONGEST = 2000
_DIGITS = 15
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*[1-9])?")
_NUMBER = re.compile(r"(?P<sign>[-+])?(?P<number>[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)")
_ROUGH = re.compile(
    r"^(?:预计|预估|估计|暂计|大?约为?|近|将近|接近|超过?|突破|不足|不到|达到|达|已达|完成|已完成|共|累计|≈|>=?|<=?|≥|≤|大于|小于)|(?:左右|上下|以上|以下|多|余|\+)$"
)
_EXACT_WORDS = frozenset(("达到", "达", "已达", "完成", "已完成", "共", "累计"))
_HALVES = {"过半": 50, "一半": 50, "半数": 50, "近半": 50, "大半": 50, "超半数": 50, "超过一半": 50, "过半数": 50}
_PLACES = ("位", "名")
_TENTHS = re.compile(r"([一二两三四五六七八九1-9])成([一二三四五六七八九半1-9])")
_VAGUE = re.compile(r"[几数若好][十百千万亿个家项]|上[百千万]|[十百千万]几")
_FALL = any_of("下降 降低 减少 下滑 回落 负增长 压减 压降 缩减 降幅 降幅为 减 降 跌")
_RISE = any_of("增长 上升 提高 提升 增加 回升 反弹 增幅 涨幅 增 涨 升")
_BETWEEN = "[了约近达为]{0,2}(?=[0-9])"
_FALLS = re.compile(f"{_FALL}{_BETWEEN}|(?:同比|环比|增速|增幅|增长)[为达]?-(?=[0-9])")
_DIGITS_AHEAD = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_RISES = re.compile(f"(?<!负){_RISE}{_BETWEEN}")
_FALLING = re.compile(_FALL + "(?!率)")
_COMPARED = re.compile(any_of("高于 低于 快于 慢于 高出 低 高 快 领先 落后 好于 优于") + "[^0-9,。;]{0,12}(?=[0-9])")
_COLLOQUIAL = re.compile("(?<=[0-9一二两三四五六七八九十])个(?=[多余]?亿(?![元级]))")
_DATE = re.compile(
    r"[12][0-9]{3}[-./][0-9]{1,2}[-./][0-9]{1,2}|[12][0-9]{3}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?度?"
    r"|[0-9]{1,2}月(?:[0-9]{1,2}日|底|末|初|上旬|中旬|下旬|份)?|[12][0-9]{3}-[01]?[0-9](?![0-9])"
    r"|[0-9]{1,2}[:时点][0-9]{2}(?::[0-9]{2})?|第[一二三四1-4]季度|〔[0-9]{4}〕[0-9]{0,6}号?"
)
_NOT_OURS = re.compile(
    r"[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]|[0-9]_[0-9]|(?i:nan|inf)|[0-9][eE][-+]?[0-9]|[0-9] +[0-9]|[0-9]/[0-9]"
    r"|[0-9]\.[0-9]+\.|[0-9],[0-9]{1,2}(?![0-9])|[0-9],[0-9]{4}|^\(.*\)$"
)


@dataclass(frozen=True)
class NumberReading:
    """What a cell says in numbers: the value in `unit`, how sure, and all readings when they differ."""

    raw: str
    value: Decimal | None = None
    unit: str = ""
    sure: Sure = Sure.NO
    readings: tuple[tuple[Decimal, str], ...] = ()


def read_amount(raw: str, unit: str, *, ratio: bool, falling: bool = False) -> Amount:
    """The number of one cell in the target's `unit`. `ratio`: the target is a share or rate, so that 0.8 means 80 %.

    `falling` tells that the target is a fall (能耗下降3.5%): then 下降2% is 2, else it is -2.
    """
    if len(raw) <= _DIGITS and _PLAIN.fullmatch(raw):  # as most cells are: nothing about it can be read otherwise
        value, sure = Decimal(raw), Sure.YES
        if ratio:
            value, sure = _bare(value, unit, ratio=True)
        return _new(Amount, (raw, value, sure, unit))
    reading = read_number(raw)
    wanted = units.parse(unit).base
    own = [pair for pair in reading.readings if pair[1] and units.parse(pair[1]).base == wanted]
    pairs = own or reading.readings
    values = [one for pair in pairs if (one := _in_unit(*pair, unit, ratio=ratio)) is not None]
    if len({value for value, _ in values}) != 1:
        return Amount(raw, None, Sure.NO, unit)
    value, sure = values[0]
    way = _way(fold(raw), pairs[0][0], falling=falling)
    if way and not own and (wanted != "%" or pairs[0][1] in _POINTS):
        return Amount(raw, None, Sure.NO, unit)  # by how much it changed, not how much it is
    if way is _AGAINST:
        signed = wanted in _CHANGED
        return Amount(raw, -abs(value) if signed else None, Sure.LIKELY if signed else Sure.NO, unit)
    certain = sure is Sure.YES and reading.sure is Sure.YES
    return Amount(raw, value, Sure.YES if certain else Sure.LIKELY, unit)


_POINTS = frozenset(("个百分点", "百分点", "个点"))
_CHANGED = frozenset(("%", "个百分点"))
_ALONG, _AGAINST = "along", "against"


@lru_cache(maxsize=1 << 10)
def is_falling(text: str) -> bool:
    """Whether an indicator or a target's words speak of a fall: 单位能耗下降, 压减一般性支出."""
    return _FALLING.search(fold(text)) is not None


def _way(text: str, number: Decimal, *, falling: bool) -> str:
    """Whether a cell tells this number as a change, and whether it goes the target's way; empty for a state."""
    falls, rises = _tells(_FALLS, text, number), _tells(_RISES, text, number)
    if falls or rises:
        return _ALONG if falls == falling else _AGAINST
    return _ALONG if _tells(_COMPARED, text, number) else ""


def _tells(pattern: re.Pattern[str], text: str, number: Decimal) -> bool:
    """Whether the pattern stands right before this number."""
    said = (_DIGITS_AHEAD.match(text, found.end()) for found in pattern.finditer(text))
    return any(one is not None and Decimal(one.group()) == abs(number) for one in said)


def read_number(raw: str) -> NumberReading:
    """Every number that a cell holds. `value` is given when there is one only; its unit is as typed."""
    text = _COLLOQUIAL.sub("", fold(raw)).strip(" 。;,、!")
    if not text or len(text) > _LONGEST or _NOT_OURS.search(text):
        return NumberReading(raw)
    if text in _HALVES:
        return _one(raw, Decimal(_HALVES[text]), "%", Sure.LIKELY)
    alone = _alone(text)
    if alone is not None:
        return _one(raw, *alone, Sure.YES)
    rough = _ROUGH.sub("", text).strip()
    alone = _alone(rough) if rough != text else None
    if alone is not None:
        exact = text.removesuffix(rough) in _EXACT_WORDS
        return _one(raw, *alone, Sure.YES if exact else Sure.LIKELY)
    return _in_prose(raw, text)


def _one(raw: str, value: Decimal, unit: str, sure: Sure) -> NumberReading:
    value = units.plain(value)
    return NumberReading(raw, value, unit, sure, ((value, unit),))


def _alone(text: str) -> tuple[Decimal, str] | None:
    """The number and unit of a text that is nothing else."""
    compact = text.replace(" ", "")
    if tenths := _TENTHS.fullmatch(compact):
        high, low = (numerals.read(part) or Decimal(0) for part in (tenths[1], tenths[2].replace("半", "五")))
        return 10 * high + low, "%"
    match = _NUMBER.match(compact)
    if match:
        if len(match["number"]) > _DIGITS:
            return None
        value = Decimal(match["number"].replace(",", ""))
        unit = _unit(compact[match.end() :])
        return None if unit is None else (-value if match["sign"] == "-" else value, unit)
    found = scan(compact)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(compact) and _is_plain(found[0]):
        return found[0].value, found[0].unit
    if compact.strip("百千万亿") == "":
        return None
    value_or_none = numerals.read(compact)
    return None if value_or_none is None else (value_or_none, "")


def _is_plain(quantity: Quantity) -> bool:
    return quantity.value_max is None and not (quantity.coded or quantity.more)


def _unit(text: str) -> str | None:
    """The unit, when the text is one or nothing."""
    if not text:
        return ""
    after = units.after(text)
    return text if after and after.end == len(text) and not after.more else None


def _in_prose(raw: str, text: str) -> NumberReading:
    """The numbers of a sentence. Dates and codes are none."""
    if _VAGUE.search(text):
        return NumberReading(raw)
    text = _DATE.sub(lambda match: "\ufffc" * len(match.group()), text)
    found: dict[tuple[Decimal, str], None] = {}
    spans: list[tuple[int, int]] = []
    for quantity in scan(text):
        if quantity.coded or quantity.bare or (quantity.ordinal and quantity.unit not in _PLACES):
            continue
        spans.append((quantity.start, quantity.end))
        found[units.plain(quantity.value), quantity.unit] = None
        if quantity.value_max is not None:
            found[units.plain(quantity.value_max), quantity.unit] = None
    for match in _NUMBER.finditer(text):
        inside = any(start <= match.start() < end for start, end in spans)
        if (
            not inside
            and not text[max(0, match.start() - 1) : match.start()].isalpha()
            and len(match["number"]) <= _DIGITS
        ):
            found[units.plain(Decimal(match["number"].replace(",", ""))), ""] = None
    readings = tuple(found)
    value, unit = readings[0] if len(readings) == 1 else (None, "")
    return NumberReading(raw, value, unit, Sure.LIKELY if value is not None else Sure.NO, readings)


def _in_unit(value: Decimal, written: str, unit: str, *, ratio: bool) -> tuple[Decimal, Sure] | None:
    """A value typed with the unit `written` as a value in the target's unit; None when it cannot be one."""
    if not written:
        return _bare(value, unit, ratio=ratio)
    have, want = units.parse(written), units.parse(unit)
    scaled = units.scale(value, written, unit)
    if scaled is None and have.base == "":  # 2万 against 家
        scaled = units.plain(value * have.factor / want.factor)
    if scaled is not None:
        return scaled, Sure.YES
    points = {"%", "个百分点"}
    if {have.base, want.base} <= points:
        return units.plain(value * have.factor / want.factor), Sure.LIKELY
    countable = (units.Sort.COUNT, units.Sort.PEOPLE)
    if have.sort in countable and want.sort in countable:
        return units.plain(value * have.factor / want.factor), Sure.LIKELY
    return None


def _bare(value: Decimal, unit: str, *, ratio: bool) -> tuple[Decimal, Sure]:
    """A number without a unit is in the target's; but a share may have been typed as a part of one."""
    if not ratio or not 0 < abs(value) <= 1:
        return value, Sure.YES
    if abs(value) == 1:
        return value, Sure.LIKELY  # a cell that shows 100 % says so; a bare 1 is one per cent, but worth a look
    share = units.scale(value * 100, "%", unit)
    return (value, Sure.YES) if share is None else (share, Sure.LIKELY)
