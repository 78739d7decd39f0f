"""WordprocessingML by local names, so that transitional and strict documents read alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


def tag(node: _Element) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    name = node.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def children(node: _Element | None, name: str) -> Iterator[_Element]:
    """The direct children of this name."""
    if node is not None:
        yield from (one for one in node if tag(one) == name)


def child(node: _Element | None, name: str) -> _Element | None:
    """The first direct child of this name."""
    return next(children(node, name), None)


def attribute(node: _Element | None, name: str) -> str:
    """An attribute by its local name; empty when there is none."""
    if node is None:
        return ""
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def number(node: _Element | None, default: int) -> int:
    """An element's `val` as a number."""
    try:
        return int(attribute(node, "val"))
    except ValueError:
        return default


def is_on(node: _Element | None) -> bool | None:
    """A switch such as `<w:b/>`: None when it is absent."""
    return None if node is None else attribute(node, "val") not in {"0", "false", "off", "none"}
