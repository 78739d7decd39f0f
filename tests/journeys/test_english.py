"""A workspace whose workbooks are in English, from the plan workbook to the consolidated one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import SEED, Bureau
from openpyxl import load_workbook

from xlplan.headers import ENTRY, LOCKED, Field, header_words

if TYPE_CHECKING:
    from conftest import Shell

LEAD = "高新技术发展与产业化科"
_CHINESE = re.compile("[一-鿿]")


@pytest.fixture
def english(xlplan: Shell) -> Bureau:
    made = Bureau(xlplan, xlplan.home / "2019")
    words = ("--from", SEED / "plan.txt", "--roster", SEED / "roster.csv", "--language", "en")
    xlplan("init", made.root, *words).expect(0)
    made("distribute", "--period", made.period, "--deadline", "2019-06-25").expect(0)
    return made


def test_every_workbook_is_in_english_and_comes_back(english: Bureau) -> None:
    assert load_workbook(english.root / "plan.xlsx").sheetnames == ["Breakdown", "Offices", "About"]
    paper = english.paper(LEAD)
    headers = [cell.value for cell in paper.sheet[paper.header]][: len(LOCKED) + len(ENTRY)]
    assert headers == [header_words(field, "en") for field in (*LOCKED, *ENTRY)]
    texts = {cell.value for row in paper.sheet.iter_rows(max_row=paper.header) for cell in row if cell.value}
    assert {text for text in texts if _CHINESE.search(text)} <= {LEAD, *(one for one in texts if "2019" in one)}
    options = [one.formula1 for one in paper.sheet.data_validations.dataValidation if one.type == "list"]
    assert options == ['"not started,in progress,done,change requested,not applicable"']
    paper.fill(lambda code: {Field.STATUS: "in progress", Field.PROGRESS: f"{code} visited"})
    paper.cell("T006-01", Field.DONE).value = 50
    english("collect", paper.save(english.inbox / "form.xlsx")).expect(0)
    (file,) = english.files().values()
    assert (file["office"], file["findings"]) == (LEAD, [])
    assert english.entries()["T006-01", LEAD]["value"] == "50"
    assert english.entries()["T006-01", LEAD]["status"] == "推进中"
    report = english.root / "report.xlsx"
    english("consolidate", "-o", report)
    book = load_workbook(report)
    assert not any(_CHINESE.search(name) for name in book.sheetnames)
    names = next(row for row in book["Detail"].iter_rows(values_only=True) if row[0] == "Code")
    assert not any(_CHINESE.search(str(name)) for name in names)
    printed = english.root / "breakdown.xlsx"
    english("breakdown", "-o", printed).expect(0)
    assert load_workbook(printed).sheetnames == ["Breakdown"]
