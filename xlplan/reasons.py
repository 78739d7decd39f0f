"""The words of reasons: a record of what was found, as one sentence in Chinese or English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from string import Formatter
from typing import TYPE_CHECKING

from xlplan.finding import within
from xlplan.marks import in_print
from xlplan.model.light import Says
from xlplan.period import Period
from xlplan.words import COMMA, word

if TYPE_CHECKING:
    from xlplan.model.light import Clause, Override, Reason

SENTENCES: dict[Says, tuple[str, str]] = {
    Says.AMOUNT: ("完成{value:plain}/{goal:plain}{unit:wide}", "{value:plain} of {goal:plain}{unit:gap} done"),
    Says.BASE: ("基数{base:plain}{unit:wide}", "baseline {base:plain}{unit:gap}"),
    Says.RATE: ("{rate:percent}", "{rate:percent}"),
    Says.NO_BASE: ("没有基数、按总量计", "no baseline, hence of the whole"),
    Says.PACE: ("序时{pace:percent}", "pace {pace:percent}"),
    Says.BEHIND: ("滞后{points:tenths}个百分点", "{points:tenths} percentage points behind"),
    Says.ACTUAL: (
        "完成{value:plain}{unit:wide}，目标{goal}{unit:wide}",
        "{value:plain}{unit:gap} done, target {goal}{unit:gap}",
    ),
    Says.MET: ("已达到", "met"),
    Says.UNMET: ("未达到", "not met"),
    Says.SHORT_POINTS: ("差{gap:plain}个百分点", "{gap:plain} percentage points short"),
    Says.SHORT_PLACES: ("差{gap:plain}位", "{gap:plain} places short"),
    Says.SHORT_UNITS: ("差{gap:plain}{unit:wide}", "{gap:plain}{unit:gap} short"),
    Says.OVER_POINTS: ("超出{gap:plain}个百分点", "{gap:plain} percentage points too many"),
    Says.OVER_UNITS: ("超出{gap:plain}{unit:wide}", "{gap:plain}{unit:gap} too many"),
    Says.YEAR_END: ("年度指标，年底考核", "judged once, at the year's end"),
    Says.OF_DUE: ("为应完成的{share:tenths}%", "{share:tenths}% of what was due"),
    Says.OF_PERIOD: ("本期任务完成{share:tenths}%", "{share:tenths}% of the period's own task"),
    Says.OF_TARGET: ("为全年目标的{share:tenths}%", "{share:tenths}% of the year's target"),
    Says.NEGATIVE: ("负增长", "negative"),
    Says.AVERAGE: ("低于平均{average:wide}", "below the average {average}"),
    Says.LAST: ("列倒数第{place}", "number {place} from the end"),
    Says.RUNNING: ("连续{count}期未达到", "missed {count} periods running"),
    Says.STATUS: ("{status}", "{status}"),
    Says.NO_STATUS: ("没有填写状态", "no status given"),
    Says.DUE: ("未到完成时限{day}", "not due before {day}"),
    Says.OVERDUE: ("已过完成时限{day}", "was due by {day}"),
    Says.DUE_SOON: ("距完成时限{day}还有{days}天", "due by {day}, in {days} days"),
    Says.STAGE: ("到期节点“{what}”（{day}）", "stage due by {day}: {what}"),
    Says.STAGE_UNSEEN: (
        "“{what}”应于{day}前完成，填报中未见",
        "“{what}” was due by {day}; the return does not tell of it",
    ),
    Says.HALF_GONE: ("全年已过半", "half of the year is gone"),
    Says.MADE_GOOD: ("本期未达到，{period}已补上", "missed, made good in {period}"),
    Says.OFFICE_MISSED: ("本期{rows}项未达到", "rows missed in this period: {rows}"),
    Says.OFFICE_FINE: ("本期没有未达到的事项", "no row missed in this period"),
    Says.NOT_REPORTED: ("未报：没有收到该单位的表", "not reported: nothing came from this office"),
    Says.ROW_ABSENT: ("漏报：表里没有这一行", "row absent: the return lacks this row"),
    Says.BLANK: ("空报：应填的内容是空的", "blank: what was due is empty"),
    Says.UNREAD: ("填了“{raw}”，读不出数字", "“{raw}” was entered, which holds no number"),
    Says.PENDING: ("待数：数据尚未出来", "pending: the figures are not out yet"),
    Says.NOT_APPLICABLE: ("不适用", "not applicable"),
    Says.CONTRADICTION: (
        "矛盾：报了几份不同的表，分不出先后",
        "contradiction: several returns differ and none is the newer one",
    ),
}
"""For each part of a reason its words in Chinese and English, with the facts that they need."""


_LONGEST = 20  # digits before the point that are written out


class _Facts(Formatter):
    """Words facts: numbers by the format that a sentence names, the model's words in its language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, StrEnum):
            return word(value, self.lang)
        if isinstance(value, Decimal):
            return {"percent": percent, "tenths": tenths}.get(format_spec, plain)(value)
        if isinstance(value, Period):
            return value.label(self.lang)
        text = within(in_print(str(value)) if format_spec == "wide" else str(value))
        return f" {text}" if format_spec == "gap" and text not in {"", "%"} else text


def reason_text(reason: Reason, lang: str, override: Override | None = None) -> str:
    """The reason as one sentence in `zh` or `en`; with what a person decided in front, where one did."""
    text = COMMA[lang].join(_clause(one, lang) for one in reason.clauses)
    if override is None:
        return text
    day, rule = override.at.date().isoformat(), override.instead.word(lang)
    why, by = within(override.why), within(override.by)
    if lang == "zh":
        return f"人工：{why}（{by}，{day}；按规则{rule}：{text}）"
    return f"By hand: {why} ({by}, {day}; by the rule {rule}: {text})"


def _clause(clause: Clause, lang: str) -> str:
    zh, en = SENTENCES[clause.says]
    return _Facts(lang).vformat(zh if lang == "zh" else en, (), dict(clause.facts))


def plain(value: Decimal) -> str:
    """A number as people write it, at most four decimals."""
    if value.adjusted() > _LONGEST:
        return f"{value:.4g}"
    text = f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if text.strip("-0.") else "0"


def percent(rate: Decimal) -> str:
    """A rate as a percentage with one decimal."""
    return f"{tenths(rate * 100)}%"


def tenths(value: Decimal) -> str:
    """A number with one decimal."""
    if value.adjusted() > _LONGEST:
        return f"{value:.4g}"
    return str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
