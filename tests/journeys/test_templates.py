"""The workspace's own templates: listed, copied, checked; columns of its own come back and are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SEED, Bureau
from openpyxl import Workbook, load_workbook

from xlplan.headers import Field

LEAD = "高新技术发展与产业化科"
SUPPORT = "创新创业促进局"
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


def test_an_own_column_that_nobody_fills_is_watched_like_the_plans(bureau: Bureau) -> None:
    own_template(bureau)
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    paper = bureau.paper(LEAD).fill(lambda _: {Field.STATUS: "推进中", Field.PROGRESS: "已部署"})
    column = next(cell.column for cell in paper.sheet[paper.header] if cell.value == "经办人")
    cell = paper.sheet.cell(paper.rows["T006-01"], column)
    cell.value = "擅自填的"
    bureau("collect", paper.save(bureau.inbox / "a.xlsx"))
    (file,) = bureau.files().values()
    places = {(one["code"], one["place"].rpartition("!")[2]) for one in file["findings"]}
    assert ("E101", cell.coordinate) in places
    assert file["state"] == "merged"


def test_forms_sent_before_the_template_changed_are_read_as_they_were_sent(bureau: Bureau) -> None:
    path = own_template(bureau, 完成值="今年累计数", 进展情况="干了什么")
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    sheet = load_workbook(bureau.forms()[LEAD]).worksheets[0]
    header = next(row for row in sheet.iter_rows() if row[0].value == "编号")
    columns = {str(cell.value): cell.column for cell in header}
    row = next(cell.row for cell in sheet["A"] if cell.value == "T006-01")
    for name, value in {"今年累计数": 50, "状态": "推进中", "干了什么": "已部署", "佐证材料": "附件"}.items():
        sheet.cell(row, columns[name]).value = value
    inbox = bureau.inbox / "form.xlsx"
    inbox.parent.mkdir()
    sheet.parent.save(inbox)
    path.unlink()
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    bureau("collect", inbox).expect(0)
    (file,) = bureau.files().values()
    assert not {one["code"] for one in file["findings"]} & {"M106", "M112", "E106"}
    entry = bureau.entries()["T006-01", LEAD]
    assert (entry["progress"], entry["value"], entry["status"]) == ("已部署", "50", "推进中")
    sheet.parent.remove(sheet.parent["_xlplan"])  # values moved to a file of the office's own: no stamp
    bare = Workbook()
    for cells in sheet.iter_rows(values_only=True):
        bare.active.append(cells)
    bare.active.cell(row, columns["干了什么"]).value = "又有进展"
    bare.save(bureau.inbox / "bare.xlsx")
    bureau("collect", bureau.inbox / "bare.xlsx")
    assert bureau.entries()["T006-01", LEAD]["progress"] == "又有进展"


def texts_of(path: Path) -> set[str]:
    return {str(cell) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row if cell}


def test_supporters_see_the_leads_text_only_where_the_template_asks_for_it(bureau: Bureau) -> None:
    said = bureau.paper(LEAD).fill(lambda one: {Field.STATUS: "推进中", Field.PROGRESS: f"牵头说{one}"})
    bureau("collect", said.save(bureau.inbox / "a.xlsx"))
    words = ("distribute", "--period", "2019-Q3", "--deadline", "2019-09-25")
    bureau(*words).expect(0)
    later = Bureau(bureau.xlplan, bureau.root, "2019-Q3")
    others = [path for name, path in later.forms().items() if name != LEAD]
    assert len(others) > 5
    assert not any("牵头说" in text for path in others for text in texts_of(path))
    bureau("template", "copy", "form").expect(0)
    path = bureau.root / "templates" / "form.toml"
    column = '[[sheets.form.columns]]\nfield = "lead_progress"\nheader = "牵头怎么说"\nwidth = 20\nlook = "before"\n\n'
    text = path.read_text("utf-8").replace("[[sheets.form.columns]]", column + "[[sheets.form.columns]]", 1)
    path.write_text(text, "utf-8")
    bureau("template", "check").expect(0)
    bureau(*words).expect(0)
    paper = later.paper(SUPPORT)
    at = next(cell.column for cell in paper.sheet[paper.header] if cell.value == "牵头怎么说")
    row = next(row for code, row in paper.rows.items() if code.startswith("T006"))
    assert f"〔2019年第二季度〕{LEAD}：牵头说T006-01" in str(paper.sheet.cell(row, at).value).split("\n")
    tasks = {code.partition("-")[0] for code in paper.rows}
    told = {line.rpartition("牵头说")[2] for text in texts_of(later.forms()[SUPPORT]) for line in text.split("\n")}
    assert {one.partition("-")[0] for one in told if one.startswith("T")} <= tasks
    assert not any(f"{LEAD}：牵头说" in text for text in texts_of(later.forms()[LEAD]))
    inbox = paper.fill(lambda _: {Field.STATUS: "推进中", Field.PROGRESS: "已配合"}).save(later.inbox / "b.xlsx")
    bureau("collect", inbox, "--period", "2019-Q3").expect(0)
    assert later.files()["b.xlsx"]["findings"] == []


def test_the_lists_of_remind_follow_their_own_template(bureau: Bureau) -> None:
    bureau("template", "copy", "remind").expect(0)
    path = bureau.root / "templates" / "remind.toml"
    text = (
        path.read_text("utf-8")
        .replace('zh = "怎样改"', 'zh = "请这样改"')
        .replace('zh = "逾期天数"', 'zh = "迟了几天"')
    )
    blocks = text.split("[[sheets.corrections.columns]]")
    order = [blocks[0], blocks[-1].rstrip() + "\n\n", *blocks[1:-1]]  # the last column first
    path.write_text("[[sheets.corrections.columns]]".join(order), "utf-8")
    bureau("template", "check").expect(0)
    paper = bureau.paper(LEAD).fill(lambda _: {Field.STATUS: "快了", Field.PROGRESS: "已部署"})
    bureau("collect", paper.save(bureau.inbox / "a.xlsx"))
    bureau("remind", "--period", bureau.period)
    listing = load_workbook(bureau.root / "reports" / f"催报清单_{bureau.period}.xlsx").worksheets[0]
    assert "迟了几天" in [cell.value for cell in listing[2]]
    (back,) = (bureau.root / "reports" / f"退回_{bureau.period}").glob("*.xlsx")
    book = load_workbook(back)
    assert book.sheetnames[0] == "退回修改"
    assert [cell.value for cell in book.worksheets[0][1]][:2] == ["请这样改", "工作表"]
    bad = paper.cell("T006-01", Field.STATUS).coordinate
    comment = book[paper.sheet.title][bad].comment.text
    assert comment.startswith("【退回修改】")
    bureau("collect", back)  # uncorrected, it is sent back again with one list and one comment
    bureau("remind", "--period", bureau.period)
    again = load_workbook(back)
    assert again.sheetnames.count("退回修改") == 1
    assert again[paper.sheet.title][bad].comment.text == comment


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_a_template_is_read_in_whatever_encoding_an_editor_saved_it(bureau: Bureau, encoding: str) -> None:
    bureau("template", "copy", "form").expect(0)
    path = bureau.root / "templates" / "form.toml"
    text = path.read_text("utf-8").replace('zh = "工作任务"', 'zh = "重点任务"')
    path.write_bytes(text.replace("–", "-").encode(encoding))
    bureau("template", "check").expect(0)
    bureau("distribute", "--period", "2019-Q2").expect(0)
    sheet = load_workbook(next(iter(bureau.forms().values()))).worksheets[0]
    assert "重点任务" in {cell.value for row in sheet.iter_rows() for cell in row}
