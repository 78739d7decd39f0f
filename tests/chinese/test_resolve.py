"""Which office of a roster a name means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese.owners.resolve import resolve_owner
from xlplan.model import Office

ROSTER = (
    Office("01", "市发展和改革委员会", aliases=("市发改委",)),
    Office("02", "市教育局"),
    Office("03", "数字经济与信息化推进科", aliases=("数字科",)),
    Office("04", "各县(市、区)政府"),
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("市教育局", "02"),
        ("市发改委", "01"),
        ("数字科", "03"),
        ("各县(市、区)政府", "04"),
        ("市教育局 ", "02"),
        ("市教育局。", "02"),
        ("市發展和改革委員會", "01"),
    ],
)
def test_names_and_aliases_resolve_exactly(name, code):
    office, suggestion = resolve_owner(name, ROSTER)
    assert office is not None
    assert (office.code, suggestion) == (code, "")


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("教育局", "市教育局"),
        ("县教育局", "市教育局"),
        ("发改委", "市发展和改革委员会"),
        ("市发展改革委", "市发展和改革委员会"),
        ("数字经济和信息化推进科", "数字经济与信息化推进科"),
        ("数字经济与信息化科", "数字经济与信息化推进科"),
        ("气象台", ""),
        ("", ""),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(name, suggestion):
    assert resolve_owner(name, ROSTER) == (None, suggestion)


def test_an_empty_roster_resolves_nothing():
    assert resolve_owner("市教育局", ()) == (None, "")


@given(st.text(max_size=30))
def test_only_equal_names_resolve(name):
    office, suggestion = resolve_owner(name, ROSTER)
    assert office is None or suggestion == ""
    assert suggestion in ("", *(one.name for one in ROSTER))
