"""Row codes that stay: giving codes to the lines of plan.xlsx, whatever was added, copied, deleted or re-sorted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.model import Section, Task
from xlplan.steps.allocate import GOALS, row_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlplan.finding import Finding
    from xlplan.model import Plan, PlanLine

_CODE = re.compile(r"([GT]\d{3,})-(\d{2,})")
_SHOWN = 30  # letters of a task in a finding
_MARK = re.compile(r"((?:第?[一二三四五六七八九十百]+|\d+)(?=[、..])|[((][^))]{1,4}[))])[、..]?")


def settle(plan: Plan, lines: Sequence[PlanLine], known: Mapping[str, str]) -> tuple[Plan, list[Finding]]:
    """The plan with tasks, sections and rows, every row with its code.

    `known` holds the identity (`PlanLine.identity`) of every row code that was ever given: a code that a line lost is
    given back to it, and no code is given twice. A line whose text is that of another code, as after sorting the texts
    without the codes, is the other code's line: history follows the text.
    """
    known = {code: what for code, what in known.items() if _CODE.fullmatch(code)}
    coder = _Coder(known)
    codes = coder.settle(lines)
    texts: dict[str, str] = {}  # the whole text stands in one of a task's lines, wherever that was sorted to
    for line, code in zip(lines, codes, strict=True):
        if line.text:
            texts.setdefault(code.rpartition("-")[0], line.text)
    tasks: dict[str, Task] = {}
    sections = _sections(lines, codes)
    rows = []
    for line, code in zip(lines, codes, strict=True):
        task = code.rpartition("-")[0]
        section = sections[line.section].code
        text = texts.get(task) or line.title
        first = tasks.setdefault(task, Task(task, line.label, section, line.title, text))
        if _plain(first.title) != _plain(line.title):
            coder.found.append(rules.find("P209", line.place, task=task))
        rows.append(replace(line.row, code=code, task=task))
    gone = sorted(set(known) - set(codes))
    if gone:
        coder.found.append(rules.find("P211", count=len(gone), codes="、".join(gone)))
    parts = (tuple(sections.values()), tuple(tasks.values()), tuple(rows))
    return replace(plan, sections=parts[0], tasks=parts[1], rows=parts[2]), coder.found


@dataclass
class _Coder:
    known: Mapping[str, str]
    found: list[Finding] = field(default_factory=list)
    strayed: set[int] = field(default_factory=set)

    def settle(self, lines: Sequence[PlanLine]) -> list[str]:
        kept = self._kept(lines)
        mine = set(kept.values())
        lost = {self.known[code]: code for code in sorted(self.known, reverse=True) if code not in mine}
        titles = {_plain(lines[index].title): code.rpartition("-")[0] for index, code in sorted(kept.items())[::-1]}
        given = _Given({*self.known, *mine})
        codes = []
        for index, line in enumerate(lines):
            code = kept.get(index) or lost.pop(line.identity, "") or given.next(titles.get(_plain(line.title)))
            titles.setdefault(_plain(line.title), code.rpartition("-")[0])
            codes.append(code)
            if index in self.strayed:
                self.found.append(rules.find("P219", line.place, code=line.code, new=code, task=line.title[:_SHOWN]))
            elif index not in kept:
                self._report(line, code)
        return codes

    def _kept(self, lines: Sequence[PlanLine]) -> dict[int, str]:
        """Which lines keep the code that stands in them; of several with one code, the one that had it before."""
        kept: dict[str, int] = {}
        self.strayed = _Strays(lines, self.known).found()
        for index, line in enumerate(lines):
            code = line.code.strip().upper()
            if not _CODE.fullmatch(code) or index in self.strayed:
                continue
            before = self.known.get(code)
            if code not in kept or (lines[kept[code]].identity != before and line.identity == before):
                kept[code] = index
        return {index: code for code, index in kept.items()}

    def _report(self, line: PlanLine, code: str) -> None:
        if not line.code:
            self.found.append(rules.find("P202", line.place, new=code))
        elif _CODE.fullmatch(line.code.strip().upper()):
            self.found.append(rules.find("P201", line.place, code=line.code, new=code))
        else:
            self.found.append(rules.find("P210", line.place, code=line.code, new=code))


class _Given:
    """The codes that are given: of each task the last row's number, and the last task's."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.rows: dict[str, int] = {}
        for code in codes:
            task, _, row = code.rpartition("-")
            self.rows[task] = max(self.rows.get(task, 0), int(row))
        self.tasks = max((int(task[1:]) for task in self.rows if task[0] == "T"), default=0)

    def next(self, task: str | None) -> str:
        """A code for a new row of a task, or of a new task."""
        if task is None:
            self.tasks += 1
            task = f"T{self.tasks:03d}"
        self.rows[task] = row = self.rows.get(task, 0) + 1
        return row_code(task, row)


class _Strays:
    """Finds the lines that carry a code which stood for something else, while their own text is known by another."""

    def __init__(self, lines: Sequence[PlanLine], known: Mapping[str, str]) -> None:
        self.lines = lines
        self.known = known
        self.codes: dict[str, set[str]] = {}
        self.tasks: dict[str, set[str]] = {}
        for code, identity in known.items():
            self.codes.setdefault(identity, set()).add(code)
            self.tasks.setdefault(_title(identity), set()).add(code.rpartition("-")[0])
        self.home = {
            line.code.strip().upper() for line in lines if known.get(line.code.strip().upper()) == line.identity
        }

    def found(self) -> set[int]:
        """The lines' indexes."""
        return {index for index, line in enumerate(self.lines) if self._strays(line)}

    def _strays(self, line: PlanLine) -> bool:
        code = line.code.strip().upper()
        before = self.known.get(code)
        if not _CODE.fullmatch(code) or before == line.identity:
            return False
        theirs = self.codes.get(line.identity, set())
        if theirs and not theirs & self.home:
            return True
        others = self.tasks.get(_title(line.identity), set())
        return before is not None and bool(others) and code.rpartition("-")[0] not in others


def _title(identity: str) -> str:
    return identity.partition("\x1f")[0]


def _sections(lines: Sequence[PlanLine], codes: Sequence[str]) -> dict[str, Section]:
    sections: dict[str, Section] = {}
    for line, code in zip(lines, codes, strict=True):
        if line.section in sections:
            continue
        mark = _MARK.match(line.section)
        number = sum(section.code != GOALS for section in sections.values()) + 1
        sections[line.section] = Section(
            GOALS if code.startswith("G") else f"{number:02d}",
            mark[1] if mark else "",
            line.section[mark.end() :] if mark else line.section,
        )
    return sections


def _plain(text: str) -> str:
    return "".join(text.split())
