"""What a heading is there for: work to do, overall goals, or words around the plan (thoughts, last year)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from xlplan.steps.draft.titles import cut_title

if TYPE_CHECKING:
    from xlplan.steps.draft.tree import Node


class Part(StrEnum):
    """What a part of the document gives to the plan."""

    WORK = "work"
    GOALS = "goals"
    PAST = "past"
    AROUND = "around"


_GOALS = re.compile(
    r"目标(?:任务|指标|体系|要求|值|安排|分解)?$|^预期目标"
    r"|^(?:(?:19|20)\d\d年|主要|核心|预期|约束性?|量化|考核|年度|全年|发展|经济|社会|重点|工作|的|和)*指标(?:体系|要求|任务|安排|分解)?$"
)
_AROUND = re.compile(
    r"(?:思路|指导思想|原则|总体考虑|形势(?:任务|分析)?|背景|意义|定位|理念|方针|机遇|挑战)$"
    r"|(?:^|总体|基本|工作|有关|几点|相关|具体|组织|纪律|实施|总|目标|指导)要求$"
    r"|(?:行事历|校历|日程表|大事表)$"
    r"|^(?:前言|引言|序言|导言|结束语|结语|附则|说明|编制说明|编制依据|注)$"
)
_PAST = re.compile(
    r"(?:总结|回顾|(?:工作|完成|开展|落实|推进|进展|运行|基本|主要|任务|目标)情况|(?:主要|工作|取得|取得的|突出|明显|建设)(?:成效|成绩|业绩|成果|进展|亮点)"
    r"|(?:主要|工作|基本|典型)(?:做法|经验|亮点)|(?:存在|面临|主要|突出)的?(?:主要|突出)?(?:困难|问题|不足|短板|差距))"
    r"(?:[和与及、]?(?:主要|存在的?|工作|原因|困难|问题|不足|短板|差距|分析|经验|做法|成效|成绩))*$|^(?:上年|去年|过去一年|一年来)"
)
_PLANNED = re.compile(r"计划|打算|安排|要点|部署|下一?步|谋划|展望|举措|任务$")
_NOUN_LIKE = re.compile(r"^(?:取得|存在|完成|开展|推进|落实|面临|当前|主要|重点)的?")
_ACTING = re.compile(
    r"^(?:(?:全面|认真|扎实|深入|持续|着力|切实|严格|全力|努力|积极|进一步|加快|继续|坚决|科学|及时|准确|圆满|高质量|不断|大力)*)"
    r"(?:完成|实现|明确|落实|贯彻|坚持|加强|强化|推进|推动|提高|提升|理清|厘清|抓好|做好|抓实|做实|紧扣|围绕|聚焦|对照|对标|优化|完善|建立|健全"
    r"|制定|深化|细化|分解|确保|突出|统筹|把握|树立|确定|下达|解决|破解|整改|摸清|排查|掌握|了解|反映|公开|通报|查找|开展|组织|督促|监测|跟踪|展示"
    r"|宣传|创新|创建|践行|遵循|压实|夯实|学习|弘扬|回应|化解|正视|补齐|攻克|推广|借鉴|梳理|坚定|筑牢|铸牢|守住|牢记|巩固|加快|发挥|构建|打造|培育)"
)
_RUN_ON = re.compile(r"(?:总体|主要|预期|奋斗)目标(?!任务)|指导思想|总体要求(?!和|与)|总体思路(?!和|与)|基本原则")
_THOUGHT_AND_GOAL = re.compile(r"(?:思路|思想|要求|原则|形势)(?:和|与|及|、)?(?:总体|主要|工作|预期|发展|奋斗)*目标")
_LONGEST = 24


def part_of(node: Node, year: int | None = None) -> Part:
    """What an item is there for, by its heading; `year` is the plan's."""
    name = heading_name(node)
    if run_on := _RUN_ON.match(name):
        return Part.GOALS if run_on.group().endswith("标") else Part.AROUND
    acting = _ACTING.match(name) and not (_NOUN_LIKE.match(name) and _PAST.search(name))
    if acting or not name or len(name) > _LONGEST or "," in name:
        return Part.WORK
    return _by_noun(name, year)


def _by_noun(name: str, year: int | None) -> Part:
    """What a heading without a verb names."""
    if _AROUND.search(name) or _THOUGHT_AND_GOAL.search(name):
        return Part.AROUND
    if _GOALS.search(name):
        return Part.GOALS
    past = not _PLANNED.search(name) and (_PAST.search(name) or _is_earlier(name, year))
    return Part.PAST if past else Part.WORK


def _is_earlier(name: str, year: int | None) -> bool:
    """Whether a heading is about a year before the plan's."""
    stated = [int(one) for one in re.findall(r"(?:19|20)\d\d(?=年)", name)]
    return bool(year and stated) and max(stated) < (year or 0)


def heading_name(node: Node) -> str:
    """The heading of an item, bare: folded, without spaces and quotes; its first sentence when it runs on."""
    if node.name is None:
        node.name = _heading_name(node)
    return node.name


def _heading_name(node: Node) -> str:
    if not node.parts:
        return ""
    text = node.parts[0].folded
    cut = cut_title(text, own_line=node.own_line)
    first = re.split(r"[。:;!?]", text if cut.guessed else text[: cut.end], maxsplit=1)[0]
    first = re.sub(r"\([^()]*\)$", "", first.strip())
    return re.sub(r"[\s\u200b“”\"'‘’《》【】]", "", first)
