"""冲突与待认领: every answer that a person has to settle, with where it stands and what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xlplan.books.consolidated.flat import Flat, Rows, put_flat
from xlplan.books.values import amount_text, status_text
from xlplan.headers import Field
from xlplan.model import Doubt
from xlplan.words import word

if TYPE_CHECKING:
    from xlplan.book import Book
    from xlplan.books.consolidated.flat import Row
    from xlplan.books.consolidated.work import Work
    from xlplan.model import Entry
    from xlplan.model.progress import Dispute

_SHOWN = (Field.SERIAL, Field.TASK, Field.TARGET)
"""What a row of nobody's says that has columns of its own here."""
_NEXT = {Doubt.NUMBERS: "next_numbers", Doubt.TIE: "next_tie", Doubt.UNCLAIMED: "next_unclaimed"}


def put_disputes(book: Book, work: Work) -> None:
    """Write the sheet: a row for each answer, those of one matter under one number."""
    answers = [(number, one, entry) for number, one in enumerate(work.context.disputes, 1) for entry in one.entries]
    put_flat(book, work, Flat("disputes", Rows(answers, partial(_row, work)), work.dress.pages["disputes"]))


def _row(work: Work, answer: tuple[int, Dispute, Entry]) -> Row:
    number, one, entry = answer
    texts = dict(entry.extra)
    own: Row = {Field.OFFICE: entry.office, **{name: texts.get(name, "") for name in _SHOWN}}
    return {
        **(work.about(one.row, entry.office) if one.row else own),
        "number": number,
        "doubt": word(one.doubt, work.lang),
        "text": _text(work, one, entry),
        "next": work.dress.pages["disputes"].say(_NEXT[one.doubt]),
        **work.source(entry.source),
    }


def _text(work: Work, one: Dispute, entry: Entry) -> str:
    """What was written: the number that is in question, or everything."""
    if one.doubt is Doubt.NUMBERS:
        return amount_text(entry, one.row.target if one.row else None)
    if one.doubt is Doubt.UNCLAIMED:
        pairs = [(work.headers.get(name, name), text) for name, text in entry.extra if name not in _SHOWN]
    else:
        shown = (
            (Field.DONE, amount_text(entry, one.row.target if one.row else None)),
            (Field.STATUS, status_text(entry, work.lang)),
            (Field.PROGRESS, entry.progress),
            (Field.PROBLEM, entry.problem),
        )
        pairs = [(work.headers[name], text) for name, text in shown if text]
        pairs += entry.extra
    return "\n".join(work.dress.pages["disputes"].say("pair", name=name, text=text) for name, text in pairs)
