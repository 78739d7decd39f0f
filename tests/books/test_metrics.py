"""Row heights and page breaks: laws that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.book import Area, Look, Sheet
from xlplan.book.parts import Print
from xlplan.books.metrics import TALLEST, fit, page_breaks, page_height, rows_for, tallest, text_height

TEXTS = st.text(alphabet=st.sampled_from("工作任务。,“”()、abcXYZ 0123456789%\n—…"), max_size=200)


@given(TEXTS, TEXTS, st.floats(4, 80), st.sampled_from([9, 10.5, 14]))
def test_more_text_never_needs_less(text, more, width, size):
    assert text_height(text + more, width, size) >= text_height(text, width, size)


@given(TEXTS, st.floats(10, 60))
def test_a_text_needs_at_least_its_own_line_breaks(text, width):
    one = text_height("工", width, 10)
    assert text_height(text, width, 10) >= one + (text.count("\n")) * 13 - 0.01


@given(st.integers(1, 500), st.floats(10, 60))
def test_chinese_text_gets_the_lines_that_its_width_needs(count, width):
    per_line = (width * 6 * 0.97 - 3.75) // 10.5
    assert text_height("工" * count, width, 10.5) >= -(-count // per_line) * 1.3 * 10.5


@pytest.mark.parametrize("text", ["(" * 10**6, "一、" * 300_000, "a" * 10**6, "9" * 10**6, ")" * 10**6, "\n" * 10**5])
def test_hostile_text_is_measured(text):
    assert text_height(text, 20, 10) > 0


def test_a_long_word_is_broken_rather_than_lost():
    assert text_height("x" * 400, 20, 10) > 8 * 13


@given(st.floats(0, 5000))
def test_spread_rows_are_never_too_tall(height):
    assert height / rows_for(height) <= TALLEST


def sheet_of(*texts: str, width: float = 20) -> Sheet:
    sheet = Sheet("表", widths={0: width, 1: width})
    for row, text in enumerate(texts):
        sheet.put(row, 0, text, Look(size=10))
    return sheet


def test_fit_gives_each_row_what_its_tallest_cell_needs():
    sheet = sheet_of("短", "工作" * 50)
    sheet.put(0, 1, "工作" * 30, Look(size=10))
    fit(sheet, range(2), floor=20)
    assert sheet.heights[0] == pytest.approx(text_height("工作" * 30, 20, 10), abs=0.01)
    assert sheet.heights[1] == pytest.approx(text_height("工作" * 50, 20, 10), abs=0.01)


def test_fit_spreads_a_merged_cell_over_its_rows():
    sheet = sheet_of("短", "短", "短")
    sheet.merge(Area(0, 1, 2, 1), "工作任务" * 60, Look(size=10))
    fit(sheet, range(3))
    assert sum(sheet.heights.values()) == pytest.approx(text_height("工作任务" * 60, 20, 10), abs=0.1)
    assert len(set(sheet.heights.values())) == 1


def test_fit_does_not_let_a_merged_cell_raise_only_its_first_row():
    sheet = sheet_of("短")
    sheet.merge(Area(0, 0, 0, 1), "工作" * 20, Look(size=10))
    fit(sheet, range(1))
    assert sheet.heights[0] == pytest.approx(text_height("工作" * 20, 40, 10), abs=0.01)


def test_fit_ignores_hidden_columns_and_never_passes_the_tallest_row():
    sheet = sheet_of("工作" * 2000)
    sheet.put(1, 1, "工作" * 2000)
    sheet.put(1, 0, "短", Look(size=10))
    sheet.hidden_columns = {1}
    fit(sheet, range(2))
    assert sheet.heights[0] == TALLEST
    assert sheet.heights[1] == pytest.approx(text_height("短", 20, 10), abs=0.01)


@given(st.lists(st.lists(st.floats(12, 300), min_size=1, max_size=4), min_size=1, max_size=30))
def test_no_planned_page_is_fuller_than_a_page_and_no_group_is_torn_at_a_pages_end(groups):
    sheet = Sheet("表", widths={0: 100}, heights={0: 30, 1: 20})
    spans, row = [], 2
    for heights in groups:
        spans.append((row, row + len(heights) - 1))
        for height in heights:
            sheet.heights[row] = height
            row += 1
    setup = Print(repeat=(1, 1))
    breaks = page_breaks(sheet, setup, spans)
    room = page_height(sheet, setup)
    starts = [0, *breaks]
    for start, end in zip(starts, [*breaks, row], strict=True):
        content = sum(sheet.heights[one] for one in range(start, end))
        assert content + (20 if start else 0) <= room or end - start <= 3
    for first, last in spans:
        start = max(one for one in starts if one <= first)
        used = sum(sheet.heights[one] for one in range(start, first)) + (20 if start else 0)
        whole = sum(sheet.heights[one] for one in range(first, last + 1))
        if used > room * 0.75 and whole <= room - 50:
            assert not any(first < at <= last for at in breaks)


def test_an_empty_table_has_no_breaks():
    assert page_breaks(Sheet("表"), Print(), []) == ()


@given(st.lists(st.text("工作a1,。\n", max_size=90), max_size=4), st.sampled_from([15.0, 34.0, 60.0]), st.floats(4, 60))
def test_the_tallest_text_decides_whatever_is_left_out_beforehand(texts, floor, width):
    assert tallest([(one, width, 11.0) for one in texts], floor) == max(
        [floor, *(text_height(one, width, 11.0) for one in texts)]
    )
