"""The claim round: a plan that names no owners goes out to every office, and comes back with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, Bureau
from openpyxl import load_workbook

if TYPE_CHECKING:
    from conftest import Shell

PLAN = """某局2021年工作要点
一、重点工作
1.抓好平台建设。新建平台5个。
2.抓好人才引育。引进人才20人。
3.抓好宣传。
4.抓好培训。
"""
ROSTER = "名称,别名,成员,分管领导,联系人,职责\n平台科,,,,,\n人才科,,,,,\n办公室,,,,,\n"
HEADER = 4


@pytest.fixture
def bureau(xlplan: Shell) -> Bureau:
    (xlplan.home / "plan.txt").write_text(PLAN, "utf-8")
    (xlplan.home / "roster.csv").write_text(ROSTER, "utf-8-sig")
    made = Bureau(xlplan, xlplan.home / "w", "2021-Q1")
    xlplan("init", made.root, "--from", "plan.txt", "--roster", "roster.csv").expect(0)
    made("distribute", "--claim", "--deadline", "2021-01-20").expect(0)
    return made


def claim(bureau: Bureau, office: str, **roles: str) -> Path:
    book = load_workbook(bureau.root / "outbox" / "claim" / f"{office}_认领.xlsx")
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[HEADER]]
    column = next(at for at, name in enumerate(header, 1) if name in {"认领", "我局愿意"})
    for row in range(HEADER + 1, sheet.max_row + 1):
        if role := roles.get(sheet.cell(row, 1).value):
            sheet.cell(row, column).value = role
            if "理由" in header:
                sheet.cell(row, header.index("理由") + 1).value = "有基础"
    bureau.inbox.mkdir(exist_ok=True)
    path = bureau.inbox / f"{office}.xlsx"
    book.save(path)
    return path


def owners(bureau: Bureau) -> list[tuple[str, str, str]]:
    sheet = load_workbook(bureau.root / "plan.xlsx")["任务分解表"]
    office, role = ([cell.value for cell in sheet[3]].index(name) for name in ("责任单位", "角色"))
    rows = sheet.iter_rows(min_row=4, values_only=True)
    return [(row[0], row[office], row[role]) for row in rows if row[0] and row[office]]


def test_claims_fill_the_plan_and_what_is_not_settled_is_listed(bureau: Bureau) -> None:
    claim(bureau, "平台科", T001="牵头", T003="牵头")
    claim(bureau, "人才科", T001="配合", T002="牵头")
    claim(bureau, "办公室", T003="牵头")
    found = bureau("collect", bureau.inbox, "--json").expect(1).json["findings"]
    assert sorted(one["code"] for one in found) == ["M121", "M122", "M123", "M123"]
    assert owners(bureau) == [
        ("T001-01", "平台科", "牵头"),
        ("T002-01", "人才科", "牵头"),
        ("T001-02", "人才科", "配合"),
    ]
    bureau("distribute", "--period", bureau.period).expect(0)
    assert set(bureau.paper("人才科").rows) == {"T002-01", "T001-02"}


def test_a_late_claim_is_filled_in_too_and_nothing_is_filled_twice(bureau: Bureau) -> None:
    claim(bureau, "平台科", T001="牵头")
    bureau("collect", bureau.inbox).expect(0)
    claim(bureau, "办公室", T003="牵头", T001="配合")
    bureau("collect", bureau.inbox).expect(0)
    before = owners(bureau)
    assert ("T003-01", "办公室", "牵头") in before
    bureau("collect", bureau.inbox).expect(0)
    assert owners(bureau) == before


def test_a_claim_that_is_no_role_is_refused(bureau: Bureau) -> None:
    path = claim(bureau, "平台科", T001="也许")
    files = bureau("collect", path, "--json").expect(1).json["files"]
    assert [one["code"] for one in files[0]["findings"]] == ["M125"]
    assert owners(bureau) == []


def test_nothing_is_sent_when_nothing_is_open(xlplan: Shell) -> None:
    seed = ROOT / "seeds" / "flat-owners-2019"
    xlplan("init", "w", "--from", seed / "plan.txt", "--roster", seed / "roster.csv").expect(0)
    assert "W121" in xlplan("-C", "w", "distribute", "--claim").expect(2).err
    assert json.loads(xlplan("-C", "w", "check", "w/plan.xlsx", "--json").out)


def test_claim_forms_follow_their_own_template(bureau: Bureau) -> None:
    bureau("template", "copy", "claim").expect(0)
    path = bureau.root / "templates" / "claim.toml"
    text = path.read_text("utf-8").replace('header = { zh = "认领"', 'header = { zh = "我局愿意"')
    text += '\n[[sheets.claim.columns]]\nfield = "extra"\nheader = "理由"\nwidth = 12\nlook = "entry"\nfill = true\n'
    path.write_text(text, "utf-8")
    bureau("template", "check").expect(0)
    bureau("distribute", "--claim").expect(0)
    saved = claim(bureau, "平台科", T001="牵头")
    bureau("collect", saved, "--json").expect(0)
    assert ("T001-01", "平台科", "牵头") in owners(bureau)
    path.write_text(text.replace('field = "claim"', 'field = "clam"'), "utf-8")
    line = next(at for at, one in enumerate(text.splitlines(), 1) if 'field = "claim"' in one)
    found = bureau("template", "check", "--json").expect(1).json
    assert ("T104", f"templates/claim.toml:{line}") in {(one["code"], one["place"]) for one in found}
    assert "T104" in bureau("distribute", "--claim").expect(2).err
