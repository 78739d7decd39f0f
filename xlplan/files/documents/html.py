"""Saved web pages: the document inside them, without the page's furniture and navigation."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from xlplan import rules
from xlplan.files.documents.grids import flatten
from xlplan.files.documents.html_tables import is_layout, read_grid
from xlplan.files.documents.nodes import integer, is_block, is_skipped, name_of, up
from xlplan.files.documents.source import Source, Unreadable
from xlplan.files.documents.text import decoded
from xlplan.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from xlplan.finding import Finding, Place

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{3,20})", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|bread|crumb|crumbs|breadcrumb|share|related|relate|footer|foot|sidebar|copyright|toolbar|pager"
    r"|pagination|comment|comments|friendlink|qrcode|ewm|dyj|printpage|dqwz|wzdh)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_DOMINANT = 0.75
_LINKED = 0.6
_MAX_ELEMENTS = 2_000_000
_BEFORE = 40


@dataclass
class _Item:
    """A paragraph or table of the page, with the element that holds it."""

    home: _Element
    place: Place
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    linked: int = 0
    level: int = 0
    number: str = ""
    grid: list[list[str]] | None = None
    around: bool = False

    @property
    def text(self) -> str:
        """The text, its white space as a browser shows it."""
        return re.sub(r"[ \t\r\n\f]+", " ", "".join(text for text, _ in self.pieces)).strip(" ")

    @property
    def weight(self) -> int:
        """How much this speaks for being inside the document: its characters that are no links."""
        if self.grid is not None:
            return sum(len(cell) for row in self.grid for cell in set(row))
        length = len(self.text)
        return 0 if self.linked > _LINKED * length else length


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The blocks of the document in a page."""
    root = _parsed(source)
    items = _Walk(source).items(root)
    home = _home(root, items)
    title = " ".join((root.findtext(".//title") or "").split())
    chosen = list(_chosen(items, home))
    blocks: list[Paragraph | Grid] = []
    shown = re.split(r"\s*[-_|–—]+\s*", title)[0]
    if shown and not any(shown in item.text for item in chosen if item.grid is None):
        blocks.append(Paragraph(shown, source.line(1)))
    for item in chosen:
        blocks += flatten(item.grid, item.place) if item.grid is not None else _paragraphs(item)
    return blocks, []


def _parsed(source: Source) -> _Element:
    head = source.content[:4096]
    named = _CHARSET.search(head)
    text = decoded(source.content, named.group(1).decode("ascii") if named else "")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Unreadable(rules.find("D103", source.place, reason="HTML")) from problem
    if root is None:
        raise Unreadable(rules.find("D101", source.place))
    return root


@dataclass
class _Walk:
    """Goes through the page in reading order and gathers paragraphs and tables."""

    source: Source
    found: list[_Item] = field(default_factory=list)
    counts: dict[_Element, int] = field(default_factory=dict)

    def items(self, root: _Element) -> list[_Item]:
        """The paragraphs and tables under an element."""
        waiting: list[tuple[_Element, bool, bool, bool]] = [(root, False, False, False)]
        seen = 0
        self._begin(root)
        while waiting:
            node, leaving, bold, linked = waiting.pop()
            if leaving:
                if is_block(node):
                    above = node.getparent()
                    self._begin(root if above is None else above)
                self._say(node.tail, bold=bold, linked=linked)
                continue
            seen += 1
            if seen > _MAX_ELEMENTS:
                raise Unreadable(rules.find("D106", self.source.place, reason=f"> {_MAX_ELEMENTS} elements"))
            inner_bold, inner_linked = self._enter(node, bold=bold, linked=linked)
            waiting.append((node, True, bold, linked))
            if not is_skipped(node) and not self._table(node):
                self._say(node.text, bold=inner_bold, linked=inner_linked)
                waiting.extend((child, False, inner_bold, inner_linked) for child in reversed(node))
        return [item for item in self.found if item.grid is not None or item.text]

    def _enter(self, node: _Element, *, bold: bool, linked: bool) -> tuple[bool, bool]:
        name, style = name_of(node), node.get("style", "")
        if is_block(node) and not is_skipped(node):
            self._begin(node)
            self.found[-1].number = self._number(node) if name == "li" else ""
        inside = (bold or name in {"b", "strong", "th"} or bool(_BOLD.search(style))) and not _NOT_BOLD.search(style)
        return inside, linked or (name == "a" and node.get("href") is not None)

    def _begin(self, node: _Element) -> None:
        """Start a new paragraph inside an element."""
        if self.found and self.found[-1].grid is None and not self.found[-1].pieces:
            self.found.pop()
        item = _Item(node, self.source.line(len(self.found) + 1))
        name = name_of(node)
        if re.fullmatch("h[1-6]", name):
            item.level = int(name[1])
        item.around = any(_AROUND.search(f"{one.get('class', '')} {one.get('id', '')}") for one in up(node))
        self.found.append(item)

    def _say(self, text: str | None, *, bold: bool, linked: bool) -> None:
        if text and "\n" in text and any(name_of(one) == "pre" for one in up(self.found[-1].home)):
            first, *more = text.split("\n")
            self._say(first, bold=bold, linked=linked)
            for line in more:
                self._begin(self.found[-1].home)
                self._say(line, bold=bold, linked=linked)
            return
        if not text or (not self.found[-1].pieces and not text.strip()):
            return
        if self.found[-1].grid is not None:
            self._begin(self.found[-1].home)
        self.found[-1].pieces.append((text, bold))
        self.found[-1].linked += len(text.strip()) if linked else 0

    def _number(self, node: _Element) -> str:
        parent = node.getparent()
        if parent is None or name_of(parent) != "ol" or "none" in parent.get("style", ""):
            return ""
        count = self.counts.get(parent, integer(parent.get("start"), 1) - 1) + 1
        self.counts[parent] = integer(node.get("value"), count)
        return f"{self.counts[parent]}."

    def _table(self, node: _Element) -> bool:
        """Take a table of data whole; False when the element is none."""
        if name_of(node) != "table" or is_layout(node):
            return False
        self._begin(node)
        self.found[-1].grid = read_grid(node, self.source)
        return True


# --- which part of the page is the document ---------------------------------------------------------------------------


def _home(root: _Element, items: Sequence[_Item]) -> _Element:
    """The innermost element that holds most of the page's words."""
    weights: defaultdict[_Element, int] = defaultdict(int)
    for item in items:
        if item.weight and not item.around:
            for node in up(item.home):
                weights[node] += item.weight
    home = root
    while True:
        best = max(home, key=lambda child: weights.get(child, 0), default=None)
        if best is None or weights.get(best, 0) < _DOMINANT * max(1, weights[root]) or name_of(best) in {"table", "p"}:
            return home
        home = best


def _chosen(items: Sequence[_Item], home: _Element) -> Iterator[_Item]:
    """What stands in the document's element, and the title and metadata before it."""
    inside = [home in up(item.home) for item in items]
    first = inside.index(True) if True in inside else 0
    before = [item for item in items[:first] if not item.around and item.weight][-_BEFORE:]
    yield from before
    for item, within in zip(items, inside, strict=True):
        if within and not item.around and (item.weight or item.grid is not None):
            yield item


def _paragraphs(item: _Item) -> Iterator[Paragraph]:
    """One paragraph, or its bold beginning and the rest."""
    lead, rest = "", ""
    for text, bold in item.pieces:
        if not rest and (bold or (lead and not text.strip())):
            lead += text
        else:
            rest += text
    if item.level or not lead.strip() or not rest.strip():
        bold = bool(lead.strip()) and not item.level
        yield Paragraph(item.text, item.place, item.level, bold=bold, number=item.number)
    else:
        squeezed = [re.sub(r"[ \t\r\n\f]+", " ", text) for text in (lead, rest)]
        yield Paragraph(squeezed[0].lstrip(" "), item.place, bold=True, number=item.number)
        yield Paragraph(squeezed[1].rstrip(" "), item.place)
