"""One office's return in the simulation: what it sends, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from simulator.paper import Paper
from simulator.town import Answer, Town

Way = Callable[["Case"], None]


@dataclass(frozen=True)
class Fate:
    """What must become of a file: its state, and the codes of its warnings and errors, all of them."""

    state: str
    codes: frozenset[str] = frozenset()


@dataclass
class Case:
    """An office, its truthful form, and the truth about it; a way of spoiling changes the form and the truth alike."""

    town: Town
    office: str
    way: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)
    unplaced: int = 0
    noticed: set[str] = field(default_factory=set)
    truth: dict[str, Answer] = field(init=False)

    def __post_init__(self) -> None:
        self.truth = self.town.truth(self.office)

    @cached_property
    def paper(self) -> Paper:
        """The form, filled with the truth."""
        return self.filled(self.town.forms[self.office])

    def filled(self, data: bytes, codes: dict[str, str] | None = None) -> Paper:
        return Paper(data, codes or self.town.codes[self.office]).fill(self.truth)

    def send(self, data: bytes | None = None, *codes: str, name: str = "", state: str = "merged") -> None:
        """Hand a file in, by default the form as it is now."""
        path = name or f"{self.office}.xlsx"
        self.files[path] = self.paper.bytes() if data is None else data
        self.fates[path] = Fate(state, frozenset(codes))

    def expect(self, path: str, state: str, *codes: str) -> None:
        """What becomes of a file that another one brings along."""
        self.fates[path] = Fate(state, frozenset(codes))

    def amend(self, kind: str, *noticed: str, **changes: object) -> None:
        """What is right for a row when it is not the plain truth, and what the tally says of it."""
        self.truth[kind] = replace(self.truth[kind], **changes)
        self.noticed |= set(noticed)

    def lose(self, grade: str, *noticed: str, kinds: tuple[str, ...] = ()) -> None:
        """Rows of which nothing is known."""
        for kind in kinds or tuple(self.truth):
            self.truth[kind] = Answer(None, None, None, None, grade)
        self.noticed |= set(noticed)


WAYS: dict[str, Way] = {}
"""Every way of spoiling a return, by name."""

LIBRE: dict[str, Way] = {}
"""The ways that LibreOffice is needed for."""


def way(function: Way) -> Way:
    """Register a way."""
    WAYS[function.__name__] = function
    return function


def libre(function: Way) -> Way:
    """Register a way that needs LibreOffice."""
    LIBRE[function.__name__] = function
    return function
