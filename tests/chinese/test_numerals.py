from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese import numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30", "30"),
        ("1,234", "1234"),
        ("12,345,678.5", "12345678.5"),
        ("三十", "30"),
        ("二十三", "23"),
        ("廿三", "23"),
        ("一百零八", "108"),
        ("两百五", "250"),
        ("一千零五", "1005"),
        ("三万五", "35000"),
        ("三万零五", "30005"),
        ("一亿二千万", "120000000"),
        ("三点五亿", "350000000"),
        ("三点一四", "3.14"),
        ("叁拾万", "300000"),
        ("十", "10"),
    ],
)
def test_a_number_in_any_writing(text, value):
    assert numerals.read(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "三五", "一二一", "1,23", "1_000", "٣", "nan", "inf", "1e5", "十十", "百千", "三点", "1.2.3", "-"]
)
def test_what_only_looks_like_a_number(text):
    assert numerals.read(text) is None


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_spelled_numbers_read_back(value):
    assert numerals.read(numerals.spell(value)) == value


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_spelled_decimals_read_back(value):
    assert numerals.read(numerals.spell(value)) == value


@given(st.text(alphabet="零一二三四五六七八九十百千万亿点0123456789,. 家", max_size=60))
def test_scanning_any_text_keeps_order_and_bounds(text):
    last = 0
    for number in numerals.scan(text):
        assert last <= number.start < number.end <= len(text)
        assert number.value >= 0
        last = number.end


def test_a_bare_magnitude_is_told_apart():
    assert [number.bare for number in numerals.scan("百家和一百家")] == [True, False]
