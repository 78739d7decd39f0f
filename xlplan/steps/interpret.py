"""Understanding what an office wrote in the cells of one row: the number, the status, the texts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.quantities import is_falling, read_amount
from xlplan.finding import Finding, Place
from xlplan.headers import ENTRY, Field
from xlplan.model import Amount, Entry, Kind, Source, Status, Sure, Written
from xlplan.steps.days import day_of
from xlplan.words import read_word, word

if TYPE_CHECKING:
    from xlplan.model import Assignment, ReturnedRow, Target

_FAR = 20
_ENTRY = frozenset(ENTRY)
_PERCENT = frozenset("%%‰点")
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


def _is_odd(value: Decimal, target: Target) -> bool:
    """Whether a value can hardly be meant: far beyond the target, below zero, or a part of something counted whole."""
    goal = abs(target.value or Decimal(0))
    if _is_share(target):
        return abs(value) > max(goal * _FAR, _PERCENT_MOST)
    counted = goal == goal.to_integral_value() and target.unit[:1] in _COUNTED
    return value < 0 or 0 < goal * _FAR < value or (counted and value != value.to_integral_value())


def _is_tiny(value: Decimal, target: Target, text: str) -> bool:
    """Whether a figure leaves next to nothing, as one in another unit: 1200元, or 0.12亿 shown so, against 2000万元."""
    tiny = 0 < value * _FAR * _FAR < abs(target.value or Decimal(0))
    return tiny and (value != value.to_integral_value() or f"{value:f}" not in text)


def _is_part(value: Decimal, target: Target, text: str) -> bool:
    """Whether a bare 0.032 against a ceiling of 4.5% may be 0.032% as well as 3.2%."""
    limited = target.kind is Kind.CEILING and _is_percent(target) and bool(_BARE.fullmatch(text))
    return limited and value * 100 <= 3 * abs(target.value or Decimal(0))


@lru_cache(maxsize=1 << 14)
def _amount(text: str, unit: str, ratio: bool, falling: bool) -> Amount:  # noqa: FBT001 - facts, and the memory's key
    """The number of a cell with the target's unit; what offices write again and again is read once."""
    return replace(read_amount(text, unit, ratio=ratio, falling=falling), unit=unit)


@dataclass
class Reading:
    """Reads one row of one office's return into an entry, gathering findings with their cells.

    `lang` is the language of the workbook, whose words the findings use.
    """

    row: Assignment
    written: ReturnedRow
    place: Place
    found: list[Finding] = field(default_factory=list)
    lang: str = "zh"

    def entry(self, period: str, office: str, sha256: str) -> Entry:
        """The entry of this row."""
        filled = [(name, one.cell) for name, one in self.written.cells if name in _ENTRY and one.text]
        cells = (*filled, *((name, one.cell) for name, one in self.written.extra if one.text))
        extra = tuple((header, one.text) for header, one in self.written.extra if one.text)
        status = self.written.get(Field.STATUS)
        return Entry(
            self.row.code,
            period,
            office,
            Source(self.place.file, self.place.sheet, cells, sha256),
            self.amount(self.written.get(Field.DONE)),
            self.status(status),
            status.text,
            self.text(Field.PROGRESS),
            self.text(Field.PROBLEM),
            extra,
        )

    def amount(self, cell: Written) -> Amount | None:
        """The number of the cell in the target's unit; None when it is blank, no value when it cannot be read."""
        target = self.row.target
        if cell.shared and not says_nothing(cell.text):
            self.say("E211", cell, text=cell.text)
            return Amount(cell.text, None, Sure.NO)
        if cell.error or cell.uncomputed:
            self.say("E204" if cell.error else "E205", cell, text=cell.text)
            return Amount(cell.text, None, Sure.NO)
        if says_nothing(cell.text):
            return None
        if target is None or not target.is_number:
            return self._unasked(cell, target)
        return self._number(cell, target)

    def _unasked(self, cell: Written, target: Target | None) -> Amount:
        """A cell that was filled where no number is asked for: a plain number is kept, anything else refused."""
        day = day_of(target, cell.text)
        amount = read_amount(cell.text, "", ratio=False)
        if day or amount.sure is not Sure.YES:
            self.say("E216" if day else "E208", cell, text=cell.text, day=day)
            return Amount(cell.text, None, Sure.NO)
        self.say("E217", cell, text=cell.text)
        return amount

    def _number(self, cell: Written, target: Target) -> Amount:
        share = _is_share(target) and _is_percent(target)
        amount = _amount(cell.text, target.unit, share, is_falling(target.text or target.indicator))
        if amount.sure is not Sure.YES and says_pending(cell.text):
            return Amount(cell.text, None, Sure.NO)
        if amount.value is not None and _is_part(amount.value, target, cell.text):
            amount = Amount(cell.text, None, Sure.NO)
        if amount.value is None:
            self.say("E203" if any(letter.isdigit() for letter in cell.text) else "E201", cell, text=cell.text)
        elif _is_odd(amount.value, target) or _is_tiny(amount.value, target, cell.text):
            self.say("E209", cell, text=cell.text, target=target.text)
            return replace(amount, sure=Sure.LIKELY)
        elif amount.sure is not Sure.YES:
            self.say("E202", cell, text=cell.text, value=f"{amount.value.normalize():f}{target.unit}")
        return amount

    def status(self, cell: Written) -> Status | None:
        """The status of the cell; a synonym is taken with a finding, an unknown word is not."""
        if cell.uncomputed:
            self.say("E205", cell)
        if says_nothing(cell.text) and read_word(cell.text, Status) is None:
            return None
        status = read_word(cell.text, Status)
        if status is None:
            options = (word(one, self.lang) for one in Status)
            self.say("E207", cell, text=cell.text, options=("、" if self.lang == "zh" else ", ").join(options))
        elif cell.text.strip() not in {status.value, word(status, "en")}:
            self.say("E206", cell, text=cell.text, value=word(status, self.lang))
        return status

    def text(self, name: Field) -> str:
        """A prose cell; an error cell is a finding and gives no text."""
        cell = self.written.get(name)
        if cell.error or cell.uncomputed:
            self.say("E204" if cell.error else "E205", cell, text=cell.text)
            return ""
        if cell.shared and cell.text:
            self.say("E210", cell)
        return cell.text

    def say(self, code: str, cell: Written, **facts: object) -> None:
        """Add a finding about a cell."""
        place = Place(self.place.file, self.place.sheet, cell.cell)
        self.found.append(rules.find(code, place, **facts))
