from __future__ import annotations

import re
from string import Formatter

import pytest

from xlplan import rules
from xlplan.errors import ContractError
from xlplan.finding import Place


def test_every_rule_is_worded_in_both_languages() -> None:
    for code, rule in rules.catalogue().items():
        assert re.fullmatch(r"[A-Z]\d{3}", code)
        for words in (rule.zh, rule.en):
            assert words.sentence
            assert words.cause
            assert words.remedy


def test_both_languages_ask_for_the_same_facts() -> None:
    for rule in rules.catalogue().values():
        facts = {
            words: {
                name
                for text in (words.sentence, words.cause, words.remedy)
                for _, name, _, _ in Formatter().parse(text)
                if name
            }
            for words in (rule.zh, rule.en)
        }
        assert facts[rule.zh] == facts[rule.en], rule.code


def test_a_missing_fact_fails_loudly() -> None:
    with pytest.raises(ContractError):
        rules.find("W101")


def test_no_finding_repeats_a_password() -> None:
    for address in ("sftp://clerk:secret@host/inbox", "postgresql://u:sec@ret/secret@db", "x 's3://k:secret@b' y"):
        found = rules.find("W801", place=address, detail=ValueError(address))
        assert "secret" not in repr(found)
        assert "***@" in str(found.fact("place"))
    assert rules.find("W801", place="s3://桶/收件箱", detail="a@b").fact("place") == "s3://桶/收件箱"


def test_a_finding_carries_its_facts_and_place() -> None:
    finding = rules.find("W101", Place("a.xlsx", "Sheet1", "K7"), path="a.xlsx")
    assert "a.xlsx" in rules.message(finding, "zh")
    assert "a.xlsx" in rules.message(finding, "en")
    assert str(finding.place) == "a.xlsx:Sheet1!K7"
