"""Figures with units found in running text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese.folding import fold
from xlplan.chinese.quantities import Sort, parse, scan


def found(text):
    folded = fold(text)
    return [(folded[one.start : one.end], one.value, one.unit) for one in scan(folded)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("240家", 240, "家"),
        ("120家(个)", 120, "家(个)"),
        ("3.2亿元", Decimal("3.2"), "亿元"),
        ("三点五亿元", Decimal("3.5"), "亿元"),
        ("十万人次", 10, "万人次"),
        ("百分之十五", 15, "%"),
        ("百分之百", 100, "%"),
        ("千分之三", 3, "‰"),
        ("五分之一", 20, "%"),
        ("八成", 8, "成"),
        ("翻一番", 1, "番"),
        ("翻两番", 2, "番"),
        ("0.5个百分点", Decimal("0.5"), "个百分点"),
        ("35微克/立方米", 35, "微克/立方米"),
        ("6件/万人", 6, "件/万人"),
        ("3万多平方米", 3, "万平方米"),
        ("100余家", 100, "家"),
        ("2个工作日", 2, "个工作日"),
        ("300台(套)", 300, "台(套)"),
        ("5G瓦", None, None),
        ("10家庭", None, None),
        ("3项目", None, None),
        ("2019年", None, None),
        ("5台账", None, None),
    ],
)
def test_one_figure(text, value, unit):
    assert found(text) == ([] if unit is None else [(fold(text), value, unit)])


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1-2场", 1, 2, "场"),
        ("8—10个", 8, 10, "个"),
        ("5至10家", 5, 10, "家"),
        ("三到五家", 3, 5, "家"),
        ("10%-15%", 10, 15, "%"),
        ("5万-8万元", 5, 8, "万元"),
        ("80万—1亿元", Decimal("0.008"), 1, "亿元"),
        ("百分之十到百分之十五", 10, 15, "%"),
    ],
)
def test_ranges(text, low, high, unit):
    (one,) = scan(fold(text))
    assert (one.value, one.value_max, one.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["G50项", "3+5+7个", "统一个", "5×24小时"])
def test_numbers_inside_names_are_marked(text):
    assert all(one.coded for one in scan(fold(text)))


@pytest.mark.parametrize(
    ("unit", "sort"),
    [
        ("家", Sort.COUNT),
        ("万人次", Sort.PEOPLE),
        ("亿元", Sort.MONEY),
        ("%", Sort.RATIO),
        ("万亩", Sort.SIZE),
        ("天", Sort.TIME),
        ("匹", None),
    ],
)
def test_what_units_are_for(unit, sort):
    assert parse(unit).sort is sort


@given(st.text(alphabet="0123456789一二三十百千万亿点零两多余至到-.,家个%元公里平方米/()分之翻番成 G", max_size=80))
def test_any_text_is_scanned_in_order(text):
    folded = fold(text)
    assert len(folded) == len(text)
    last = 0
    for one in scan(folded):
        assert last <= one.start < one.end <= len(folded)
        assert one.value.is_finite()
        assert one.value_max is None or one.value < one.value_max
        last = one.end
