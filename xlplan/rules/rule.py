"""What one rule of the catalogue consists of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.finding import Severity


@dataclass(frozen=True)
class Words:
    """A rule in one language. They may name facts in braces."""

    sentence: str
    cause: str
    remedy: str


@dataclass(frozen=True)
class Rule:
    """One kind of finding: its code, how much it matters, and its words in both languages."""

    code: str
    severity: Severity
    zh: Words
    en: Words

    def words(self, lang: str) -> Words:
        """The words for `zh` or `en`."""
        return self.zh if lang == "zh" else self.en

    @cached_property
    def needs(self) -> frozenset[str]:
        """The names of the facts that its words use."""
        texts = (text for words in (self.zh, self.en) for text in (words.sentence, words.cause, words.remedy))
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
