"""What stands before an indicator: 力争, 全市, 2020年底前 and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from xlplan.chinese import dates
from xlplan.chinese.targets import verbs, words
from xlplan.chinese.targets.figure import Figure
from xlplan.chinese.vocabulary import any_of, listed

_ALWAYS_STRIPPED = frozenset(
    (
        *words.HEDGES,
        *words.SCOPES,
        *listed("同时 其中 并且 以及 且 总计 合计 计划 预计 拟 将 目标是 每年 到年底 至年底 主要目标是 目标为"),
    )
)
_LEADS = re.compile(any_of(" ".join(words.STRIP)))
_WHOLE_LEADS = ("力争", "确保", "全市", "全县", "全区", "全省", "全年")
# 和 and the like join, unless they begin a word.
_JOINTS = re.compile(
    r"[,、;:的-]|(?<![0-9])[一二三四五六七八九十]是|以及|和(?!谐|美|平|顺)|及(?!格|时|早)|与(?!会)|并(?!购|网|联|轨)"
)


@dataclass(frozen=True)
class Lead:
    """The words before a figure, taken apart: where the indicator begins, and what was said before it."""

    start: int
    hedge: str = ""
    scope: str = ""
    due: date | None = None


def read_lead(figure: Figure, year: int | None) -> Lead:
    """Take the words before a figure apart."""
    text, position, end = figure.passage.masked, figure.left, figure.named
    hedge, scopes, due = "", dict[str, None](), None
    while position < end:
        if joint := _JOINTS.match(text, position, end):
            position = joint.end()
        elif found := words.DATE_LEAD.match(text, position, end):
            reading = dates.find_date(found.group(), year)
            due = due or (reading.day if reading else None)
            position = found.end()
        elif word := _word_at(text, position, end):
            hedge = word if word in words.HEDGES and not hedge else hedge
            scopes |= {word: None} if word in words.SCOPES else {}
            position += len(word)
        else:
            break
    return Lead(position, hedge, "".join(scopes), due)


def _word_at(text: str, position: int, end: int) -> str:
    """The word at `position` that only leads in; empty when the indicator begins there."""
    found = _LEADS.match(text, position, end)
    word = found.group() if found else ""
    after = position + len(word)
    if not word or after == end:
        return word if word in _WHOLE_LEADS else ""
    if word != "争取" and word in _ALWAYS_STRIPPED:
        return word
    led_on = text[after : after + 2] in verbs.ACTIONS or text.startswith((*words.HEDGES, *words.SCOPES), after)
    return word if led_on else ""
