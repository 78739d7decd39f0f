"""Which items of a document are tasks, what groups them, where its goals stand, and what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from xlplan.chinese.owners.reading import read_owners
from xlplan.chinese.script import fold
from xlplan.marks import both
from xlplan.steps.draft.roles import Part, part_of
from xlplan.steps.draft.tree import PARAGRAPH, without_joints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.finding import Place
    from xlplan.steps.draft.tree import Node

_GOAL_WORDS = re.compile(
    r"(?:总体|主要|预期|发展|工作|奋斗|年度|具体|核心)*(?:目标|指标)(?:任务)?(?:是|为|:|包括|如下)"
    r"|(?:全年|今年|本年度?|(?:19|20)\d\d年)[^。;]{0,60}?(?:力争|确保|争取|计划)(?=[^。;]{0,60}\d)"
    r"|(?:力争|确保|争取|计划)(?:实现|完成)?(?:全年|今年)(?=[^。;]{0,60}\d)"
    r"|(?:^|(?<=[。;]))(?:(?:19|20)\d\d年)?[^,。;、的]{0,12}(?:总体|主要|预期|奋斗|年度)(?:预期)?目标"
)
_DEEPEST = 2
"""Words around the plan stand at its outer levels; further in, a heading such as 见成效 is work."""
_TALK = re.compile(r"^【?(?:前言|引言|序言|背景|结束语|结语|附则|附件|附表|说明|备注|保障措施|组织保障)")


@dataclass(frozen=True)
class Passage:
    """A stretch of text that may hold overall goals, and where it stands."""

    text: str
    place: Place


class Strictness(IntEnum):
    """How much counts as a task: numbered work; unnumbered headings too; numbered thoughts and goals too."""

    NUMBERED = 0
    HEADINGS = 1
    EVERYTHING = 2


@dataclass
class Survey:
    """The task items in reading order, what groups them, goal texts, last year's texts, and what was left out."""

    strictness: Strictness
    tasks: list[Node] = field(default_factory=list)
    sections: list[Node] = field(default_factory=list)
    goals: list[Passage] = field(default_factory=list)
    past: list[Passage] = field(default_factory=list)
    left_out: list[Node] = field(default_factory=list)


def survey(root: Node, year: int | None = None, strictness: Strictness = Strictness.NUMBERED) -> Survey:
    """Sort the items of a document."""
    found = Survey(strictness)
    _look_for_goals(found, [(part.text, root.place) for part in root.parts])
    for child in root.children:
        _sort(child, found, year)
    chosen = {id(node) for node in found.tasks}
    found.sections = _sections(root, chosen)
    return found


def _sort(top: Node, found: Survey, year: int | None) -> None:
    waiting = [top]
    while waiting:
        node = waiting.pop()
        part = part_of(node, year) if node.depth <= _DEEPEST else Part.WORK
        if found.strictness is Strictness.EVERYTHING and part in {Part.AROUND, Part.GOALS} and node.children:
            part = Part.WORK
        if part is Part.GOALS and _is_assigned(node):
            part = Part.WORK
        if part is Part.WORK:
            if node.children:
                _intro(node, found)
                waiting.extend(reversed(node.children))
            elif _is_task(node, found.strictness):
                found.tasks.append(node)
        elif part is Part.GOALS:
            found.goals += [Passage(one.text, node.place) for inner in node.walk() for one in inner.parts]
        elif part is Part.PAST:
            found.past += [Passage(one.text, node.place) for inner in node.walk() for one in inner.parts]
            found.left_out.append(node)
        else:
            found.left_out.append(node)
            waiting.extend(reversed([child for child in node.children if part_of(child) is Part.GOALS]))
            _look_for_goals(found, [(one.text, node.place) for inner in _but_goals(node) for one in inner.parts[:]])


def _is_assigned(node: Node) -> bool:
    """Whether most items of a goals section name who is to reach them: then they are tasks."""
    named = sum(bool(read_owners(_words(child), place=child.place).owners) for child in node.children)
    return named * 2 > len(node.children)


def _words(node: Node) -> str:
    return without_joints("\n".join(part.text for part in node.parts))


def _but_goals(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        if part_of(child) is not Part.GOALS:
            yield from child.walk()


def _is_task(node: Node, strictness: Strictness) -> bool:
    """Whether an item without items inside is work: it has words; an unnumbered heading needs working siblings."""
    if not any(part.text for part in node.parts):
        return False
    if (
        node.mark
        or node.key == PARAGRAPH
        or (strictness > Strictness.NUMBERED and not _TALK.match(node.parts[0].folded))
    ):
        return True
    siblings = node.parent.children if node.parent else []
    alike = any(other.key == node.key and other.children for other in siblings if other is not node)
    return alike and not _TALK.match(fold(node.parts[0].text)) and len(node.parts) > 1


def _intro(node: Node, found: Survey) -> None:
    """The words between a heading and its first item: goals of the whole."""
    inline = node.parts[:1] if not node.own_line else []
    rest = node.parts[1:]
    found.goals += [Passage(_from_goal(part.text) or part.text, node.place) for part in (*inline, *rest) if part.text]


def _look_for_goals(found: Survey, texts: list[tuple[str, Place]]) -> None:
    """The paragraphs of surrounding words that announce goals, from the announcement on."""
    going_on = False
    for text, place in texts:
        goal = text if going_on else _from_goal(text)
        if goal:
            found.goals.append(Passage(goal, place))
        going_on = bool(goal) and goal.rstrip().endswith(tuple(both(":")))


def _from_goal(text: str) -> str:
    """The part of a paragraph from where it announces goals; empty when it does not."""
    announced = _GOAL_WORDS.search(fold(text))
    return text[announced.start() :] if announced else ""


def _sections(root: Node, chosen: set[int]) -> list[Node]:
    """The items that group the tasks: the outermost level that divides them; none when the tasks stand alone."""
    holding = _holding(root, chosen)
    node = root
    while True:
        kids = [child for child in node.children if id(child) in holding or id(child) in chosen]
        if all(id(kid) in chosen for kid in kids):
            return [node] if node is not root else []
        if len(kids) > 1 or all(id(kid) in chosen for kid in kids[0].children if id(kid) in holding | chosen):
            return kids
        node = kids[0]


def _holding(root: Node, chosen: set[int]) -> set[int]:
    """The items that hold tasks."""
    holding: set[int] = set()
    for node in root.walk():
        if id(node) in chosen:
            above = node.parent
            while above and id(above) not in holding:
                holding.add(id(above))
                above = above.parent
    return holding
