"""Findings: what xlplan has to say about a document, a workbook or a cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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


def has_errors(found: list[Finding] | tuple[Finding, ...]) -> bool:
    """Whether any of the findings is an error (exit code 1)."""
    return any(one.severity is Severity.ERROR for one in found)
