"""Folding everything that was collected into what counts now: the newest valid answer for each row and office."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.finding import Place
from xlplan.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlplan.finding import Finding
    from xlplan.model import Entry, Submission

Slot = tuple[str, str]
"""A row code and an office's name: what one entry of a period answers for."""

USED = frozenset({State.MERGED, State.PARTIAL, State.SUPERSEDED})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Folded:
    """One period as it stands: the entry that counts for each slot, every file with its state now, the conflicts."""

    entries: Mapping[Slot, Entry]
    files: tuple[Submission, ...]
    findings: tuple[Finding, ...] = ()
    unplaced: tuple[Entry, ...] = ()


def fold(submissions: Iterable[Submission], preferred: frozenset[str] = frozenset()) -> Folded:
    """The state of one period. The order in which files were read makes no difference.

    A newer form edition beats an older one, then the later document time counts; `preferred` digests beat all. Files
    with the same content are one. A row that a later return lacks, or leaves blank, keeps its earlier answer.
    """
    files = _without_copies(submissions)
    ranked = sorted((one for one in files if one.state in USED), key=lambda one: _rank(one, preferred))
    entries: dict[Slot, Entry] = {}
    winners: dict[Slot, Submission] = {}
    unplaced: list[Entry] = []
    ties: dict[str, set[str]] = defaultdict(set)
    kept_blank: list[tuple[Entry, Submission]] = []
    for one in ranked:
        for entry in one.entries:
            slot = (entry.row, entry.office)
            if not entry.row:
                unplaced.append(entry)
                continue
            before = winners.get(slot)
            if before and _rank(before, preferred)[:-1] == _rank(one, preferred)[:-1]:
                ties[entry.office] |= _tie(entries[slot], entry, before, one)
            if entry.is_blank and before and not entries[slot].is_blank:
                kept_blank.append((entry, one))
                continue
            entries[slot], winners[slot] = entry, one
    kept = {one.sha256 for one in winners.values()}
    files = tuple(_state_now(one, kept) for one in files)
    findings = tuple(
        rules.find("M108", Place(min(names)), office=office, files="、".join(sorted(names)))
        for office, names in sorted(ties.items())
        if names
    )
    findings += tuple(
        rules.find("M127", Place(one.path, entry.source.sheet), row=entry.row, office=entry.office)
        for entry, one in kept_blank
    )
    return Folded(entries, files, findings, tuple(unplaced))


def _rank(one: Submission, preferred: frozenset[str]) -> tuple[bool, int, datetime, str]:
    when = one.when or _LONG_AGO
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return one.sha256 in preferred, one.edition, aware, one.sha256


def _without_copies(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Every file once; of those with the same bytes, all but the first by name are duplicates."""
    first: dict[str, str] = {}
    ordered = sorted(submissions, key=lambda one: (one.path, one.sha256))
    for one in ordered:
        if one.sha256:
            first.setdefault(one.sha256, one.path)
    return tuple(
        one
        if first.get(one.sha256, one.path) == one.path
        else replace(one, state=State.DUPLICATE, entries=(), findings=())
        for one in ordered
    )


def _tie(before: Entry, after: Entry, first: Submission, second: Submission) -> set[str]:
    same = content_of(before) == content_of(after)
    return set() if same else {first.path, second.path}


def content_of(entry: Entry) -> tuple[object, ...]:
    """What an office wrote, without where it stands."""
    return (entry.amount, entry.status_raw, entry.progress, entry.problem, entry.extra)


def _state_now(one: Submission, kept: set[str]) -> Submission:
    if one.state in USED and one.sha256 not in kept and any(entry.row for entry in one.entries):
        return replace(one, state=State.SUPERSEDED)
    return one


def latest_per_office(files: Sequence[Submission]) -> dict[str, Submission]:
    """For each office's name the newest usable file."""
    latest: dict[str, Submission] = {}
    for one in sorted((one for one in files if one.state in USED), key=lambda one: _rank(one, frozenset())):
        for office in one.offices:
            latest[office] = one
    return latest
