"""Findings: what xlplan has to say about a document, a workbook or a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

_TURNS = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_LEFT_TO_RIGHT = "\u200e"


class Severity(StrEnum):
    """How much a finding matters: an error stops the thing it is about, a warning wants a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a file, a sheet and cell of it, or a line of a text. Unknown parts stay empty."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0

    def __str__(self) -> str:
        inside = "!".join(part for part in (self.sheet, self.cell) if part)
        if self.line:
            inside = f"{inside}:{self.line}" if inside else f"{self.line}"
        return ":".join(part for part in (self.file, inside) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: a rule's code, its severity, the place, and the facts that the rule's sentences ask for.

    Made by `xlplan.rules.find`, worded by `xlplan.rules.message`.
    """

    code: str
    severity: Severity
    place: Place = field(default_factory=Place)
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str:
        """One fact by name; KeyError when the finding has none of that name."""
        return dict(self.facts)[name]


def within(text: str) -> str:
    """A text of somebody else's as a part of a sentence: one that runs from right to left ends where it ends.

    Without it, a mark that reverses the writing would also reverse the words and figures that follow.
    """
    if not _TURNS.search(text):
        return text
    ends: list[str] = []
    for char in text.rpartition("\n")[2]:  # a new line runs as the page does
        if char in _ENDS:
            ends.append(_ENDS[char])
        elif ends and char == ends[-1]:
            ends.pop()
        elif char == "\u2069" in ends:
            while ends.pop() != char:
                pass
    return text + "".join(reversed(ends)) + _LEFT_TO_RIGHT


def has_errors(found: list[Finding] | tuple[Finding, ...]) -> bool:
    """Whether any of the findings is an error (exit code 1)."""
    return any(one.severity is Severity.ERROR for one in found)
