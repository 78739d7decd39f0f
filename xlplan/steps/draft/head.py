"""What a document is: its title, issuer, number and year, and which of its lines are the plan itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan.chinese.script import CJK, fold
from xlplan.marks import both
from xlplan.steps.draft import furniture
from xlplan.steps.draft.lines import is_open_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.model.document import Grid
    from xlplan.steps.draft.lines import Line

_PLAN = (
    "工作要点|要点|计划|方案|安排|打算|任务|分工|清单|思路|一览表|分解表|部署|谋划|展望|举措|项目表|责任表|责任书|目标"
)
_TITLE = re.compile(
    rf"(?:{_PLAN}|工作重点|总结|报告)(?:\([^()]*\))?(?:的?通知)?(?:精选|范文|模板|汇编)?(?:\([^()]*\))?$|工作(?:要点|计划).{{0,6}}$|年(?:度)?[^,]{{0,12}}重点工作$"
)
_IS_PLAN = re.compile(_PLAN)
_YEAR = re.compile(r"((?:19|20)\d\d)\s*[-—~至]?\s*(?:(?:19|20)\d\d)?\s*年?")
_CN_YEAR = re.compile(r"二[〇零○O0][〇零○一二三四五六七八九O0]{2}(?=年)")
_ORG = "局|委员会|委|厅|办公室|办|政府|中心|院|管委会|部|处|公司|镇|乡|街道办事处|街道|学校|大学|医院|协会|党组|党委"
_NOTICE = re.compile(rf"^(?P<org>[{CJK}、()\s]{{2,60}}?)关于(?:印发|下发|发布|转发|做好)")
_BEFORE_YEAR = re.compile(rf"^(?P<org>[{CJK}]{{2,30}}?(?:{_ORG}))(?:机关)?(?:关于|(?=(?:19|20)\d\d|二[〇零○]))")
_AFTER_YEAR = re.compile(rf"^(?:(?:19|20)\d\d|二[〇零○]..)年度?(?P<org>[{CJK}]{{2,24}}?(?:{_ORG}))(?=工作|重点|年度)")
_PLACE = re.compile("[省市县区州旗盟镇乡某]|街道|X{2}|集团|公司|大学|学校|医院")
_NUMBER = re.compile(rf"[{CJK}A-Za-z]{{1,15}}\s*[〔\[【(〈]\s*(?:19|20)\d\d\s*[〕\]】)〉]\s*第?\s*\d{{1,5}}\s*号")
_NUMBERED = re.compile(rf"^附件?[\d一二三四五六七八九十]*[{both(':')}]?\s*")
_QUOTED = re.compile(r"《([^《》]{4,80})》")
_MIN_TITLE, _MAX_TITLE, _ANONYMOUS = 5, 70, 7


@dataclass(frozen=True)
class Head:
    """A document's particulars, and the lines of the plan: those after its title, up to appendices and signature."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    year: int | None = None
    body: tuple[Line, ...] = ()
    left_out: int = 0
    is_notice: bool = False


@dataclass
class _Segment:
    title: Line | None
    lines: list[Line] = field(default_factory=list)

    @property
    def marks(self) -> int:
        return sum(1 for line in self.lines if line.mark and line.mark.firm)

    @property
    def weight(self) -> tuple[bool, int]:
        """How much a segment looks like the plan: a summary of the past yields to a plan of any size."""
        name = self.title.plain if self.title else ""
        past = bool(re.search("总结|报告|回顾|情况", name)) and not _IS_PLAN.search(name)
        return not past and self.marks > 0, self.marks


def read_head(lines: Sequence[Line], grids: Sequence[Grid]) -> Head:
    """The particulars of a document, and the lines of its plan."""
    facts = _facts(lines, grids)
    segments = _segments(lines)
    chosen = max(reversed(segments), key=lambda segment: segment.weight)
    at = segments.index(chosen)
    title = _title(chosen, segments, facts, lines)
    before = [line for segment in segments[: at + 1] for line in ([segment.title] if segment.title else [])]
    return Head(
        title,
        _issuer(facts, before, lines, title),
        _number(facts, lines),
        _year(title, lines),
        tuple(_without_tail(chosen.lines)),
        sum(segment.marks for segment in segments if segment is not chosen),
        _is_notice(chosen, title),
    )


def _is_notice(chosen: _Segment, title: str) -> bool:
    """Whether what is left as the body is a notice: named so, or addressed to offices."""
    named = bool(chosen.title and chosen.title.plain.endswith("通知")) or fold(title).endswith("通知")
    return named or chosen.title is None or any(furniture.is_letter(line) for line in chosen.lines[:4])


# --- which lines are the plan -----------------------------------------------------------------------------------------


def _segments(lines: Sequence[Line]) -> list[_Segment]:
    """The document cut at its titles and appendices."""
    segments = [_Segment(None)]
    for line in lines:
        if furniture.is_metadata(line) or (furniture.is_page(line) and not line.closed):
            continue
        if furniture.is_appendix(line):
            segments.append(_Segment(None))
            if _is_title(line, _NUMBERED.sub("", line.plain)):
                segments[-1].title = line
        elif _is_title(line, line.plain) and not (line.mark and line.mark.firm):
            segments.append(_Segment(line))
        else:
            segments[-1].lines.append(line)
    return segments


def _is_title(line: Line, plain: str) -> bool:
    if not _MIN_TITLE <= len(plain) <= _MAX_TITLE or line.closed or re.search(r"[。;!?|]", plain):
        return False
    return bool(_TITLE.search(plain)) and bool(_YEAR.search(plain) or _CN_YEAR.search(plain) or _ORG_NAME.search(plain))


_ORG_NAME = re.compile(rf"[{CJK}](?:{_ORG})|全[市县区省镇局]")


def _without_tail(lines: Sequence[Line]) -> list[Line]:
    kept = list(lines)
    while len(kept) > 1 and furniture.is_tail(kept[-1]) and not _runs_into(kept[-2]):
        kept.pop()
    return kept


def _runs_into(line: Line) -> bool:
    """Whether a line goes on in the next one."""
    return line.full or is_open_inside(line.folded) or not (line.closed or furniture.is_tail(line))


# --- the particulars --------------------------------------------------------------------------------------------------


def _facts(lines: Sequence[Line], grids: Sequence[Grid]) -> dict[str, str]:
    """The page's metadata by key, from lines and from tables."""
    facts: dict[str, str] = {}
    rows = [" | ".join(dict.fromkeys(row)) for grid in grids for row in grid.rows[:12]]
    for text in [line.text for line in lines if furniture.is_metadata(line)] + rows:
        for name, _, (start, end) in furniture.pairs(fold(text)):
            facts.setdefault(name, text[start:end])
    return facts


def _title(chosen: _Segment, segments: Sequence[_Segment], facts: dict[str, str], lines: Sequence[Line]) -> str:
    known = next((facts[key] for key in furniture.NAME_KEYS if key in facts), "")
    if chosen.title:
        return _tidy(chosen.title.text)
    for segment in segments:
        if segment.title:
            return _tidy(segment.title.text)
    if known:
        return _tidy(known)
    first = next((line for line in lines if not furniture.is_metadata(line) and not furniture.is_page(line)), None)
    return _tidy(first.text) if first and not first.mark and len(first.plain) <= _MAX_TITLE and not first.closed else ""


def _tidy(text: str) -> str:
    """A title without letter-spacing, 附件, and the notice around a name in 《》."""
    tight = re.sub(rf"(?<=[{CJK}])\s+(?=[{CJK}])", "", text).strip()
    tight = _NUMBERED.sub("", tight)
    quoted = _QUOTED.search(tight)
    if quoted and re.search(r"关于(?:印发|下发|发布|转发)|關于|關於", tight):
        return quoted.group(1)
    found = re.fullmatch(r".*?关于(?:印发|下发|发布)(.{5,})的通知", tight)
    return found.group(1) if found else tight


def _issuer(facts: dict[str, str], titles: Sequence[Line], lines: Sequence[Line], title: str) -> str:
    named = next((facts[key] for key in furniture.ISSUER_KEYS if key in facts), "")
    owner = _title_org(title)
    if named:
        return owner if owner.startswith(named) else named
    for line in [*titles, *lines[:20]]:
        if found := _NOTICE.match(line.folded):
            return re.sub(r"\s", "", line.text[: found.end("org")])
    if owner:
        return owner
    for at, line in enumerate(lines[1:], 1):
        if furniture.is_date(line) and re.search(rf"(?:{_ORG})$", lines[at - 1].plain):
            return re.sub(r"\s", "", lines[at - 1].text) if _is_named(lines[at - 1].plain) else ""
    return ""


def _title_org(title: str) -> str:
    """The office that a title names before or after the year."""
    for pattern in (_BEFORE_YEAR, _AFTER_YEAR):
        if (found := pattern.match(fold(title))) and _is_named(found.group("org")):
            return title[found.start("org") : found.end("org")]
    return ""


def _is_named(org: str) -> bool:
    """Whether a name says whose office it is, not only which kind."""
    return bool(_PLACE.search(org))


def _number(facts: dict[str, str], lines: Sequence[Line]) -> str:
    named = next((facts[key] for key in furniture.NUMBER_KEYS if key in facts), "")
    if named and re.search(r"\d", named):
        return named
    for line in lines[:30]:
        if (found := _NUMBER.search(line.folded)) and len(found.group()) >= len(line.folded.strip()) - 2:
            return line.text[found.start() : found.end()].strip()
    return ""


_SCHOOL_YEAR = re.compile(r"(?P<first>(?:19|20)\d\d)\s*(?:学年)?[-~—–―至到/]+\s*(?P<second>(?:19|20)\d\d)\s*学年")
_SECOND_TERM = re.compile("第二学期|下学期|下半学期|春季")


def _year(title: str, lines: Sequence[Line]) -> int | None:
    plain = fold(title)
    if school := _SCHOOL_YEAR.search(plain):
        return int(school["second" if _SECOND_TERM.search(plain) else "first"])
    if found := list(_YEAR.finditer(plain)):
        planned = [
            one
            for one in found
            if re.match(r"[^总]{0,20}(?:计划|要点|打算|安排|思路|谋划|展望|部署|任务)", plain[one.end() :])
        ]
        return int((planned or found)[-1].group(1) if planned else found[0].group(1))
    if chinese := _CN_YEAR.search(plain):
        return _cn_year(chinese.group())
    for line in lines[:40]:
        if found_year := re.search(r"((?:19|20)\d\d)(?=年)", line.folded):
            return int(found_year.group(1))
    return None


def _cn_year(text: str) -> int:
    digits = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○O0", "0")
    return int("".join(digits[char] for char in text))
