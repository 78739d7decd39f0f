"""plan.xlsx as the plan of record: edited in Excel, read back, codes stable, bad edits named by their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from xlplan.books.plan.layout import ROW_FIELDS
from xlplan.headers import Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Bureau

HEADER = 3
COLUMN = {field: index for index, field in enumerate(ROW_FIELDS, 1)}


def edit(bureau: Bureau, change: Callable[[Any], None]) -> list[dict[str, str]]:
    path = bureau.root / "plan.xlsx"
    book = load_workbook(path)
    change(book["任务分解表"])
    book.save(path)
    return bureau("check", path, "--json").json["files"][0]["findings"]


def codes(bureau: Bureau) -> list[str]:
    sheet = load_workbook(bureau.root / "plan.xlsx")["任务分解表"]
    return [row[0] for row in sheet.iter_rows(min_row=HEADER + 1, max_col=1, values_only=True) if row[0]]


def find_row(sheet: Any, code: str) -> int:
    return next(row for row in range(HEADER + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def put(sheet: Any, row: int, **values: object) -> None:
    for name, value in values.items():
        sheet.cell(row, COLUMN[Field[name]]).value = value


def test_a_fresh_plan_has_nothing_wrong(bureau: Bureau) -> None:
    assert {one["code"] for one in edit(bureau, lambda _: None)} <= {"P212"}


def test_added_rows_get_codes_that_are_written_into_the_workbook(bureau: Bureau) -> None:
    before = codes(bureau)

    def add(sheet: Any) -> None:
        row = sheet.max_row + 1
        put(sheet, row, TASK="全新任务", OFFICE="办公室", TARGET="新增平台3家")
        title = sheet.cell(find_row(sheet, "T006-01"), COLUMN[Field.TASK]).value
        put(sheet, row + 1, TASK=title, OFFICE="办公室")

    found = edit(bureau, add)
    assert [one["code"] for one in found if one["code"] == "P202"] == ["P202", "P202"]
    bureau("distribute", "--period", "2019-Q3").expect(0)
    after = codes(bureau)
    assert after[:-2] == before
    assert after[-2] == "T016-01"
    assert after[-1].startswith("T006-")
    assert len(set(after)) == len(after)
    bureau.period = "2019-Q3"
    assert {"T016-01", after[-1]} <= set(bureau.paper("办公室").rows)


def test_sorting_by_office_changes_no_code_and_no_entry(bureau: Bureau) -> None:
    office = "农村科技科"
    paper = bureau.paper(office).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: code})
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    before = {key: one["progress"] for key, one in bureau.entries().items()}

    def sort(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]
        rows.sort(key=lambda row: (str(row[COLUMN[Field.OFFICE] - 1]), str(row[0])[::-1]))
        for index, row in enumerate(rows, HEADER + 1):
            for column, value in enumerate(row, 1):
                sheet.cell(index, column).value = value

    assert not [one for one in edit(bureau, sort) if one["severity"] == "error"]
    assert {key: one["progress"] for key, one in bureau.entries().items()} == before


def test_a_removed_row_keeps_its_history(bureau: Bureau) -> None:
    paper = bureau.paper("农村科技科").fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: code})
    code = next(iter(paper.rows))
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(0)
    found = edit(bureau, lambda sheet: sheet.delete_rows(find_row(sheet, code)))
    assert "P211" in {one["code"] for one in found}
    assert bureau("history", code, "--json").expect(0).json["values"][0]["progress"] == code


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        (Field.VALUE, "很多", "P206"),
        (Field.KIND, "随便", "P207"),
        (Field.ROLE, "主角", "P207"),
        (Field.DEADLINE, "2019-06-31", "P208"),
        (Field.OFFICE, "农村科枝科", "P204"),
        (Field.OFFICE, None, "P205"),
        (Field.TASK, None, "P203"),
        (Field.VALUE, 777, "P213"),
        (Field.CODE, "第7行", "P210"),
    ],
)
def test_a_bad_edit_names_its_cell(bureau: Bureau, field: Field, value: object, code: str) -> None:
    cells = []

    def spoil(sheet: Any) -> None:
        cell = sheet.cell(find_row(sheet, "T006-01"), COLUMN[field])
        cell.value = value
        cells.append(cell.coordinate)

    found = [one for one in edit(bureau, spoil) if one["code"] == code]
    assert found, code
    column = cells[0].rstrip("0123456789")
    where = {one["place"].rpartition("!")[2] for one in found}
    expected = {cells[0], cells[0].replace(column, "A")} if code in {"P204", "P205"} else {cells[0]}
    assert where & expected


def test_a_changed_target_reaches_the_next_form(bureau: Bureau) -> None:
    def change(sheet: Any) -> None:
        put(sheet, find_row(sheet, "T006-01"), TARGET="申报高新技术企业150家", VALUE=150)

    edit(bureau, change)
    bureau("distribute", "--period", "2019-Q3").expect(0)
    bureau.period = "2019-Q3"
    assert bureau.paper("高新技术发展与产业化科").cell("T006-01", Field.TARGET).value == "申报高新技术企业150家"


def test_aliases_and_members_on_the_offices_sheet_count(bureau: Bureau) -> None:
    path = bureau.root / "plan.xlsx"
    book = load_workbook(path)
    offices = book["责任单位"]
    row = next(row for row in range(2, offices.max_row + 1) if offices.cell(row, 2).value == "农村科技科")
    offices.cell(row, 3).value = "农科办"
    sheet = book["任务分解表"]
    put(sheet, find_row(sheet, "T008-01"), OFFICE="农科办")
    book.save(path)
    assert "P204" not in {one["code"] for one in bureau("check", path, "--json").json["files"][0]["findings"]}
    bureau("distribute", "--period", "2019-Q3").expect(0)
    bureau.period = "2019-Q3"
    assert "T008-01" in bureau.paper("农村科技科").rows
