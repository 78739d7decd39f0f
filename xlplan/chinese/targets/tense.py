"""Whether a clause tells of what is over: 去年…, 截至目前…, 2018年…, 已建成…."""

from __future__ import annotations

import re

from xlplan.chinese.targets.passage import Clause
from xlplan.chinese.vocabulary import any_of

PAST = re.compile(
    rf"(?<![比较同与超在])(?:去年|上年|上一年|前年)(?!同期|水平|基础|底的|度?[^,。;]{{0,12}}基础上)"
    rf"|{any_of('一年来 近年来 几年来 过去一年 过去的一年 截至 截止 目前 以来')}|近[0-9一二三四五两]年"
)
FUTURE = re.compile(
    any_of("今年 本年 明年 力争 确保 争取 力求 计划 年内 年底前 年末前 下一步 到年底 将 拟 预期 目标 要 全年")
)
DONE = re.compile(
    "(?<![业而早])已(?!建立|知)|现有|共有|原有|拥有|[成办建立增展现到得进育施出织引突投助]了|突破了|帮助了|投入了"
)
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}|19[0-9]{2})年(?!度?[^,。;]{0,12}基础上)(?!以来)")


class Tense:
    """The tense of a text as it is read clause by clause.

    A past marker holds until the future is spoken of or the sentence ends.
    """

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._past = False
        self._start = 0

    def enter(self, text: str, clause: Clause) -> None:
        """Begin a clause."""
        del text
        if clause.opens:
            self._past = False
        self._start = clause.start

    def leave(self, text: str, clause: Clause) -> None:
        """End a clause: what it says last holds for the next one."""
        self._past = self._marked(text, clause.start, clause.end, default=self._past)

    def is_past(self, text: str, start: int, end: int) -> bool:
        """Whether what is said up to `end` is over; `start` is where the words of its own begin."""
        return bool(DONE.search(text, start, end)) or self._marked(text, self._start, end, default=self._past)

    def _marked(self, text: str, start: int, end: int, *, default: bool) -> bool:
        past = max((match.start() for match in PAST.finditer(text, start, end)), default=-1)
        future = max((match.start() for match in FUTURE.finditer(text, start, end)), default=-1)
        for match in YEAR.finditer(text, start, end):
            if self._year is not None and int(match[1]) < self._year:
                past = max(past, match.start())
            elif self._year is not None:
                future = max(future, match.start())
        return default if past == future else past > future
