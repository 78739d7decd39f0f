"""Figures that were lost when a document was copied: a unit without its number, and what it may have been."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from xlplan import rules
from xlplan.chinese.quantities import scale
from xlplan.chinese.targets.indicators import core, likeness
from xlplan.chinese.targets.passage import Clause, Passage
from xlplan.chinese.vocabulary import any_of
from xlplan.finding import Finding, Place
from xlplan.model import Target

_COUNTED = any_of(
    """
    家 个 项 件 篇 期 场 人次 人 名 户 亩 公里 平方公里 平方米 台 套 所 座 条 处 门 次 亿美元 万美元 万元 亿元
    万亿元 万吨 亿吨 吨 个百分点 % ‰ 课时 学时 万人次 万人 万户 万亩 万个 万家 部 辆 批 宗 起 例
    """
)
_AFTER = r"(?:及?以上|左右|以内|以下|之内)"
_OVER = r"(?=$|[,;。、!?)\]〕】:]|\ufffc|其中|并|和|及)"
_UNIT_AFTER_GAP = re.compile(rf"(?P<unit>{_COUNTED}(?:\((?:家|个|项)\))?)(?P<after>{_AFTER})?{_OVER}")
_UNIT_COMPARED = re.compile(rf"(?<=[\u4e00-\u9fff)])(?P<unit>{_COUNTED})(?P<after>{_AFTER}){_OVER}")
_UNIT_AFTER_VERB = re.compile(
    rf"{any_of('达到 不低于 不少于 达 增长 增幅 增速 至少 占比 比重 值 额 收入 总量 投资')}"
    rf"(?P<unit>[万亿]元|%|个百分点|[家个项件篇])(?P<after>{_AFTER})?{_OVER}"
)
_NUMERAL = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿几多余数半每整\-/(+.]")
_LONGEST_WORD = 4
# Words that end like a unit.
_WORDS = re.compile(
    "(?:"
    + any_of(
        "负责 责任 联系 带头 领导 当事 经办 发言 申请 候选 牵头 主持 残疾 法 主 客 工 军 老 病 亲 众 专 国 别 他 本 个"
    )
    + "人|"
    + any_of("独 大 专 农 店 厂 商 行 国 本 东 全 各 每 一 逐 当 证 成 第")
    + "[家个名]|"
    + any_of(
        """
        事项 各项 单项 专项 强项 选项 条件 文件 案件 零件 事件 证件 软件 硬件 附件 稿件 信件 部件 构件 邮件 市场
        现场 会场 广场 商场 农场 立场 到场 层次 名次 批次 多次 再次 首次 其次 逐次 部门 专门 热门 上门 入门 近期
        长期 定期 工期 周期 学期 逾期 到期 干部 全部 内部 总部 用户 农户 客户 门户 账户 大户 住户 商户 平台 舞台
        后台 出台 电台 场所 处所 教条 线条 到处 好处 用处 各处 办事处 讲座
        """
    )
    + ")$"
)


def lost_figures(text: Passage, place: Place) -> list[Finding]:
    """A finding for every unit whose number is gone, in the order of the text."""
    counted = {index for one in text.quantities if not one.bare for index in range(one.start, one.end)}
    found: dict[int, tuple[Clause, int]] = {}
    for clause in text.clauses:
        for start, end in _units(text, clause):
            if start not in counted and not _is_word(text, clause, start):
                found.setdefault(start, (clause, end))
    done, findings = 0, []
    for start, (clause, end) in sorted(found.items()):
        begin = _begin(text, max(clause.start, done), start)
        if start - begin > 1:
            findings.append(_finding(text, begin, start, end, place))
        done = end
    return findings


def _is_word(text: Passage, clause: Clause, start: int) -> bool:
    """Whether what looks like a unit ends a word (负责人) or has its number before it."""
    if _NUMERAL.match(text.folded[start - 1 : start]):
        return True
    return _WORDS.search(text.folded, max(clause.start, start - _LONGEST_WORD), start + 1) is not None


def _units(text: Passage, clause: Clause) -> Iterator[tuple[int, int]]:
    for gap in text.gaps_within(clause.start, clause.end):
        match = _UNIT_AFTER_GAP.match(text.masked, gap)
        if match and gap - 1 not in text.gaps:
            yield match.start("unit"), match.end()
    for pattern in (_UNIT_COMPARED, _UNIT_AFTER_VERB):
        for match in pattern.finditer(text.masked, clause.start, min(len(text.masked), clause.end + 1)):
            yield match.start("unit"), match.end()


def _begin(text: Passage, start: int, end: int) -> int:
    """Where the words of the lost figure begin: after the last mark or figure before it."""
    listed = max(text.masked.rfind(mark, start, end) for mark in "、,;")
    return max(start, listed + 1)


def _finding(text: Passage, begin: int, start: int, end: int, place: Place) -> Finding:
    phrase = f"{text.written[begin:start]} {text.written[start:end]}"
    unit = _UNIT_AFTER_GAP.match(text.folded, start) or _UNIT_COMPARED.match(text.folded, start)
    return rules.find(
        "D202",
        place,
        text=phrase,
        proposal="",
        indicator=text.written[begin:start],
        unit=unit["unit"] if unit else text.written[start:end],
    )


def propose_lost(found: Iterable[Finding], targets: Iterable[Target]) -> list[Finding]:
    """The findings, where a lost figure (D202) proposes that of another target with the same indicator and unit."""
    known = [target for target in targets if target.is_number]
    return [_proposed(finding, known) if finding.code == "D202" else finding for finding in found]


_NEAR = 0.75


def _proposed(finding: Finding, targets: list[Target]) -> Finding:
    facts = dict(finding.facts)
    indicator, unit = core(facts.get("indicator", "")), facts.get("unit", "")
    comparable = [target for target in targets if scale(Decimal(1), target.unit, unit) is not None]
    likely = [(likeness(indicator, core(target.indicator)), target) for target in comparable]
    best = max(likely, key=lambda one: one[0], default=(0.0, None))
    if best[1] is None or best[0] < _NEAR:
        return finding
    facts["proposal"] = best[1].text
    return replace(finding, facts=tuple(sorted(facts.items())))
