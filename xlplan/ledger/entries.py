"""Entries as rows of the ledger, and back.

Entries that follow each other in a file, of one period, office and sheet, make one row, with one JSON text for all of
them: a return is mostly one row. The text is a list of lists, `[row, amount, status, status_raw, progress, problem,
extra, cells, *origins]`: `amount` is null or `[raw, value, sure, unit]`, `extra` and `cells` are flat (`["done", "I7",
"status", "J7"]`), an origin is its fields. File and digest are those of the reading.
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

Piece = tuple[str, str, str, bytes]
"""A row of `entries` from `period` on: period, office, sheet, the entries as JSON text in UTF-8, as it is sent on."""

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
        yield Entry(
            intern(row),
            period,
            office,
            Source(file, sheet, _places(tuple(cells)), sha256, tuple([Origin(*one) for one in origins])),
            _amount_of(*number) if number else None,
            _STATUS[status],
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
            ',"',
            status or "",
            '",',
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
    number = "null" if value is None else f'"{value!s}"'
    return f'[{_quoted(raw)},{number},"{sure}",{_quoted(unit)}]'


def _origins_json(origins: Iterable[Origin]) -> str:
    return "".join(f",{_strings_json(astuple(one))}" for one in origins)


def _strings_json(strings: Iterable[str]) -> str:
    return f"[{','.join(map(_quoted, strings))}]"


def _pairs_json(pairs: Iterable[tuple[str, str]]) -> str:
    return _strings_json(chain.from_iterable(pairs))


_cells_json = lru_cache(maxsize=1 << 10)(_pairs_json)  # the same cells are filled in thousands of files


def _amount_of(raw: str, value: str | None, sure: str, unit: str) -> Amount:
    return Amount(raw, None if value is None else Decimal(value), _SURE[sure], unit)


def _paired(flat: Iterable[str]) -> tuple[tuple[str, str], ...]:
    strings = map(intern, flat)
    return tuple(zip(strings, strings, strict=True))


_places = lru_cache(maxsize=1 << 12)(_paired)
