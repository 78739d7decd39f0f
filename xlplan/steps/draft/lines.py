"""The lines of a document as drafting sees them: cleaned, folded, with the width at which they were broken."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from xlplan.chinese.numbering import Mark, read_mark
from xlplan.chinese.script import clean, fold
from xlplan.finding import Place
from xlplan.model import Outline, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

END = "。!?;:…."
"""What ends a sentence, a clause or an announcement, in folded text. A full stop after a digit ends nothing."""

_CLOSERS = "”’\"')]}》〉】〕」』"
_HANGING_MARKS = (",", "、", "(", "《", "“", "‘", "〔", "【", "-", "—", "和", "与", "及", "的")
_PAIRS = (("(", ")"), ("《", "》"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_REMARK = re.compile(r".(?:责任|牵头|配合|完成时限|主办|承办|分管|负责)")
_BROKEN_SHARE = 0.12
_HANGING = 2  # a line may be shorter than the width by a character that must not begin the next line
_WRAPPED_SHARE = 0.6


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

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence, a clause or an announcement ends."""
        return is_closed(self.folded)

    @property
    def plain(self) -> str:
        """The folded text without any space: what headings and furniture are known by."""
        return re.sub(r"\s", "", self.folded)


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


def is_broken(lines: Sequence[Line]) -> bool:
    """Whether a document's sentences are broken over lines: more than now and then, a line goes on in the next."""
    pairs = list(pairwise(lines))
    going_on = sum(not one.closed and not other.mark and not one.mark and not other.gap for one, other in pairs)
    return going_on > _BROKEN_SHARE * len(pairs)


def read_lines(outline: Outline) -> list[Line]:
    """The outline's paragraphs as lines; those that share a place are one paragraph, the first being its bold lead."""
    lines: list[Line] = []
    before: Paragraph | None = None
    for block in outline.paragraphs:
        for offset, part in enumerate(block.text.splitlines() or [""]):
            line = _line(block, part, before if not offset else None)
            if line is None:
                continue
            if before and lines and _goes_on(before, block) and not offset:
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
        before = block
    return _with_width(lines)


def _line(block: Paragraph, part: str, before: Paragraph | None) -> Line | None:
    text = clean(part)
    indent = len(text) - len(text.lstrip())
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


def _with_width(lines: Sequence[Line]) -> list[Line]:
    width = wrap_width([line.folded for line in lines])
    if not width:
        return list(lines)
    return [
        Line(**{**vars(line), "full": columns(line.folded) + line.indent >= width - 2 * _HANGING}) for line in lines
    ]


def wrap_width(texts: Sequence[str]) -> int:
    """The width in columns at which lines were broken; 0 when the lines are whole paragraphs."""
    broken = [columns(text) for text in texts if not is_closed(text) and len(text) > _SHORT]
    if len(broken) < _ENOUGH:
        return 0
    width, _ = max(Counter(broken).items(), key=lambda one: (one[1], one[0]))
    near = sum(width - 2 * _HANGING <= one <= width + _HANGING for one in broken)
    longer = sum(columns(text) > width + 2 * _HANGING for text in texts)
    return width if near >= _WRAPPED_SHARE * len(broken) and longer <= _LONGER_SHARE * len(texts) else 0


_SHORT = 12
_ENOUGH = 6
_LONGER_SHARE = 0.02


def columns(folded: str) -> int:
    """How wide a text is, in columns of a Latin letter."""
    return sum(1 if ord(char) < 0x2000 else 2 for char in folded)  # noqa: PLR2004 - below it stand the narrow scripts
