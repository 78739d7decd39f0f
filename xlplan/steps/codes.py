"""Row codes that stay: giving codes to the lines of plan.xlsx, whatever was added, copied, deleted or re-sorted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.marks import OPEN, SHUT, both, code_of, half
from xlplan.model import Assignment, Section, Task
from xlplan.model.plan import together
from xlplan.steps.allocate import GOALS, row_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlplan.finding import Finding
    from xlplan.model import Plan, PlanLine

_CODE = re.compile(r"([GT]\d{3,})-(\d{2,})")
_SHOWN = 30  # letters of a task in a finding
_STOP = f"、{both('.')}"
_MARK = re.compile(rf"((?:第?[一二三四五六七八九十百]+|\d+)(?=[{_STOP}])|[{OPEN}][^{SHUT}]{{1,4}}[{SHUT}])[{_STOP}]?")


def settle(plan: Plan, lines: Sequence[PlanLine], known: Mapping[str, str]) -> tuple[Plan, list[Finding]]:
    """The plan with tasks, sections and rows, every row with its code.

    `known` holds the identity (`PlanLine.identity`) of every row code that was ever given: a code that a line lost is
    given back to it, and no code is given twice. A line whose text is that of another code, as after sorting the texts
    without the codes, is the other code's line: history follows the text.
    """
    known = {code: what for code, what in known.items() if _CODE.fullmatch(code)}
    coder = _Coder(lines, known)
    codes = coder.settle()
    of_lines = list(zip(lines, codes, map(_task, codes), strict=True))
    texts: dict[str, str] = {}  # the whole text stands in one of a task's lines, wherever that was sorted to
    for line, _, task in of_lines:
        if line.text:
            texts.setdefault(task, line.text)
    tasks: dict[str, Task] = {}
    sections = _sections(lines, codes)
    rows = []
    for line, code, task in of_lines:
        first, row = tasks.get(task), line.row
        if first is None:
            section, text = sections[line.section].code, texts.get(task) or line.title
            tasks[task] = Task(task, line.label, section, line.title, text)
        elif half(together(first.title)) != half(together(line.title)):
            coder.found.append(rules.find("P209", line.place, task=task))
        rows.append(Assignment(code, task, row.office, row.role, row.target, row.deadline, row.leader, row.extra))
    gone = sorted(set(known) - set(codes))
    if gone:
        coder.found.append(rules.find("P211", count=len(gone), codes="、".join(gone)))
    parts = (tuple(sections.values()), tuple(tasks.values()), tuple(rows))
    return replace(plan, sections=parts[0], tasks=parts[1], rows=parts[2]), coder.found


class _Coder:
    """Gives lines their codes; `written` are those that stand in them, empty where that is none."""

    def __init__(self, lines: Sequence[PlanLine], known: Mapping[str, str]) -> None:
        self.lines, self.known = lines, known
        self.found: list[Finding] = []
        given = (code_of(line.code) for line in lines)
        self.written = [code if _CODE.fullmatch(code) else "" for code in given]
        self.strayed = _Strays(lines, self.written, known).found() if known else set[int]()

    def settle(self) -> list[str]:
        """The lines' codes."""
        kept = self._kept()
        mine = set(kept.values())
        lost = {half(self.known[code]): code for code in sorted(self.known, reverse=True) if code not in mine}
        plain = [half(together(line.title)) for line in self.lines]
        titles = {plain[index]: _task(code) for index, code in sorted(kept.items())[::-1]}
        given = _Given({*self.known, *mine})
        codes = []
        for index, line in enumerate(self.lines):
            title = plain[index]
            code = kept.get(index) or lost.pop(half(line.identity), "") or given.next(titles.get(title))
            titles.setdefault(title, _task(code))
            codes.append(code)
            if index in self.strayed:
                self.found.append(rules.find("P219", line.place, code=line.code, new=code, task=line.title[:_SHOWN]))
            elif index not in kept:
                self._report(line, code)
        return codes

    def _kept(self) -> dict[int, str]:
        """Which lines keep the code that stands in them; of several with one code, the one that had it before."""
        kept: dict[str, int] = {}
        for index, code in enumerate(self.written):
            if not code or index in self.strayed:
                continue
            if code not in kept or (self._had(index, code) and not self._had(kept[code], code)):
                kept[code] = index
        return {index: code for code, index in kept.items()}

    def _had(self, index: int, code: str) -> bool:
        """Whether a line is the one that had the code before."""
        return self.lines[index].identity == self.known.get(code)

    def _report(self, line: PlanLine, code: str) -> None:
        if not line.code:
            self.found.append(rules.find("P202", line.place, new=code))
        elif _CODE.fullmatch(code_of(line.code)):
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

    def __init__(self, lines: Sequence[PlanLine], written: Sequence[str], known: Mapping[str, str]) -> None:
        self.lines = list(zip(lines, written, strict=True))
        self.known = known
        self.codes: dict[str, set[str]] = {}
        self.tasks: dict[str, set[str]] = {}
        for code, identity in known.items():
            self.codes.setdefault(identity, set()).add(code)
            self.tasks.setdefault(_title(identity), set()).add(_task(code))
        self.home = {code for line, code in self.lines if known.get(code) == line.identity}

    def found(self) -> set[int]:
        """The lines' indexes."""
        return {index for index, (line, code) in enumerate(self.lines) if code and self._strays(line, code)}

    def _strays(self, line: PlanLine, code: str) -> bool:
        before = self.known.get(code)
        if before == line.identity:
            return False
        theirs = self.codes.get(line.identity, set())
        if theirs and not theirs & self.home:
            return True
        others = self.tasks.get(_title(line.identity), set())
        return before is not None and bool(others) and _task(code) not in others


def _task(code: str) -> str:
    """The task of a row's code."""
    return code.rpartition("-")[0]


def _title(identity: str) -> str:
    return identity.partition("\x1f")[0]


def _sections(lines: Sequence[PlanLine], codes: Sequence[str]) -> dict[str, Section]:
    sections: dict[str, Section] = {}
    number = 0
    for line, code in zip(lines, codes, strict=True):
        if line.section in sections:
            continue
        mark, goals = _MARK.match(line.section), code.startswith("G")
        number += not goals
        sections[line.section] = Section(
            GOALS if goals else f"{number:02d}",
            half(mark[1]) if mark else "",
            line.section[mark.end() :] if mark else line.section,
        )
    return sections
