"""Full-width marks are taken like half-width ones, and texts stay as they were written."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.marks import both, code_of, half, in_print, split_list


@given(st.text())
def test_a_position_in_half_width_is_the_same_position_in_the_text(text: str) -> None:
    assert len(half(text)) == len(text)
    assert half(half(text)) == half(text)


def test_every_full_width_character_has_its_half() -> None:
    full = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\ufe50\ufe54\ufe55\ufe59\ufe5a"
    assert half(full) == unicodedata.normalize("NFKC", full)
    assert half("\u3001\u3002\u201c\u2460\u33a1") == "\u3001\u3002\u201c\u2460\u33a1"


def test_a_class_of_both_widths_takes_both() -> None:
    assert re.fullmatch(
        f"[{both(',;:()!?/.%')}]+", ",\uff0c;\uff1b:\uff1a(\uff08)\uff09!\uff01?\uff1f/\uff0f.\uff0e%\uff05"
    )


@pytest.mark.parametrize("mark", ["、", ",", "\uff0c", ";", "\uff1b", "/", "\uff0f", "|", "\uff5c", "\n", " \uff0c \n"])
def test_a_list_is_split_at_any_usual_mark_and_its_names_stay_as_written(mark: str) -> None:
    assert split_list(f"甲科{mark}乙科\uff08党办\uff09{mark}") == ("甲科", "乙科\uff08党办\uff09")


def test_a_code_is_the_same_in_any_width() -> None:
    assert code_of("\u3000\uff54\uff10\uff10\uff11\uff0d\uff10\uff12 ") == code_of("T001-02") == "T001-02"


@pytest.mark.parametrize(
    ("text", "printed"),
    [("(三)1(1)", "（三）1（1）"), ("家(个)", "家（个）"), ("二", "二"), ("1(2)", "1(2)"), ("", "")],
)
def test_what_is_chinese_is_printed_with_chinese_brackets(text: str, printed: str) -> None:
    assert in_print(text) == printed
