from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese.numbering import Scheme, ordinal, read_mark
from xlplan.chinese.script import fold


@pytest.mark.parametrize(
    ("text", "scheme", "value", "label", "rest"),
    [
        ("一、坚持", Scheme.CN, 1, "一", "坚持"),
        ("十二、坚持", Scheme.CN, 12, "十二", "坚持"),
        ("(三)推进", Scheme.CN_PAREN, 3, "(三)", "推进"),
        ("㈢推进", Scheme.CN_PAREN, 3, "(三)", "推进"),
        ("1.加强", Scheme.ARABIC_DOT, 1, "1", "加强"),
        ("12．加强", Scheme.ARABIC_DOT, 12, "12", "加强"),
        ("⒓加强", Scheme.ARABIC_DOT, 12, "12", "加强"),
        ("3、加强", Scheme.ARABIC, 3, "3", "加强"),
        ("1、2024年新建", Scheme.ARABIC, 1, "1", "2024年新建"),
        ("1.2024年新建", Scheme.ARABIC_DOT, 1, "1", "2024年新建"),
        ("(4)做好", Scheme.PAREN, 4, "(4)", "做好"),
        ("⑷做好", Scheme.PAREN, 4, "(4)", "做好"),
        ("4)做好", Scheme.HALF_PAREN, 4, "4)", "做好"),
        ("②做好", Scheme.CIRCLED, 2, "②", "做好"),
        ("第二,做好", Scheme.ORDINAL, 2, "第二", "做好"),
        ("第一部分 工作", Scheme.PART, 1, "第一部分", "工作"),
        ("第三章 保障", Scheme.CHAPTER, 3, "第三章", "保障"),
        ("二是抓好", Scheme.YISHI, 2, "二是", "抓好"),
        ("任务三:抓好", Scheme.NAMED, 3, "任务三", "抓好"),
        ("2.1 抓好", Scheme.DECIMAL, 1, "2.1", "抓好"),
    ],
)
def test_firm_marks(text: str, scheme: Scheme, value: int, label: str, rest: str) -> None:
    mark = read_mark(fold(text))
    assert mark is not None
    assert (mark.scheme, mark.value, mark.label, mark.firm) == (scheme, value, label, True)
    assert text[mark.end :] == rest


@pytest.mark.parametrize(("text", "value"), [("17启动建设", 17), ("3 推进", 3), ("5,加强", 5)])
def test_a_lost_delimiter_leaves_a_weak_mark(text: str, value: int) -> None:
    mark = read_mark(fold(text))
    assert mark is not None
    assert not mark.firm
    assert mark.value == value


@pytest.mark.parametrize(
    "text",
    [
        "3.2亿元",
        "5、6月份",
        "一、二、三产业",
        "2家企业",
        "2024年工作",
        "十九届四中",
        "三名干部",
        "1.5%",
        "加强",
        "",
        "100亿元",
    ],
)
def test_numbers_of_the_text_are_no_marks(text: str) -> None:
    assert read_mark(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("一百零三", 103), ("7", 7)]
)
def test_ordinals(text: str, value: int) -> None:
    assert ordinal(text) == value


@given(st.text(alphabet="一二三十百()().、第是0123456789 ①a", max_size=12))
def test_a_mark_always_moves_on(text: str) -> None:
    mark = read_mark(fold(text))
    assert mark is None or 0 < mark.end <= len(text)
