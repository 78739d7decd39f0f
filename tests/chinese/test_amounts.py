"""One cell's number: what is read, in the target's unit, and how sure (yes, likely, no)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese.numerals import spell
from xlplan.chinese.quantities import is_falling, read_amount, read_number, scale
from xlplan.model import Sure

# raw, the target's unit, the value (None: left for a person), how sure
CELLS = [
    ("80%", "%", "80", Sure.YES),
    ("80", "%", "80", Sure.YES),
    ("\uff18\uff10\uff05", "%", "80", Sure.YES),
    ("0.8", "%", "80", Sure.LIKELY),
    ("0.8%", "%", "0.8", Sure.YES),
    ("1", "%", "1", Sure.LIKELY),
    ("0", "%", "0", Sure.YES),
    ("-3.2%", "%", "-3.2", Sure.YES),
    ("百分之八十", "%", "80", Sure.YES),
    ("八成", "%", "80", Sure.YES),
    ("约八成", "%", "80", Sure.LIKELY),
    ("过半", "%", "50", Sure.LIKELY),
    ("80%左右", "%", "80", Sure.LIKELY),
    ("整体进度70%", "%", "70", Sure.LIKELY),
    ("80%", "成", "8", Sure.YES),
    ("0.5个百分点", "个百分点", "0.5", Sure.YES),
    ("2%", "个百分点", "2", Sure.LIKELY),
    ("28", "家", "28", Sure.YES),
    ("28.0", "家", "28", Sure.YES),
    ("+28", "家", "28", Sure.YES),
    ("28家", "家", "28", Sure.YES),
    ("28 家。", "家", "28", Sure.YES),
    ("\uff12\uff18", "家", "28", Sure.YES),
    ("1,234", "家", "1234", Sure.YES),
    ("\uff11\uff0c\uff12\uff13\uff14", "家", "1234", Sure.YES),
    ("二十八家", "家", "28", Sure.YES),
    ("三十", "家", "30", Sure.YES),
    ("叁拾", "家", "30", Sure.YES),
    ("已完成28家", "家", "28", Sure.YES),
    ("达到28家", "家", "28", Sure.YES),
    ("约28", "家", "28", Sure.LIKELY),
    ("28家左右", "家", "28", Sure.LIKELY),
    ("近30", "家", "30", Sure.LIKELY),
    ("超过30家", "家", "30", Sure.LIKELY),
    ("30余家", "家", "30", Sure.LIKELY),
    ("目前完成28家", "家", "28", Sure.LIKELY),
    ("截至6月30日完成28家", "家", "28", Sure.LIKELY),
    ("1.新增30家", "家", "30", Sure.LIKELY),
    ("在3个县完成28家", "家", "28", Sure.LIKELY),
    ("完成投资12.36亿元", "亿元", "12.36", Sure.LIKELY),
    ("2023年完成28家", "家", "28", Sure.LIKELY),
    ("28台", "家", "28", Sure.LIKELY),
    ("28台", "台(套)", "28", Sure.YES),
    ("100人", "名", "100", Sure.YES),
    ("2万", "家", "20000", Sure.YES),
    ("800万元", "亿元", "0.08", Sure.YES),
    ("3.5亿", "亿元", "3.5", Sure.YES),
    ("三点五亿元", "万元", "35000", Sure.YES),
    ("12万人次", "人次", "120000", Sure.YES),
    ("2公里", "米", "2000", Sure.YES),
    ("第3位", "位", "3", Sure.LIKELY),
    ("120家,其中新增30家", "家", None, Sure.NO),
    ("20-30", "家", None, Sure.NO),
    ("20至30家", "家", None, Sure.NO),
    ("28元", "家", None, Sure.NO),
    ("80%", "家", None, Sure.NO),
    ("过半", "家", None, Sure.NO),
    ("1,23", "家", None, Sure.NO),
    ("1 234", "家", None, Sure.NO),
    ("1_000", "家", None, Sure.NO),
    ("1.2.3", "家", None, Sure.NO),
    ("3/5", "家", None, Sure.NO),
    ("1e5", "家", None, Sure.NO),
    ("(28)", "家", None, Sure.NO),
    ("٣", "家", None, Sure.NO),
    ("三五家", "家", None, Sure.NO),
    ("NaN", "家", None, Sure.NO),
    ("inf", "家", None, Sure.NO),
    ("2023-06-30", "家", None, Sure.NO),
    ("6月底", "家", None, Sure.NO),
    ("9" * 400, "家", None, Sure.NO),
    ("无", "家", None, Sure.NO),
    ("同上", "家", None, Sure.NO),
    ("/", "家", None, Sure.NO),
    ("", "家", None, Sure.NO),
    ("几十家", "家", None, Sure.NO),
]


@pytest.mark.parametrize(("raw", "unit", "value", "sure"), CELLS)
def test_one_cell(raw, unit, value, sure):
    amount = read_amount(raw, unit, ratio=unit in ("%", "成", "个百分点"))
    assert (amount.raw, amount.value, amount.sure) == (raw, None if value is None else Decimal(value), sure)


# raw, the target's unit, the value when the target is a rise or a state, the value when it is a fall
CHANGES = [
    ("下降2%", "%", "-2", "2"),
    ("同比下降3.5个百分点", "个百分点", "-3.5", "3.5"),
    ("负增长0.4%", "%", "-0.4", "0.4"),
    ("同比-3.1%", "%", "-3.1", "3.1"),
    ("增长2%", "%", "2", "-2"),
    ("降至2%", "%", "2", "2"),
    ("减少20人", "人", None, "20"),
    ("达到85%,提高2个百分点", "%", "85", "85"),
    ("增幅10.5%,高于全省2个百分点", "%", "10.5", "-10.5"),
    ("高于全省2个百分点", "%", None, None),
    ("提高2个百分点", "%", None, None),
]


@pytest.mark.parametrize(("raw", "unit", "risen", "fallen"), CHANGES)
def test_a_change_has_a_direction(raw, unit, risen, fallen):
    for falling, expected in ((False, risen), (True, fallen)):
        amount = read_amount(raw, unit, ratio=unit == "%", falling=falling)
        assert amount.value == (None if expected is None else Decimal(expected))
        assert amount.sure is (Sure.NO if expected is None else Sure.LIKELY)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [("3.2个亿", "亿元", "3.2"), ("三个亿", "万元", "30000"), ("11.5(预计)", "%", "11.5"), ("预计11.5", "家", "11.5")],
)
def test_numbers_as_they_are_spoken(raw, unit, value):
    assert read_amount(raw, unit, ratio=unit == "%").value == Decimal(value)


@pytest.mark.parametrize(("text", "falls"), [("单位能耗下降3.5%", True), ("工业投资增长12%", False), ("下降率", False)])
def test_targets_that_are_falls(text, falls):
    assert is_falling(text) is falls


def test_all_readings_are_kept_when_they_differ():
    reading = read_number("完成120家,投资3亿元,完成率80%")
    assert reading.value is None
    assert reading.readings == ((Decimal(120), "家"), (Decimal(3), "亿元"), (Decimal(80), "%"))


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda value: value.normalize())


@given(NUMBERS, st.sampled_from(["", "家", "万元", "%"]), st.sampled_from(["{}", " {} ", "{}。"]))
def test_what_is_typed_is_what_is_read(value, unit, form):
    raw = form.format(f"{value:f}{unit}")
    assert read_amount(raw, unit, ratio=False).value == value


@given(st.integers(min_value=0, max_value=10**8))
def test_grouped_and_spelled_numbers_read_alike(value):
    assert read_amount(f"{value:,}", "家", ratio=False).value == value
    assert read_amount(spell(value), "家", ratio=False).value == value


@given(st.text(alphabet="0123456789.,-+%家个约至 ()年月", max_size=12))
def test_a_certain_reading_has_one_number_in_it(raw):
    amount = read_amount(raw, "家", ratio=False)
    if amount.sure is Sure.YES:
        assert amount.value == Decimal("".join(char for char in raw if char in "0123456789.-").strip("."))


@given(st.text(max_size=40), st.sampled_from(["家", "%", "万元", ""]), st.booleans())
def test_any_text_is_read_without_an_error(raw, unit, ratio):
    amount = read_amount(raw, unit, ratio=ratio)
    assert (amount.value is None) == (amount.sure is Sure.NO)


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        ("800", "万元", "亿元", "0.08"),
        ("3", "亿元", "万元", "30000"),
        ("5", "人", "名", "5"),
        ("1", "平方公里", "公顷", "100"),
        ("2", "万人次", "人次", "20000"),
        ("8", "成", "%", "80"),
        ("5", "‰", "%", "0.5"),
        ("3", "吨", "公斤", "3000"),
        ("3", "家", "个", None),
        ("3", "万元", "家", None),
        ("3", "%", "个百分点", None),
    ],
)
def test_scaling_between_units(value, unit, target, expected):
    assert scale(Decimal(value), unit, target) == (None if expected is None else Decimal(expected))


@given(
    st.decimals(min_value=1, max_value=10**6, places=2),
    st.sampled_from(["元", "万元", "亿元"]),
    st.sampled_from(["元", "万元", "亿元"]),
)
def test_scaling_there_and_back(value, one, other):
    there = scale(value, one, other)
    assert there is not None
    assert scale(there, other, one) == value


@pytest.mark.parametrize("raw", ["1" * 5000, "一" * 5000, "1-" * 1000, "家1" * 900, "," * 5000])
def test_hostile_cells_come_to_an_end(raw):
    assert read_amount(raw, "家", ratio=False).raw == raw
