"""Finding the owner clauses of a text, reading them, and giving back the text without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlplan import rules
from xlplan.chinese.folding import fold
from xlplan.chinese.owners import names
from xlplan.chinese.owners.clause import Reading, read_labelled
from xlplan.chinese.owners.spans import Span, owner_spans
from xlplan.finding import Finding, Place
from xlplan.model import Owner

_BEFORE_CLAUSE = " -"
_BLANK_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True)
class OwnerReading:
    """Who is named in a text, and the text without those words. `leader` are persons or posts."""

    rest: str
    owners: tuple[Owner, ...] = ()
    leader: str = ""
    deadline: date | None = None
    findings: tuple[Finding, ...] = ()


def read_owners(text: str, *, place: Place, year: int | None = None) -> OwnerReading:
    """Read and take out every owner clause: in brackets, after a label, or as a sentence of roles at the end."""
    folded = "\n".join(fold(line) for line in text.split("\n"))
    reading = Reading()
    kept, last = [], 0
    for span in owner_spans(folded):
        if span.start < last:
            continue
        _read_span(span, text, reading, year)
        kept.append(text[last : last + len(folded[last : span.start].rstrip(_BEFORE_CLAUSE))])
        last = span.end
    rest = _BLANK_LINES.sub("\n", "".join((*kept, text[last:]))).strip()
    leader = "、".join(dict.fromkeys(filter(None, reading.leaders)))
    return OwnerReading(rest, reading.owners(), leader, reading.deadline, tuple(_findings(reading, place)))


def _read_span(span: Span, text: str, reading: Reading, year: int | None) -> None:
    known = len(reading.found)
    read_labelled(span.inner, reading, year)
    written = text[span.inner_start : span.inner_start + len(span.inner)]
    reading.spell((name for name, _ in reading.found[known:]), span.inner, written)
    if not span.sure:
        reading.unsaid.append(names.tidy(span.inner))


def _findings(reading: Reading, place: Place) -> Iterator[Finding]:
    yield from (rules.find("D403", place, text=text) for text in reading.unsaid)
    yield from (rules.find("D401", place, text=tail) for tail in dict.fromkeys(reading.tails))
    yield from (rules.find("D402", place, name=name) for name in dict.fromkeys(reading.doubtful))
    yield from (rules.find("D404", place, text=bad) for bad in dict.fromkeys(reading.bad_dates))
