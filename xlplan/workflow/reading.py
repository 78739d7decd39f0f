"""Reading one returned file to the end: what a worker process does. It imports nothing that a worker does not need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.claim import CLAIM
from xlplan.books.claim import parse as parse_claims
from xlplan.books.form.parse import FORM, parse, read_stamp
from xlplan.files.names import WORKBOOKS, ending
from xlplan.files.workbook import read_book
from xlplan.finding import Place, Severity
from xlplan.ledger.records import file
from xlplan.model import State, Submission
from xlplan.period import Period
from xlplan.steps.claims import PERIOD, receive_claims
from xlplan.steps.receive import receive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.book import Book
    from xlplan.books.form.parse import Columns
    from xlplan.files.archives import Item
    from xlplan.files.limits import Limits
    from xlplan.finding import Finding
    from xlplan.ledger.archive import Archive
    from xlplan.ledger.records import Filed
    from xlplan.model import Returned
    from xlplan.steps.receive import Counter

_ABOUT_CELLS = frozenset({"F201", "F202"})  # said again, and exactly, of the cells that an office fills
_NO_WORKBOOK = "F132"


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

    counter: Counter
    columns: Columns = FORM
    limits: Limits | None = None
    claims: Columns = CLAIM
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
        return file(one, whole=self.whole or one.period == PERIOD)

    def submission(self, item: Item) -> Submission:
        """Read one item; one that is no usable workbook gives a submission without entries."""
        book, found = read_book(item.data, item.path, self.limits)
        if book is None:
            return unread(item, found)
        stamp = read_stamp(book)
        claims = None if stamp and Period.parse(stamp.period) else self._claims(book, item)
        if claims:
            return receive_claims(claims, self.counter.desk.plan, self.counter.desk.key, item.time)
        submission = receive(parse(book, item.path, item.sha256, self.columns), self.counter, item.path, item.time)
        about_file = (one for one in found if one.code not in _ABOUT_CELLS)
        return replace(submission, findings=(*about_file, *submission.findings))

    def _claims(self, book: Book, item: Item) -> Returned | None:
        return parse_claims(book, item.path, item.sha256, self.claims)


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
