"""The workspace's own templates: listed, copied, checked; columns of its own come back and are shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import SEED
from openpyxl import load_workbook

from xlplan.headers import Field

if TYPE_CHECKING:
    from conftest import Bureau

LEAD = "高新技术发展与产业化科"
OWN = """
[[sheets.form.columns]]
field = "extra"
header = { zh = "佐证材料", en = "Evidence" }
width = 12
look = "entry"
fill = true

[[sheets.form.columns]]
field = "extra"
header = "经办人"
width = 9
look = "short"
"""


def own_template(bureau: Bureau, **changes: str) -> Path:
    bureau("template", "copy", "form").expect(0)
    path = bureau.root / "templates" / "form.toml"
    text = path.read_text("utf-8")
    for old, new in changes.items():
        assert f'"{old}"' in text
        text = text.replace(f'zh = "{old}"', f'zh = "{new}"')
    head, mark, guide = text.partition("\n[sheets.guide]")
    path.write_text(head + OWN + mark + guide, "utf-8")
    return path


def test_templates_are_listed_copied_and_checked(bureau: Bureau) -> None:
    before = {one["name"]: one for one in bureau("template", "list", "--json").expect(0).json}
    assert {"form", "breakdown", "consolidated", "plan"} <= before.keys()
    assert not any(one["own"] or one["changed"] for one in before.values())
    bureau("template", "copy", "form").expect(0)
    assert "T111" in bureau("template", "copy", "form").expect(2).err
    assert "T110" in bureau("template", "copy", "fom").expect(2).err
    path = bureau.root / "templates" / "form.toml"
    bureau("template", "check").expect(0)
    assert not {one["name"]: one for one in bureau("template", "list", "--json").json}["form"]["changed"]
    path.write_text(path.read_text("utf-8").replace('field = "status"', 'field = "statsu"'), "utf-8")
    (path.parent / "breakdwon.toml").write_text("", "utf-8")
    line = next(at for at, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "statsu" in text)
    found = bureau("template", "check", "--json").expect(1).json
    places = {(one["code"], one["place"]) for one in found}
    assert ("T104", f"templates/form.toml:{line}") in places
    assert ("T110", "templates/breakdwon.toml") in places
    assert {one["name"]: one for one in bureau("template", "list", "--json").json}["form"]["changed"]
    assert "T104" in bureau("distribute", "--period", "2019-Q3").expect(2).err


def test_columns_of_ones_own_go_all_the_way_round(bureau: Bureau) -> None:
    own_template(bureau, 完成值="今年累计数", 进展情况="干了什么")
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    sheet = load_workbook(bureau.forms()[LEAD]).worksheets[0]
    header = next(row for row in sheet.iter_rows() if row[0].value == "编号")
    columns = {str(cell.value): cell.column for cell in header}
    assert {"今年累计数", "干了什么", "佐证材料", "经办人"} <= columns.keys()
    code = "T006-01"
    row = next(cell.row for cell in sheet["A"] if cell.value == code)
    assert not sheet.cell(row, columns["佐证材料"]).protection.locked
    assert sheet.cell(row, columns["经办人"]).protection.locked
    texts = {"今年累计数": 50, "状态": "推进中", "干了什么": "已部署", "佐证材料": "见附件 3", "经办人": "擅自填的"}
    for name, value in texts.items():
        sheet.cell(row, columns[name]).value = value
    inbox = bureau.inbox / "form.xlsx"
    inbox.parent.mkdir()
    sheet.parent.save(inbox)
    bureau("collect", inbox).expect(0)
    (file,) = bureau.files().values()
    assert not {one["code"] for one in file["findings"]} & {"M112", "E106"}
    entry = bureau.entries()[code, LEAD]
    assert (entry["progress"], entry["value"]) == ("已部署", "50")
    report = bureau.root / "report.xlsx"
    bureau("consolidate", "-o", report)
    detail = load_workbook(report)["明细"]
    names = next(row for row in detail.iter_rows(values_only=True) if row[0] == "编号")
    line = next(row for row in detail.iter_rows(values_only=True) if row[0] == code)
    assert dict(zip(names, line, strict=True))["佐证材料"] == "见附件 3"
    assert "擅自填的" not in {cell for row in detail.iter_rows(values_only=True) for cell in row}


@pytest.mark.parametrize("dropped", [Field.DONE, Field.PROBLEM])
def test_a_dropped_column_is_not_missed(bureau: Bureau, dropped: Field) -> None:
    path = own_template(bureau)
    blocks = path.read_text("utf-8").split("[[sheets.form.columns]]")
    path.write_text("[[sheets.form.columns]]".join(one for one in blocks if f'field = "{dropped}"' not in one), "utf-8")
    bureau("distribute", "--period", bureau.period).expect(0)
    paper = bureau.paper(LEAD).fill(lambda _: {Field.STATUS: "推进中", Field.PROGRESS: "已部署"})
    bureau("collect", paper.save(bureau.inbox / "a.xlsx"))
    (file,) = bureau.files().values()
    assert "M112" not in {one["code"] for one in file["findings"]}


def test_the_plan_workbook_follows_its_own_template(bureau: Bureau) -> None:
    bureau("template", "copy", "plan").expect(0)
    path = bureau.root / "templates" / "plan.toml"
    text = (
        path.read_text("utf-8")
        .replace('zh = "工作任务"', 'zh = "要办的事"')
        .replace('zh = "任务分解表"', 'zh = "底稿"')
    )
    path.write_text(text, "utf-8")
    (bureau.root / "plan.xlsx").unlink()
    bureau("draft", SEED / "plan.txt", "-o", bureau.root / "plan.xlsx")
    book = load_workbook(bureau.root / "plan.xlsx")
    assert book.sheetnames[0] == "底稿"
    assert "要办的事" in [cell.value for cell in book["底稿"][3]]
    before = set(bureau.forms())
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    assert set(bureau.forms()) <= before
