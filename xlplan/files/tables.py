"""Flat tables for other programs: CSV that Excel opens in Chinese, and Parquet with typed columns."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = ("value", "rate")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Sequence[dict[str, str | None]]) -> bytes:
    """CSV as UTF-8 with a byte order mark. Text that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    names = list(rows[0]) if rows else []
    writer = csv.DictWriter(out, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: value if name in _NUMBERS else _safe(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_parquet(rows: Sequence[dict[str, str | None]]) -> bytes:
    """Parquet: text columns, and value and rate as doubles."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = list(rows[0]) if rows else []
    columns = {name: pa.array([_typed(name, row[name]) for row in rows], _type(pa, name)) for name in names}
    out = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), out)
    return bytes(out.getvalue())


def _type(pa: object, name: str) -> object:
    return getattr(pa, "float64" if name in _NUMBERS else "string")()


def _typed(name: str, value: str | None) -> float | str | None:
    return float(Decimal(value)) if value is not None and name in _NUMBERS else value


def _safe(value: str | None) -> str | None:
    return f"'{value}" if value and value.startswith(_RISKY) else value
