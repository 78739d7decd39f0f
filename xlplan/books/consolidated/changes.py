"""变化: what turned since the period before, with both values and both lights."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from xlplan.book import Cell
from xlplan.books.consolidated.flat import Flat, Rows, put_flat
from xlplan.books.consolidated.work import done_value
from xlplan.headers import Field
from xlplan.model import Light, Turn
from xlplan.reasons import reason_text
from xlplan.words import word

if TYPE_CHECKING:
    from xlplan.book import Book
    from xlplan.books.consolidated.flat import Row
    from xlplan.books.consolidated.work import Work
    from xlplan.model.progress import Change

_LOOKS = {
    Turn.RED: Light.RED,
    Turn.YELLOW: Light.YELLOW,
    Turn.FALLEN: Light.YELLOW,
    Turn.SILENT: Light.YELLOW,
    Turn.SAME: Light.NONE,
}
"""The looks of what turned for worse; the rest turned for better."""


def put_changes(book: Book, work: Work) -> None:
    """Write the sheet. A first period has nothing to be compared with, and the sheet says so."""
    page, previous = work.dress.pages["changes"], work.context.previous
    rows = Rows(work.context.changes, partial(_row, work))
    if previous is None:
        put_flat(book, work, Flat("changes", rows, page, caption="caption_first", empty="first"))
        return
    facts = {"previous": previous.period.label(work.lang), "changes": changes_text(work)}
    put_flat(book, work, Flat("changes", rows, page, facts=facts))


def changes_text(work: Work) -> str:
    """How often there was each turn, in one line."""
    page, counts = work.dress.pages["changes"], Counter(one.turn for one in work.context.changes)
    texts = (page.say("count", turn=word(turn, work.lang), count=counts[turn]) for turn in Turn if counts[turn])
    return page.say("comma").join(texts) or page.say("none")


def _row(work: Work, one: Change) -> Row:
    now, before = one.now, one.before
    look = work.look(_LOOKS.get(one.turn, Light.GREEN))
    return {
        **work.about(now.row, now.office),
        "turn": Cell(word(one.turn, work.lang), look),
        Field.BEFORE: done_value(before.entry) if before else None,
        Field.DONE: done_value(now.entry),
        "light_before": work.lights[before.light] if before else None,
        "light": work.lights[now.light],
        "grade_before": word(before.grade, work.lang) if before else None,
        "grade": word(now.grade, work.lang),
        "reason": reason_text(now.reason, work.lang, now.override),
        Field.PROGRESS: now.entry.progress if now.entry else "",
    }
