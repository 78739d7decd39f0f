"""Understanding what an office wrote in the cells of one row: the number, the status, the texts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlplan import rules
from xlplan.chinese.quantities import is_falling, read_amount
from xlplan.finding import Finding, Place
from xlplan.headers import Field
from xlplan.marks import half
from xlplan.model import Amount, Entry, Kind, Source, Status, Sure, Target, Written
from xlplan.steps.days import day_of
from xlplan.words import read_word, word

if TYPE_CHECKING:
    from xlplan.model import Answers, Assignment, ReturnedRow

_FAR, _TINY = 20, 400
_SHORT, _REMEMBERED = 64, 64  # letters of an answer that is remembered, and how many for each row
_PERCENT = frozenset("%‰点")
_PERCENT_MOST = Decimal(100)
_COUNTED = frozenset("家个项人名次场篇件期户所座台套条处位门")
_SHARES = frozenset({Kind.RATIO, Kind.GROWTH})
_BARE = re.compile(r"\s*0?\.\d+\s*")
_NOTHING = re.compile(
    r"[\s/\\\-—–_~.。、,*无暂没有同上否空]*|n/?a|none|详见附件|正在推进中?|推进中|按序时推进|持续推进中?"
)
_PENDING = re.compile(
    r"(?:数据|数字|结果|统计)?[^。;]{0,8}?(?:上报中|待上报|待统计|待公布|未公布|尚未出|未出来|暂无数据|待发布|统计中|核算中)"
)


@lru_cache(maxsize=1 << 12)
def says_nothing(text: str) -> bool:
    """Whether a cell is blank or holds only words that stand for nothing (无, 同上, /, 正在推进)."""
    return bool(_NOTHING.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold()))


def says_pending(text: str) -> bool:
    """Whether a cell says that the figure is not there yet (数据上报中)."""
    return bool(_PENDING.search(text[:200]))


def _is_percent(target: Target) -> bool:
    return target.unit[-1:] in _PERCENT


def _is_share(target: Target) -> bool:
    return target.kind in _SHARES or (target.kind is Kind.LEVEL and _is_percent(target))


class _Likely(NamedTuple):
    """What a number may be that is held against a target, before it can hardly be meant."""

    goal: Decimal
    least: Decimal
    most: Decimal
    is_share: bool
    is_whole: bool

    @classmethod
    def of(cls, target: Target) -> _Likely:
        goal = abs(target.value or Decimal(0))
        least = goal / _TINY
        if _is_share(target):
            return cls(goal, least, max(goal * _FAR, _PERCENT_MOST), is_share=True, is_whole=False)
        counted = goal == goal.to_integral_value() and target.unit[:1] in _COUNTED
        return cls(goal, least, goal * _FAR, is_share=False, is_whole=counted)

    def is_usual(self, value: Decimal) -> bool:
        """Whether a value is neither odd nor tiny, as most are."""
        return self.least <= value <= self.most and not (self.is_whole and value != value.to_integral_value())

    def is_odd(self, value: Decimal) -> bool:
        """Whether a value is far beyond the target, below zero, or a part of something counted whole."""
        if self.is_share:
            return abs(value) > self.most
        return value < 0 or 0 < self.most < value or (self.is_whole and value != value.to_integral_value())

    def is_tiny(self, value: Decimal, text: str) -> bool:
        """Whether a figure leaves next to nothing, as one in another unit: 1200元, or 0.12亿 shown so, of 2000万元."""
        tiny = 0 < value * _TINY < self.goal
        return tiny and (value != value.to_integral_value() or f"{value:f}" not in half(text))


def _is_part(value: Decimal, target: Target, text: str) -> bool:
    """Whether a bare 0.032 against a ceiling of 4.5%, a limited share, may be 0.032% as well as 3.2%."""
    return bool(_BARE.fullmatch(half(text))) and value * 100 <= 3 * abs(target.value or Decimal(0))


_new = tuple.__new__  # a named tuple's own call takes twice as long, and every row of every file is one

Remark = tuple[str, dict[str, object]]
"""The code of a finding about a cell, and its facts."""

Answer = tuple[Amount | None, tuple[Remark, ...]]

_BLANK: Answer = (None, ())


@dataclass
class Asked:
    """A row of the plan as offices are asked about it, with a memory: what one answers, others answer, too.

    `lang` is the language of the workbook, whose words the findings use.
    """

    row: Assignment
    lang: str = "zh"
    known: dict[str, Answer] = field(default_factory=dict)

    @cached_property
    def _is_share(self) -> bool:
        target = self.row.target
        return target is not None and _is_share(target) and _is_percent(target)

    @cached_property
    def _is_limited(self) -> bool:
        target = self.row.target
        return target is not None and target.kind is Kind.CEILING and _is_percent(target)

    @cached_property
    def _likely(self) -> _Likely:
        return _Likely.of(self.row.target or Target(""))

    @cached_property
    def _is_falling(self) -> bool:
        target = self.row.target
        return target is not None and is_falling(target.text or target.indicator)

    def amount(self, text: str) -> Answer:
        """What a number's text comes to: None when it is blank, no value when it cannot be read."""
        if not text:
            return _BLANK
        answer = self.known.get(text)
        if answer is None:
            answer = self._amount(text)
            if len(text) <= _SHORT:
                if len(self.known) >= _REMEMBERED:
                    self.known.clear()
                self.known[text] = answer
        return answer

    def marked(self, cell: Written) -> Answer:
        """What a number's cell comes to that may be merged with the one above, or hold no text that can be trusted."""
        text = cell.text
        if cell.shared and not says_nothing(text):
            return _unread(text), (("E211", {"text": text}),)
        if cell.error or cell.uncomputed:
            return _unread(text), (("E204" if cell.error else "E205", {"text": text}),)
        return self.amount(text)

    def _amount(self, text: str) -> Answer:
        target = self.row.target
        if not text[0].isdigit() and says_nothing(text):
            return _BLANK
        if target is None or not target.is_number:
            return _unasked(text, target)
        return self._number(text, target)

    def _number(self, text: str, target: Target) -> Answer:
        amount = read_amount(text, target.unit, ratio=self._is_share, falling=self._is_falling)
        value, likely = amount.value, self._likely
        if value is not None and amount.sure is Sure.YES and not self._is_limited and likely.is_usual(value):
            return amount, ()
        if amount.sure is not Sure.YES and says_pending(text):
            return _unread(text), ()
        if value is None or (self._is_limited and _is_part(value, target, text)):
            amount = amount if value is None else _unread(text)
            return amount, (("E203" if any(letter.isdigit() for letter in text) else "E201", {"text": text}),)
        if likely.is_odd(value) or likely.is_tiny(value, text):
            return amount._replace(sure=Sure.LIKELY), (("E209", {"text": text, "target": target.text}),)
        if amount.sure is not Sure.YES:
            return amount, (("E202", {"text": text, "value": f"{value.normalize():f}{target.unit}"}),)
        return amount, ()


def _unread(text: str) -> Amount:
    return Amount(text, None, Sure.NO)


def _unasked(text: str, target: Target | None) -> Answer:
    """A cell that was filled where no number is asked for: a plain number is kept, anything else refused."""
    day = day_of(target, text)
    amount = read_amount(text, "", ratio=False)
    if day or amount.sure is not Sure.YES:
        return _unread(text), (("E216" if day else "E208", {"text": text, "day": day}),)
    return amount, (("E217", {"text": text}),)


def read_status(text: str, lang: str = "zh") -> tuple[Status | None, tuple[Remark, ...]]:
    """What a status's text comes to; a synonym is taken with a remark, an unknown word is not taken."""
    return _status(text, lang) if len(text) <= _SHORT else _status.__wrapped__(text, lang)


@lru_cache(maxsize=1 << 10)
def _status(text: str, lang: str) -> tuple[Status | None, tuple[Remark, ...]]:
    status = read_word(text, Status)
    if status is None:
        if not text or says_nothing(text):
            return None, ()
        options = ("、" if lang == "zh" else ", ").join(word(one, lang) for one in Status)
        return None, (("E207", {"text": text, "options": options}),)
    if half(text).strip() not in {status.value, word(status, "en")}:
        return status, (("E206", {"text": text, "value": word(status, lang)}),)
    return status, ()


@dataclass
class Reading:
    """Reads the rows of one table of one office's return into entries, gathering findings with their cells.

    `place` is the file and the sheet, `sha256` the file's digest.
    """

    place: Place
    office: str
    period: str
    sha256: str
    found: list[Finding] = field(default_factory=list)

    def entry(self, asked: Asked, written: ReturnedRow) -> Entry:
        """The entry of a row."""
        done, status, progress, problem = texts = written.texts
        filled = written.made.filled(written.index, texts, written.own)
        if written.shown.shared:
            amount, remarks = asked.amount(done)
            said, about_status = read_status(status, asked.lang)
            if remarks or about_status:
                places = dict(reversed(filled))  # a column of the user's own may be called like a field
                self._say_all(places.get(Field.DONE, ""), remarks)
                self._say_all(places.get(Field.STATUS, ""), about_status)
        else:
            amount, said, progress, problem = self._marked(asked, written.answers)
        place, code = self.place, asked.row.code
        source = _new(Source, (place.file, place.sheet, filled, self.sha256, ()))
        values = (code, self.period, self.office, source, amount, said, status, progress, problem, written.own)
        return _new(Entry, values)

    def _marked(self, asked: Asked, answers: Answers) -> tuple[Amount | None, Status | None, str, str]:
        """What cells say of which any may be merged with the one above, or hold no text that can be trusted."""
        done, status, progress, problem = answers
        amount, remarks = asked.marked(done)
        self._say_all(done.cell, remarks)
        said, remarks = read_status(status.text, asked.lang)
        if status.uncomputed and not status.text:
            remarks = (("E205", {}),)
        self._say_all(status.cell, remarks)
        return amount, said, self.text(progress), self.text(problem)

    def _say_all(self, cell: str, remarks: tuple[Remark, ...]) -> None:
        for code, facts in remarks:
            self.say(code, cell, **facts)

    def text(self, cell: Written) -> str:
        """A prose cell; an error cell is a finding and gives no text."""
        if cell.error or cell.uncomputed:
            self.say("E204" if cell.error else "E205", cell.cell, text=cell.text)
            return ""
        if cell.shared and cell.text:
            self.say("E210", cell.cell)
        return cell.text

    def say(self, code: str, cell: str, **facts: object) -> None:
        """Add a finding about the cell with this address."""
        place = Place(self.place.file, self.place.sheet, cell)
        self.found.append(rules.find(code, place, **facts))
