"""Breakdown tables made by others: header anywhere and up to three rows deep, bands, merged cells, totals left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from xlplan.chinese.numbering import read_mark, referred
from xlplan.chinese.script import clean, fold
from xlplan.headers import plain_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlplan.finding import Place
    from xlplan.model.document import Grid


class Column(Enum):
    """What a column of a breakdown table holds."""

    SERIAL = "serial"
    SECTION = "section"
    TASK = "task"
    CONTENT = "content"
    TARGET = "target"
    INDICATOR = "indicator"
    VALUE = "value"
    UNIT = "unit"
    LEAD = "lead"
    SUPPORT = "support"
    OFFICE = "office"
    LEADER = "leader"
    DEADLINE = "deadline"
    OTHER = "other"


_ROOM = "(?:单位|部门|科室|处室|股室|科处室|机构|主体|责任单位|责任部门|责任科室|处|科|方)"
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.SERIAL, r"^(?:序号?|编号|项次|行次|no\.?|#|任务(?:序|编)号|顺序号?)$"),
        (Column.OTHER, r"进展|完成情况|落实情况|推进情况|存在|问题|备注|说明|下一步"),
        (Column.OTHER, r"联系|电话|是否|亮灯|状态|完成率|占计划|得分|分值|评分"),
        (Column.OTHER, r"考核分|资金|投资|预算|来源|排名|实际|上年|去年|基数"),
        (Column.LEADER, r"领导|责任人|负责人|包抓人|^(?:县|市|区|局)级领导|牵头人"),
        (Column.SUPPORT, rf"(?:配合|协办|协同|会办|参与|协助|参加|协作|配合落实|会同){_ROOM}?|责任单位\(配合\)"),
        (Column.LEAD, rf"(?:牵头|主办|总牵头|主要责任|第一责任|主责|主抓|主要负责){_ROOM}?"),
        (Column.OFFICE, rf"(?:责任|实施|落实|主管|承担|负责){_ROOM}|承办{_ROOM}?|^责任$|^(?:科室|部门|处室)$|分工"),
        (Column.DEADLINE, r"时限|时间|期限|节点|进度(?:安排|要求|计划)|完成日期|^日期$"),
        (Column.UNIT, r"^(?:计量|计算)?单位$"),
        (Column.VALUE, r"(?:目标|指标|计划|任务)(?:值|数|量)$|^(?:\d{4}年)?(?:年度)?目标值|^数量$|计划数"),
        (Column.INDICATOR, r"指标(?:名称)?$|^(?:二|三)级指标"),
        (Column.SECTION, r"^(?:(?:任务|工作|重点)?(?:类别|板块|分类|类型|领域|方面)|大项|一级指标|考核项目|条线)$"),
        (Column.CONTENT, r"(?:要求|措施|举措|标准|做法|步骤|内容及要求|(?:主要|建设|工作|任务|具体)内容)$"),
        (Column.TARGET, r"目标(?!任务)|指标|预期成果|成果|考核标准|形象进度"),
        (Column.TASK, r"任务|事项|项目|实事|重点工作|工作(?!组)|内容|工程|行动|要点"),
    )
)  # fmt: skip
_BOOKKEEPING = re.compile(r"^(?:合计|总计|小计|共计)")
_REMARK = re.compile(r"^(?:注|备注|说明|填表|填报|制表|审核|联系|单位负责人|分管领导签)[:人说]?")
_DEEPEST, _SEARCHED, _LONGEST_HEADER = 3, 40, 24
_NEEDED = 2


@dataclass
class Entry:
    """One task of a table: the texts of its cells by column, over all rows that it spans."""

    place: Place
    label: str
    section: str
    rows: list[dict[Column, list[str]]] = field(default_factory=list)

    def texts(self, column: Column) -> list[str]:
        """The different texts of a column, in the order of the rows."""
        return list(dict.fromkeys(text for row in self.rows for text in row.get(column, ()) if text))

    def text(self, column: Column, joint: str = "\n") -> str:
        """The texts of a column as one."""
        return joint.join(self.texts(column))


@dataclass(frozen=True)
class _Header:
    top: int
    depth: int
    columns: Mapping[int, Column]

    @property
    def score(self) -> int:
        return len(set(self.columns.values()) - {Column.OTHER, Column.SERIAL})


def read_table(grid: Grid) -> list[Entry]:
    """The tasks of a table; none when it has no header that names tasks."""
    rows = [tuple(clean(cell).strip() for cell in row) for row in grid.rows]
    header = _header(rows)
    if header is None:
        return []
    return list(_merged(_entries(rows, header, grid.place)))


# --- the header -------------------------------------------------------------------------------------------------------


def _header(rows: Sequence[Sequence[str]]) -> _Header | None:
    best: _Header | None = None
    for top in range(min(len(rows), _SEARCHED)):
        for depth in range(1, _DEEPEST + 1):
            if top + depth > len(rows):
                break
            header = _Header(top, depth, _columns(rows[top : top + depth]))
            if not _is_header(header):
                continue
            if best is None or header.score > best.score:
                best = header
        if best is not None and top > best.top + _DEEPEST:
            break
    return best


def _is_header(header: _Header) -> bool:
    named = set(header.columns.values())
    about = named & {Column.TASK, Column.CONTENT, Column.TARGET, Column.INDICATOR}
    return bool(about) and header.score >= _NEEDED


def _columns(rows: Sequence[Sequence[str]]) -> dict[int, Column]:
    """What each column holds, by the words above it, the lowest first."""
    found: dict[int, Column] = {}
    for at in range(max((len(row) for row in rows), default=0)):
        words = list(dict.fromkeys(plain_header(row[at]) for row in rows if at < len(row) and row[at]))
        if not words or any(len(word) > _LONGEST_HEADER for word in words):
            continue
        column = next((one for word in reversed(words) if (one := classify(word))), None)
        if column is not None:
            found[at] = column
    if len(rows) > 1 and any(len(set(row)) == 1 for row in rows):
        return {}
    return _settled(found)


def classify(word: str) -> Column | None:
    """What a header word names; None when it is no header word."""
    plain = fold(word).replace("\n", "")
    if not plain or len(plain) > _LONGEST_HEADER or re.search(r"[。;,]", plain):
        return None
    return next((column for column, pattern in _WORDS if pattern.search(plain)), None)


def _settled(found: dict[int, Column]) -> dict[int, Column]:
    """With roles made clear: beside a lead column 责任单位 means support; the last of several task columns counts."""
    columns = dict(found)
    named = set(columns.values())
    if Column.LEAD in named and Column.SUPPORT not in named:
        columns = {at: Column.SUPPORT if one is Column.OFFICE else one for at, one in columns.items()}
    tasks = [at for at, one in columns.items() if one is Column.TASK]
    for at in tasks[:-1]:
        columns[at] = Column.SECTION
    for stand_in in (Column.CONTENT, Column.INDICATOR, Column.TARGET):
        if not tasks and stand_in in named:
            tasks = [next(at for at, one in columns.items() if one is stand_in)]
            columns[tasks[0]] = Column.TASK
    return columns


# --- the rows ---------------------------------------------------------------------------------------------------------


def _entries(rows: Sequence[Sequence[str]], header: _Header, place: Place) -> Iterator[Entry]:
    """One entry for each row that is a task or goes on with one."""
    band = ""
    head = set(map(tuple, rows[header.top : header.top + header.depth]))
    for at, row in enumerate(rows[header.top + header.depth :], header.top + header.depth):
        told = [cell for cell in dict.fromkeys(row) if cell]
        if not told or tuple(row) in head or _is_bookkeeping(told):
            continue
        if len(told) == 1 and not _is_task_row(row, header):
            if not _REMARK.match(fold(told[0])):
                band = told[0]
            continue
        yield _entry(row, header, place, at, band)


def _is_bookkeeping(told: Sequence[str]) -> bool:
    """Whether a row is a total, a repeated header or a remark below the table."""
    if any(_BOOKKEEPING.match(fold(cell).replace(" ", "")) for cell in told[:2]):
        return True
    if _REMARK.match(fold(told[0])) and len(told) <= _NEEDED:
        return True
    return all(classify(plain_header(cell)) and len(cell) <= _SHORT for cell in told) and len(told) > _NEEDED


_SHORT = 8


def _is_task_row(row: Sequence[str], header: _Header) -> bool:
    """Whether a row with a single text is a task with nothing beside it: it stands in the task column alone."""
    filled = [at for at, cell in enumerate(row) if cell]
    return (
        len(filled) == 1
        and header.columns.get(filled[0]) in {Column.TASK, Column.TARGET, Column.CONTENT}
        and (filled[0] > 0 and not read_mark(fold(row[filled[0]])))
    )


def _entry(row: Sequence[str], header: _Header, place: Place, at: int, band: str) -> Entry:
    entry = Entry(_row_place(place, at), "", band)
    section: list[str] = []
    cells: dict[Column, list[str]] = {}
    for column, kind in sorted(header.columns.items()):
        text = row[column] if column < len(row) else ""
        if kind is Column.SERIAL:
            entry.label = entry.label or text.removesuffix(".0")
        elif kind is Column.SECTION:
            section.append(text)
        else:
            cells.setdefault(kind, []).append(text)
    entry.rows.append(cells)
    if any(section):
        entry.section = next(text for text in section if text)
    return entry


def _row_place(place: Place, at: int) -> Place:
    from xlplan.finding import Place as At

    if place.sheet:
        return At(place.file, place.sheet, f"A{at + 1}")
    return At(place.file, line=place.line)


def _merged(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Rows that belong to one task put together: a cell merged over them, or a blank one that goes on."""
    current: Entry | None = None
    for entry in entries:
        task = entry.text(Column.TASK)
        if current is not None and _goes_on(current, entry, task):
            current.rows += entry.rows
            continue
        if current is not None and _refers_to(current, task):
            current.rows += [{**row, Column.TASK: []} for row in entry.rows]
            continue
        if not task:
            continue
        if current is not None:
            yield current
        current = entry
    if current is not None:
        yield current


def _goes_on(current: Entry, entry: Entry, task: str) -> bool:
    same_number = not entry.label or entry.label == current.label
    return same_number and (not task or task == current.text(Column.TASK))


def _refers_to(current: Entry, task: str) -> bool:
    """Whether a task cell stands for the row above whose number it names: `壮大企业创新主力军(全文见 T006-01)`."""
    return bool(current.label) and referred(task) == fold(current.label)
