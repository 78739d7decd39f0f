"""Widths that suit the text: the table stays as wide, within the limits, and gets no taller."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlplan.book import Look
from xlplan.book.parts import Print
from xlplan.books.balance import balanced, without_empty
from xlplan.books.metrics import text_height
from xlplan.books.template import Column, Page

TEXTS = st.text(alphabet="工作任务。abc", max_size=400)


def page_of(*widths: float) -> Page:
    columns = tuple(Column(f"c{at}", f"H{at}", width, Look(size=10)) for at, width in enumerate(widths))
    return Page("表", columns, {}, {}, Print())


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=8), st.tuples(*[st.integers(8, 50)] * 3))
def test_widths_shift_within_their_limits_and_their_sum_stays(rows, widths):
    page = page_of(*widths)
    flexible = frozenset({"c0", "c1"})
    found = balanced(page, [dict(zip(("c0", "c1", "c2"), row, strict=True)) for row in rows], flexible)
    assert sum(column.width for column in found.columns) == sum(widths)
    assert found.columns[2].width == widths[2]
    for before, after in zip(widths, found.columns, strict=True):
        assert before * 0.6 <= after.width <= before * 1.85


def test_a_long_text_gets_more_room_and_the_table_lower():
    page = page_of(20, 20)
    rows = [{"c0": "工作" * 300, "c1": "短"}] * 5
    found = balanced(page, rows, frozenset({"c0", "c1"}))
    assert found.columns[0].width > 20 > found.columns[1].width
    assert text_height(rows[0]["c0"], found.columns[0].width, 10) < text_height(rows[0]["c0"], 20, 10)


def test_columns_without_anything_give_their_room_away():
    found = without_empty(page_of(20, 10, 5), {"c0", "c2"}, "c2")
    assert [(column.field, column.width) for column in found.columns] == [("c0", 20), ("c2", 15)]
