"""Where an item's title ends: at the document's own mark, else at the best cut, which is then a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlplan.chinese.script import CJK, fold

_OPEN, _CLOSE = "“‘《〈(〔【[「『", "”’》〉)〕】]」』"
_PAIR = dict(zip(_CLOSE, _OPEN, strict=True))
_STOPS = "。!?;\n"
_LONG_TITLE = 48
_RUN_ON = 30
_SHORTEST = 4
_CUT_MIN, _CUT_MAX = 6, 32

_BEGINNERS = (
    "围绕|按照|根据|依托|依据|遵循|贯彻落实|贯彻|认真|深入|深化|大力|重点|着力|全力|全面|扎实|切实|严格|积极|主动|持续|不断|进一步|坚持|坚决|牢固|牢牢|充分|统筹|强化|加强|加快|加大|推进|推动|推广|实施|落实|组织|开展"
    "|建立|健全|完善|建设|制定|出台|创新|优化|鼓励|支持|引导|聚焦|突出|立足|结合|针对|紧扣|紧盯|紧紧|以|对|在|通过|利用|借助|抓好|抓住|做好|做实|把|将|力争|确保|争取|全年|年内|今年|到|继续|巩固|拓展|提升|提高|发挥|促进|培育|打造|构建|举办|引进|新增|新建|启动|规范|履行|学习|启用|设立|探索|争创|充实|协调|配合|督促|指导|整合"
)
_BEGINNER = re.compile(f"(?:{_BEGINNERS})")
_STRONG = re.compile(
    "(?:围绕|按照|根据|依托|贯彻落实|认真|深入|大力|重点|着力|全力|全面|扎实|切实|严格|积极|进一步|坚持|充分|统筹|聚焦|突出|立足|结合|针对|紧扣|紧盯|紧紧|以(?!上|下|内|外|及|来)|通过|全年|年内|今年|力争|确保|继续|不断|持续|牢固)"
)
_ENDERS = (
    "建设|体系|制度|能力|水平|工作|改革|发展|项目|平台|服务|管理|机制|工程|行动|任务|质量|环境|队伍|保障|产业|企业|技术|模式|高地|示范区|专项|主权|规划|领域|宣传|普及|活动|治理|监管|安全|培训|人才|攻关|转化|合作|开放|共享"
    "|创新|转型|升级|融合|振兴|作风|责任|领导|纵深|效能|生态|基础|力度|城市|行政|品牌|载体|投入|教育|体制|对接|落地|防线|落实|增效|提质|增长|稳定|达标|全覆盖|新产品|联动|集聚|集群|支撑"
)
_ENDER = re.compile(f"(?:{_ENDERS})$")
_MODIFIER = re.compile(rf"[的和与及、对在以向从为把将被让使于]$|[{_OPEN}]$")


@dataclass(frozen=True)
class Cut:
    """Where the title of a text ends and where the rest begins; whether that had to be guessed.

    `torn`: it ends within a phrase, only because it would be too long.
    """

    end: int
    rest: int
    guessed: bool = False
    torn: bool = False


def cut_title(text: str, lead: int = 0, *, own_line: bool = False) -> Cut:
    """The title at the beginning of an item's first paragraph. `lead`: the length of its bold beginning."""
    folded = fold(text)
    if own_line:
        end = len(folded.rstrip().rstrip("。;:,"))
        return Cut(end, len(text))
    if _SHORTEST <= lead < len(text):
        return Cut(len(folded[:lead].rstrip(" 。:;—-")), lead)
    stop = _first(folded, _STOPS)
    sentence = stop if stop >= 0 else len(folded)
    if (early := _announced(folded[: min(sentence, _LONG_TITLE)])) is not None:
        return early
    if sentence <= _RUN_ON or (sentence <= _LONG_TITLE and not _beginning(folded[:sentence])):
        return Cut(len(folded[:sentence].rstrip()), min(sentence + 1, len(text)))
    return _best(folded[:sentence])


def _first(folded: str, wanted: str, limit: int = 400) -> int:
    """The first of the wanted characters outside quotes and brackets; -1 when there is none."""
    depth: list[str] = []
    for at, char in enumerate(folded[:limit]):
        if char in _OPEN:
            depth.append(char)
        elif char in _CLOSE:
            if depth and depth[-1] == _PAIR[char]:
                depth.pop()
        elif char in wanted and (not depth or char == "\n"):
            return at
    return -1


def _announced(folded: str) -> Cut | None:
    """A title ended by a colon, a dash, a wide space or its own brackets."""
    if (found := re.match(r"[【〔\[](.{3,40}?)[】〕\]]\s*:?\s*", folded)) and found.end() < len(folded):
        return Cut(found.end(1), found.end())
    colon = _first(folded, ":")
    if _SHORTEST <= colon <= _CUT_MAX and not re.search(r"[,、]", folded[:colon]):
        return Cut(colon, colon + 1)
    if found := re.search(rf"(?<=[{CJK}”》)])(?:\s*——\s*|\s{{1,}})(?=[{CJK}“《①-⑳])", folded):
        before = folded[: found.start()]
        if len(before) >= _SHORTEST and _balanced(before) and not re.search(r"[,]", before):
            return Cut(found.start(), found.end())
    return None


def _balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in zip(_OPEN, _CLOSE, strict=True))


def _beginning(folded: str) -> int:
    """Where a body sentence seems to begin inside a run-on title; 0 when nowhere."""
    best, at = 0.0, 0
    depth = 0
    for here in range(1, min(len(folded) - 1, _CUT_MAX + 10)):
        depth += (folded[here - 1] in _OPEN) - (folded[here - 1] in _CLOSE)
        if here < _CUT_MIN or depth > 0 or folded[here - 1] in ",、":
            continue
        score = _score(folded, here)
        if score > best:
            best, at = score, here
    return at if best >= _CONVINCING else 0


_CONVINCING = 2.0


def _score(folded: str, here: int) -> float:
    before, after = folded[:here], folded[here : here + 6]
    if not _BEGINNER.match(after) or _MODIFIER.search(before):
        return 0.0
    score = 1.0 + 1.0 * bool(_STRONG.match(after)) + 1.2 * bool(_ENDER.search(before[-4:]))
    if re.match(
        r"(?:建设|发展|创新|培育|管理|服务|改革|提升|推广|优化|保障|整合|宣传|引导|协调|配合|督促|指导|学习|拓展)",
        after,
    ):
        score -= 0.9
    return score - 0.01 * here


def _best(sentence: str) -> Cut:
    """The best guess in a sentence that carries no mark of its own for the end of the title."""
    if at := _beginning(sentence):
        return Cut(at, at, guessed=True)
    comma = _first(sentence, ",")
    while 0 <= comma < _CUT_MIN:
        following = _first(sentence[comma + 1 :], ",")
        comma = comma + 1 + following if following >= 0 else -1
    if 0 <= comma <= _LONG_TITLE:
        return Cut(comma, comma, guessed=True)
    end = min(len(sentence), _LONG_TITLE)
    if re.match(r"[A-Za-z]{2}", sentence[end - 1 :]):
        end = max(sentence.rfind(" ", 0, end), 0) or end  # not inside a Latin word
    return Cut(end, end, guessed=True, torn=end < len(sentence))
