"""Dates as offices write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese.dates import Doubt, read_date

YEAR = 2020

DAYS = [
    ("2019.6.30", "2019-06-30"),
    ("2019-6-30", "2019-06-30"),
    ("2019/06/30", "2019-06-30"),
    ("20190630", "2019-06-30"),
    ("2019年6月30日", "2019-06-30"),
    ("\uff12\uff10\uff11\uff19年\uff16月\uff13\uff10日", "2019-06-30"),
    ("二〇一九年六月三十日", "2019-06-30"),
    ("2019 年 6 月 30 日", "2019-06-30"),
    ("2019-06", "2019-06-30"),
    ("2019年", "2019-12-31"),
    ("2021年底前", "2021-12-31"),
    ("6月30日", "2020-06-30"),
    ("6月30日前", "2020-06-30"),
    ("6月", "2020-06-30"),
    ("6月底", "2020-06-30"),
    ("6月底前", "2020-06-30"),
    ("2月底", "2020-02-29"),
    ("7月前", "2020-06-30"),
    ("12月上旬", "2020-12-10"),
    ("12月中旬", "2020-12-20"),
    ("十二月下旬", "2020-12-31"),
    ("上半年", "2020-06-30"),
    ("下半年", "2020-12-31"),
    ("一季度", "2020-03-31"),
    ("第三季度末", "2020-09-30"),
    ("年底", "2020-12-31"),
    ("年内", "2020-12-31"),
    ("今年10月", "2020-10-31"),
    ("明年3月底前", "2021-03-31"),
    ("预计5月下旬完成", "2020-05-31"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_in_any_writing(text, day):
    assert read_date(text, YEAR).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "year", "doubt"),
    [
        ("2023-11-31", YEAR, Doubt.IMPOSSIBLE),
        ("2月30日", YEAR, Doubt.IMPOSSIBLE),
        ("13月", YEAR, Doubt.IMPOSSIBLE),
        ("6月底", None, Doubt.NO_YEAR),
        ("明年3月", None, Doubt.NO_YEAR),
        ("长期坚持", YEAR, Doubt.NO_DATE),
        ("", YEAR, Doubt.NO_DATE),
        ("2.6%", YEAR, Doubt.NO_DATE),
        ("80", YEAR, Doubt.NO_DATE),
        ("1.5亿元", YEAR, Doubt.NO_DATE),
    ],
)
def test_what_gives_no_day_says_why(text, year, doubt):
    reading = read_date(text, year)
    assert (reading.day, reading.doubt) == (None, doubt)


def test_a_spreadsheets_serial_number_is_a_day_with_a_doubt():
    reading = read_date("45473", YEAR)
    assert (reading.day, reading.doubt) == (date(2024, 6, 30), Doubt.SERIAL)


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["{0}年{1}月{2}日", "{0}-{1}-{2}", "{0}.{1}.{2}", "{0}/{1:02}/{2:02}", "{0}{1:02}{2:02}"]),
)
def test_written_days_read_back(day, form):
    assert read_date(form.format(day.year, day.month, day.day), None).day == day


@given(
    st.text(alphabet="0123456789年月日底前末初上中下旬半季度一二三四十〇.-/明今去 ", max_size=30),
    st.sampled_from([None, 1, 2020, 9999]),
)
def test_any_text_is_read(text, year):
    reading = read_date(text, year)
    assert (reading.day is None) == (reading.doubt not in (Doubt.NONE, Doubt.SERIAL))


@pytest.mark.parametrize("text", ["1" * 100_000, "年月" * 50_000, "一" * 100_000, "6月" * 50_000, "2019." * 20_000])
def test_hostile_text_comes_to_an_end(text):
    assert read_date(text, YEAR).raw
