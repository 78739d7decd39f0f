"""How much one file may ask of us."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The bounds for reading one file.

    Cells beyond `rows` and `columns` are left out with a finding; beyond any other bound the file is refused.
    `size`, `inflated` and `memory` are in bytes; `ratio` is inflated to packed, looked at above 16 MB; `cells` counts
    filled cells and `characters` all texts of a workbook; `text` is the longest text of a cell; `depth` counts archives
    and mails inside one another, `archive` bounds what one of them unpacks to; `seconds` and `memory` bound the reading
    process.
    """

    size: int = 64 * MEGABYTE
    members: int = 4096
    inflated: int = 256 * MEGABYTE
    ratio: int = 400
    sheets: int = 256
    rows: int = 200_000
    columns: int = 1024
    cells: int = 1_000_000
    text: int = 32_767
    characters: int = 50_000_000
    archive: int = 2048 * MEGABYTE
    depth: int = 3
    seconds: float = 30.0
    memory: int = 1024 * MEGABYTE


RATIO_MATTERS = 16 * MEGABYTE
