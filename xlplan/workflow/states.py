"""The state that every file of a period has now, without reading again what is in files that nobody contests."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from xlplan.model import State
from xlplan.steps.merge import USED, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xlplan.ledger.queries import Known
    from xlplan.ledger.store import Ledger

File = tuple[str, str]
"""A file's path and digest."""

_TOGETHER = 100  # files whose entries are in memory at once
_KEPT = 3_000  # files that are looked at twice without being asked for again


def changed_states(ledger: Ledger, period: str) -> dict[File, State]:
    """The files of a period that now have another state than they were read with.

    Only files that share an office or their bytes with another one, or that a person has decided for, can have one.
    """
    preferred = ledger.preferred()
    changed: dict[File, State] = {}
    contested = _contested(lambda: ledger.files(period), preferred)
    for digests in _batches(_together(contested)):
        submissions = ledger.submissions(period, digests)
        read = {(one.path, one.sha256): one.state for one in submissions}
        now = {(one.path, one.sha256): one.state for one in fold(submissions, preferred).files}
        changed |= {file: state for file, state in now.items() if state is not read[file]}
    return changed


def _contested(files: Callable[[], Iterable[Known]], preferred: frozenset[str]) -> list[Known]:
    """The files that must be looked at. There may be very many, so that of most no more than a number is kept."""
    seen: set[int] = set()
    shared: set[int] = set()
    first: list[Known] = []
    for one in files():
        marks = set(map(hash, _marks(one)))
        shared |= seen & marks
        seen |= marks
        if len(first) < _KEPT:
            first.append(one)
    again = first if len(first) < _KEPT else files()
    return [one for one in again if one.sha256 in preferred or not shared.isdisjoint(map(hash, _marks(one)))]


def _together(files: list[Known]) -> list[list[Known]]:
    """Files that touch one another, together."""
    groups: dict[str, str] = {}

    def root(name: str) -> str:
        while groups.setdefault(name, name) != name:
            groups[name] = name = groups[groups[name]]
        return name

    marks = [_marks(one) for one in files]
    for first, *rest in marks:
        for other in rest:
            groups[root(other)] = root(first)
    together: dict[str, list[Known]] = defaultdict(list)
    for one, (first, *_) in zip(files, marks, strict=True):
        together[root(first)].append(one)
    return list(together.values())


def _marks(one: Known) -> list[str]:
    """What a file may share with another: its bytes and, where it counts or could, its offices."""
    counts = one.state in USED or one.state is State.REJECTED
    return [f"#{one.sha256 or one.path}", *(one.offices if counts else ())]


def _batches(groups: Iterable[list[Known]]) -> Iterator[set[str]]:
    """The digests of whole groups, some hundred files at a time."""
    batch: set[str] = set()
    for some in groups:
        batch |= {one.sha256 for one in some}
        if len(batch) >= _TOGETHER:
            yield batch
            batch = set()
    if batch:
        yield batch
