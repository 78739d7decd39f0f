"""Wrapping against a plain reading of its rule: what belongs together goes to the next line together."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xlplan.books import wrapping
from xlplan.books.wrapping import breadth, count_lines

OPENING = r"(\[{‘“《〈「『【〔〖\uff08"
ENDING = r")\]}’”》〉」』】〕〗,。、;:?!…—·%\uff09\uff0c\uff1b\uff1a\uff1f\uff01\uff05"
WORD = r"A-Za-z0-9À-ɏ.,:;!?%'&@#$*+/=<>_~^|\\-"
TOGETHER = re.compile(f"[{OPENING}]*(?:[{WORD}]+|.)[{ENDING}]*", re.DOTALL)
TEXTS = st.text(st.sampled_from("工作任务2019ab.,%;!)(“”《》、。…— \uff0c\uff08\uff09é\u3000ア\u0301"), max_size=120)


def plainly(text: str, room: float) -> int | None:
    """The lines of a paragraph, cluster by cluster; None where one is longer than a line."""
    lines, used = 1, 0.0
    for cluster in TOGETHER.findall(text):
        wide = breadth(cluster, 0.54)
        if wide > room + 1e-9:
            return None
        fits = used + wide <= room + 1e-9
        lines, used = (lines, used + wide) if fits else (lines + 1, wide)
    return lines


@given(TEXTS, st.floats(2, 30))
@example("工" * 9, 3.0)
@example("十%5十%5十%5十%5", 2.0)
def test_lines_are_those_of_the_rule(text, room):
    wanted = plainly(text, room)
    if wanted is not None:
        assert count_lines(text, room, 0.54) == wanted


@given(st.lists(TEXTS, min_size=1, max_size=4), st.floats(2, 30))
def test_paragraphs_are_wrapped_one_by_one(texts, room):
    assert count_lines("\n".join(texts), room, 0.66) == sum(count_lines(text, room, 0.66) for text in texts)


@pytest.mark.parametrize(
    ("text", "lines"), [("工作任务\uff0c完成", 2), ("工作\uff08任务", 2), ("任务2019年", 2), ("“工作任务”完成", 2)]
)
def test_marks_and_words_stay_where_they_belong(text, lines):
    assert count_lines(text, 4.0, 0.54) == lines


def test_letters_are_as_wide_as_they_are():
    assert breadth("工a\uff0c", 0.5) == 2.5


def test_what_is_taken_for_wide_at_a_glance_is_so():
    every = map(chr, range(0x10000))
    assert all(east_asian_width(one) in "WF" for one in every if wrapping._HAN.fullmatch(one))  # noqa: SLF001 - a claim about Unicode
