"""Forms written by several processes are the forms that one writes, in every kind of template."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from xlplan.books.form.compose import compose
from xlplan.errors import XlplanError
from xlplan.files import spread
from xlplan.files.workbook import read_book
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Assignment, Office, Plan, Role, Section, Target, Task
from xlplan.period import Period
from xlplan.steps.split import Sending, split
from xlplan.workflow import templates
from xlplan.workflow.blanks import blanks
from xlplan.workflow.distribute import distribute
from xlplan.workflow.plan import load_plan, write_plan
from xlplan.workflow.templates import copy_template, form_blanks, load_template
from xlplan.workflow.workspace import Workspace, create_workspace

AT = datetime(2019, 6, 1, tzinfo=UTC)
Q2 = Period.parse("2019-Q2")
OWN = """
[[sheets.form.columns]]
field = "support"
width = 12
header = { zh = "配合单位", en = "Support" }
look = "text"
"""


def plan_of(offices: int, language: str) -> Plan:
    """Tasks for everybody and tasks of one office, with and without a figure, long and short."""
    names = [f"第{at}科室" for at in range(offices)]
    roster = [Office(f"K{at + 1:03d}", name, leader="王局长") for at, name in enumerate(names)]
    roster.append(Office(f"K{offices + 1:03d}", "各科室", members=tuple(names)))
    tasks = [Task(f"T{at:03d}", str(at), "01", f"任务{at}", f"任务{at}。" + "抓好落实," * at * 9) for at in range(1, 9)]
    rows = []
    for at, task in enumerate(tasks):
        target = Target(f"完成{at}家", "完成", value=Decimal(at), unit="家") if at % 2 else None
        rows.append(
            Assignment(f"{task.code}-01", task.code, names[at % offices], Role.LEAD, target, date(2019, 12, 31))
        )
        rows.append(Assignment(f"{task.code}-02", task.code, "各科室" if at % 3 else names[-1], Role.SUPPORT))
    head = ("某局2019年工作要点", "某局", "", 2019, (Section("01", "一", "重点"),))
    return Plan(*head, tuple(tasks), (), tuple(roster), tuple(rows), language)


def bureau(folder: Path, offices: int, language: str, own: str) -> Workspace:
    folder.mkdir()
    workspace = create_workspace(folder)
    write_plan(workspace.plan, plan_of(offices, language), {})
    if own:
        path = copy_template(workspace, "form")
        path.write_text(path.read_text("utf-8") + own, "utf-8")
    return workspace


def outbox(workspace: Workspace) -> dict[str, bytes]:
    found = distribute(workspace, Q2, AT, date(2019, 6, 25)).findings
    assert found == ()
    return {path.name: path.read_bytes() for path in workspace.outbox(Q2).iterdir()}


@pytest.mark.parametrize(("offices", "language", "own"), [(60, "zh", ""), (5, "en", ""), (5, "zh", OWN)])
def test_workers_write_what_one_process_writes(tmp_path, monkeypatch, offices, language, own):
    alone = bureau(tmp_path / "alone", offices, language, own)
    shared = replace(alone, root=tmp_path / "shared")
    monkeypatch.setattr(spread, "FEW", 10**9)
    wanted = outbox(alone)
    shutil.copytree(alone.root, shared.root, ignore=shutil.ignore_patterns("outbox"))
    monkeypatch.setattr(spread, "FEW", 1)
    assert outbox(shared) == wanted
    assert len(wanted) == offices + 1
    plan, _ = load_plan(alone)
    template, _ = load_template(alone, "form")
    for form in split(plan, Sending(Q2, date(2019, 6, 25), alone.ledger.key, alone.ledger.issued(Q2.code))):
        data, _ = write_book(compose(form, template, plan))
        assert data == wanted[f"{form.office.name}_2019-Q2.xlsx"]


def test_offices_whose_names_make_one_file_name_get_a_file_each(tmp_path):
    workspace = create_workspace(tmp_path / "w")
    offices = (Office("K001", "产业/科"), Office("K002", "产业_科"), Office("K003", "A科"), Office("K004", "a科"))
    rows = tuple(Assignment(f"T001-0{at}", "T001", office.name) for at, office in enumerate(offices, 1))
    task = Task("T001", "1", "01", "任务", "任务。")
    plan = Plan("计划", sections=(Section("01", "一", "重点"),), tasks=(task,), offices=offices, rows=rows)
    write_plan(workspace.plan, plan, {})
    sent = distribute(workspace, Q2, AT)
    paths = [one.path for one in sent.forms]
    assert len({path.casefold() for path in paths}) == len(offices)
    for path, office in zip(paths, offices, strict=True):
        book, _ = read_book((workspace.root / path).read_bytes(), path)
        assert book is not None
        assert office.name in {value for row in book.sheets[0].rows for value in row}


def test_what_forms_look_like_is_kept_for_collect(tmp_path, monkeypatch):
    workspace = bureau(tmp_path / "bureau", 5, "zh", OWN)
    outbox(workspace)
    wanted = form_blanks(workspace, load_plan(workspace)[0])
    monkeypatch.setattr(templates, "form_blanks", None)
    assert blanks(workspace, load_plan(workspace)[0]) == wanted


def test_a_wrong_claim_form_does_not_keep_the_forms_back(tmp_path):
    workspace = bureau(tmp_path / "bureau", 5, "zh", "")
    copy_template(workspace, "claim").write_text("workbook = 'claim'\nnonsense = 1\n", "utf-8")
    assert len(outbox(workspace)) == 5 + 1
    with pytest.raises(XlplanError):
        blanks(workspace, load_plan(workspace)[0])
