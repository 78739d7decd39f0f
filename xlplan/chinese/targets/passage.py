"""A stretch of text made ready for reading figures: blanks taken out, names hidden, clauses told apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from xlplan.chinese.folding import fold
from xlplan.chinese.quantities import Quantity, scan
from xlplan.once import once

# Longer spans are more likely a lost closing mark than a name.
_NAMES = re.compile(
    r"《[^《》]{0,80}》|“[^“”]{0,40}”|\"[^\"]{0,40}\"|<[^<>]{0,60}>|[\[〔【(][12][0-9]{3}[\]〕】)]第?[0-9]{0,6}号?|(?<![0-9])[0-9]{4}年?第?[0-9]{0,6}号"
)
_LONGEST_BRACKET = 200
_OPEN = "([〔【"
_NUMERALS = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿,;。:!?]")
_BLANKS = re.compile(r" +")
_WORD = re.compile(r"[A-Za-z0-9]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_LENGTH = 4
_STOPS = re.compile(r"[,;。!?:]|--+")
HIDDEN = "\ufffc"


@dataclass(frozen=True)
class Clause:
    """A part between two marks. `mark` is what ends it; `opens` tells that a new sentence begins with it."""

    start: int
    end: int
    opens: bool
    mark: str = ""


@dataclass(frozen=True)
class Passage:
    """A text without blanks: as written, folded, and masked (names and brackets hold no figures). All of one length.

    `gaps` are the places where blanks or line breaks stood.
    """

    written: str
    folded: str
    gaps: frozenset[int]

    @once
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """The spans inside the outermost brackets."""
        return tuple(_brackets(self._nameless))

    def brackets_within(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The spans inside the outermost brackets of a stretch."""
        first = bisect_left(self.brackets, (start, start))
        return self.brackets[first : bisect_left(self.brackets, (end, end))]

    @once
    def _gaps_in_order(self) -> list[int]:
        return sorted(self.gaps)

    def gaps_within(self, start: int, end: int) -> list[int]:
        """The places inside a stretch where blanks stood."""
        gaps = self._gaps_in_order
        return gaps[bisect_right(gaps, start) : bisect_left(gaps, end)]

    @once
    def _nameless(self) -> str:
        return _NAMES.sub(lambda match: HIDDEN * len(match.group()), self.folded)

    @once
    def masked(self) -> str:
        """The folded text where names, quotations and brackets hold nothing that counts or divides."""
        pieces, last = [], 0
        for start, end in self.brackets:
            pieces += [self._nameless[last:start], _NUMERALS.sub(HIDDEN, self._nameless[start:end])]
            last = end
        return "".join((*pieces, self._nameless[last:]))

    @once
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures outside names and brackets."""
        return tuple(scan(self.masked))

    @once
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in order."""
        return tuple(self._clauses())

    def _clauses(self) -> Iterator[Clause]:
        inside = {index for one in self.quantities for index in range(one.start + 1, min(one.end, one.start + 64))}
        start, opens = 0, True
        for stop in _STOPS.finditer(self.masked):
            if stop.start() in inside:
                continue
            yield Clause(start, stop.start(), opens, stop.group())
            opens = stop.group() in "。!?"
            start = stop.end()
        yield Clause(start, len(self.masked), opens)

    def part(self, start: int, end: int) -> Passage:
        """A stretch of this passage as a passage of its own."""
        gaps = frozenset(gap - start for gap in self.gaps_within(start, end))
        return Passage(self.written[start:end], self.folded[start:end], gaps)


def passage(text: str) -> Passage:
    """The text as a passage. Blanks vanish except between two Latin words or after a year: 65 00 is a broken number."""
    folded = fold(text)
    written, plain, gaps, length, last = [], [], set(), 0, 0
    for blank in _BLANKS.finditer(folded):
        length += blank.start() - last
        written.append(text[last : blank.start()])
        plain.append(folded[last : blank.start()])
        last = blank.end()
        gaps.add(length)
        if _keeps_apart(folded, blank.start(), blank.end()):
            written.append(" ")
            plain.append(" ")
            length += 1
    return Passage("".join((*written, text[last:])), "".join((*plain, folded[last:])), frozenset(gaps))


def _keeps_apart(folded: str, start: int, end: int) -> bool:
    before, after = folded[max(0, start - _YEAR_LENGTH) : start], folded[end : end + 1]
    if before[-1:].isdigit() and after.isdigit():
        return _YEAR.fullmatch(before) is not None
    return bool(_WORD.match(before[-1:]) and _WORD.match(after))


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer(r"[(\[〔【)\]〕】]", text):
        if match.group() in _OPEN:
            open_at.append(match.end())
        elif open_at and match.start() - open_at[-1] <= _LONGEST_BRACKET:
            pairs.append((open_at.pop(), match.start()))
        else:
            open_at.clear()
    done = 0
    for start, end in sorted(pairs):
        if start >= done:
            yield start, end
            done = end
