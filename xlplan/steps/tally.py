"""Tallying a period: for every slot the entry that counts, what kind of gap it is, its light and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.quantities import scale
from xlplan.finding import Place
from xlplan.headers import Field, header_words
from xlplan.marks import half
from xlplan.model import Grade, Light, Role, Status
from xlplan.model.light import Says, because
from xlplan.model.progress import Progress, Tally
from xlplan.reasons import plain
from xlplan.steps.interpret import says_nothing, says_pending
from xlplan.steps.light import LightRule, Scene, give_lights, holds, office_lights, overrule, waits_for_year_end
from xlplan.steps.merge import USED
from xlplan.steps.split import slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from xlplan.finding import Finding
    from xlplan.model import Assignment, Entry, Office, Plan
    from xlplan.model.light import Ruling
    from xlplan.period import Period
    from xlplan.steps.merge import Folded, Slot

_NAMED = 20  # answers that a finding of a conflict names; the workbook lists them all

_REASONS = {
    Grade.NOT_REPORTED: because(Says.NOT_REPORTED),
    Grade.ROW_ABSENT: because(Says.ROW_ABSENT),
    Grade.BLANK: because(Says.BLANK),
    Grade.PENDING: because(Says.PENDING),
    Grade.NOT_APPLICABLE: because(Says.NOT_APPLICABLE),
    Grade.CONTRADICTION: because(Says.CONTRADICTION),
}


@dataclass(frozen=True)
class Basis:
    """What a tally is made of beside the plan: the period as folded, the entries before it, the light rule.

    `earlier` has the tallies of the periods before, oldest first; `rulings` what people decided about lights.
    """

    period: Period
    folded: Folded
    before: Mapping[Slot, Entry] = field(default_factory=dict)
    rule: LightRule = field(default_factory=LightRule)
    earlier: Sequence[Tally] = ()
    rulings: Sequence[Ruling] = ()


def tally(plan: Plan, basis: Basis) -> Tally:
    """The period's progress, a line per slot in plan order, with what is missing and what does not fit as findings."""
    answered = {office for _, office in basis.folded.entries}
    answered |= {name for one in basis.folded.files if one.state in USED for name in one.offices}
    lines: list[Progress] = []
    found: list[Finding] = list(basis.folded.findings)
    for row, office in slots(plan):
        line, trouble = _line(row, office, basis, came=office.name in answered, lang=plan.language)
        lines.append(line)
        found += trouble
    silent = {line.office for line in lines} - answered
    found += [rules.find("E307", office=one.name) for one in plan.offices if one.name in silent]
    found += _conflicts(lines)
    lines = give_lights(lines, Scene(basis.period, basis.rule, basis.earlier))
    offices = office_lights(basis.rule, lines, basis.earlier)
    lines = overrule(lines, basis.rulings, basis.rule)
    return Tally(plan, basis.period, tuple(lines), tuple(found), basis.rule.signs, offices)


def _line(row: Assignment, office: Office, basis: Basis, *, came: bool, lang: str) -> tuple[Progress, list[Finding]]:
    entry, found = _in_unit(row, basis.folded.entries.get((row.code, office.name)))
    if entry is None:
        grade = Grade.ROW_ABSENT if came else Grade.NOT_REPORTED
        found = [rules.find("E306", row=row.code)] if came else []
        return Progress(row, office.name, None, grade, reason=_REASONS[grade]), found
    before, _ = _in_unit(row, basis.before.get((row.code, office.name)))
    if (row.code, office.name) in basis.folded.ties:
        return Progress(row, office.name, entry, Grade.CONTRADICTION, reason=_REASONS[Grade.CONTRADICTION]), found
    number = needs_number(row) and not waits_for_year_end(row, basis.period, basis.rule)
    grade, trouble = _grade(row, entry, before, lang, number=number)
    found += trouble
    if grade in {Grade.BLANK, Grade.PENDING, Grade.NOT_APPLICABLE}:
        unread = grade is Grade.BLANK and entry.amount
        reason = because(Says.UNREAD, raw=unread.raw) if unread else _REASONS[grade]
        return Progress(row, office.name, entry, grade, Light.NONE, None, reason), found
    return Progress(row, office.name, entry, grade), found


def _in_unit(row: Assignment, entry: Entry | None) -> tuple[Entry | None, list[Finding]]:
    """The entry with its value in the unit that the target has now; without a value where it cannot be converted."""
    amount = entry.amount if entry else None
    if entry is None or amount is None or amount.value is None or row.target is None:
        return entry, []
    unit = row.target.unit
    if amount.unit in {"", unit}:
        return entry, []
    value = scale(amount.value, amount.unit, unit)
    changed = entry._replace(amount=amount._replace(value=value, unit=unit))
    place = Place(entry.source.file, entry.source.sheet, dict(entry.source.cells).get(Field.DONE, ""))
    facts = {"row": row.code, "before": amount.unit, "now": unit, "text": amount.raw}
    return changed, [] if value is not None else [rules.find("E309", place, **facts)]


def _grade(
    row: Assignment, entry: Entry, before: Entry | None, lang: str, *, number: bool
) -> tuple[Grade, list[Finding]]:
    """What kind of gap it is, if any; `number` says whether one is due now."""
    place = Place(entry.source.file, entry.source.sheet)
    gap = _gap(entry, number=number)
    if gap is Grade.PENDING:
        return gap, [rules.find("E305", place, row=row.code)]
    if gap is Grade.BLANK:
        return gap, [_blank(row, entry, place, lang, number=number)]
    if gap:
        return gap, []
    found = _contradictions(row, entry, before, place)
    if found:
        return Grade.CONTRADICTION, found
    if before and entry.progress and _is_same(entry.progress, before.progress) and entry.status is not Status.DONE:
        return Grade.STALE, [rules.find("E304", place, row=row.code)]
    return Grade.OK, []


def _is_same(text: str, before: str) -> bool:
    """Whether two texts say the same to the letter, in whatever width."""
    return text == before or (len(text) == len(before) and half(text) == half(before))


def _blank(row: Assignment, entry: Entry, place: Place, lang: str, *, number: bool) -> Finding:
    if entry.amount:
        return rules.find("E308", place, row=row.code, text=entry.amount.raw)
    due = Field.DONE if number else Field.PROGRESS
    return rules.find("E301", place, row=row.code, cell=header_words(due, lang))


def _gap(entry: Entry, *, number: bool) -> Grade | None:
    """Why the entry answers nothing; None when it does answer."""
    if entry.status is Status.NOT_APPLICABLE:
        return Grade.NOT_APPLICABLE
    value = entry.amount.value if entry.amount else None
    if number and value is None:
        written = (entry.amount.raw if entry.amount else "") + entry.progress
        return Grade.PENDING if says_pending(written) else Grade.BLANK
    if entry.status is None and value is None and says_nothing(entry.progress):
        return Grade.BLANK
    return None


def _contradictions(row: Assignment, entry: Entry, before: Entry | None, place: Place) -> list[Finding]:
    found: list[Finding] = []
    value = entry.amount.value if entry.amount else None
    if row.target is None or value is None:
        return found
    if entry.status is Status.DONE and not holds(row.target, value):
        facts = {"row": row.code, "value": plain(value), "target": row.target.text}
        found.append(rules.find("E302", place, **facts))
    earlier = before.amount.value if before and before.amount else None
    if row.target.is_cumulative and earlier is not None and value < earlier:
        found.append(rules.find("E303", place, row=row.code, before=plain(earlier), now=plain(value)))
    return found


def needs_number(row: Assignment) -> bool:
    """Whether a number is due in this row: it leads, and the target is one that a number answers."""
    return row.role is Role.LEAD and row.target is not None and row.target.is_number


def differing(lines: Iterable[Progress]) -> list[list[Progress]]:
    """The lines of one target of one task that answer with different numbers, target by target."""
    answers: dict[tuple[str, str], dict[str, Progress]] = {}
    for line in lines:
        if line.row.target and number_of(line) is not None:
            answers.setdefault((line.row.task, line.row.target.text), {})[line.office] = line
    return [list(found.values()) for found in answers.values() if len({number_of(one) for one in found.values()}) > 1]


def number_of(line: Progress) -> Decimal | None:
    """The number that was reported; None when none was, or none could be read."""
    return line.entry.amount.value if line.entry and line.entry.amount else None


def _conflicts(lines: list[Progress]) -> list[Finding]:
    """Offices that answer one target of a task with different numbers."""
    texts = (
        ";".join(f"{one.office} {plain(number)}" for one in found[:_NAMED] if (number := number_of(one)) is not None)
        + (f"…({len(found)})" if len(found) > _NAMED else "")
        for found in differing(lines)
    )
    return [rules.find("M114", values=text) for text in texts]
