"""A county answers the city's form from its own returns, and the city can still tell where each number stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Bureau, Shell
from openpyxl import load_workbook

from xlplan.headers import Field

LEAD = "高新技术发展与产业化科"


@pytest.fixture
def county(xlplan: Shell, bureau: Bureau) -> Bureau:
    """A bureau whose plan is the form that it got, with every row answered."""
    made = Bureau(xlplan, xlplan.home / "county")
    xlplan("init", made.root, "--from", bureau.forms()[LEAD])
    made("distribute", "--period", made.period).expect(0)
    for name in made.forms():
        paper = made.paper(name)
        for at, code in enumerate(paper.rows):
            number = paper.cell(code, Field.DONE)
            if number.protection.locked is False:
                number.value = 3 + at
            paper.cell(code, Field.STATUS).value = "推进中"
            paper.cell(code, Field.PROGRESS).value = f"{name}做了{code}"
        paper.save(made.inbox / f"{name}.xlsx")
    made("collect", made.inbox)
    return made


def answered(county: Bureau, bureau: Bureau) -> Path:
    out = county.root / "上报.xlsx"
    ran = county("export", "--as-return", bureau.forms()[LEAD], "-o", out)
    assert ran.code in {0, 1}, ran.out + ran.err
    return out


def test_every_row_of_the_form_is_answered_and_keeps_its_origin(county: Bureau, bureau: Bureau) -> None:
    out = answered(county, bureau)
    bureau("collect", out)
    mine = {key: one for key, one in bureau.entries().items() if key[1] == LEAD}
    theirs = list(county.entries().values())
    assert len(mine) > 5
    assert len(theirs) == len(mine)
    assert all(one["progress"] and one["status"] == "推进中" for one in mine.values())
    asked = {one["target"] for one in mine.values()}
    numbers = {one["target"]: one["value"] for one in theirs if one["value"] and one["target"] in asked}
    assert len(numbers) > 3
    assert {one["target"]: one["value"] for one in mine.values() if one["value"]} == numbers
    code = next(row for (row, _), one in mine.items() if one["value"])
    seen = bureau("history", code, "--json").expect(0).json["values"][-1]
    done = next(one for one in seen["origins"] if one["field"] == "完成值")
    source = load_workbook(county.inbox / Path(done["file"]).name)[done["sheet"]][done["cell"]]
    assert str(source.value) == done["text"] == seen["value"]


def test_the_form_stays_as_it_was_but_for_what_is_filled(county: Bureau, bureau: Bureau) -> None:
    before, after = load_workbook(bureau.forms()[LEAD]), load_workbook(answered(county, bureau))
    assert set(after.sheetnames) - set(before.sheetnames) == {"数据出处"}
    for old, new in zip(before.worksheets, after.worksheets, strict=False):
        kept = {cell.coordinate: cell.value for row in old.iter_rows() for cell in row if cell.value is not None}
        assert {at: new[at].value for at in kept} == kept
        assert new.protection.sheet == old.protection.sheet


def test_the_same_ledger_gives_the_same_bytes(county: Bureau, bureau: Bureau) -> None:
    assert answered(county, bureau).read_bytes() == answered(county, bureau).read_bytes()


def test_a_cell_changed_by_hand_loses_its_origin(county: Bureau, bureau: Bureau) -> None:
    out = answered(county, bureau)
    bureau.forms()[LEAD].replace(bureau.root / "empty.xlsx")
    book = load_workbook(out)
    book.save(bureau.forms()[LEAD])
    paper = bureau.paper(LEAD)
    code = next(code for code in paper.rows if isinstance(paper.cell(code, Field.DONE).value, int))
    paper.cell(code, Field.DONE).value = 77
    bureau("collect", paper.save(bureau.inbox / "a.xlsx"))
    file = next(iter(bureau.files().values()))
    assert "M170" in {one["code"] for one in file["findings"]}
    seen = bureau("history", code, "--json").json["values"][-1]
    assert seen["value"] == "77"
    assert "完成值" not in {one["field"] for one in seen["origins"]}


def test_a_correction_replaces_what_was_reported_before(county: Bureau, bureau: Bureau) -> None:
    bureau("collect", answered(county, bureau).rename(county.root / "上报1.xlsx"))
    for name in county.forms():
        paper = county.paper(name).fill(lambda _: {Field.STATUS: "推进中", Field.PROGRESS: "更正后的情况"})
        paper.save(county.inbox / f"{name}更正.xlsx", 30)
    county("collect", "--today", "2030-07-20", county.inbox)
    bureau("collect", answered(county, bureau))
    states = {name: one["state"] for name, one in bureau.files().items()}
    assert states == {"上报1.xlsx": "superseded", "上报.xlsx": "merged"}
    mine = {one["progress"] for key, one in bureau.entries().items() if key[1] == LEAD}
    assert mine == {"更正后的情况"}


def test_what_has_no_answer_is_named(county: Bureau, bureau: Bureau) -> None:
    form = bureau.paper(LEAD)
    row = next(iter(form.rows.values()))
    form.sheet.cell(row, form.columns[Field.TASK]).value = "县里没有的一项全新任务,谁也不曾听说过"
    changed = form.save(county.root / "form.xlsx")
    assert "M171" in county("export", "--as-return", changed, "-v").out
    assert "W850" in county("export", "--as-return", county.root / "plan.xlsx").expect(2).err
    assert "W851" in county("export", "--as-return", changed, "-p", "2019-Q1").expect(2).err


def test_three_levels_keep_the_whole_way(county: Bureau, bureau: Bureau, xlplan: Shell) -> None:
    """The city's own entries, made from the county's, go up to a province that uses the same plan."""
    bureau("collect", answered(county, bureau))
    top = Bureau(xlplan, xlplan.home / "province")
    xlplan("init", top.root, "--from", bureau.root / "plan.xlsx")
    top("distribute", "--period", top.period)
    form = top.forms()[LEAD]
    out = top.root / "city.xlsx"
    bureau("export", "--as-return", form, "-o", out)
    top("collect", out)
    mine = [code for (code, office), one in top.entries().items() if office == LEAD and one["value"]]
    assert mine
    offices = {one["office"] for one in top("history", mine[0], "--json").json["values"][-1]["origins"]}
    assert any(one.startswith(f"{LEAD}/") for one in offices)
