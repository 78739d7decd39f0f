"""Every figure of the consolidated workbook leads to the cell that it came from, and the cell holds it."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import cycle
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from xlplan.headers import Field

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bureau

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
WRITTEN = {30: 30, "31": 31, "三十二": 32, "33家": 33, 34.5: 34.5, "3 5": "3 5", "36": 36, "约37": 37}
"""What stands in the cells, and the number that it is; the text itself where it is none for certain."""
TEXTS = ("按计划推进。", "=1+1", "@全体", "<b>已办</b>\n下一步验收", "😀 已完成", "\u202e右起")
FIRST = 3  # the header's row on every flat sheet


def table(sheet: Any) -> list[dict[str, Any]]:
    """A flat sheet's rows, cells by header."""
    rows = sheet.iter_rows(min_row=FIRST)
    headers = [cell.value for cell in next(rows)]
    return [dict(zip(headers, row, strict=True)) for row in rows if row[0].value is not None]


@pytest.fixture
def book(bureau: Bureau) -> openpyxl.Workbook:
    """The workbook of a period in which every office reported, each in its own way."""
    written, texts = cycle(WRITTEN), cycle(TEXTS)
    for office in bureau.forms():
        paper = bureau.paper(office)
        for code in paper.rows:
            if paper.cell(code, Field.TARGET).value:
                paper.cell(code, Field.DONE).value = next(written)
            paper.cell(code, Field.STATUS).value = "推进中"
            paper.cell(code, Field.PROGRESS).value = text = next(texts)
            paper.cell(code, Field.PROGRESS).data_type = "s"
            assert paper.cell(code, Field.PROGRESS).value == text
        paper.save(bureau.inbox / f"{office}报送.xlsx")
    bureau("collect", bureau.inbox)
    bureau("consolidate", "--leaders", "-o", bureau.root / "汇总.xlsx")
    return openpyxl.load_workbook(bureau.root / "汇总.xlsx")


def source_of(row: dict[str, Any], inbox: Path) -> tuple[Any, dict[str, str]]:
    """The sheet that a row of the detail names, and the cells by header."""
    sheet, _, cells = row["来源单元格"].value.partition("：")
    named = dict(one.split(" ", 1) for one in cells.split("、"))
    return openpyxl.load_workbook(inbox / row["来源文件"].value)[sheet], named


def test_every_figure_leads_to_the_cell_that_holds_it(book: openpyxl.Workbook, bureau: Bureau) -> None:
    figures_stand_in_their_cells(book, bureau.inbox)
    links_lead_to_the_file_and_its_digest(book, bureau.inbox)
    leaders_see_the_same_figures(book)


def figures_stand_in_their_cells(book: openpyxl.Workbook, inbox: Path) -> None:
    rows = table(book["明细"])
    figures = 0
    for row in rows:
        sheet, cells = source_of(row, inbox)
        code = sheet.cell(sheet[cells["进展情况"]].row, 1).value
        assert code == row["编号"].value
        assert sheet[cells["进展情况"]].value == row["进展情况"].value
        assert row["进展情况"].data_type == "s"
        if row["完成值"].value is not None:
            assert WRITTEN[sheet[cells["完成值"]].value] == row["完成值"].value
            figures += 1
    assert figures >= 12
    assert len(rows) >= 60


def links_lead_to_the_file_and_its_digest(book: openpyxl.Workbook, inbox: Path) -> None:
    sources = book["来源"]
    headers = [cell.value for cell in sources[FIRST]]
    for row in table(book["明细"]):
        link = row["出处"].hyperlink
        assert link.target is None
        name, cell = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", link.location).groups()
        told = dict(zip(headers, (one.value for one in book[name][sources[cell].row]), strict=True))
        assert told["文件"] == row["来源文件"].value
        content = (inbox / told["文件"]).read_bytes()
        assert told["文件摘要（SHA-256）"] == sha256(content).hexdigest()


def leaders_see_the_same_figures(book: openpyxl.Workbook) -> None:
    detail = {
        (row["责任单位"].value, row["序号"].value, row["目标"].value): row["完成值"].value
        for row in table(book["明细"])
    }
    at = book.sheetnames.index("来源")
    for name in book.sheetnames[book.sheetnames.index("科室统计") + 1 : at]:
        for row in table(book[name]):
            key = (row["责任单位"].value, row["序号"].value, row["目标"].value)
            assert detail[key] == row["完成值"].value
