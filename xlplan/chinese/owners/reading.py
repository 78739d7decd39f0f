"""Finding the owner clauses of a text, reading them, and giving back the text without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from xlplan import rules
from xlplan.chinese.folding import fold
from xlplan.chinese.owners import names, words
from xlplan.chinese.owners.clause import Reading, read_labelled, read_listed
from xlplan.finding import Finding, Place
from xlplan.model import Owner

_BRACKET = re.compile(r"[(\[〔【)\]〕】]")
_OPEN = "([〔【"
_BEFORE_CLAUSE = " \t\u3000-—–―"
_LONGEST = 600
_ROLE_WORD = re.compile(r"牵头|负责|配合|主办|协办|承办|参与|落实|协助|按.{0,4}职责|会同|责任")
_SENTENCE_END = re.compile(r"[。;;!?\n]$")
_CLOSES = re.compile(r"[ 。;.,]*(?:\n|$)")
_BOUNDS = re.compile(r"[。\n]")


@dataclass(frozen=True)
class OwnerReading:
    """Who is named in a text, and the text without those words. `leader` are persons or posts."""

    rest: str
    owners: tuple[Owner, ...] = ()
    leader: str = ""
    deadline: date | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Span:
    """A stretch that names owners: what to take out, and what to read. `sure` when an owner word says so."""

    start: int
    end: int
    inner: str
    inner_start: int
    sure: bool = True


def read_owners(text: str, *, place: Place, year: int | None = None) -> OwnerReading:
    """Read and take out every owner clause: in brackets, after a label, or as a sentence of roles at the end."""
    folded = "\n".join(fold(line) for line in text.split("\n"))
    reading = Reading()
    kept, last = [], 0
    for span in _spans(folded):
        if span.start < last:
            continue
        _read_span(span, text, reading, year)
        kept.append(text[last : span.start].rstrip(_BEFORE_CLAUSE))
        last = span.end
    rest = re.sub(r"\n{2,}", "\n", "".join((*kept, text[last:]))).strip()
    leader = "、".join(dict.fromkeys(filter(None, reading.leaders)))
    return OwnerReading(rest, reading.owners(), leader, reading.deadline, tuple(_findings(reading, place)))


def _read_span(span: _Span, text: str, reading: Reading, year: int | None) -> None:
    known = len(reading.found)
    read_labelled(span.inner, reading, year)
    written = text[span.inner_start : span.inner_start + len(span.inner)]
    reading.spell((name for name, _ in reading.found[known:]), span.inner, written)
    if not span.sure:
        reading.unsaid.append(names.tidy(span.inner))


def _findings(reading: Reading, place: Place) -> Iterator[Finding]:
    yield from (rules.find("D403", place, text=text) for text in reading.unsaid)
    yield from (rules.find("D401", place, text=tail) for tail in dict.fromkeys(reading.tails))
    yield from (rules.find("D402", place, name=name) for name in dict.fromkeys(reading.doubtful))
    yield from (rules.find("D404", place, text=bad) for bad in dict.fromkeys(reading.bad_dates))


def _spans(text: str) -> list[_Span]:
    brackets = list(_bracketed(text))
    spans = [span for start, end in brackets if (span := _owner_bracket(text, start, end))]
    covered = [(span.start, span.end) for span in spans]
    spans += _labelled_lines(text, covered)
    covered = sorted((span.start, span.end) for span in spans)
    spans += _closing_sentences(text, covered)
    return sorted(spans, key=lambda span: span.start)


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """The outermost bracket pairs, with their brackets. One that is never closed ends with its line."""
    pairs: list[tuple[int, int]] = []
    open_at: list[int] = []
    for match in _BRACKET.finditer(text):
        if match.group() in _OPEN:
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if match.end() - start <= _LONGEST:
                pairs.append((start, match.end()))
    pairs += [(start, _line_end(text, start)) for start in open_at[-3:] if words.LABEL.search(text, start, start + 20)]
    done = 0
    for start, end in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if start >= done:
            yield start, end
            done = end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _owner_bracket(text: str, start: int, end: int) -> _Span | None:
    inner = text[start + 1 : end - 1] if text[end - 1 : end] in ")]〕】" else text[start + 1 : end]
    whole = _Span(start, _after_mark(text, start, end), inner, start + 1)
    if (label := words.LABEL.match(inner)) and label.end() < len(inner.rstrip()):
        return whole
    if not inner.strip() or (words.LABEL.search(text, start, end) and not words.LABEL.search(inner)):
        return None
    if words.LABEL.search(inner) and _ROLE_WORD.search(inner):
        return whole
    listed = Reading()
    read_listed(inner, None, listed, None)
    if not listed.found or listed.doubtful:
        return None
    if _ROLE_WORD.search(inner):
        return whole
    before = text[max(0, start - 2) : start].rstrip(" ")
    closes = bool(_CLOSES.match(text, end))
    structural = closes and (
        bool(_SENTENCE_END.search(before))
        or (len(listed.found) > 1 and all(name.endswith(words.STRONG) for name, _ in listed.found))
    )
    return replace(whole, sure=False) if structural else None


def _after_mark(text: str, start: int, end: int) -> int:
    """A full stop right after the bracket goes with it when the sentence before already has its own."""
    ends = text[max(0, start - 2) : start].rstrip(" ")[-1:] in "。;!?\n"
    return end + 1 if ends and text[end : end + 1] in ("。", ";", ".", ",") else end


def _labelled_lines(text: str, covered: list[tuple[int, int]]) -> Iterator[_Span]:
    last = 0
    taken = iter([*sorted(covered), (len(text) + 1, len(text) + 1)])
    bound = next(taken)
    for label in words.LABEL.finditer(text):
        if label.start() < last:
            continue
        while bound[1] <= label.start():
            bound = next(taken)
        if bound[0] <= label.start() or not _opens(text, label.start()):
            continue
        if label.lastgroup in ("other", "deadline", "person") and not _has_owner_label(text, label.start()):
            continue
        last = min(_content_end(text, label.end()), bound[0])
        yield _Span(label.start(), last, text[label.start() : last], label.start())


def _has_owner_label(text: str, start: int) -> bool:
    """Whether a label about persons or a date opens a line."""
    return _BOUNDS.match(text[start - 1 : start]) is not None or start == 0


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in "。;!?\n,)]〕】-"


def _content_end(text: str, start: int) -> int:
    """Where the list after a label ends: with its sentence or line, unless the line breaks inside the list."""
    end = start
    while True:
        bound = _BOUNDS.search(text, end)
        end = bound.start() if bound else len(text)
        if bound is None or bound.group() == "。":
            return end + 1 if bound else end
        said = text[start:end].rstrip(" ")
        following = text[end + 1 : _line_end(text, end + 1)]
        if said and said[-1] not in "、,,:" and not _all_offices(following):
            return end
        end += 1


def _all_offices(line: str) -> bool:
    listed = [piece for piece, _ in names.pieces(line.strip(" 。"))]
    return bool(listed) and len(line) < _LONGEST and all(names.is_office(piece) for piece in listed)


def _closing_sentences(text: str, covered: list[tuple[int, int]]) -> Iterator[_Span]:
    """办公室牵头,各科室配合。 as the last sentence of a line."""
    taken = dict(covered)
    position = 0
    for line in text.split("\n"):
        body = line.rstrip(" 。")
        begin = body.rfind("。") + 1
        sentence = body[begin:]
        start = position + begin
        if (
            sentence
            and len(sentence) < _LONGEST
            and not any(s < position + len(line) and start < e for s, e in taken.items())
            and _is_roles(sentence)
        ):
            yield _Span(start, position + len(line), sentence, start)
        position += len(line) + 1


def _is_roles(sentence: str) -> bool:
    if not re.search(r"牵头|配合|(?:负责|参与|协助|落实)$", sentence) or not re.match(
        r"由|[^,]{2,30}(?:牵头|负责|配合)", sentence
    ):
        return False
    listed = Reading()
    read_listed(sentence, None, listed, None)
    return bool(listed.found) and not listed.doubtful
