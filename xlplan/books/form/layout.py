"""What a form's writer and its reader agree on beside the headers: the stamp's places inside the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.model import Stamp

STAMP_SHEET = "_xlplan"
"""The hidden sheet that carries the stamp: a key and a value in each row."""

STAMP_PROPERTY = "xlplan.stamp"
"""The document property that carries the stamp as JSON; a long one goes on in `xlplan.stamp.2` and so forth."""

STAMP_KEYS = ("plan", "office", "period", "edition", "rows", "signature")
"""The stamp's facts, in order."""

_LONGEST = 250  # a document property holds 255 UTF-16 units


def stamp_facts(stamp: Stamp) -> dict[str, object]:
    """The stamp as plain values by key."""
    values = (stamp.plan, stamp.office, stamp.period, stamp.edition, list(stamp.rows), stamp.signature)
    return dict(zip(STAMP_KEYS, values, strict=True))


def stamp_properties(stamp: Stamp) -> dict[str, str]:
    """The document properties that carry the stamp."""
    raw = json.dumps(stamp_facts(stamp), ensure_ascii=True, separators=(",", ":"))
    parts = [raw[start : start + _LONGEST] for start in range(0, len(raw), _LONGEST)]
    return {STAMP_PROPERTY if index == 1 else f"{STAMP_PROPERTY}.{index}": part for index, part in enumerate(parts, 1)}


def joined_property(properties: Mapping[str, str]) -> str:
    """The stamp's JSON from a file's document properties; empty when they carry none."""
    parts = [properties.get(STAMP_PROPERTY, "")]
    while (name := f"{STAMP_PROPERTY}.{len(parts) + 1}") in properties:
        parts.append(properties[name])
    return "".join(parts)
