"""Where a text names owners: brackets, labelled lines, and sentences of roles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xlplan.chinese import dates
from xlplan.chinese.owners import names, words
from xlplan.chinese.owners.clause import Reading, read_listed
from xlplan.chinese.owners.words import Label

_BRACKET = re.compile(r"[(\[〔【)\]〕】]")
_OPEN = "([〔【"
_LONGEST = 600
_LONGEST_DEADLINE = 30
_ROLE_WORD = re.compile(r"牵头|负责|配合|主办|协办|承办|参与|落实|协助|按.{0,4}职责|会同|责任")
_SENTENCE_END = re.compile(r"[。;!?\n]$")
_CLOSES = re.compile(r"[ 。;.,]*(?:\n|$)")
_BOUNDS = re.compile(r"[。\n]")
_AFTER_DASH = re.compile(r"(?<=[。;!)]) *--+ *(?P<names>[^。;\n]{2,200})[。;]?(?=\n|$)")
_ROLES_FIRST = re.compile(r"由|[^,]{2,30}(?:牵头|负责|配合)")
_HAS_ROLE = re.compile(r"牵头|配合|(?:负责|参与|协助|落实)$")


@dataclass(frozen=True)
class Span:
    """A stretch that names owners: what to take out, and what to read. `sure` when an owner word says so."""

    start: int
    end: int
    inner: str
    inner_start: int
    sure: bool = True


class _Taken:
    """The stretches that are spoken for."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._starts: list[int] = []

    def add(self, span: Span) -> None:
        at = bisect_right(self._starts, span.start)
        self._starts.insert(at, span.start)
        self.spans.insert(at, span)

    def covers(self, start: int, end: int) -> bool:
        """Whether any part of the stretch is taken."""
        at = bisect_right(self._starts, start)
        before = at > 0 and self.spans[at - 1].end > start
        return before or (at < len(self._starts) and self._starts[at] < end)

    def next_start(self, position: int, end: int) -> int:
        """Where the next taken stretch begins, at most `end`."""
        at = bisect_right(self._starts, position)
        return min(end, self._starts[at]) if at < len(self._starts) else end


def owner_spans(text: str) -> list[Span]:
    """Every stretch of a folded text (with its line breaks) that names owners, in order."""
    taken = _Taken()
    for start, end in _bracketed(text):
        if span := _owner_bracket(text, start, end):
            taken.add(span)
    for find in (_labelled, _after_dashes, _sentences):
        for span in find(text, taken):
            taken.add(span)
    return taken.spans


# --- brackets ---------------------------------------------------------------------------------------------------------


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


def _owner_bracket(text: str, start: int, end: int) -> Span | None:
    inner = text[start + 1 : end - 1] if text[end - 1 : end] in ")]〕】" else text[start + 1 : end]
    whole = Span(start, _after_mark(text, start, end), inner, start + 1)
    label = words.LABEL.search(inner)
    if label and (label.end() < len(inner.rstrip()) if label.start() == 0 else _ROLE_WORD.search(inner)):
        return whole
    if label or not inner.strip() or words.LABEL.search(text, start, end):
        return None
    listed = Reading()
    read_listed(inner, None, listed, None)
    if not listed.found or listed.doubtful:
        return None
    if _ROLE_WORD.search(inner):
        return whole
    return replace(whole, sure=False) if _is_structural(text, start, end, listed) else None


def _is_structural(text: str, start: int, end: int, listed: Reading) -> bool:
    """Whether a bracket of names alone stands where owners stand: at a line's end, after a full stop or as a list."""
    if not _CLOSES.match(text, end):
        return False
    after_stop = _SENTENCE_END.search(text[max(0, start - 2) : start].rstrip(" "))
    sure = all(names.is_surely_office(name) for name, _ in listed.found)
    of_a_name = len(listed.found) == 1 and text[max(0, start - 2) : start].rstrip(" ").endswith(words.STRONG)
    return bool(after_stop) or (sure and not of_a_name)  # 县总医院(妇幼保健院) is a name


def _after_mark(text: str, start: int, end: int) -> int:
    """A full stop right after the bracket goes with it when the sentence before already has its own."""
    ends = text[max(0, start - 2) : start].rstrip(" ")[-1:] in "。;!?\n"
    return end + 1 if ends and text[end : end + 1] in ("。", ";", ".", ",") else end


# --- labels -----------------------------------------------------------------------------------------------------------


def _labelled(text: str, taken: _Taken) -> Iterator[Span]:
    last = 0
    for label in words.LABEL.finditer(text):
        if label.start() < last or taken.covers(label.start(), label.end()) or not _opens(text, label):
            continue
        last = taken.next_start(label.start(), _content_end(text, label.end()))
        last = min(last, _other_label(text, label.end(), last))
        if label.lastgroup != Label.DEADLINE or _is_deadline(text[label.end() : last]):
            yield Span(label.start(), last, text[label.start() : last], label.start())


def _opens(text: str, label: re.Match[str]) -> bool:
    """Whether a label stands where a clause begins; one about persons or a date only on a line of its own."""
    before = text[max(0, label.start() - 3) : label.start()].rstrip(" ")
    if label.lastgroup == Label.OTHER:
        return False
    if label.lastgroup in (Label.DEADLINE, Label.PERSON):
        return not before or before[-1] in "。\n"
    return not before or before[-1] in "。;!?\n,)]〕】-"


def _other_label(text: str, start: int, end: int) -> int:
    """Where a label begins whose words are no owners' (工作目标:…), at most `end`."""
    others = (label.start() for label in words.LABEL.finditer(text, start, end) if label.lastgroup == Label.OTHER)
    return next(others, end)


def _is_deadline(content: str) -> bool:
    said = content.strip(" 。;\n")
    if len(said) > _LONGEST_DEADLINE:
        return False
    return bool(words.ONGOING.fullmatch(said)) or dates.read_date(said, 2000).doubt is not dates.Doubt.NO_DATE


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
        if said and said[-1] not in "、,:" and not _all_offices(following):
            return end
        end += 1


def _all_offices(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    listed = [piece for piece, _ in names.pieces(line.strip(" 。"))]
    return bool(listed) and all(names.is_office(piece) for piece in listed)


# --- sentences --------------------------------------------------------------------------------------------------------


def _after_dashes(text: str, taken: _Taken) -> Iterator[Span]:
    """……。——投资科、重点项目科 at the end of a line."""
    for match in _AFTER_DASH.finditer(text):
        listed = [piece for piece, _ in names.pieces(match["names"])]
        if listed and all(map(names.is_surely_office, listed)) and not taken.covers(match.start(), match.end()):
            yield Span(match.start(), match.end(), match["names"], match.start("names"), sure=False)


def _sentences(text: str, taken: _Taken) -> Iterator[Span]:
    """办公室牵头,各科室配合。 as a sentence of its own, or 由办公室牵头,… before what is to be done."""
    position = 0
    for line in text.split("\n"):
        start = position
        end = position + len(line.rstrip(" 。"))
        for sentence in line.split("。"):
            length = _roles_length(sentence, last=start + len(sentence) + 1 >= end)
            if length and not taken.covers(start, start + length):
                stop = start + length + (length == len(sentence) and text[start + length : start + length + 1] == "。")
                yield Span(start, stop, sentence[:length], start)
            start += len(sentence) + 1
        position += len(line) + 1


def _roles_length(sentence: str, *, last: bool) -> int:
    """How much of a sentence says who leads and who supports: all of it, or what stands before the work."""
    if len(sentence) > _LONGEST or not _ROLES_FIRST.match(sentence) or not _HAS_ROLE.search(sentence):
        return 0
    if last and _is_roles(sentence.rstrip()):
        return len(sentence)
    if not sentence.startswith("由"):
        return 0
    length = 0
    for segment in sentence.split(","):
        if not (_HAS_ROLE.search(segment) and _is_roles(segment)):
            break
        length += len(segment) + 1
    return min(length, len(sentence))


def _is_roles(text: str) -> bool:
    if not _HAS_ROLE.search(text):
        return False
    listed = Reading()
    read_listed(text, None, listed, None)
    return bool(listed.found) and not listed.doubtful
