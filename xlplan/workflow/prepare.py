"""From a plan document to an allocated plan with its offices and its notes for review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.disk import with_ending
from xlplan.model import Plan
from xlplan.steps.allocate import Mode, allocate
from xlplan.steps.propose import propose_owners
from xlplan.steps.review import review_notes
from xlplan.workflow.draft import draft_document
from xlplan.workflow.plan import write_plan
from xlplan.workflow.plan_reading import read_roster, with_roster

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlplan.finding import Finding


_NO_OWNER = "D201"


@dataclass(frozen=True)
class Drafted:
    """A drafted plan: as the document has it, allocated to rows, the notes for review by row code, the findings."""

    document: Plan
    plan: Plan
    notes: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Wishes:
    """How to draft: who gets the targets, the language of the workbooks, and whether to write simplified characters."""

    mode: Mode = Mode.LEAD
    language: str = "zh"
    simplify: bool = False


def draft_plan(source: Path | None, roster: Path | None = None, wishes: Wishes | None = None) -> Drafted:
    """Draft a document, or an empty plan without one. XlplanError when the document gives no plan at all."""
    wishes = wishes or Wishes()
    if source and not source.is_file():
        raise XlplanError(rules.find("W101", path=source))
    offices, found = read_roster(roster) if roster else ((), [])
    document = Plan("", offices=offices)
    if source:
        drafted, trouble = draft_document(source, offices, simplify=wishes.simplify)
        found = [*found, *trouble]
        if drafted is None:
            raise XlplanError(found[-1])
        document, trouble = propose_owners(drafted, offices)
        proposed = {one.fact("task") for one in trouble}
        found = [one for one in found if one.code != _NO_OWNER or one.fact("task") not in proposed] + trouble
    document = replace(document, language=wishes.language)
    plan, trouble = with_roster(allocate(document, wishes.mode), offices)
    found = [*found, *trouble]
    return Drafted(document, plan, review_notes(plan, found), tuple(found))


def write_draft(drafted: Drafted, path: Path) -> list[Finding]:
    """Write a drafted plan as a plan workbook. XlplanError W120 when the file is there already, T160."""
    with_ending(path, ".xlsx")
    if path.exists():
        raise XlplanError(rules.find("W120", path=path))
    return write_plan(path, drafted.plan, drafted.notes)
