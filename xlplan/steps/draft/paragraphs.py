"""Paragraphs that are tasks although nothing numbers them: under a heading, each names who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.chinese.numbering import INNER, read_mark
from xlplan.chinese.owners.reading import read_owners
from xlplan.steps.draft.tree import PARAGRAPH, Node, without_joints

if TYPE_CHECKING:
    from xlplan.finding import Place

_ENOUGH = 3
_FEWEST = 2
_SHORTEST = 6
_LONGEST = 1000


def split_assigned(root: Node) -> Node:
    """The tree, where the paragraphs of a heading became items inside it if every one of them names its owners."""
    headings = [node for node in root.walk() if _holds_tasks(node)]
    if sum(len(node.parts) - 1 for node in headings) >= _ENOUGH:
        for node in headings:
            for part in node.parts[1:]:
                node.children.append(Node(PARAGRAPH, part.place or node.place, parts=[part], parent=node))
            del node.parts[1:]
    return root


def _holds_tasks(node: Node) -> bool:
    body = node.parts[1:]
    if node.children or not node.own_line or len(body) < _FEWEST:
        return False
    if read_owners(without_joints(node.parts[0].text), place=node.place).owners:
        return False
    return all(_is_assigned(without_joints(part.text), node.place) for part in body)


def _is_assigned(text: str, place: Place) -> bool:
    """Whether a paragraph says what to do and who does it."""
    mark = read_mark(text)
    if len(text) > _LONGEST or (mark is not None and mark.scheme in INNER):
        return False
    reading = read_owners(text, place=place)
    return bool(reading.owners) and len(reading.rest) >= _SHORTEST
