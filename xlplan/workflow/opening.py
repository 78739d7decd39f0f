"""Reading one returned file to the end: what a worker process does, and it imports nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.books.claim.parse import claim_columns
from xlplan.books.claim.parse import parse as parse_claims
from xlplan.books.form.parse import Columns, columns_of, parse, read_stamp
from xlplan.files.workbook import read_book
from xlplan.period import Period
from xlplan.steps.counter import Counter
from xlplan.steps.receive import receive
from xlplan.workflow.reading import unread

if TYPE_CHECKING:
    from xlplan.files.archives import Item
    from xlplan.model import Submission
    from xlplan.workflow.reading import Reader

_ABOUT_CELLS = frozenset({"F201", "F202"})  # said again, and exactly, of the cells that an office fills


@dataclass(frozen=True)
class Opening:
    """A reader at work; what is expected of each form is worked out once for many files."""

    reader: Reader

    @cached_property
    def counter(self) -> Counter:
        """The desk, and what is expected at it."""
        return Counter(self.reader.desk)

    @cached_property
    def columns(self) -> Columns:
        """The columns that forms have, and had when they were sent."""
        blanks = self.reader.blanks
        return columns_of(blanks.form, blanks.foot, self.reader.desk.sent)

    @cached_property
    def claims(self) -> Columns:
        """The columns that claim forms have."""
        return claim_columns(self.reader.blanks.claim)

    def submission(self, item: Item) -> Submission:
        """Read one item; one that is no usable workbook gives a submission without entries."""
        book, found = read_book(item.data, item.path, self.reader.limits)
        if book is None:
            return unread(item, found)
        desk, stamp = self.reader.desk, read_stamp(book)
        claims = None
        if not (stamp and Period.parse(stamp.period)):
            claims = parse_claims(book, item.path, item.sha256, self.claims)
        if claims:
            from xlplan.steps.claims import receive_claims

            return receive_claims(claims, desk.plan, desk.key, item.time)
        returned = parse(book, item.path, item.sha256, self.columns)
        submission = receive(returned, self.counter, item.path, item.time)
        about_file = [one for one in found if one.code not in _ABOUT_CELLS]
        return replace(submission, findings=(*about_file, *submission.findings)) if about_file else submission
