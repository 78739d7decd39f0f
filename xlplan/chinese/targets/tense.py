"""Whether a clause tells of what is over: 去年…, 截至目前…, 2018年…, 已建成…."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from xlplan.chinese.targets.passage import Clause
from xlplan.chinese.vocabulary import any_of

PAST = re.compile(
    rf"(?<![比较同与超在])(?:去年|上年|上一年|前年)(?!同期|水平|基础|底的|度?[^,。;]{{0,12}}基础上)"
    rf"|{any_of('一年来 近年来 几年来 过去一年 过去的一年 截至 截止 目前 以来')}|近[0-9一二三四五两]年"
)
FUTURE = re.compile(any_of("今年 本年 明年 力争 确保 力求 年内 年底前 年末前 下一步 到年底 预期目标 今后"))
DONE = re.compile(
    "(?<![业而早])已(?!建立|知)|现有|共有|原有|(?<!人)拥有(?!量)|[成办建立增展现到得进育施出织引突投助]了|突破了|帮助了|投入了"
)
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}|19[0-9]{2})年(?!度?[^,。;]{0,12}基础上)(?!以来)")

_OPENS = re.compile(rf"(?:{any_of('全市 全县 全区 全省 我市 我县 我区 我局 其中 回顾')}|[一二三四五六七八九十]是|-)*")


class Tense:
    """The tense of a text as it is read clause by clause.

    A past marker holds until the future is spoken of or the sentence ends; a year only until the next semicolon.
    """

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._past = self._of_year = False
        self._marks: list[tuple[int, bool, bool]] = []

    def enter(self, text: str, clause: Clause) -> None:
        """Begin a clause."""
        if clause.opens or (self._of_year and text[clause.start - 1 : clause.start] == ";"):
            self._past = self._of_year = False
        self._marks = sorted(self._markers(text, clause.start, clause.end))

    def leave(self) -> None:
        """End a clause: what it says last holds for the next one."""
        if self._marks:
            _, self._past, self._of_year = self._marks[-1]

    def is_past(self, text: str, start: int, end: int) -> bool:
        """Whether what is said up to `end` is over; `start` is where the words of its own begin."""
        before = bisect_left(self._marks, (end, False, False))
        told = self._marks[before - 1][1] if before else self._past
        return told or bool(DONE.search(text, start, end))

    def _markers(self, text: str, start: int, end: int) -> Iterator[tuple[int, bool, bool]]:
        """Where the past (True) and the future (False) are spoken of, and whether a year does it."""
        yield from ((match.start(), True, False) for match in PAST.finditer(text, start, end))
        yield from ((match.start(), False, False) for match in FUTURE.finditer(text, start, end))
        for match in YEAR.finditer(text, start, end) if self._year is not None else ():
            over = int(match[1]) < (self._year or 0)
            if not over or _OPENS.fullmatch(text, start, match.start()):  # not 完成2022年度归档
                yield match.start(), over, True
