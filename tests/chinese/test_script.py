from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese.script import clean, fold, key, simplified


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("創(chuàng)新", "創新"),
        ("創\uff08chuàng\uff09新\uff08试点\uff09", "創新\uff08试点\uff09"),
        ("內(nèi)容和產(chǎn)業(yè)", "內容和產業"),
        ("我們(men)的", "我們的"),
        ("驅(qū)動", "驅動"),
        ("⼯作要点", "工作要点"),
        ("a\u200bb\ufeff", "ab"),
        ("某县(xx)项目", "某县(xx)项目"),
        ("占比(GDP)", "占比(GDP)"),
        ("第(a)项", "第(a)项"),
    ],
)
def test_debris_is_cleaned_and_nothing_else(raw: str, mended: str) -> None:
    assert clean(raw) == mended


def test_folding_is_half_width_and_simplified() -> None:
    assert fold("發展\uff08一\uff09科技\uff1a\uff21\uff22\uff23\uff11\uff12\uff05") == "发展(一)科技:ABC12%"


def test_folding_keeps_circled_numbers() -> None:
    assert fold("①②") == "①②"


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_keys_are_blind_to_script_width_and_punctuation() -> None:
    assert key("發展「創新」平臺\uff0c\uff21\uff22\uff23") == key("发展 创新 平台ABC")


def test_simplified_keeps_everything_else() -> None:
    assert simplified("宣城市科學技術局\uff082024\uff09") == "宣城市科学技术局\uff082024\uff09"


def test_pinyin_that_a_page_broke_is_cleaned_too() -> None:
    assert clean("環節(j ié)與監(jiān\n)測") == "環節與監測"
