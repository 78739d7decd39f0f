"""Flat tables for other programs: CSV that Excel opens in Chinese, and Parquet with typed columns."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Sequence[Mapping[str, str | None]], columns: Mapping[str, str]) -> bytes:
    """CSV as UTF-8 with a byte order mark. Text that a spreadsheet would take for a formula gets an apostrophe.

    `columns` gives for each column what it holds: text, word, number or day; the last two are written as they are.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), lineterminator="\r\n")
    writer.writeheader()
    texts = {name for name, kind in columns.items() if kind in {"text", "word"}}
    writer.writerows({name: plain_text(row[name]) if name in texts else row[name] for name in columns} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_parquet(rows: Sequence[Mapping[str, str | None]], columns: Mapping[str, str]) -> bytes:
    """Parquet with typed columns: text as strings, words as dictionaries, numbers as doubles, days as dates."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "text": pa.string(),
        "word": pa.dictionary(pa.int32(), pa.string()),
        "number": pa.float64(),
        "day": pa.date32(),
    }
    made = {name: pa.array([_typed(kind, row[name]) for row in rows], kinds[kind]) for name, kind in columns.items()}
    out = pa.BufferOutputStream()
    pq.write_table(pa.table(made), out)
    return bytes(out.getvalue())


def _typed(kind: str, value: str | None) -> str | float | date | None:
    if value is None or kind in {"text", "word"}:
        return value
    return float(Decimal(value)) if kind == "number" else date.fromisoformat(value)


def plain_text(value: str | None) -> str | None:
    """A text that no spreadsheet takes for a formula: one that could be gets an apostrophe."""
    return f"'{value}" if value and value.startswith(_RISKY) else value
