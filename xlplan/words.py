"""The words that stand in workbooks for the model's values, in Chinese and English, and their reading back."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar

from xlplan.model import Comparator, Doubt, Grade, Judged, Kind, Light, Role, State, Status, Turn

Word = TypeVar("Word", bound=StrEnum)

WORDS: dict[StrEnum, tuple[str, str]] = {
    Kind.LEVEL: ("总量", "level"),
    Kind.INCREMENT: ("增量", "increment"),
    Kind.GROWTH: ("增速", "growth"),
    Kind.RATIO: ("比率", "ratio"),
    Kind.RANK: ("位次", "rank"),
    Kind.CEILING: ("控制", "ceiling"),
    Kind.MILESTONE: ("节点", "milestone"),
    Comparator.AT_LEAST: ("≥", ">="),
    Comparator.MORE: (">", ">"),
    Comparator.AT_MOST: ("≤", "<="),
    Comparator.LESS: ("<", "<"),
    Comparator.EQUAL: ("=", "="),
    Comparator.ABOUT: ("≈", "~"),
    Comparator.RANGE: ("区间", "range"),
    Judged.PACE: ("按序时", "by pace"),
    Judged.YEAR_END: ("年底一次性", "at year's end"),
    Role.LEAD: ("牵头", "lead"),
    Role.SUPPORT: ("配合", "support"),
    Status.NOT_STARTED: ("未启动", "not started"),
    Status.RUNNING: ("推进中", "in progress"),
    Status.DONE: ("已完成", "done"),
    Status.CHANGE: ("申请调整", "change requested"),
    Status.NOT_APPLICABLE: ("不适用", "not applicable"),
    Grade.OK: ("已报", "reported"),
    Grade.NOT_REPORTED: ("未报", "not reported"),
    Grade.ROW_ABSENT: ("漏报", "row absent"),
    Grade.BLANK: ("空报", "blank"),
    Grade.STALE: ("陈报", "stale"),
    Grade.CONTRADICTION: ("矛盾", "contradiction"),
    Grade.PENDING: ("待数", "figures pending"),
    Light.GREEN: ("绿灯", "green"),
    Light.BLUE: ("蓝灯", "blue"),
    Light.YELLOW: ("黄灯", "yellow"),
    Light.ORANGE: ("橙灯", "orange"),
    Light.RED: ("红灯", "red"),
    Light.NONE: ("未亮灯", "no light"),
    Turn.RED: ("新亮红灯", "newly red"),
    Turn.YELLOW: ("新亮黄灯", "newly yellow"),
    Turn.FALLEN: ("数值下降", "value fell"),
    Turn.SILENT: ("本期断报", "no longer reported"),
    Turn.SAME: ("文字照搬", "same text"),
    Turn.RECOVERED: ("亮灯好转", "recovered"),
    Turn.COMPLETED: ("新完成", "newly completed"),
    Turn.HEARD: ("恢复填报", "reported again"),
    Doubt.NUMBERS: ("数字不一致", "numbers differ"),
    Doubt.TIE: ("两份不同", "two returns differ"),
    Doubt.UNCLAIMED: ("待认领", "to be claimed"),
    State.MERGED: ("已合并", "merged"),
    State.PARTIAL: ("部分合并", "partial"),
    State.SUPERSEDED: ("已被替换", "superseded"),
    State.DUPLICATE: ("重复", "duplicate"),
    State.REJECTED: ("退回", "rejected"),
    State.QUARANTINED: ("隔离", "quarantined"),
    State.IGNORED: ("忽略", "ignored"),
}
"""Each value's word in Chinese and in English. `Grade.NOT_APPLICABLE` reads as the status of the same name."""

SHAPES = {
    Light.GREEN: "●",
    Light.BLUE: "◆",
    Light.YELLOW: "▲",
    Light.ORANGE: "▼",
    Light.RED: "■",
    Light.NONE: "○",
}
"""A shape for each light, so that it is read without its colour."""

COLON = {"zh": "：", "en": ": "}
COMMA = {"zh": "，", "en": ", "}
"""How the two languages set a name off from what is said of it, and one part of a sentence from the next."""

BY_HAND = {"zh": "（人工）", "en": "(by hand)"}
"""What stands with a light that a person has set."""

_ALSO: dict[str, StrEnum] = {
    "未开始": Status.NOT_STARTED,
    "未开展": Status.NOT_STARTED,
    "尚未启动": Status.NOT_STARTED,
    "正在推进": Status.RUNNING,
    "进行中": Status.RUNNING,
    "按序时推进": Status.RUNNING,
    "持续推进": Status.RUNNING,
    "正常推进": Status.RUNNING,
    "有序推进": Status.RUNNING,
    "稳步推进": Status.RUNNING,
    "推进": Status.RUNNING,
    "长期坚持": Status.RUNNING,
    "完成": Status.DONE,
    "已办结": Status.DONE,
    "提前完成": Status.DONE,
    "全部完成": Status.DONE,
    "需调整": Status.CHANGE,
    "已取消": Status.NOT_APPLICABLE,
    "序时": Judged.PACE,
    "按季": Judged.PACE,
    "按月": Judged.PACE,
    "年度指标": Judged.YEAR_END,
    "年度": Judged.YEAR_END,
    "年底": Judged.YEAR_END,
    "年末": Judged.YEAR_END,
    "年终": Judged.YEAR_END,
    "年底考核": Judged.YEAR_END,
    "年终考核": Judged.YEAR_END,
    "年度考核": Judged.YEAR_END,
    "全年一次性": Judged.YEAR_END,
    "年终一次性": Judged.YEAR_END,
    "一次性": Judged.YEAR_END,
    "牵头单位": Role.LEAD,
    "主办": Role.LEAD,
    "配合单位": Role.SUPPORT,
    "协办": Role.SUPPORT,
    "参与": Role.SUPPORT,
    "约": Comparator.ABOUT,
}


def word(value: StrEnum, lang: str = "zh") -> str:
    """The workbook's word for a value."""
    zh, en = WORDS.get(value, (str(value), str(value)))
    return zh if lang == "zh" else en


def read_word(text: str, kind: type[Word]) -> Word | None:
    """The value of `kind` that a cell's word means, in either language or by a usual synonym; None when none."""
    found = _meanings(kind).get(_plain(text))
    return found if isinstance(found, kind) else None


@cache
def _meanings(kind: type[StrEnum]) -> dict[str, StrEnum]:
    """The values of a kind by every word for them; the first of two that share a word, and synonyms last."""
    meanings: dict[str, StrEnum] = {plain: value for plain, value in _ALSO.items() if isinstance(value, kind)}
    for value in reversed(kind):
        meanings |= {_plain(name): value for name in (*WORDS.get(value, ()), value.value)}
    return meanings


@lru_cache(maxsize=1 << 12)
def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace(" ", "").casefold()
