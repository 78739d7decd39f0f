"""Word lists, written as blocks of text, and patterns made of them."""

from __future__ import annotations

import re


def listed(words: str) -> tuple[str, ...]:
    """The words of a block of text, in its order."""
    return tuple(words.split())


def any_of(words: str) -> str:
    """A pattern for any one of the words, the longest first."""
    return (
        "(?:" + "|".join(re.escape(word) for word in sorted(words.split(), key=lambda word: (-len(word), word))) + ")"
    )
