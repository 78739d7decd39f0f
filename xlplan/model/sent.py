"""What went out, as little of it as collecting needs: thousands of forms share a few layouts."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xlplan.model.forms import HEAD, headings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xlplan.model.forms import Heading, Issued

Texts = dict[str, dict[str, str]]
"""What the locked cells of a form show: for each row code the texts by field."""

_KEPT = 64  # layouts that stay unpacked


@dataclass(frozen=True)
class Sent:
    """Every form that was sent. `editions`: by office code and period the layout of each edition.

    `layouts` hold, packed, what the forms of a layout show; `plans` are the digests of the plans that they were made
    from, and `mark` changes with every form that is added.
    """

    editions: Mapping[tuple[str, str], Mapping[int, str]] = field(default_factory=dict)
    layouts: Mapping[str, bytes] = field(default_factory=dict)
    plans: frozenset[str] = frozenset()
    mark: str = ""

    @classmethod
    def of(cls, issued: Iterable[Issued]) -> Sent:
        """What these forms amount to."""
        editions: dict[tuple[str, str], dict[int, str]] = {}
        layouts: dict[str, bytes] = {}
        forms = list(issued)
        for one in forms:
            content = json.dumps({code: dict(texts) for code, texts in one.texts}, ensure_ascii=False)
            editions.setdefault((one.stamp.office, one.stamp.period), {})[one.stamp.edition] = content
            layouts[content] = pack(content)
        plans = frozenset(one.stamp.plan for one in forms)
        return cls(editions, layouts, plans, " ".join(one.stamp.signature for one in forms))

    @cached_property
    def periods(self) -> frozenset[str]:
        """The codes of the periods that forms were sent for."""
        return frozenset(period for _, period in self.editions)

    def latest(self, office: str, period: str) -> int:
        """The newest edition that an office was sent for a period; 0 when none was."""
        return max(self.editions.get((office, period), ()), default=0)

    def layout(self, office: str, period: str, edition: int) -> str:
        """The layout of a form, of the latest where there is no such edition; empty when none was sent."""
        known = self.editions.get((office, period), {})
        return known[edition if edition in known else max(known)] if known else ""

    def texts(self, layout: str) -> Texts:
        """What the forms of a layout show; nothing for an unknown one."""
        return self._shown(layout)[1]

    def columns(self, layout: str) -> tuple[Heading, ...]:
        """The columns that the forms of a layout have; none where they were not recorded."""
        return self._shown(layout)[0]

    @cached_property
    def _shown(self) -> Callable[[str], tuple[tuple[Heading, ...], Texts]]:
        return lru_cache(maxsize=_KEPT)(self._unpacked)

    def _unpacked(self, layout: str) -> tuple[tuple[Heading, ...], Texts]:
        packed = self.layouts.get(layout)
        texts: Texts = json.loads(zlib.decompress(packed)) if packed else {}
        return headings_of(texts.pop(HEAD, {})), texts

    def __getstate__(self) -> dict[str, object]:
        return {one.name: getattr(self, one.name) for one in fields(self)}  # what is worked out stays here


def pack(content: str) -> bytes:
    """The texts of a layout, as JSON, packed."""
    return zlib.compress(content.encode(), 1)
