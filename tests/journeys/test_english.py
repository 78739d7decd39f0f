"""A workspace whose workbooks are in English, from the plan workbook to the consolidated one."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from conftest import SEED, Bureau
from openpyxl import load_workbook

from xlplan.headers import ENTRY, LOCKED, Field, header_words
from xlplan.model import Assignment, Office, Plan, Role, Section, Target, Task
from xlplan.workflow.plan import write_plan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

LEAD = "高新技术发展与产业化科"
_CHINESE = re.compile("[一-鿿\u3001\u3002\u3014\u3015\uff01-\uff5e]")


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


def english_plan() -> Plan:
    sections = (Section("01", "I", "Firms"), Section("02", "II", "People"))
    due = date(2019, 12, 31)
    tasks = tuple(
        Task(f"T{at:03d}", str(at), f"0{1 + at % 2}", f"Task number {at}", f"Do what task {at} asks for. " * 8)
        for at in range(1, 6)
    )
    rows = []
    for at, task in enumerate(tasks, 1):
        target = Target(f"{at}0 firms registered", "firms", value=Decimal(at * 10), unit="firms")
        lead, support = ("Science", "People") if at % 2 else ("People", "Science")
        if at < 5:
            rows += [
                Assignment(f"{task.code}-01", task.code, lead, Role.LEAD, target, due, "Wang"),
                Assignment(f"{task.code}-02", task.code, support, Role.SUPPORT, None, due, "Li"),
                Assignment(f"{task.code}-03", task.code, "Office", Role.SUPPORT, None, due, "Li"),
            ]
        else:
            rows.append(Assignment(f"{task.code}-01", task.code))
    offices = tuple(
        Office(f"K0{at}", name, leader="Wang") for at, name in enumerate(("Science", "People", "Office"), 1)
    )
    head = ("Work plan 2019", "Bureau of Science", "No. 9", 2019)
    return Plan(*head, sections, tasks, (), offices, tuple(rows), "en")


def chinese_in(path: Path) -> list[str]:
    """Everything in a workbook that is Chinese: names, cells, comments, messages, headers and footers."""
    book = load_workbook(path)
    found = list(book.sheetnames)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            found += [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
            found += [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
            for one in sheet.data_validations.dataValidation:
                found += [str(text) for text in (one.formula1, one.error, one.errorTitle, one.prompt, one.promptTitle)]
            found += [sheet.oddFooter.center.text or "", sheet.oddHeader.center.text or ""]
    return [text for text in found if _CHINESE.search(text)]


def test_nothing_in_the_workbooks_of_an_english_plan_is_chinese(xlplan: Shell) -> None:
    made = Bureau(xlplan, xlplan.home / "2019")
    xlplan("init", made.root, "--language", "en", lang="en")
    (made.root / "plan.xlsx").unlink()
    write_plan(made.root / "plan.xlsx", english_plan(), {})
    made("template", "copy", "form").expect(0)
    path = made.root / "templates" / "form.toml"
    column = '[[sheets.form.columns]]\nfield = "lead_progress"\nheader = "Lead says"\nwidth = 20\nlook = "before"\n\n'
    text = path.read_text("utf-8").replace("show = false", "show = true")
    path.write_text(text.replace("[[sheets.form.columns]]", column + "[[sheets.form.columns]]", 1), "utf-8")
    made("distribute", "--period", "2019-Q1", "--deadline", "2019-03-25")
    first = Bureau(xlplan, made.root, "2019-Q1")
    filled = first.paper("Science").fill(lambda code: {Field.STATUS: "in progress", Field.PROGRESS: f"{code} visited"})
    filled.cell("T001-01", Field.DONE).value = "about 3"
    filled.cell("T003-01", Field.STATUS).value = "soon"
    filled.cell("T003-02" if "T003-02" in filled.rows else "T002-02", Field.PROGRESS).value = "=1/0"
    made("collect", filled.save(made.inbox / "science.xlsx"))
    late = first.paper("People").fill(lambda _: {Field.STATUS: "done", Field.PROGRESS: "ditto"})
    made("collect", late.save(made.inbox / "people.xlsx"))
    made("distribute", "--period", made.period, "--deadline", "2019-06-25")
    made("distribute", "--claim", "--deadline", "2019-06-01")
    for period in ("2019-Q1", made.period):
        made("remind", "--period", period)
        made("consolidate", "--period", period)
    made("breakdown").expect(0)
    books = sorted(made.root.glob("*.xlsx")) + sorted((made.root / "outbox").rglob("*.xlsx"))
    books += sorted((made.root / "reports").rglob("*.xlsx"))
    assert len(books) > 12
    left = [f"{path.name}: {text}" for path in books for text in chinese_in(path)]
    assert not left, "\n".join(left)
    for path in (made.root / "reports").rglob("*.txt"):
        assert not _CHINESE.search(path.read_text("utf-8"))
