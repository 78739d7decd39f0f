"""Elements of a web page: their names, and which of them are blocks or not shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "select",
        "button",
        "input",
        "textarea",
        "iframe",
        "object",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "link",
        "meta",
        "label",
        "datalist",
        "dialog",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "img",
        "wbr",
        "ruby",
        "rb",
        "o:p",
        "st1:chsdate",
        "time",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def up(node: _Element) -> Iterator[_Element]:
    """The element and what holds it, outwards."""
    yield node
    yield from node.iterancestors()


def name_of(node: _Element) -> str:
    """An element's name in lower case; empty for what is no element."""
    return node.tag.lower() if isinstance(node.tag, str) else ""


def integer(text: str | None, default: int) -> int:
    """An attribute as a number."""
    try:
        return int(text or "")
    except ValueError:
        return default


def is_block(node: _Element) -> bool:
    """Whether an element begins and ends a paragraph."""
    return name_of(node) not in _INLINE


def is_skipped(node: _Element) -> bool:
    """Whether an element is not shown or holds no words of the page."""
    return not isinstance(node.tag, str) or name_of(node) in _SKIPPED or bool(_HIDDEN.search(node.get("style", "")))
