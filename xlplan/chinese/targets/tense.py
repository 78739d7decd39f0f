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


class Tense:
    """The tense of a text as it is read clause by clause.

    A past marker holds until the future is spoken of or the sentence ends.
    """

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._past = False
        self._marks: list[tuple[int, bool]] = []

    def enter(self, text: str, clause: Clause) -> None:
        """Begin a clause."""
        if clause.opens:
            self._past = False
        self._marks = sorted(self._markers(text, clause.start, clause.end))

    def leave(self) -> None:
        """End a clause: what it says last holds for the next one."""
        if self._marks:
            self._past = self._marks[-1][1]

    def is_past(self, text: str, start: int, end: int) -> bool:
        """Whether what is said up to `end` is over; `start` is where the words of its own begin."""
        before = bisect_left(self._marks, (end, False))
        told = self._marks[before - 1][1] if before else self._past
        return told or bool(DONE.search(text, start, end))

    def _markers(self, text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
        """Where the past (True) and the future (False) are spoken of."""
        yield from ((match.start(), True) for match in PAST.finditer(text, start, end))
        yield from ((match.start(), False) for match in FUTURE.finditer(text, start, end))
        if self._year is not None:
            yield from ((match.start(), int(match[1]) < self._year) for match in YEAR.finditer(text, start, end))
