"""The model's records as ledger rows, and back."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from xlplan.finding import Finding, Place, Severity
from xlplan.ledger.entries import pieces
from xlplan.model import (
    Assignment,
    Comparator,
    Entry,
    Issued,
    Kind,
    Light,
    Role,
    Stamp,
    State,
    Submission,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlplan.ledger.entries import Piece
    from xlplan.model.light import Ruling

Record = dict[str, Any]
Texts = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
Layout = tuple[tuple[Assignment, ...], Texts]

_quoted = json.encoder.encode_basestring_ascii

to_json = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode
"""A value as JSON text, which every database takes, whatever its own encoding."""


def once(path: str, sha256: str, basis: str, time: int) -> str:
    """What no two readings share: a file is read once on a basis, and once more each time that was taken back."""
    texts = ", ".join(map(_quoted, (path, sha256, basis)))  # the JSON of all four
    return hashlib.sha256(f"[{texts}, {time}]".encode()).hexdigest()


class Filed(NamedTuple):
    """A file that was read, in the shape of the ledger's rows: made where it is read, for many at once.

    `findings` is JSON text and `codes` are theirs; `entries` are rows of `entries`, from `period` on. `whole` is the
    submission itself, where somebody asks for it.
    """

    path: str
    sha256: str
    state: str
    period: str
    offices: tuple[str, ...]
    edition: int
    document_time: str
    findings: str
    codes: tuple[str, ...] = ()
    entries: tuple[Piece, ...] = ()
    whole: Submission | None = None


def file(one: Submission, *, whole: bool = False) -> Filed:
    """A submission as it is recorded."""
    return Filed(
        one.path,
        one.sha256,
        one.state.value,
        one.period,
        one.offices,
        one.edition,
        one.when.isoformat() if one.when else "",
        to_json([finding_record(finding) for finding in one.findings]) if one.findings else "[]",
        tuple(finding.code for finding in one.findings),
        pieces(one.entries),
        one if whole else None,
    )


def findings_of(filed: Filed) -> list[Finding]:
    """What was found in a file."""
    return [finding_of(record) for record in json.loads(filed.findings)]


def submission_of(record: Mapping[str, Any], entries: Iterable[Entry]) -> Submission:
    """The submission that a row of `readings` describes."""
    when = record["document_time"]
    return Submission(
        record["path"],
        record["sha256"],
        State(record["state"]),
        record["period"],
        tuple(record["offices"]),
        record["edition"],
        datetime.fromisoformat(when) if when else None,
        tuple(entries),
        tuple(finding_of(finding) for finding in record["findings"]),
    )


class Shown(NamedTuple):
    """What a form shows, in the shape of a row of `layouts`: rows and texts are JSON."""

    digest: str
    rows: str
    texts: str


class Posted(NamedTuple):
    """A form that was sent, in the shape of the ledger's rows: made where the form is, for many at once.

    The fields are the columns of `issued`, but that `shown` is the whole layout.
    """

    office: str
    period: str
    edition: int
    plan: str
    signature: str
    path: str
    sha256: str
    deadline: str
    shown: Shown


def post(one: Issued) -> Posted:
    """A form that was sent as it is recorded."""
    stamp = one.stamp
    return Posted(
        stamp.office,
        stamp.period,
        stamp.edition,
        stamp.plan,
        stamp.signature,
        one.path,
        one.sha256,
        one.deadline.isoformat() if one.deadline else "",
        _shown(one.rows, one.texts),
    )


def issued_of(record: Mapping[str, Any], layout: Layout) -> Issued:
    """The form that a row of `issued` describes, with its layout."""
    rows, texts = layout
    codes = tuple(row.code for row in rows)
    stamp = Stamp(record["plan"], record["office"], record["period"], record["edition"], codes, record["signature"])
    return Issued(stamp, record["path"], record["sha256"], _day(record["deadline"]), rows, texts)


@lru_cache(maxsize=4)
def _shown(rows: tuple[Assignment, ...], texts: Texts) -> Shown:
    """What a form shows, under its digest; those of offices with the same rows follow each other."""
    parts = to_json([row_record(row) for row in rows]), to_json({code: dict(shown) for code, shown in texts})
    return Shown(hashlib.sha256("\n".join(parts).encode()).hexdigest(), *parts)


def layout_of(record: Mapping[str, Any]) -> Layout:
    """The rows and texts that a row of `layouts` holds."""
    texts = tuple((code, tuple(shown.items())) for code, shown in record["texts"].items())
    return tuple(row_of(row) for row in record["rows"]), texts


def ruling_record(one: Ruling) -> Record:
    """What a person decided about a light as a row of `rulings`."""
    light = one.light.value if one.light else ""
    return {"row": one.row, "period": one.period, "office": one.office, "light": light, "by": one.by, "why": one.why}


def ruling_of(record: Mapping[str, Any]) -> Ruling:
    """The decision that a row of `rulings`, with the time of its run, describes."""
    from xlplan.model.light import Ruling

    light = Light(record["light"]) if record["light"] else None
    return Ruling(record["row"], record["period"], record["office"], light, record["by"], record["why"], record["at"])


def finding_record(one: Finding) -> list[Any]:
    """A finding as JSON takes it."""
    place = one.place
    return [one.code, one.severity.value, [place.file, place.sheet, place.cell, place.line], dict(one.facts)]


def finding_of(record: list[Any]) -> Finding:
    """The finding that a record describes."""
    code, severity, place, facts = record
    return Finding(code, Severity(severity), Place(*place), tuple(sorted(facts.items())))


def row_record(row: Assignment) -> Record:
    """A row of the breakdown as JSON takes it."""
    target = row.target
    return {
        "code": row.code,
        "task": row.task,
        "office": row.office,
        "role": row.role,
        "deadline": row.deadline.isoformat() if row.deadline else "",
        "leader": row.leader,
        "extra": [list(pair) for pair in row.extra],
        "target": _target_record(target) if target else None,
    }


def row_of(record: Record) -> Assignment:
    """The row that a record describes."""
    return Assignment(
        record["code"],
        record["task"],
        record["office"],
        Role(record["role"]),
        _target_of(record["target"]) if record["target"] else None,
        _day(record["deadline"]),
        record["leader"],
        _pairs(record["extra"]),
    )


def _target_record(one: Target) -> Record:
    return {
        "text": one.text,
        "indicator": one.indicator,
        "kind": one.kind,
        "comparator": one.comparator,
        "unit": one.unit,
        "hedge": one.hedge,
        "scope": one.scope,
        "numbers": [None if number is None else str(number) for number in (one.value, one.value_max, one.baseline)],
        "due": one.due.isoformat() if one.due else "",
        "year_end": one.year_end,
    }


def _target_of(record: Record) -> Target:
    value, value_max, baseline = (None if number is None else Decimal(number) for number in record["numbers"])
    return Target(
        record["text"],
        record["indicator"],
        Kind(record["kind"]),
        Comparator(record["comparator"]),
        value,
        value_max,
        record["unit"],
        record["hedge"],
        record["scope"],
        baseline,
        _day(record["due"]),
        bool(record.get("year_end")),
    )


def _pairs(raw: list[list[str]]) -> Any:  # noqa: ANN401 - pairs, as they were written
    return tuple(map(tuple, raw))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
