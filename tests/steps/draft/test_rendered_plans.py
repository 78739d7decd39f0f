"""The law of drafting: a plan rendered in any habit of real documents is read back as it was."""

from __future__ import annotations

import random
from dataclasses import replace

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering import NESTINGS, Item, Rendering, Style, invent, random_style

from xlplan.finding import Place
from xlplan.marks import half
from xlplan.model import Plan
from xlplan.model.document import Outline, Paragraph
from xlplan.steps.draft import draft

SEEDS = st.integers(0, 10**9)
LAWS = settings(max_examples=60, deadline=None, derandomize=True)


def read(text: str) -> Plan:
    lines = enumerate(text.split("\n"), 1)
    blocks = tuple(Paragraph(line, Place("plan.txt", line=number)) for number, line in lines if line.strip())
    return draft(Outline(blocks, "plan.txt"))[0]


def tight(text: str) -> str:
    return "".join(text.split())


def leaves(made: Rendering) -> list[Item]:
    return [leaf for item in made.items for leaf in item.leaves]


@LAWS
@given(SEEDS)
def test_tasks_come_back_with_labels_owners_and_text(seed: int) -> None:
    made = invent(seed)
    plan = read(made.text())
    wanted = leaves(made)
    wide = made.style.full
    assert len(plan.tasks) == len(wanted)
    for task, item in zip(plan.tasks, wanted, strict=True):
        assert task.label == item.label
        assert [owner.name for owner in task.owners] == item.owners
        assert tight(task.text) == tight(item.text_as_printed(wide=wide))
        if made.style.title == "sentence":
            assert task.title.startswith(item.title)
        else:
            assert task.title == item.title
            assert "title" not in task.guess


@LAWS
@given(SEEDS)
def test_title_and_year_come_back(seed: int) -> None:
    made = invent(seed)
    plan = read(made.text())
    assert (half(plan.title), plan.year, plan.issuer) == (half(made.title), made.year, made.issuer)


@LAWS
@given(SEEDS)
def test_the_outermost_items_are_the_sections(seed: int) -> None:
    made = invent(seed)
    plan = read(made.text())
    grouped = any(item.children for item in made.items)
    titles = [item.title for item in made.items] if grouped and len(made.items) > 1 else None
    if titles is not None:
        assert len(plan.sections) == len(titles)
        if made.style.title != "sentence":
            assert [half(section.title) for section in plan.sections] == titles


@LAWS
@given(SEEDS)
def test_goals_of_a_goals_section_are_the_overall_targets(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a test's dice, seeded on purpose
    made = invent(seed, replace(random_style(dice), schemes=("一、", "(一)"), goals="section", past=True))
    values = [target.value for target in read(made.text()).targets]
    assert values == [30, 5000, 95]


@pytest.mark.parametrize("nesting", NESTINGS, ids="".join)
def test_every_nesting_is_read_in_traditional_characters(nesting: tuple[str, ...]) -> None:
    made = invent(7, Style(nesting))
    text = opencc.OpenCC("s2t").convert(made.text())
    wanted = [opencc.OpenCC("s2t").convert(item.title) for item in leaves(made)]
    assert [task.title for task in read(text).tasks] == wanted


@pytest.mark.parametrize("nesting", NESTINGS, ids="".join)
def test_a_copy_without_line_breaks_keeps_its_tasks(nesting: tuple[str, ...]) -> None:
    made = invent(11, Style(nesting, tail=False))
    text = made.text().replace("\n", " ")
    assert [task.title for task in read(text).tasks] == [item.title for item in leaves(made)]
