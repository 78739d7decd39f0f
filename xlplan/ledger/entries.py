"""Entries as rows of the ledger, and back.

Entries that follow each other in a file, of one period, office and sheet, make one row, with one JSON text for all of
them: a return is mostly one row. The text is a list of lists, `[row, amount, status, status_raw, progress, problem,
extra, cells, *origins]`: `amount` is null or `[raw, value, sure, unit]`, `extra` and `cells` are flat (`["done", "I7",
"status", "J7"]`), an origin is its fields. File and digest are those of the reading.

What most entries have is written shorter: `[raw, unit]` for a number that is certain and stands as it is, 1 for a
status in its own words, `"I7,J7,,L7"` for cells of 完成值, 状态, 进展情况 and 存在问题 alone.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from decimal import Decimal
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Any

from xlplan.model import Amount, Entry, Origin, Source, Status, Sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlplan.model import Pairs

Piece = tuple[str, str, str, bytes]
"""A row of `entries` from `period` on: period, office, sheet, the entries as JSON text in UTF-8, as it is sent on."""

_IN_ITS_OWN_WORDS = 1  # what stands for a status that is
_AS_WRITTEN = f",{_IN_ITS_OWN_WORDS},"
_ANSWERS = ("done", "status", "progress", "problem")
_SEPARATOR = ","  # of cells, which have none
_MOST = 1000  # entries of one row, so that a few rows are never large
_STATUS: dict[str, Status | None] = {"": None} | {one.value: one for one in Status}  # an enumeration looks up slowly
_SURE = {one.value: one for one in Sure}
_quoted = json.encoder.encode_basestring  # Chinese as it is: half as long as escaped, and read sooner


def pieces(entries: Iterable[Entry]) -> tuple[Piece, ...]:
    """Entries as the ledger keeps them, in their order. Collecting makes many."""
    found = []
    for shared, some in groupby(entries, attrgetter("period", "office", "source.sheet")):
        while text := ",".join(map(_entry_json, islice(some, _MOST))):
            found.append((*shared, f"[{text}]".encode()))
    return tuple(found)


def beginning(row: str) -> str:
    """What an entry of a row begins with in the JSON text; something else may look like it."""
    return f"[{_quoted(row)},"


def entries_of(piece: Sequence[Any], file: str, sha256: str) -> Iterator[Entry]:
    """The entries of a file that a row of `entries` describes, from `period` on, JSON read."""
    *about, written = piece
    period, office, sheet, file, sha256 = map(intern, (*about, file, sha256))  # what comes in many is kept once
    for row, number, status, status_raw, progress, problem, extra, cells, *origins in written:
        places = _answered(cells) if isinstance(cells, str) else _places(tuple(cells))
        yield Entry(
            intern(row),
            period,
            office,
            Source(file, sheet, places, sha256, tuple([Origin(*one) for one in origins])),
            _amount_of(*number) if number else None,
            _STATUS[status_raw if status == _IN_ITS_OWN_WORDS else status],
            status_raw,
            progress,
            problem,
            _paired(extra) if extra else (),
        )


def _entry_json(one: Entry) -> str:
    row, _, _, source, amount, status, status_raw, progress, problem, extra = one
    return "".join(  # of so many parts faster than an f-string
        (
            "[",
            _quoted(row),
            "," + _amount_json(amount) if amount else ",null",
            _AS_WRITTEN if status and status == status_raw else f',"{status or ""}",',
            _quoted(status_raw),
            ",",
            _quoted(progress),
            ",",
            _quoted(problem),
            ",",
            _pairs_json(extra) if extra else "[]",
            ",",
            _cells_json(source.cells),
            _origins_json(source.origins) if source.origins else "",
            "]",
        )
    )


def _amount_json(amount: Amount) -> str:
    raw, value, sure, unit = amount
    text = "" if value is None else str(value)
    if text == raw and text and sure is Sure.YES:
        return f'["{raw}",{_quoted(unit)}]'
    number = f'"{text}"' if text else "null"
    return f'[{_quoted(raw)},{number},"{sure}",{_quoted(unit)}]'


def _origins_json(origins: Iterable[Origin]) -> str:
    return "".join(f",{_strings_json(astuple(one))}" for one in origins)


def _strings_json(strings: Iterable[str]) -> str:
    return f"[{','.join(map(_quoted, strings))}]"


def _pairs_json(pairs: Iterable[tuple[str, str]]) -> str:
    return _strings_json(chain.from_iterable(pairs))


@lru_cache(maxsize=1 << 10)  # the same cells are filled in thousands of files
def _cells_json(cells: Pairs) -> str:
    named = dict(cells)
    short = _SEPARATOR.join(named.get(name, "") for name in _ANSWERS)
    is_whole = short.count(_SEPARATOR) == len(_ANSWERS) - 1 and _answered(short) == cells
    return _quoted(short) if cells and is_whole else _pairs_json(cells)


@lru_cache(maxsize=1 << 12)
def _answered(short: str) -> Pairs:
    """The cells of a row's answers."""
    cells = zip(_ANSWERS, short.split(_SEPARATOR), strict=True)
    return tuple((name, cell) for name, cell in cells if cell)


def _amount_of(raw: str, *rest: str | None) -> Amount:
    if len(rest) == 1:
        return Amount(raw, Decimal(raw), Sure.YES, rest[0] or "")
    value, sure, unit = rest
    return Amount(raw, None if value is None else Decimal(value), _SURE[sure or ""], unit or "")


def _paired(flat: Iterable[str]) -> tuple[tuple[str, str], ...]:
    strings = map(intern, flat)
    return tuple(zip(strings, strings, strict=True))


_places = lru_cache(maxsize=1 << 12)(_paired)
