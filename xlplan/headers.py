"""Table columns by their header words: which field a header names, with synonyms, letter-spacing and near-misses.

The synonyms are those found in breakdown and report tables of many bureaus.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from xlplan.marks import both
from xlplan.model import Sure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Field(StrEnum):
    """What a column holds."""

    CODE = "code"
    SERIAL = "serial"
    SECTION = "section"
    TASK = "task"
    CONTENT = "content"
    TARGET = "target"
    INDICATOR = "indicator"
    KIND = "kind"
    COMPARATOR = "comparator"
    VALUE = "value"
    VALUE_MAX = "value_max"
    UNIT = "unit"
    BASELINE = "baseline"
    JUDGED = "judged"
    OFFICE = "office"
    LEAD = "lead"
    SUPPORT = "support"
    ROLE = "role"
    LEADER = "leader"
    DEADLINE = "deadline"
    BEFORE = "before"
    LEAD_PROGRESS = "lead_progress"
    DONE = "done"
    STATUS = "status"
    PROGRESS = "progress"
    PROBLEM = "problem"
    GUESS = "guess"
    SOURCE = "source"
    NAME = "name"
    ALIASES = "aliases"
    MEMBERS = "members"
    CONTACT = "contact"
    DUTIES = "duties"
    CLAIM = "claim"
    NOTE = "note"


LOCKED = (
    Field.CODE,
    Field.SERIAL,
    Field.TASK,
    Field.TARGET,
    Field.OFFICE,
    Field.ROLE,
    Field.DEADLINE,
    Field.BEFORE,
)
"""The plan columns of a form, in their default order."""

USUAL = (Field.TASK, Field.TARGET, Field.OFFICE, Field.ROLE, Field.DEADLINE)
"""The plan columns whose texts tell of every form that was sent what it asked for."""

ENTRY = (Field.DONE, Field.STATUS, Field.PROGRESS, Field.PROBLEM)
"""The columns of a form that an office fills."""

WORDS: dict[Field, tuple[str, ...]] = {
    Field.CODE: ("编号", "任务编号", "任务代码", "行号", "代码", "Code"),
    Field.SERIAL: ("序号", "顺序号", "No."),
    Field.SECTION: ("板块", "类别", "考核项目", "工作类别", "领域", "Section"),
    Field.TASK: ("工作任务", "目标任务", "任务名称", "重点任务", "民生实事", "项目名称", "任务", "工作事项", "Task"),
    Field.CONTENT: (
        "任务内容",
        "工作要求",
        "具体要求",
        "主要内容",
        "工作内容",
        "工作标准",
        "工作举措",
        "具体措施",
        "Content",
    ),
    Field.TARGET: ("目标", "年度目标", "指标要求", "工作目标", "目标要求", "Target"),
    Field.INDICATOR: ("指标", "指标名称", "Indicator"),
    Field.KIND: ("类型", "目标类型", "指标类型", "Kind"),
    Field.COMPARATOR: ("比较", "比较方式", "Comparator"),
    Field.VALUE: ("目标值", "指标值", "年度目标值", "Value"),
    Field.VALUE_MAX: ("目标值上限", "上限", "Upper value"),
    Field.UNIT: ("计量单位", "单位", "Unit"),
    Field.BASELINE: ("基数", "上年实绩", "上年完成", "Baseline"),
    Field.JUDGED: ("考核方式", "进度要求", "考核周期", "考核时点", "Judged"),
    Field.OFFICE: ("责任单位", "责任科室", "责任处室", "责任部门", "责任股室", "承办单位", "Office"),
    Field.LEAD: ("牵头单位", "牵头责任单位", "牵头部门", "牵头科室", "主要责任单位", "主办单位", "Lead office"),
    Field.SUPPORT: (
        "配合单位",
        "协同责任单位",
        "协办部门",
        "配合部门",
        "配合科室",
        "协办单位",
        "会办处室",
        "参与单位",
        "Support",
    ),
    Field.ROLE: ("角色", "职责", "Role"),
    Field.LEADER: ("分管领导", "牵头领导", "责任领导", "牵头县领导", "责任人", "Leader"),
    Field.DEADLINE: ("完成时限", "时限要求", "计划完成时间", "完成时间", "时限", "Due"),
    Field.BEFORE: ("上期进展", "上期完成情况", "Last period"),
    Field.LEAD_PROGRESS: ("牵头单位进展", "牵头单位进展情况", "Lead office's progress"),
    Field.DONE: ("完成值", "完成数", "实际完成", "完成数值", "Actual"),
    Field.STATUS: ("状态", "进展状态", "完成状态", "Status"),
    Field.PROGRESS: ("进展情况", "完成情况", "目前完成情况", "落实情况", "工作进展", "推进情况", "Progress"),
    Field.PROBLEM: (
        "存在问题及下一步",
        "存在问题及下一步工作",
        "存在问题",
        "存在的问题",
        "问题及下一步",
        "Problems and next steps",
    ),
    Field.GUESS: ("待核", "待核事项", "To check"),
    Field.SOURCE: ("原文", "原文依据", "Source text"),
    Field.NAME: ("名称", "单位名称", "科室名称", "Name"),
    Field.ALIASES: ("别名", "简称", "曾用名", "Aliases"),
    Field.MEMBERS: ("成员", "包含单位", "成员单位", "Members"),
    Field.CONTACT: ("联系人", "联络员", "Contact"),
    Field.DUTIES: ("职责", "主要职责", "职能", "Duties"),
    Field.CLAIM: ("认领", "认领意向", "认领角色", "Claim"),
    Field.NOTE: ("备注", "说明", "Note"),
}
"""For each field the header words that mean it, our own first. A word may stand for two fields in different tables."""

_LONGEST_HEADER = 40  # letter-spaced, with a remark in brackets
_REMARK = frozenset(both("(["))
_NEAR = 0.72
_WIDEST = 256
_NEAR_LENGTHS = range(3, 17)  # shorter is near to everything, longer is prose
_LONGEST = 64  # letters of a header with the time that it is about
_REMEMBERED = 4096
_HEAD, _HEADS = 4, 64  # fields that a header names at least, and how many are remembered
_TIME = re.compile(r"^(?:截至.*|\d{4}年|[一二三四]季度|第[一二三四]季度|上半年|下半年|全年|\d{1,2}月份?|目前|本期)+")


def plain_header(text: object) -> str:
    """A header word without letter-spacing, width differences, line breaks and a bracketed remark."""
    return _plain(str(text or ""))


@lru_cache(maxsize=1 << 11)
def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\(.*?\)|\[.*?\]|[\s*:、]", "", folded).casefold()


@dataclass(frozen=True)
class Match:
    """The field that a header names, and how sure that is."""

    field: Field
    sure: Sure


def header_words(field: Field, lang: str = "zh") -> str:
    """Our own header for a field."""
    return WORDS[field][0] if lang == "zh" else WORDS[field][-1]


def match_header(
    text: object, wanted: Sequence[Field], renamed: Mapping[str, Field | None] | None = None
) -> Match | None:
    """Which of the `wanted` fields a header cell names. `renamed`: a user's own header words, None for no field."""
    return _words_of(tuple(wanted), tuple((renamed or {}).items())).match(text)


class _Words:
    """The header words of a table, worked out once for all the cells that are compared with them."""

    def __init__(self, wanted: tuple[Field, ...], renamed: tuple[tuple[str, Field | None], ...]) -> None:
        self.own: dict[str, Match | None] = {}
        for word, field in renamed:
            if field is None or field in wanted:
                self.own.setdefault(plain_header(word), Match(field, Sure.YES) if field else None)
        self.exact: dict[str, Match] = {}
        for field in wanted:
            for word in _plain_words(field):
                self.exact.setdefault(word, Match(field, Sure.YES))
        self.words = [(field, word) for field in wanted for word in _plain_words(field)]
        self.letters: dict[str, list[tuple[int, int]]] = {}  # the words that a letter stands in, and how often
        for at, (_, word) in enumerate(self.words):
            for letter, count in Counter(word).items():
                self.letters.setdefault(letter, []).append((at, count))
        self.known: dict[str, Match | None] = {}
        self.heads: dict[tuple[object, ...], dict[int, Match]] = {}

    def row(self, cells: tuple[object, ...]) -> Mapping[int, Match]:
        """Which column of a row names which field. A header is remembered: thousands of forms have the same."""
        known = self.heads.get(cells)
        if known is not None:
            return known
        found = {column: match for column, cell in enumerate(cells) if cell is not None and (match := self.match(cell))}
        if not found:
            return {}
        taken: dict[Field, int] = {}
        for column in sorted(found, key=lambda one: (found[one].sure is not Sure.YES, one)):
            taken.setdefault(found[column].field, column)
        row = {column: found[column] for column in sorted(taken.values())}
        if len(row) >= _HEAD and all(
            cell is None or (isinstance(cell, str) and len(cell) <= _LONGEST) for cell in cells
        ):
            if len(self.heads) >= _HEADS:
                self.heads.clear()
            self.heads[cells] = row
        return row

    def match(self, text: object) -> Match | None:
        """The field that a cell names; what short cells were found to name is remembered."""
        raw = str(text or "")
        if not raw or _is_prose(raw):
            return None
        if raw not in self.known:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known[raw] = self._match(plain_header(raw))
        return self.known[raw]

    def _match(self, plain: str) -> Match | None:
        if not plain:
            return None
        if plain in self.own:
            return self.own[plain]
        return self.exact.get(plain) or self.exact.get(_TIME.sub("", plain)) or self._nearest(plain)

    def _nearest(self, plain: str) -> Match | None:
        """The field with the likest word, the first wanted of several; a word of other letters is not even compared."""
        if len(plain) not in _NEAR_LENGTHS:
            return None
        best, field = 0.0, None
        common: Counter[int] = Counter()
        for letter, count in Counter(plain).items():
            for at, own in self.letters.get(letter, ()):
                common[at] += min(count, own)
        for at in sorted(common):
            one, word = self.words[at]
            if 2 * common[at] >= _NEAR * (len(plain) + len(word)):
                likeness = SequenceMatcher(None, plain, word).ratio()
                if likeness > best:
                    best, field = likeness, one
        return Match(field, Sure.LIKELY) if field and best >= _NEAR else None


@lru_cache(maxsize=64)
def _words_of(wanted: tuple[Field, ...], renamed: tuple[tuple[str, Field | None], ...]) -> _Words:
    return _Words(wanted, renamed)


def _is_prose(text: str) -> bool:
    """Whether a cell is too long for a header, which only a remark in brackets or letter-spacing can make so long."""
    return len(text) > _LONGEST and _REMARK.isdisjoint(text) and len("".join(text.split())) > _LONGEST


def match_row(
    cells: Sequence[object], wanted: Sequence[Field], renamed: Mapping[str, Field | None] | None = None
) -> Mapping[int, Match]:
    """Which column names which field in a row that may be a header. The surest header takes a field that two name.

    No table goes further to the right than the oldest format of workbooks did.
    """
    return _words_of(tuple(wanted), tuple((renamed or {}).items())).row(tuple(cells[:_WIDEST]))


def is_header(text: str, field: Field) -> bool:
    """Whether a text is one of the usual headers of a field."""
    return len(text) <= _LONGEST_HEADER and plain_header(text) in _plain_words(field)


@cache
def _plain_words(field: Field) -> frozenset[str]:
    return frozenset(plain_header(word) for word in WORDS[field])
