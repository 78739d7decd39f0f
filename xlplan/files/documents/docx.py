"""Word documents: styles, bold, automatic numbers, tables with merged cells, text boxes, accepted revisions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.files.documents.grids import flatten
from xlplan.files.documents.numbering import Counter
from xlplan.files.documents.source import Source, Unreadable
from xlplan.files.documents.wordml import attribute, child, children, is_on, number, tag
from xlplan.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from xlplan.finding import Finding

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_SKIPPED = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "Fallback",
    "rPr",
    "pPr",
    "footnoteReference",
    "rt",
    "annotationRef",
}
_NO_OUTLINE = 9
_MAX_BLOCKS = 200_000
_MAX_SPAN = 200
_MAX_DEPTH = 200
_MAX_CELLS = 2_000_000


@dataclass
class _Style:
    level: int = 0
    bold: bool | None = None
    num: str = ""
    ilvl: int = 0
    based: str = ""


@dataclass(frozen=True)
class _Run:
    text: str
    bold: bool


@dataclass
class _Reader:
    source: Source
    styles: dict[str, _Style]
    default: str
    counter: Counter
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    count: int = 0

    def body(self, node: _Element, depth: int = 0) -> None:
        """Read what stands in the body, a cell of a layout table or a text box."""
        for one in node:
            name = tag(one)
            if name == "p":
                self.paragraph(one)
            elif name == "tbl":
                self.table(one)
            elif (
                name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "txbxContent"}
                and depth < _MAX_DEPTH
            ):
                self.body(one, depth + 1)

    def paragraph(self, node: _Element) -> None:
        """Read one paragraph, then the text boxes anchored in it."""
        self.count += 1
        if self.count > _MAX_BLOCKS:
            raise Unreadable(rules.find("D106", self.source.place, reason=f"> {_MAX_BLOCKS} paragraphs"))
        place = self.source.line(self.count)
        style = self._style(node)
        runs = [run for run in _runs(node, bold=bool(style.bold), styles=self.styles) if run.text]
        printed = self.counter.next(style.num, style.ilvl) if style.num else ""
        text = "".join(run.text for run in runs)
        if text.strip():
            lead = _bold_lead(runs)
            whole = lead >= len(text.rstrip())
            if lead > 0 and not whole:
                self.blocks.append(Paragraph(text[:lead], place, style.level, bold=True, number=printed))
                self.blocks.append(Paragraph(text[lead:], place, style.level))
            else:
                self.blocks.append(Paragraph(text, place, style.level, bold=whole and lead > 0, number=printed))
        for box in _boxes(node):
            self.body(box, 1)

    def _style(self, node: _Element) -> _Style:
        """The style that holds for a paragraph: its own settings over those of its style and what that is based on."""
        props = child(node, "pPr")
        name = attribute(child(props, "pStyle"), "val") or self.default
        merged = resolved(self.styles, name)
        outline = child(props, "outlineLvl")
        if outline is not None:
            level = number(outline, _NO_OUTLINE)
            merged.level = level + 1 if level < _NO_OUTLINE else 0
        numbered = child(props, "numPr")
        if numbered is not None:
            num = child(numbered, "numId")
            merged.num = attribute(num, "val") if num is not None else merged.num
            merged.ilvl = number(child(numbered, "ilvl"), merged.ilvl if num is None else 0)
        if merged.num == "0":
            merged.num = ""
        return merged

    def table(self, node: _Element) -> None:
        """Read a table as a grid, its merged cells filled; one that only lays out the page is unfolded."""
        rows = [[*_cells(row)] for row in _within(node, "tr")]
        self.count += 1
        place = self.source.line(self.count)
        if len(rows) == 1 and len(rows[0]) == 1:
            self.body(rows[0][0][0], 1)
            return
        grid: list[list[str]] = []
        above: dict[int, str] = {}
        size = 0
        for row in rows:
            cells: list[str] = []
            for cell, span, merge in row:
                text = above.get(len(cells), "") if merge == "continue" else self._cell(cell)
                for _ in range(span):
                    above[len(cells)] = text
                    cells.append(text)
            size += len(cells)
            if size > _MAX_CELLS:
                raise Unreadable(rules.find("D106", self.source.place, reason=f"> {_MAX_CELLS} cells"))
            grid.append(cells)
        self.blocks += flatten(grid, place)

    def _cell(self, node: _Element) -> str:
        inner = _Reader(self.source, self.styles, self.default, self.counter)
        inner.body(node, 1)
        texts = []
        for block in inner.blocks:
            if isinstance(block, Paragraph):
                texts.append(block.number + block.text.strip())
            else:
                texts += [" ".join(dict.fromkeys(cell for cell in row if cell)) for row in block.rows]
        return "\n".join(text for text in texts if text)


def read(source: Source) -> tuple[list[Paragraph | Grid], list[Finding]]:
    """The blocks of a Word document."""
    document = source.xml(_main_part(source))
    body = child(document, "body")
    if body is None:
        raise Unreadable(rules.find("D103", source.place, reason="word/document.xml"))
    styles, default = _styles(source.xml("word/styles.xml"))
    reader = _Reader(source, styles, default, Counter.read(source.xml("word/numbering.xml")))
    reader.body(body)
    return reader.blocks, []


def _main_part(source: Source) -> str:
    names = [name for name in source.members if re.fullmatch(r"word/document\d*\.xml", name)]
    return min(names, default="word/document.xml", key=len)


# --- styles -----------------------------------------------------------------------------------------------------------


def _styles(root: _Element | None) -> tuple[dict[str, _Style], str]:
    styles: dict[str, _Style] = {}
    default = ""
    for node in children(root, "style"):
        name = attribute(node, "styleId")
        props, runs = child(node, "pPr"), child(node, "rPr")
        style = _Style(bold=is_on(child(runs, "b")), based=attribute(child(node, "basedOn"), "val"))
        outline = child(props, "outlineLvl")
        named = _HEADING.match(attribute(child(node, "name"), "val"))
        if outline is not None:
            level = number(outline, _NO_OUTLINE)
            style.level = level + 1 if level < _NO_OUTLINE else 0
        elif named:
            style.level = int(named.group(1))
        numbered = child(props, "numPr")
        if numbered is not None:
            style.num = attribute(child(numbered, "numId"), "val")
            style.ilvl = number(child(numbered, "ilvl"), 0)
        styles[name] = style
        if attribute(node, "type") == "paragraph" and attribute(node, "default") in {"1", "true"}:
            default = name
    return styles, default


def resolved(styles: dict[str, _Style], name: str) -> _Style:
    """A style with what it inherits; a circle of styles ends where it closes."""
    merged = _Style()
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        merged.level = merged.level or style.level
        merged.bold = style.bold if merged.bold is None else merged.bold
        if not merged.num:
            merged.num, merged.ilvl = style.num, style.ilvl
        name = style.based
    return merged


# --- runs -------------------------------------------------------------------------------------------------------------


def _runs(node: _Element, *, bold: bool, styles: dict[str, _Style]) -> Iterator[_Run]:
    """The runs of a paragraph as they are read, deleted and hidden ones left out."""
    waiting = list(reversed(node))
    while waiting:
        one = waiting.pop()
        name = tag(one)
        if name == "r":
            props = child(one, "rPr")
            if is_on(child(props, "vanish")):
                continue
            own = is_on(child(props, "b"))
            if own is None:
                own = resolved(styles, attribute(child(props, "rStyle"), "val")).bold
            yield _Run("".join(_texts(one)), bold if own is None else own)
        elif name and name not in _SKIPPED:
            waiting.extend(reversed(one))


def _texts(run: _Element) -> Iterator[str]:
    waiting = list(reversed(run))
    while waiting:
        one = waiting.pop()
        name = tag(one)
        if name == "t":
            yield one.text or ""
        elif name == "tab":
            yield "\t"
        elif name in {"br", "cr"}:
            yield "" if attribute(one, "type") in {"page", "column"} else "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "ruby":
            waiting.extend(one_child for one_child in one if tag(one_child) == "rubyBase")
        elif name in {"rubyBase", "r"}:
            waiting.extend(reversed(one))


def _bold_lead(runs: list[_Run]) -> int:
    """The length of the bold beginning of a paragraph."""
    length = 0
    for run in runs:
        if not run.bold and run.text.strip():
            break
        length += len(run.text)
    return length if any(run.bold and run.text.strip() for run in runs[:1] or []) or _begins_bold(runs) else 0


def _begins_bold(runs: list[_Run]) -> bool:
    first = next((run for run in runs if run.text.strip()), None)
    return bool(first and first.bold)


def _boxes(node: _Element) -> Iterator[_Element]:
    """The text boxes anchored in a paragraph, each once (not the copy kept for old programs)."""
    waiting = list(reversed(node))
    while waiting:
        one = waiting.pop()
        name = tag(one)
        if name == "txbxContent":
            yield one
        elif name and name not in {"Fallback", "del", "t", "rPr", "pPr"}:
            waiting.extend(reversed(one))


# --- tables -----------------------------------------------------------------------------------------------------------


def _within(node: _Element, name: str) -> Iterator[_Element]:
    """The rows or cells of a table, also those inside content controls and accepted insertions."""
    for one in node:
        kind = tag(one)
        if kind == name:
            yield one
        elif kind in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _within(one, name)


def _cells(row: _Element) -> Iterator[tuple[_Element, int, str]]:
    """The cells of a row: the element, how many columns it spans, and whether it starts or continues a merge."""
    for cell in _within(row, "tc"):
        props = child(cell, "tcPr")
        span = min(max(number(child(props, "gridSpan"), 1), 1), _MAX_SPAN)
        merge = child(props, "vMerge")
        kind = "" if merge is None else (attribute(merge, "val") or "continue")
        yield cell, span, kind
