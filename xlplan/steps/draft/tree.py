"""The numbered items of a document as a tree: broken lines are mended, run-together items taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from xlplan.chinese.numbering import INNER, Mark, Scheme, marks_inside
from xlplan.chinese.script import CJK, fold
from xlplan.steps.draft.furniture import is_date
from xlplan.steps.draft.habits import BOLD, PLAIN, Habits, heading_key
from xlplan.steps.draft.lines import Line, broken_share, is_closed, is_open_inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlplan.finding import Place

PARAGRAPH = "paragraph"
"""The key of an item that is a paragraph and nothing more."""
_INNER_END = re.compile(r"[。;!?]")
_ANNOUNCED = re.compile(r"\S:\s*\S|\S\s{2,}\S")
_HEADING = 45
_PLAIN_HEADING = 25
_HEADING_BEFORE = 30
_TWICE = 2
_LOOK_BACK = 8
_FIRST_SEEN = 30
_LEAP = 10
_CONTEXT = 240
_MUCH = 0.1


@dataclass
class Part:
    """One paragraph inside an item, mended, with the length of its bold beginning and where it begins."""

    text: str
    lead: int = 0
    place: Place | None = None

    @cached_property
    def folded(self) -> str:
        """The text folded."""
        return fold(self.text)


@dataclass
class Node:
    """An item of the document: its mark (none for an unnumbered heading), its paragraphs and the items inside it."""

    key: str
    place: Place
    mark: Mark | None = None
    own_line: bool = False
    level: int = 0
    parts: list[Part] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    guess: list[str] = field(default_factory=list)
    name: str | None = None

    @property
    def label(self) -> str:
        """The labels from the outermost item down to this one: (三)1(1)."""
        mine = self.mark.label if self.mark else ""
        if self.mark and self.mark.prefix:
            return mine
        return (self.parent.label if self.parent else "") + mine

    @property
    def depth(self) -> int:
        """How many items are around this one, itself counted."""
        return 1 + self.parent.depth if self.parent else 0

    def walk(self) -> Iterator[Node]:
        """The item and all inside it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def build(lines: Sequence[Line], habits: Habits) -> Node:
    """The items of the lines, under a root that holds what stands before the first of them."""
    builder = _Builder(habits, any(line.indent for line in lines if line.full), broken_share(lines))
    builder.plain_headings = sum(_may_head(line, after) for line, after in pairwise(lines))
    for at, line in enumerate(lines):
        builder.feed(line, lines[at + 1] if at + 1 < len(lines) else None)
    builder.flush()
    return builder.root


class _Builder:
    """Takes the lines one by one. `pending` is the paragraph in hand, which belongs to the innermost open item."""

    def __init__(self, habits: Habits, indented: bool, broken: float) -> None:  # noqa: FBT001 - private, one caller
        self.habits = habits
        self.indented = indented
        self.broken = broken
        self.root = Node("", _nowhere())
        self.path = [self.root]
        self.pending: list[Line] = []
        self.last: dict[str, int] = {}
        self.plain_headings = 0

    def feed(self, line: Line, after: Line | None) -> None:
        """One more line."""
        if line.mark and self.pending and self.pending[-1].closed and not self._continues(line):
            self.flush()
        if line.mark and self._accepts(line.mark):
            self.flush()
            self._open(self.habits.key(line.mark), line, line.mark)
        elif key := self._heading(line, after):
            self.flush()
            self._open(key, line, None)
        elif not self._continues(line):
            self.flush()
        self.pending.append(line)

    def flush(self) -> None:
        """End the paragraph in hand: give it to its item, and open the items that run on inside it."""
        if not self.pending:
            return
        lines, self.pending = self.pending, []
        text = join_lines(lines)
        node, folded = self.path[-1], fold(text)
        start = node.mark.end if node.mark and not node.parts else 0
        if not node.parts:
            node.own_line = self._is_heading(lines)
        lead = max(0, lines[0].lead - start)
        for at, mark in self._inside(folded, start):
            if at > start or not self.path[-1].parts:
                self.path[-1].parts.append(Part(text[start:at].strip(), lead))
            self._place(Node(self.habits.key(mark), lines[0].place, mark))
            start, lead = mark.end, 0
        self.path[-1].parts.append(Part(text[start:].strip(), lead, lines[0].place))

    # --- which line begins an item ------------------------------------------------------------------------------------

    def _accepts(self, mark: Mark) -> bool:
        """Whether a mark at the beginning of a line heads an item here."""
        if mark.scheme in INNER and not self.habits.takes_point(mark):
            return False
        key = self.habits.key(mark)
        broken = bool(self.pending) and not self.pending[-1].closed and not self._is_heading(self.pending)
        exact = self._is_next(key, mark)
        if not self.habits.is_structural(mark):
            return exact and not broken
        if broken:
            return exact or (mark.value == 1 and not self.pending[-1].full)
        if mark.scheme is Scheme.DECIMAL:
            return exact or mark.value == 1
        seen = self.last.get(key)
        return mark.value <= (_FIRST_SEEN if seen is None else seen + _LEAP)

    def _is_next(self, key: str, mark: Mark) -> bool:
        return mark.value == self.last.get(key, 0) + 1

    def _heading(self, line: Line, after: Line | None) -> str:
        """The key of an unnumbered heading; empty when the line is none."""
        if line.mark and line.mark.scheme in INNER and not line.level:
            return ""
        if line.level:
            return heading_key(line.level)
        if len(line.plain) > _HEADING or _INNER_END.search(line.folded.rstrip("。")) or is_open_inside(line.folded):
            return ""
        if line.bold:
            return BOLD
        if not _may_head(line, after) or (self.pending and not self.pending[-1].closed and not line.gap):
            return ""
        key = self.habits.key(after.mark) if after and after.mark else ""
        restarts = any(node.key == key for node in self.path)
        return PLAIN if restarts or self.plain_headings >= _TWICE else ""

    # --- which line goes on with the paragraph ------------------------------------------------------------------------

    def _continues(self, line: Line) -> bool:
        if not self.pending or line.bold != self.pending[-1].bold:
            return False
        last = self.pending[-1]
        if last.closed:
            return last.full and self.indented and not line.indent
        if is_open_inside("".join(one.folded for one in self.pending[-_LOOK_BACK:])):
            return True
        if line.gap or line.mark or (self.indented and line.indent):
            return False
        if self._is_heading(self.pending) or self._ends_in_heading():
            return False
        length = sum(len(one.plain) for one in self.pending[:_LOOK_BACK])
        return last.full or self.broken > _MUCH or (self.broken > 0 and length > _HEADING // 2)

    def _is_heading(self, lines: Sequence[Line]) -> bool:
        """Whether the paragraph in hand is a heading on a line of its own."""
        head, last = lines[0], lines[-1]
        if len(lines) > _LOOK_BACK:
            return False
        if not (head.level or head.bold or (head.mark and self.path[-1].mark and not self.path[-1].parts)):
            return False
        text = "".join(line.folded for line in lines)
        if _INNER_END.search(text.rstrip("。;:")) or text.endswith((",", "、")) or _ANNOUNCED.search(text):
            return False
        return bool(head.level) or head.bold or (not last.full and len(text) <= _HEADING)

    def _ends_in_heading(self) -> bool:
        """Whether the paragraph in hand ends with the heading of an item that began in its middle."""
        tail = self.pending[-1].folded[-_HEADING:]
        if is_open_inside(tail) or _INNER_END.search(tail[-1:]):
            return False
        return any(
            self.habits.knows(self.habits.key(mark))
            and is_closed(self.pending[-1].folded[: len(self.pending[-1].folded) - len(tail) + at])
            and not _INNER_END.search(tail, mark.end)
            for at, mark in marks_inside(tail)
            if at or len(self.pending[-1].folded) > len(tail)
        )

    # --- items that run on inside a paragraph -------------------------------------------------------------------------

    def _inside(self, folded: str, start: int) -> Iterator[tuple[int, Mark]]:
        """The marks inside a paragraph that begin items of their own, with their positions."""
        for at, mark in marks_inside(folded, start):
            if at >= start and self._runs_on(mark, folded[max(start, at - _CONTEXT) : at], at == start):
                yield at, mark
                start = mark.end

    def _runs_on(self, mark: Mark, before: str, first: bool) -> bool:  # noqa: FBT001 - private, one caller
        """Whether a mark begins an item in the middle of a paragraph; `before` is what stands before it in its item."""
        key = self.habits.key(mark)
        known, flat = self.habits.knows(key), self.habits.flat
        if mark.scheme in INNER or not (known or flat):
            return False
        bare = before.rstrip()
        spaced, ended = bare != before, is_closed(bare) and not bare.endswith(":")
        if self._is_next(key, mark) and any(node.key == key for node in self.path):
            return ended or spaced or (flat and self._stands_out(mark, bare, inside=len(self.path) > 1))
        if mark.value > 1 and not self._is_next(key, mark):
            return False
        heading = len(bare) <= _HEADING_BEFORE and not _INNER_END.search(bare) and not bare.endswith(":")
        if first or (heading and mark.value == 1):
            return True
        ended = ended and not bare.endswith(";")
        if flat:
            return spaced or ended or self._stands_out(mark, bare, inside=len(self.path) > 1)
        running = key in self.habits.run_in
        return (ended and (running or self.habits.starts[key] > 1)) or (spaced and running)

    @staticmethod
    def _stands_out(mark: Mark, before: str, *, inside: bool) -> bool:
        """Whether a mark is plain enough to begin an item in the middle of a text without line breaks."""
        if before.endswith((",", "、", ";")) or (before.endswith(":") and mark.value > 1):
            return False
        if before.endswith(":"):
            return mark.scheme in {Scheme.CN, Scheme.CN_PAREN, Scheme.ORDINAL, Scheme.PART} or not inside
        return mark.scheme in {Scheme.CN_PAREN, Scheme.PART, Scheme.CHAPTER, Scheme.DECIMAL} or (
            mark.scheme in {Scheme.ARABIC, Scheme.ARABIC_DOT} and bool(re.search(rf"[{CJK}”》)]$", before))
        )

    # --- the tree -----------------------------------------------------------------------------------------------------

    def _open(self, key: str, line: Line, mark: Mark | None) -> None:
        self._place(Node(key, line.place, mark, level=line.level))

    def _place(self, node: Node) -> None:
        """Put an item where its scheme belongs: beside the last of its scheme, else inside what holds it."""
        while len(self.path) > 1 and (self.path[-1].key == node.key or self.habits.above(node.key, self.path[-1].key)):
            self.path.pop()
        node.parent = self.path[-1]
        node.parent.children.append(node)
        self.path.append(node)
        if node.mark:
            self.last[node.key] = node.mark.value


def _may_head(line: Line, after: Line | None) -> bool:
    """Whether a line may be a heading that has neither number nor style: short, bare, before an item numbered 1."""
    if line.mark or line.closed or len(line.plain) > _PLAIN_HEADING or re.search("[,;]", line.folded):
        return False
    if is_date(line) or is_open_inside(line.folded):
        return False
    first = after.mark if after else None
    return bool(first and first.firm and first.value == 1 and first.scheme not in INNER)


JOINT = "\u200b"
"""Where a broken line went on: nothing to see, but a figure may have been lost there."""


def join_lines(lines: Sequence[Line]) -> str:
    """Lines of one paragraph as one text: Latin words get a space between them, Chinese none that can be seen."""
    whole: list[str] = []
    for before, line in pairwise((None, *lines)):
        if before and line:
            latin = re.search(r"[A-Za-z]$", before.text) and re.match(r"[A-Za-z]", line.text)
            whole.append(" " if latin else "" if before.full else JOINT)
        whole.append(line.text if line else "")
    return "".join(whole)


def without_joints(text: str) -> str:
    """A text without the places where its lines were put together."""
    return text.replace(JOINT, "")


def _nowhere() -> Place:
    from xlplan.finding import Place

    return Place()
