"""What became of the files of one collect, and what was found in them, kept small however many they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xlplan import rules
from xlplan.finding import Severity
from xlplan.ledger.records import findings_of
from xlplan.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xlplan.finding import Finding
    from xlplan.ledger.records import Filed
    from xlplan.model import Submission
    from xlplan.workflow.states import File
    from xlplan.workflow.workspace import Workspace

_EXAMPLES = 20  # files whose findings of a kind are kept


class Line(NamedTuple):
    """What became of a file that was read, in one line: its state, its offices, the codes of what was found in it."""

    path: str
    sha256: str
    state: State
    offices: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass
class Account:
    """Counts of findings by code, with some of them whole, the periods that files were for, each file's codes."""

    codes: Counter[str] = field(default_factory=Counter)
    told: list[tuple[str, ...]] = field(default_factory=list)  # for each file; equal ones are one
    periods: set[str] = field(default_factory=set)
    _kept: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    _files: Counter[str] = field(default_factory=Counter)
    _told: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def add(self, one: Filed) -> None:
        """Count one file in."""
        self.periods.add(one.period)
        told = _codes(one.codes)
        self.told.append(self._told.setdefault(told, told))
        if not told:
            return
        self.codes.update(one.codes)
        fresh = {code for code in told if self._files[code] < _EXAMPLES}
        if fresh:
            self._files.update(fresh)
            for found in findings_of(one):
                if found.code in fresh:
                    self._kept[found.code].append(found)

    @property
    def examples(self) -> list[Finding]:
        """Some findings of every kind."""
        return [found for some in self._kept.values() for found in some]

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(rules.catalogue()[code].severity is Severity.ERROR for code in self.codes)


@dataclass(frozen=True)
class Collected:
    """What became of every file handed in. `new` files were read, `known` ones the ledger had already.

    `run` is the number that `collect --undo` takes, 0 when nothing was recorded. `tried` are the files of a dry run.
    """

    workspace: Workspace
    new: int
    known_files: tuple[File, ...]
    findings: tuple[Finding, ...]
    account: Account
    run: int = 0
    dry: bool = False
    tried: tuple[Submission, ...] = ()

    @property
    def count(self) -> int:
        """How many files were looked at."""
        return self.new + len(self.known_files)

    def each(self) -> Iterator[Submission]:
        """The files that were read, one by one in the order of reading, without their entries, as they stand now."""
        if self.dry:
            yield from self.tried
            return
        for one in self.workspace.ledger.recorded(self.run) if self.run else ():
            yield self._now(one)

    def lines(self) -> Iterator[Line]:
        """The files that were read, a line for each, as they stand now."""
        if self.dry:
            for one in self.tried:
                yield Line(one.path, one.sha256, one.state, one.offices, _codes(found.code for found in one.findings))
            return
        recorded = self.workspace.ledger.recorded_files(self.run) if self.run else ()
        for known, codes in zip(recorded, self.account.told, strict=True):
            state = self._changed.get((known.path, known.sha256), known.state)
            yield Line(known.path, known.sha256, state, known.offices, () if state is State.DUPLICATE else codes)

    @property
    def files(self) -> tuple[Submission, ...]:
        """All files that were read, with their entries."""
        if self.dry:
            return self.tried
        read = {(one.path, one.sha256): one for one in self.each()}
        return tuple(self._whole(read, self.account.periods))

    @property
    def known(self) -> tuple[Submission, ...]:
        """The files that the ledger had already, with their entries."""
        wanted = dict.fromkeys(self.known_files)
        return tuple(self._whole(wanted, set(self.workspace.ledger.periods()))) if wanted else ()

    def _whole(self, wanted: Mapping[File, Submission | None], periods: set[str]) -> Iterator[Submission]:
        found: dict[File, Submission] = {}
        for period in sorted(periods):
            submissions = self.workspace.ledger.submissions(period)
            found |= {(one.path, one.sha256): one for one in submissions if (one.path, one.sha256) in wanted}
        for file, light in wanted.items():
            if one := found.get(file) or light:
                yield self._now(one)

    def _now(self, one: Submission) -> Submission:
        state = self._changed.get((one.path, one.sha256), one.state)
        return (
            replace(one, state=state, entries=(), findings=())
            if state is State.DUPLICATE
            else replace(one, state=state)
        )

    @cached_property
    def _changed(self) -> dict[File, State]:
        from xlplan.workflow.states import changed_states

        ledger = self.workspace.ledger
        periods = set(ledger.periods()) if self.known_files else self.account.periods
        return {file: state for period in sorted(periods) for file, state in changed_states(ledger, period).items()}


def _codes(every: Iterable[str]) -> tuple[str, ...]:
    """Each of these codes once."""
    return tuple(dict.fromkeys(every))
