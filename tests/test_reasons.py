from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.model import Judged, Light, Status
from xlplan.model.light import SIGNS, Override, Says, because
from xlplan.reasons import SENTENCES, percent, plain, reason_text, tenths
from xlplan.words import read_word, word

FACTS = {"status": Status.RUNNING, "day": date(2019, 6, 30), "raw": "约半", "unit": "家", "goal": "≥8"}


def facts_of(says: Says) -> dict[str, object]:
    names = {name for text in SENTENCES[says] for _, name, _, _ in Formatter().parse(text) if name}
    return {name: FACTS.get(name, Decimal("0.5")) for name in names}


@pytest.mark.parametrize("says", Says)
def test_every_part_of_a_reason_has_words_in_both_languages_from_the_same_facts(says: Says) -> None:
    reason = because(says, **facts_of(says))
    zh, en = (reason_text(reason, lang) for lang in ("zh", "en"))
    assert zh
    assert en
    assert "{" not in zh + en


def test_what_a_person_decided_stands_in_front_of_what_the_rule_gives() -> None:
    override = Override("王主任", "项目已停", datetime(2019, 7, 5, 8, 0), SIGNS[0])  # noqa: DTZ001 - only its day is shown
    assert reason_text(because(Says.MET), "zh", override) == "人工：项目已停（王主任，2019-07-05；按规则绿灯：已达到）"
    assert reason_text(because(Says.MET), "en", override).startswith(
        "By hand: 项目已停 (王主任, 2019-07-05; by the rule green"
    )


def test_units_stand_apart_in_english() -> None:
    reason = because(Says.AMOUNT, value=Decimal("1.50"), goal=Decimal(20), unit="km")
    assert reason_text(reason, "en") == "1.5 of 20 km done"
    assert reason_text(reason, "zh") == "完成1.5/20km"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_any_number_can_be_written(value: Decimal) -> None:
    for text in (plain(value), percent(value), tenths(value)):
        assert float(text.rstrip("%")) == pytest.approx(float(text.rstrip("%")))


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_plain_number_is_the_number(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert not plain(value).startswith("-0") or value < 0


@pytest.mark.parametrize("value", [*Judged, *Light, *Status])
def test_words_are_read_back(value: Judged | Light | Status) -> None:
    assert {read_word(word(value, lang), type(value)) for lang in ("zh", "en")} == {value}
