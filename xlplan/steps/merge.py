"""Folding everything that was collected into what counts now: the newest valid answer for each row and office."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.finding import Place
from xlplan.model import Amount, State, Sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlplan.finding import Finding
    from xlplan.model import Entry, Submission

Slot = tuple[str, str]
"""A row code and an office's name: what one entry of a period answers for."""

USED = frozenset({State.MERGED, State.PARTIAL, State.SUPERSEDED})
_Rank = tuple[bool, bool, int, datetime, str]
_DOUBTFUL = frozenset({"M104", "M141"})  # another office is named beside the one that the file was taken for
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Folded:
    """One period as it stands: the entry that counts for each slot, every file with its state now, the conflicts.

    `ties` has for each slot that several files answer differently, none of them newer, all the answers.
    """

    entries: Mapping[Slot, Entry]
    files: tuple[Submission, ...]
    findings: tuple[Finding, ...] = ()
    unplaced: tuple[Entry, ...] = ()
    ties: Mapping[Slot, tuple[Entry, ...]] = field(default_factory=dict)


def fold(submissions: Iterable[Submission], preferred: frozenset[str] = frozenset()) -> Folded:
    """The state of one period. The order in which files were read makes no difference.

    A newer form edition beats an older one, then the later document time counts; `preferred` digests beat all, and a
    file of which it is doubtful whose it is beats none that is not. One held for a person counts once preferred. Files
    with the same content are one. A row that a later return lacks, or leaves blank, keeps its earlier answer. Where two
    files differ and neither is newer, none of them is chosen: that is for a person to settle.
    """
    files = tuple(_accepted(one, preferred) for one in _without_copies(submissions))
    folding = _Folding()
    ranked = ((_rank(one, preferred), one) for one in files if one.state in USED)
    for (*version, _), one in sorted(ranked, key=itemgetter(0)):
        for entry in one.entries:
            folding.add(entry, one, version)
    kept = {one.sha256 for winners in folding.winners.values() for one in winners}
    files = tuple(_state_now(one, kept) for one in files)
    findings = (*folding.conflicts(), *folding.blanks)
    return Folded(folding.entries, files, findings, tuple(folding.unplaced), folding.ties)


@dataclass
class _Folding:
    """What counts so far, slot by slot, with the files that it comes from: several where none of them is newer.

    `versions` are the ranks of these files, but for their digests, which only make the order a fixed one.
    """

    entries: dict[Slot, Entry] = field(default_factory=dict)
    winners: dict[Slot, list[Submission]] = field(default_factory=dict)
    versions: dict[Slot, list[object]] = field(default_factory=dict)
    ties: dict[Slot, tuple[Entry, ...]] = field(default_factory=dict)
    unplaced: list[Entry] = field(default_factory=list)
    blanks: list[Finding] = field(default_factory=list)

    def add(self, entry: Entry, one: Submission, version: list[object]) -> None:
        """Take in an entry of a file that is at least as new as all before it."""
        slot = (entry.row, entry.office)
        if not entry.row:
            self.unplaced.append(entry)
            return
        before, files = self.entries.get(slot), self.winners.get(slot, [])
        if before and entry.is_blank and not before.is_blank:
            place = Place(one.path, entry.source.sheet)
            self.blanks.append(rules.find("M127", place, row=entry.row, office=entry.office))
        elif before and not before.is_blank and self.versions[slot] == version:
            if content_of(before) != content_of(entry):
                self.ties[slot] = (*self.ties.get(slot, (before,)), entry)
                self.entries[slot], self.winners[slot] = _common(before, entry), [*files, one]
        else:
            self.ties.pop(slot, None)
            self.entries[slot], self.winners[slot], self.versions[slot] = entry, [one], version

    def conflicts(self) -> list[Finding]:
        """A finding for each office with files that contradict each other."""
        names: dict[str, set[str]] = defaultdict(set)
        for slot in self.ties:
            names[slot[1]] |= {one.path for one in self.winners[slot]}
        return [
            rules.find("M108", Place(min(paths)), office=office, files="、".join(sorted(paths)))
            for office, paths in sorted(names.items())
        ]


def _common(one: Entry, other: Entry) -> Entry:
    """Two answers of which neither counts before the other: what they agree on, and both texts where they differ."""
    amount = one.amount
    if amount != other.amount:
        raws = [answer.amount.raw if answer.amount else "" for answer in (one, other)]
        amount = Amount(_both(*raws), None, Sure.NO)
    extra = {header: text for entry in (other, one) for header, text in entry.extra}
    for header, text in other.extra:
        extra[header] = _both(extra[header], text)
    return one._replace(
        amount=amount,
        status=one.status if one.status == other.status else None,
        status_raw=_both(one.status_raw, other.status_raw),
        progress=_both(one.progress, other.progress),
        problem=_both(one.problem, other.problem),
        extra=tuple(extra.items()),
    )


def _both(one: str, other: str) -> str:
    return one if one == other else " / ".join(text for text in (one, other) if text)


def _rank(one: Submission, preferred: frozenset[str]) -> _Rank:
    when = one.when or _LONG_AGO
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    doubtful = any(found.code in _DOUBTFUL for found in one.findings)
    return one.sha256 in preferred, not doubtful, one.edition, aware, one.sha256


def _accepted(one: Submission, preferred: frozenset[str]) -> Submission:
    """A rejected file whose rows were read counts when a person has decided for it."""
    held = one.state is State.REJECTED and one.entries and one.sha256 in preferred
    return replace(one, state=State.PARTIAL) if held else one


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


def content_of(entry: Entry) -> tuple[object, ...]:
    """What an office wrote, without where it stands."""
    return (entry.amount, entry.status_raw, entry.progress, entry.problem, entry.extra)


def _state_now(one: Submission, kept: set[str]) -> Submission:
    if one.state in USED and one.sha256 not in kept and any(entry.row for entry in one.entries):
        return replace(one, state=State.SUPERSEDED)
    return one


def newest_first(files: Iterable[Submission]) -> list[Submission]:
    """Files in the order of their versions: by edition, then by the documents' own time."""
    return sorted(files, key=lambda one: _rank(one, frozenset()), reverse=True)


def latest_per_office(files: Iterable[Submission]) -> dict[str, Submission]:
    """For each office's name the newest usable file."""
    latest: dict[str, Submission] = {}
    for one in newest_first(one for one in files if one.state in USED):
        for office in one.offices:
            latest.setdefault(office, one)
    return latest
