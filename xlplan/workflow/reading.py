"""Who reads the files that came back: small enough to be sent to a worker, which alone imports what reading takes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xlplan import rules
from xlplan.files.names import WORKBOOKS, ending
from xlplan.finding import Place, Severity
from xlplan.ledger.records import file
from xlplan.model import State, Submission
from xlplan.period import CLAIM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlplan.files.archives import Item
    from xlplan.files.limits import Limits
    from xlplan.finding import Finding
    from xlplan.ledger.archive import Archive
    from xlplan.ledger.records import Filed
    from xlplan.model import Heading
    from xlplan.steps.desk import Desk

_NO_WORKBOOK = "F132"


class Blanks(NamedTuple):
    """What forms look like before they are filled: the columns of forms and of claim forms, how lines below begin."""

    form: tuple[Heading, ...]
    foot: tuple[str, ...]
    claim: tuple[Heading, ...]


@dataclass(frozen=True)
class Lost:
    """A file's original could not be kept: the run must not go on."""

    detail: str


@dataclass(frozen=True)
class Reader:
    """Keeps a file's original and turns its bytes into what is recorded of it; can be sent to another process.

    Nothing is kept where `archive` is None. The submissions themselves come along when they are asked for, and with
    claims, which are settled by whoever asked.
    """

    desk: Desk
    blanks: Blanks
    limits: Limits
    archive: Archive | None = None
    whole: bool = False

    def __call__(self, item: Item) -> Filed | Lost:
        """Keep and read one item."""
        if self.archive and item.data:
            try:
                self.archive.keep(item)
            except OSError as error:
                return Lost(str(error.strerror or error))
        one = self.submission(item)
        return file(one, whole=self.whole or one.period == CLAIM)

    @cached_property
    def submission(self) -> Callable[[Item], Submission]:
        """What one item says; one that is no usable workbook gives a submission without entries."""
        from xlplan.workflow.opening import Opening

        return Opening(self).submission

    def __getstate__(self) -> dict[str, object]:
        return {one.name: getattr(self, one.name) for one in fields(self)}  # what is worked out stays here


def unread(item: Item, found: Sequence[Finding]) -> Submission:
    """A file that was not read: ignored, or kept apart where a finding is an error.

    A letter or a presentation that comes along under its own name is ignored; one named like a workbook is not.
    """
    if {one.code for one in found} == {_NO_WORKBOOK} and ending(item.path) not in WORKBOOKS:
        found = [rules.find("F141")]
    placed = tuple(one if one.place.file else replace(one, place=Place(item.path)) for one in found)
    grave = any(one.severity is Severity.ERROR for one in placed)
    state = State.QUARANTINED if grave else State.IGNORED
    return Submission(item.path, item.sha256, state, when=item.time, findings=placed)
