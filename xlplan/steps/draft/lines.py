"""The lines of a document as drafting sees them: cleaned, folded, with the width at which they were broken."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from xlplan.chinese.numbering import Mark, marks_inside, read_mark
from xlplan.chinese.script import clean, fold
from xlplan.finding import Place
from xlplan.model.document import Outline, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

END = "。!?;:…."
"""What ends a sentence, a clause or an announcement, in folded text. A full stop after a digit ends nothing."""

_CLOSERS = "”’\"')]}》〉】〕」』"
_HANGING_MARKS = (",", "、", "(", "《", "“", "‘", "〔", "【", "-", "—", "和", "与", "及", "的")
_PAIRS = (("(", ")"), ("《", "》"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_REMARK = re.compile(r".(?:责任|牵头|配合|完成时限|主办|承办|分管|负责)")
_LONG = 25
_LABELLED = re.compile(r"^.{0,6}(?:单位|部门|科室|处室|领导|时限|责任|联系).{0,4}:")
_WRAPPED_SHARE = 0.6
_BRACKETED = re.compile(r"【[^【】\d]{2,20}】")
_LABELS = re.compile("责任|牵头|配合|单位|部门|科室|处室|时限|领导")
_HEADINGS = 2


@dataclass(frozen=True)
class Line:
    """One line or paragraph: its text, the same folded, where it stands and how it is set.

    `lead` is the length of a bold beginning, `gap` says that blank lines stand before it, `full` that it fills the
    width at which the document's lines were broken (so that the next line may go on with it).
    """

    text: str
    folded: str
    place: Place
    level: int = 0
    bold: bool = False
    lead: int = 0
    gap: bool = False
    full: bool = False
    indent: int = 0
    mark: Mark | None = None

    @cached_property
    def inside(self) -> tuple[tuple[int, Mark], ...]:
        """The firm marks in its middle, with their positions."""
        return tuple(marks_inside(self.folded, self.mark.end if self.mark else 0))

    @cached_property
    def width(self) -> int:
        """Its width in columns, with its indent."""
        return self.indent + columns(self.folded)

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence, a clause or an announcement ends."""
        return is_closed(self.folded) or (
            bool(_LABELLED.search(self.plain)) and not self.full and not is_open_inside(self.folded)
        )

    @cached_property
    def plain(self) -> str:
        """The folded text without any space: what headings and furniture are known by."""
        return "".join(self.folded.split())


def is_closed(folded: str) -> bool:
    """Whether a folded text ends as a sentence, a clause or an announcement, or with a bracket after one."""
    whole = folded.rstrip()
    bare = whole.rstrip(_CLOSERS)
    if not bare:
        return bool(whole)
    if bare[-1] in END:
        return bare[-1] != "." or not bare[-2:-1].isdigit()
    opened = max(whole.rfind(bracket) for bracket in "([〔【") if whole[-1] in ")]〕】" else -1
    return opened >= 0 and (opened == 0 or whole[:opened].rstrip()[-1:] in END or bool(_REMARK.search(whole, opened)))


def as_sentences(text: str) -> str:
    """Paragraphs as sentences of one text: a heading or cell without an end mark gets one."""
    return "\n".join(part if is_closed(fold(part)) else f"{part}。" for part in text.split("\n"))


def is_open_inside(folded: str) -> bool:
    """Whether a text ends inside a bracket or a quotation, or with a mark after which something must come."""
    if folded.rstrip().endswith(_HANGING_MARKS):
        return True
    return any(folded.rfind(one) > folded.rfind(other) for one, other in _PAIRS)


def _is_prose(line: Line) -> bool:
    return len(line.plain) > _LONG and not _LABELLED.search(line.plain)


def broken_share(lines: Sequence[Line]) -> float:
    """How often a document's sentences are broken over lines: the share of lines that go on in the next.

    0 where sentences rather lost their full stops, which shows before the next item's mark.
    """
    pairs = [(one, other) for one, other in pairwise(lines) if not one.closed and _is_prose(one)]
    going_on = sum(not other.mark and not other.gap for _, other in pairs)
    lost = sum(other.mark is not None for _, other in pairs)
    return going_on / len(lines) if going_on > 2 * lost else 0.0


def read_lines(outline: Outline, limit: int = 10**9) -> list[Line]:
    """The outline's paragraphs as lines, hardly more than `limit`; a bold lead and what shares its place are one."""
    lines: list[Line] = []
    before: Paragraph | None = None
    for block in outline.paragraphs:
        if len(lines) > limit:
            break
        for offset, part in enumerate(block.text.splitlines() or [""]):
            line = _line(block, part, before if not offset else None)
            if line is None:
                continue
            if before and lines and _goes_on(before, block) and not offset:
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
        before = block
    return _with_width(_with_bracketed(lines))


def _line(block: Paragraph, part: str, before: Paragraph | None) -> Line | None:
    text = clean(part)
    blank = part[: len(part) - len(part.lstrip())]
    indent = columns(blank)
    number = clean(block.number).strip()
    text = f"{number}{' ' if number[-1:].isdigit() else ''}{text.strip()}" if number else text.strip()
    if not text:
        return None
    folded = fold(text)
    gap = bool(before and block.place.line - before.place.line > 1)
    return Line(text, folded, block.place, block.level, block.bold, 0, gap, indent=indent, mark=read_mark(folded))


def _goes_on(before: Paragraph, block: Paragraph) -> bool:
    return bool(block.place.line) and before.place == block.place and before.bold and not block.bold


def _joined(head: Line, rest: Line) -> Line:
    text = head.text + rest.text
    return Line(
        text,
        fold(text),
        head.place,
        head.level,
        bold=False,
        lead=len(head.text),
        gap=head.gap,
        indent=head.indent,
        mark=head.mark,
    )


def _with_bracketed(lines: Sequence[Line]) -> list[Line]:
    """Headings that stand in thick brackets are headings as bold ones are: 【工作目标】, each once in the document."""
    heads = Counter(line.plain for line in lines if _BRACKETED.fullmatch(line.plain) and not _LABELS.search(line.plain))
    once = {plain for plain, count in heads.items() if count == 1}
    if len(once) < _HEADINGS:
        return list(lines)
    return [replace(line, bold=True) if line.plain in once and not line.mark else line for line in lines]


def _with_width(lines: Sequence[Line]) -> list[Line]:
    width = wrap_width([(line.width, line.closed) for line in lines])
    if not width:
        return list(lines)
    return [replace(line, full=line.width >= width - _RAGGED) for line in lines]


def wrap_width(lines: Sequence[tuple[int, bool]]) -> int:
    """The width in columns at which lines were broken; 0 when the lines are whole paragraphs.

    `lines`: each line's width and whether it ends a sentence. Broken lines end at nearly the same width, and none is
    longer.
    """
    broken = sorted(width for width, closed in lines if not closed and width > _SHORT)
    if len(broken) < _ENOUGH:
        return 0
    width = broken[int(0.95 * (len(broken) - 1))]
    near = sum(width - _RAGGED <= one <= width + _RAGGED for one in broken)
    longer = sum(one > width + _RAGGED for one, _ in lines)
    wrapped = near >= _WRAPPED_SHARE * len(broken) and longer <= _LONGER_SHARE * len(lines)
    return width if wrapped and width >= _NARROWEST else 0


_RAGGED = 9
"""How much shorter than the width a line may be: the next word could not be broken, or a mark not begin the line."""
_SHORT, _NARROWEST = 24, 36
_ENOUGH = 6
_LONGER_SHARE = 0.02


def columns(folded: str) -> int:
    """How wide a text is, in columns of a Latin letter."""
    return sum(1 if ord(char) < 0x2000 else 2 for char in folded)  # noqa: PLR2004 - below it stand the narrow scripts
