from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.files.sheets import values
from xlplan.files.sheets.shapes import Shape, built_in, moment, shape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", 3),
        ("3.0", 3),
        ("-7", -7),
        ("0.8", 0.8),
        ("1E+20", 1e20),
        ("1e2", 100),
        (".5", 0.5),
        ("5.", 5),
        (" 3 ", 3),
        ("123456789012345678", 123456789012345680.0),
    ],
)
def test_numbers_are_read_and_whole_ones_are_ints(text, expected):
    found = values.number(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text", ["1_000", "١٢٣", "nan", "inf", "-INF", "1e999", "", "0x10", "1,000", "1 2", "9" * 500, "+-1"]
)
def test_what_is_no_finite_ascii_number_is_none(text):
    assert values.number(text) is None


@given(st.one_of(st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False)))
def test_every_finite_number_survives(amount):
    assert values.number(repr(amount)) == amount


@given(st.text())
def test_no_text_breaks_the_number_reader(text):
    found = values.number(text)
    assert found is None or float(found) == float(text)


def test_escapes_of_strings_are_read():
    assert values.unescaped("a_x000D_b_x4E2D_") == "a\rb中"
    assert values.unescaped("_x005F_x0041_") == "_x0041_"
    assert values.unescaped("_xD800_") == "_xD800_"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-06-30", date(2019, 6, 30)),
        ("2019-06-30T00:00:00", date(2019, 6, 30)),
        ("2019-06-30T12:30:00Z", datetime(2019, 6, 30, 12, 30)),  # noqa: DTZ001 - cells have no zone
        ("08:30:00", time(8, 30)),
        ("2019-02-30", None),
        ("六月", None),
    ],
)
def test_iso_moments(text, expected):
    assert values.iso_moment(text) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", Shape.NUMBER),
        ("0.00%", Shape.PERCENT),
        ('0.0"%"', Shape.NUMBER),
        ("#,##0.00_);[Red](#,##0.00)", Shape.NUMBER),
        ("0.00E+00", Shape.NUMBER),
        ("yyyy/m/d", Shape.DATE),
        ('yyyy"年"m"月"d"日"', Shape.DATE),
        ('[$-804]yyyy"年"m"月"', Shape.DATE),
        ("m月d日", Shape.DATE),
        ("[DBNum1][$-804]General", Shape.NUMBER),
        ("h:mm", Shape.TIME),
        ("mm:ss.0", Shape.TIME),
        ("上午/下午h时mm分", Shape.TIME),
        ("[h]:mm:ss", Shape.DURATION),
        ("yyyy-mm-dd hh:mm", Shape.DATE),
        ('0"天"', Shape.NUMBER),
        ("0.0\\d", Shape.NUMBER),
        ("@", Shape.NUMBER),
        ('#,##0.00"元/㎡"', Shape.NUMBER),
    ],
)
def test_format_codes_tell_the_shape(code, expected):
    assert shape(code) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, Shape.NUMBER), (9, Shape.PERCENT), (10, Shape.PERCENT), (14, Shape.DATE), (31, Shape.DATE), (57, Shape.DATE)],
)
def test_built_in_formats_with_the_chinese_ones(number, expected):
    assert built_in(number) is expected


@given(st.text())
def test_no_format_code_breaks_the_reader(code):
    assert shape(code) in Shape


@pytest.mark.parametrize(
    ("serial", "kind", "from_1904", "expected"),
    [
        (43646, Shape.DATE, False, date(2019, 6, 30)),
        (42184, Shape.DATE, True, date(2019, 6, 30)),
        (43646.5, Shape.DATE, False, datetime(2019, 6, 30, 12)),  # noqa: DTZ001 - cells have no zone
        (1, Shape.DATE, False, date(1900, 1, 1)),
        (59, Shape.DATE, False, date(1900, 2, 28)),
        (60, Shape.DATE, False, None),
        (61, Shape.DATE, False, date(1900, 3, 1)),
        (0, Shape.DATE, False, None),
        (0, Shape.DATE, True, date(1904, 1, 1)),
        (-1, Shape.DATE, False, None),
        (2958465, Shape.DATE, False, date(9999, 12, 31)),
        (2958466, Shape.DATE, False, None),
        (1e300, Shape.DATE, False, None),
        (2958465.99999999999, Shape.DATE, False, None),
        (0.354166666666667, Shape.TIME, False, time(8, 30)),
        (1.25, Shape.DURATION, False, timedelta(hours=30)),
        (1e300, Shape.DURATION, False, None),
    ],
)
def test_serial_numbers_become_moments(serial, kind, from_1904, expected):
    assert moment(serial, kind, from_1904=from_1904) == expected


@given(st.floats(), st.sampled_from(list(Shape)), st.booleans())
def test_no_serial_breaks_the_reader(serial, kind, from_1904):
    if serial == serial and abs(serial) != float("inf"):  # noqa: PLR0124 - not a number differs from itself
        moment(serial, kind, from_1904=from_1904)
