"""One quarter through the command line: forms out, returns in, every value traced to its cell."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xlplan.files.limits import Limits
from xlplan.headers import Field

if TYPE_CHECKING:
    from conftest import Bureau

LEAD = "高新技术发展与产业化科"
OTHER = "农村科技科"


def plain(code: str) -> dict[Field, object]:
    return {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署", Field.PROBLEM: "缺人手"}


def test_every_filled_cell_comes_back_with_its_value_and_its_cell(bureau: Bureau) -> None:
    for office in bureau.forms():
        paper = bureau.paper(office).fill(plain)
        paper.save(bureau.inbox / f"{office}.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    entries = bureau.entries()
    checked = 0
    for office in bureau.forms():
        paper = bureau.paper(office)
        for code in paper.rows:
            entry = entries[code, office]
            assert entry["progress"] == f"{code} 已部署"
            assert entry["source"]["file"].endswith(f"{office}.xlsx")
            assert entry["source"]["cells"] == {
                "状态": paper.cell(code, Field.STATUS).coordinate,
                "进展情况": paper.cell(code, Field.PROGRESS).coordinate,
                "存在问题及下一步": paper.cell(code, Field.PROBLEM).coordinate,
            }
            checked += 1
    assert checked == len(entries)


def test_numbers_are_read_and_lit(bureau: Bureau) -> None:
    paper = bureau.paper(LEAD).fill(plain)
    paper.cell("T006-01", Field.DONE).value = 50
    paper.cell("T006-04", Field.DONE).value = "约 100 家"
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    entries = bureau.entries()
    assert (entries["T006-01", LEAD]["value"], entries["T006-01", LEAD]["light"]) == ("50", "green")
    assert entries["T006-04", LEAD]["value"] == "100"
    codes = [finding["code"] for finding in bureau.files()["a.xlsx"]["findings"]]
    assert "E202" in codes


def test_who_sent_nothing_is_not_reported(bureau: Bureau) -> None:
    bureau.paper(OTHER).fill(plain).save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    grades = {office: entry["grade"] for (_, office), entry in bureau.entries().items()}
    assert grades.pop(OTHER) == "ok"
    assert set(grades.values()) == {"未报"}
    offices = bureau("status", "--json").expect(0).json["offices"]
    assert {one["office"]: one["returned"] for one in offices} == {office: office == OTHER for office in bureau.forms()}


def test_edited_plan_text_is_merged_reported_and_never_taken(bureau: Bureau) -> None:
    paper = bureau.paper(OTHER).fill(plain)
    code = next(iter(paper.rows))
    paper.cell(code, Field.TASK).value = "改过的任务"
    path = paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", path).expect(0)
    (edit,) = [one for one in bureau.files()["a.xlsx"]["findings"] if one["code"] == "E101"]
    assert edit["place"].endswith(f"!{paper.cell(code, Field.TASK).coordinate}")
    entry = bureau.entries()[code, OTHER]
    assert entry["task"] != "改过的任务"
    assert entry["progress"] == f"{code} 已部署"


def test_collecting_again_changes_nothing(bureau: Bureau) -> None:
    for office in (LEAD, OTHER):
        bureau.paper(office).fill(plain).save(bureau.inbox / f"{office}.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    before = bureau("export", "--json").out, (bureau.root / "ledger.db").read_bytes()
    again = bureau("collect", bureau.inbox, "--json").expect(0).json
    assert (again["new"], again["known"]) == (0, 2)
    assert (bureau("export", "--json").out, (bureau.root / "ledger.db").read_bytes()) == before


def test_a_dry_run_records_nothing(bureau: Bureau) -> None:
    bureau.paper(LEAD).fill(plain).save(bureau.inbox / "a.xlsx")
    files = bureau("collect", bureau.inbox, "--dry-run", "--json").expect(0).json["files"]
    assert [one["state"] for one in files] == ["merged"]
    assert bureau.files() == {}
    assert list((bureau.root / "archive").iterdir()) == []


def test_one_bad_file_never_costs_another(bureau: Bureau) -> None:
    good = bureau.paper(LEAD).fill(plain).save(bureau.inbox / "好.xlsx")
    (bureau.inbox / "半.xlsx").write_bytes(good.read_bytes()[:3000])
    (bureau.inbox / "空.xlsx").write_bytes(b"")
    (bureau.inbox / "乱.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    (bureau.inbox / "~$好.xlsx").write_bytes(b"lock")
    (bureau.inbox / "说明.txt").write_text("请查收", "utf-8")
    shutil.copy(good, bureau.inbox / "好(1).xlsx")
    with zipfile.ZipFile(bureau.inbox / "包.zip", "w") as pack:
        pack.write(bureau.paper(OTHER).fill(plain).save(bureau.root / "其他.xlsx"), "乡镇/其他.xlsx")
    bureau("collect", bureau.inbox).expect(1)
    states = {name: one["state"] for name, one in bureau.files().items()}
    assert sorted((states.pop("好.xlsx"), states.pop("好(1).xlsx"))) == ["duplicate", "merged"]
    assert states == {
        "半.xlsx": "quarantined",
        "空.xlsx": "quarantined",
        "乱.xlsx": "quarantined",
        "~$好.xlsx": "ignored",
        "说明.txt": "ignored",
        "其他.xlsx": "merged",
    }
    entries = bureau.entries()
    assert {office for (_, office), one in entries.items() if one["grade"] == "ok"} == {LEAD, OTHER}


def test_a_file_that_could_not_be_read_counts_once_it_can(bureau: Bureau) -> None:
    path = bureau.paper(LEAD).fill(plain).save(bureau.inbox / "表.xlsx")
    whole = path.read_bytes()

    def collected(*, code: int) -> list[str]:
        bureau("collect", bureau.inbox).expect(code)
        states = sorted(one["state"] for one in bureau("export", "--period", bureau.period, "--json").json["files"])
        assert "此前已收 1 个" in bureau("collect", bureau.inbox).out  # again: nothing new
        return states

    os.truncate(path, Limits().size + 1)
    assert collected(code=1) == ["quarantined"]
    path.write_bytes(whole)
    assert collected(code=0) == ["merged"]
    os.truncate(path, Limits().size + 1)
    assert collected(code=1) == ["merged", "quarantined"]
    path.write_bytes(whole)
    assert collected(code=0) == ["merged"]


def test_resorted_rows_go_by_code_and_moved_columns_by_header(bureau: Bureau) -> None:
    paper = bureau.paper(LEAD).fill(plain)
    sheet, rows = paper.sheet, list(paper.rows.values())
    width = sheet.max_column
    for row, other in zip(rows[: len(rows) // 2], reversed(rows), strict=False):
        for column in range(1, width + 1):
            one, two = sheet.cell(row, column), sheet.cell(other, column)
            one.value, two.value = two.value, one.value
    status, progress = paper.columns[Field.STATUS], paper.columns[Field.PROGRESS]
    for row in (paper.header, *rows):
        one, two = sheet.cell(row, status), sheet.cell(row, progress)
        one.value, two.value = two.value, one.value
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    for (code, office), entry in bureau.entries().items():
        if office == LEAD:
            assert (entry["progress"], entry["status"]) == (f"{code} 已部署", "推进中")


def test_last_period_stands_beside_each_row_of_the_next(bureau: Bureau) -> None:
    bureau.paper(OTHER).fill(plain).save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    bureau("distribute", "--period", "2019-Q3").expect(0)
    bureau.period = "2019-Q3"
    paper = bureau.paper(OTHER)
    for code in paper.rows:
        assert f"{code} 已部署" in paper.cell(code, Field.BEFORE).value


def test_distributing_again_gives_the_same_bytes(bureau: Bureau) -> None:
    before = {office: path.read_bytes() for office, path in bureau.forms().items()}
    bureau("distribute", "--period", "2019-Q2", "--deadline", "2019-06-25").expect(0)
    assert {office: path.read_bytes() for office, path in bureau.forms().items()} == before


def test_a_row_that_fits_nowhere_waits_to_be_claimed(bureau: Bureau) -> None:
    paper = bureau.paper(OTHER).fill(plain)
    row = max(paper.rows.values()) + 1
    paper.sheet.cell(row, paper.columns[Field.TASK]).value = "临时增加的一件全新工作"
    paper.sheet.cell(row, paper.columns[Field.PROGRESS]).value = "已经做完"
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(1)
    unplaced = bureau("export", "--json", "-v").json["unplaced"]
    assert [one["office"] for one in unplaced] == [OTHER]
    assert "已经做完" in unplaced[0]["texts"].values()


def test_history_leads_every_value_to_its_cell(bureau: Bureau) -> None:
    for number, name in enumerate(("一", "二")):
        paper = bureau.paper(LEAD).fill(plain)
        paper.cell("T006-01", Field.DONE).value = 10 + number
        paper.save(bureau.inbox / f"{name}.xlsx", day=20 + number)
        bureau("collect", bureau.inbox).expect(0)
    values = bureau("history", "T006-01", "--json").expect(0).json["values"]
    assert [one["value"] for one in values] == ["10", "11"]
    assert {one["cells"]["完成值"] for one in values} == {paper.cell("T006-01", Field.DONE).coordinate}
    assert bureau.entries()["T006-01", LEAD]["value"] == "11"
    assert bureau.files()["一.xlsx"]["state"] == "superseded"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_for_other_programs(bureau: Bureau, kind: str) -> None:
    import pandas as pd

    paper = bureau.paper(LEAD).fill(plain)
    paper.cell("T006-01", Field.PROGRESS).value = "'=1+1"
    paper.cell("T006-01", Field.DONE).value = 10
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    out = Path(bureau.root / f"out.{kind}")
    bureau("export", f"--{kind}", "-o", out).expect(0)
    frame = pd.read_csv(out) if kind == "csv" else pd.read_parquet(out)
    assert len(frame) == len(bureau.entries())
    (row,) = frame[(frame.row == "T006-01") & (frame.office == LEAD)].to_dict("records")
    assert row["value"] == 10


def test_the_consolidated_workbook_and_the_breakdown_are_written(bureau: Bureau) -> None:
    bureau.paper(LEAD).fill(plain).save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    bureau("consolidate", "-o", bureau.root / "汇总.xlsx").expect(0)
    bureau("breakdown", "-o", bureau.root / "分解.xlsx").expect(0)
    assert (bureau.root / "汇总.xlsx").stat().st_size > 5000
    assert (bureau.root / "分解.xlsx").stat().st_size > 5000


def test_a_run_is_taken_back_and_its_record_kept(bureau: Bureau) -> None:
    paper = bureau.paper(LEAD).fill(plain)
    for number, name in enumerate(("一", "二")):
        paper.cell("T006-01", Field.DONE).value = 10 + number
        path = paper.save(bureau.inbox / f"{name}.xlsx", day=20 + number)
        run = bureau("collect", path, "--json").expect(0).json["run"]
    bureau("collect", "--undo", run).expect(0)
    assert bureau.entries()["T006-01", LEAD]["value"] == "10"
    assert len(bureau("history", "T006-01", "--json").json["values"]) == 2
    assert "W122" in bureau("collect", "--undo", run).expect(2).err
    bureau("collect", path).expect(0)
    assert bureau.entries()["T006-01", LEAD]["value"] == "11"


def test_a_tie_is_a_conflict_until_a_person_prefers_one(bureau: Bureau) -> None:
    for number, name in enumerate(("一", "二")):
        paper = bureau.paper(LEAD).fill(plain)
        paper.cell("T006-01", Field.DONE).value = 10 + number
        paper.save(bureau.inbox / f"{name}.xlsx", day=20)
    bureau("collect", bureau.inbox).expect(0)
    assert "M108" in {one["code"] for one in bureau("export", "--json").json["findings"]}
    for number, name in enumerate(("一", "二")):
        bureau("collect", "--prefer", bureau.inbox / f"{name}.xlsx").expect(0)
        if number == 0:
            assert bureau.entries()["T006-01", LEAD]["value"] == "10"
            assert "M108" not in {one["code"] for one in bureau("export", "--json").json["findings"]}
    assert "W123" in bureau("collect", "--prefer", bureau.root / "plan.xlsx").expect(2).err


def test_the_export_has_the_keys_that_scripts_rely_on(bureau: Bureau) -> None:
    bureau.paper(LEAD).fill(plain).save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    content = bureau("export", "--period", "2019-Q2", "--json").expect(0).json
    assert set(content) == {"period", "files", "entries", "findings"}
    assert set(content["files"][0]) == {"path", "sha256", "state", "office", "findings"}
    words = "row task office role target value status progress problem grade light reason source"
    entries = {(one["row"], one["office"]): one for one in content["entries"]}
    assert set(entries["T006-01", LEAD]) == set(words.split())
    assert set(entries["T006-01", LEAD]["source"]) == {"file", "sheet", "cells", "sha256"}


def test_a_second_column_of_the_same_name_changes_nothing(bureau: Bureau) -> None:
    paper = bureau.paper(LEAD).fill(plain)
    paper.cell("T006-01", Field.DONE).value = 50
    column = max(paper.columns.values()) + 1
    paper.sheet.cell(paper.header, column).value = "完成值"
    paper.sheet.cell(paper.rows["T006-01"], column).value = 60
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox)
    entry = bureau.entries()["T006-01", LEAD]
    assert entry["value"] == "50"
    assert entry["source"]["cells"]["完成值"] == paper.cell("T006-01", Field.DONE).coordinate


def test_the_common_options_stand_before_or_behind_the_command(bureau: Bureau) -> None:
    first = bureau("status", "--json").expect(0).out
    assert bureau.xlplan("status", "-C", bureau.root, "--json", "--today", "2019-07-01").expect(0).out == first
