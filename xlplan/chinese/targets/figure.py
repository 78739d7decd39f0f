"""One figure with its neighbourhood in the clause: what stands before it, what after, and how it compares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlplan.chinese.quantities import Quantity, Sort
from xlplan.chinese.targets import verbs, words
from xlplan.chinese.targets.passage import Clause, Passage
from xlplan.chinese.vocabulary import any_of
from xlplan.model import Comparator
from xlplan.once import once

_MARK = r"[,、。;!?:/)\]〕】]"
_WORK = any_of("建设 改造 整治 治理 修缮 修复 维修 绿化 施工 开发 任务 提升 拆除 验收 装修 清淤 复垦")
_GOES_ON = any_of(
    "并 且 和 及 以及 与 或 同时 其中 力争 确保 争取 达到 实现 较 比 同比 增长 增幅 为 占 完成率 以上 左右"
)
# After a figure the clause is over, or goes on about something else.
_OVER = re.compile(
    rf"$|{_MARK}|[(〔][^()〔〕]{{0,200}}[)〕](?:$|{_MARK})|的{any_of('目标 水平 任务 指标 要求')}|"
    rf"{any_of('目标 大关 行列 关口 台阶')}|{_WORK}(?:工程|任务|项目|工作)?(?:$|{_MARK})|{_GOES_ON}"
)
# 提高到每人每月720元 compares before the words that say of what.
_EACH = re.compile(r"(?:每[人户亩年月天日个家吨]|人均|平均){1,2}$")
_LONGEST_EACH = 6
# 落实两批14项清单: the count before does not part the verb from the number.
_COUNTED_BEFORE = re.compile(r"[0-9两三四五六七八九十]{1,3}[批个项类轮期次]$")

_DONE_WITHIN = re.compile(any_of("办结 办完 审结 结案 出证 出具 答复") + "(?!率|数|量|期)")
_SHORTEST_NOUN = 2


@dataclass(frozen=True)
class Figure:
    """A quantity in its clause. `left` and `right` bound the words that are its own.

    `follows` tells that it goes on with the list that the figure before it began (新建3所小学、2所中学),
    `beside` that the figure before it in the clause is a target; `after_it` is where the next figure of the clause
    begins, and `base` the figure from which a change starts (从30家增加到50家). `beside_none`: the list before it holds
    what is none.
    """

    passage: Passage
    clause: Clause
    quantity: Quantity
    left: int
    right: int
    follows: bool = False
    beside: bool = False
    after_it: int | None = None
    base: Quantity | None = None
    beside_none: bool = False

    @once
    def _before(self) -> tuple[Comparator | None, int]:
        text, end = self.passage.masked, self.quantity.start
        each = _EACH.search(text, max(self.left, end - _LONGEST_EACH), end)
        if each:
            compared = words.comparator_before(text, each.start(), self.left)
            return compared if compared[0] is not None else (None, end)
        return words.comparator_before(text, end, self.left)

    @once
    def _after(self) -> tuple[Comparator | None, int]:
        return words.comparator_after(self.passage.masked, self.quantity.end, self.clause.end)

    @property
    def last(self) -> bool:
        """Whether it is the last figure of its clause."""
        return self.after_it is None

    @property
    def before(self) -> Comparator | None:
        """What compares before the number: 不低于, 达到, 控制在."""
        return self._before[0]

    @property
    def after(self) -> Comparator | None:
        """What compares after the unit: 以上, 以内, 左右."""
        return self._after[0]

    @property
    def verb_before(self) -> bool:
        """Whether what stands before the number is 完成 or 实现, which may be the verb of the thing after it."""
        return self.passage.masked[self.head : self.quantity.start] in ("完成", "实现")

    @property
    def compared(self) -> bool:
        """Whether any word says how to compare."""
        return self.before is not None or self.after is not None

    @property
    def head(self) -> int:
        """Where the comparing words before the number begin (the number itself when there are none)."""
        return self._before[1]

    @property
    def tail(self) -> int:
        """Where the comparing word after the unit ends."""
        return self._after[1]

    @once
    def named(self) -> int:
        """Where the words end that name the thing: before 从… in 从30家增加到50家."""
        return self.base.start - 1 if self.base is not None and self.base.start > self.left else self.head

    @once
    def lead(self) -> str:
        """The words before, without those that compare."""
        return self.passage.masked[self.left : self.named]

    @once
    def noun(self) -> str:
        """The words after, without the one that compares."""
        return self.passage.masked[self.tail : self.right]

    @once
    def is_service_time(self) -> bool:
        """Whether it says how long a thing may take: 一般登记3个工作日内办结."""
        bound = self.before is None and self.after in (None, Comparator.AT_MOST)
        timed = self.quantity.sort is Sort.TIME and len(self.lead) >= _SHORTEST_NOUN
        return bound and timed and _DONE_WITHIN.match(self.noun) is not None

    @once
    def final(self) -> bool:
        """Whether the thing stands before the number (企业达到240家) rather than after it (引进3家企业)."""
        return self.tail >= self.right or bool(_OVER.match(self.passage.masked, self.tail, self.right))

    @once
    def action(self) -> str:
        """The verb right before the number, when it is one that brings something about."""
        lead = _COUNTED_BEFORE.sub("", self.lead).removesuffix("了")
        for length in range(min(verbs.LONGEST_ACTION, len(lead)), 0, -1):
            if lead[-length:] in verbs.ACTIONS:
                return lead[-length:]
        return ""
