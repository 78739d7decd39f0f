"""The bounds for reading one file, as xlplan.toml sets them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from xlplan.files.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

_IN_MEGABYTES = frozenset({"size", "inflated", "archive", "memory"})
_MOST = {
    "text": 32_767,  # what a cell can hold
    "rows": 1_048_576,
    "columns": 16_384,
    "depth": 10,
    "seconds": 3600,
    "ratio": 100_000,
}
_LEAST = {"memory": 256 * MEGABYTE}  # the reading process itself
_LARGEST = 1 << 40

EXPLAINED = """
# 读取一个报回文件的上限，超过的不读 / bounds for reading one returned file; size, inflated, archive, memory in MB
# [limits]
# size = 64        # 文件大小 / file size
# inflated = 256   # 解压后的大小 / inflated size
# cells = 1000000  # 填写的单元格 / filled cells
# seconds = 30     # 读取时间 / reading time
# memory = 1024    # 内存 / memory
# 还有 / also: members ratio sheets rows columns text characters archive depth
"""
"""What a new xlplan.toml says about them."""


def read_limits(raw: Any) -> tuple[Limits, str]:  # noqa: ANN401 - whatever the TOML holds
    """The limits with what the settings change, and what is wrong with them: empty when nothing is."""
    if not isinstance(raw, dict):
        return Limits(), "[limits]"
    known = {one.name for one in fields(Limits)}
    for name, value in raw.items():
        if name not in known or not _is_possible(name, value):
            return Limits(), f"limits.{name} = {value!r}"[:200]
    return Limits(**{name: _scaled(name, value) for name, value in raw.items()}), ""


def _is_possible(name: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float if name == "seconds" else int):
        return False
    least: Mapping[str, int] = _LEAST
    return value > 0 and least.get(name, 0) <= _scaled(name, value) <= _MOST.get(name, _LARGEST)


def _scaled(name: str, value: Any) -> Any:  # noqa: ANN401 - a number
    return value * MEGABYTE if name in _IN_MEGABYTES else value
