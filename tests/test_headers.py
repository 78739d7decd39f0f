from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.headers import ENTRY, LOCKED, WORDS, Field, match_header, match_row
from xlplan.model import Sure

FORM = (*LOCKED, *ENTRY)


def test_our_own_form_header_is_recognised_in_order() -> None:
    matches = match_row([WORDS[field][0] for field in FORM], FORM)
    assert [match.field for match in matches.values()] == list(FORM)
    assert {match.sure for match in matches.values()} == {Sure.YES}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("工 作 任 务", Field.TASK),
        ("一季度完成情况", Field.PROGRESS),
        ("进展情况(截至6月底)", Field.PROGRESS),
        ("存在的问题\n", Field.PROBLEM),
        ("序  号", Field.SERIAL),
        ("*完成值", Field.DONE),
    ],
)
def test_synonyms_spacing_and_remarks(header: str, field: Field) -> None:
    match = match_header(header, FORM)
    assert match is not None
    assert (match.field, match.sure) == (field, Sure.YES)


def test_a_near_miss_is_only_likely() -> None:
    match = match_header("存在问题和下一步", FORM)
    assert match is not None
    assert (match.field, match.sure) == (Field.PROBLEM, Sure.LIKELY)


def test_a_unit_of_measure_is_no_office() -> None:
    fields = (Field.UNIT, Field.OFFICE)
    assert match_header("单位", fields).field is Field.UNIT  # type: ignore[union-attr] - it matches
    assert match_header("责任单位", fields).field is Field.OFFICE  # type: ignore[union-attr] - it matches


def test_a_users_own_word_wins() -> None:
    match = match_header("办结率", FORM, {"办结率": Field.DONE})
    assert match is not None
    assert match.field is Field.DONE


@given(st.permutations(list(FORM)))
def test_order_makes_no_difference(fields: list[Field]) -> None:
    matches = match_row([WORDS[field][0] for field in fields], FORM)
    assert [matches[column].field for column in sorted(matches)] == fields


@given(st.text(max_size=40))
def test_any_text_is_taken_or_left(text: str) -> None:
    match = match_header(text, FORM)
    assert match is None or match.field in FORM
