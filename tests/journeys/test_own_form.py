"""The bureau's own form: taken over from the workbook it uses, sent out, filled, saved by LibreOffice, collected."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from test_libreoffice import convert

if TYPE_CHECKING:
    from conftest import Bureau

LEAD = "高新技术发展与产业化科"
THIN = Border(*[Side(style="thin")] * 4)


def bureau_form(path: Path, *, code: bool = False, status: bool = False, protect: bool = False) -> Path:
    """A form in use: header over two rows with merged cells, a band, old rows, a note below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "进展表"
    heads = [
        "序号",
        "重点任务",
        "年度目标",
        "牵头单位",
        "时限要求",
        ("完成情况", "目前进展情况"),
        ("完成情况", "存在问题"),
    ]
    heads += ["进展状态"] if status else []
    heads += ["备 注"]
    heads += ["编号"] if code else []
    last = len(heads)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    sheet["A1"] = "云泽市科技局2019年第一季度重点工作进展情况表"
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=last)
    sheet["A2"] = "填报单位(盖章):            填报人:"
    for at, head in enumerate(heads, 1):
        top, low = head if isinstance(head, tuple) else (head, None)
        sheet.cell(3, at).value, sheet.cell(4, at).value = top, low
        if low is None:
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
    sheet.merge_cells("F3:G3")
    for row in range(3, 10):
        for at in range(1, last + 1):
            cell = sheet.cell(row, at)
            cell.border, cell.font = THIN, Font(name="黑体" if row < 5 else "仿宋", size=11)
            cell.alignment = Alignment(vertical="center")
            if row < 5:
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
    for row in range(5, 10):
        sheet.cell(row, 2).value = f"去年的任务{row}"
    sheet.merge_cells(start_row=10, end_row=10, start_column=1, end_column=last)
    sheet["A10"] = "注:每季度末25日前报送。"
    sheet["A11"], sheet["F11"] = "单位负责人:", "审核人:"
    sheet.protection.sheet = protect
    sheet.protection.formatCells = not protect
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path


@dataclass
class OwnPaper:
    """A form in the bureau's workbook, its cells by row code and header."""

    path: Path

    def __post_init__(self) -> None:
        self.book = load_workbook(self.path)
        self.sheet = self.book["进展表"]
        self.columns = {
            str(value): cell.column
            for row in (3, 4)
            for cell in self.sheet[row]
            if (value := getattr(cell, "value", None)) and value != "完成情况"
        }
        codes = (self.sheet.cell(row, self.columns["编号"]) for row in range(5, self.sheet.max_row + 1))
        self.rows = {str(cell.value): cell.row for cell in codes if cell.value}

    def cell(self, code: str, header: str) -> Any:
        return self.sheet.cell(self.rows[code], self.columns[header])

    def save(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path


def taken_over(bureau: Bureau, tmp_path: Path, **shape: bool) -> Bureau:
    form = bureau_form(tmp_path / "own" / "form.xlsx", **shape)
    bureau("template", "from", form).expect(0)
    bureau("template", "check").expect(0)
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    return bureau


def test_a_form_in_use_is_filled_with_its_looks_intact(bureau: Bureau, tmp_path: Path) -> None:
    paper = OwnPaper(taken_over(bureau, tmp_path).forms()[LEAD])
    sheet = paper.sheet
    assert sheet["A1"].value == "云泽市科技局2019年第二季度重点工作进展情况表"
    assert sheet["A2"].value == f"填报单位(盖章):{LEAD}    填报人:"
    assert len(paper.rows) > 10
    assert "去年的任务" not in {str(cell.value)[:5] for row in sheet.iter_rows() for cell in row}
    for row in paper.rows.values():
        assert sheet.cell(row, 1).font.name == "仿宋"
        assert sheet.cell(row, 6).border.left.style == "thin"
        assert sheet.cell(row, 2).protection.locked
        assert not sheet.cell(row, 6).protection.locked
        assert sheet.cell(row, 2).alignment.wrap_text
    last = max(paper.rows.values())
    bottom = max((one.max_row for one in sheet.merged_cells.ranges if one.min_row == last), default=last)
    assert sheet.cell(bottom + 1, 1).value == "注:每季度末25日前报送。"
    assert not sheet.protection.sheet  # as in the bureau's own
    added = sheet.cell(3, paper.columns["编号"])
    assert (added.value, added.fill.fgColor.rgb) == ("编号", sheet["A3"].fill.fgColor.rgb)
    assert paper.book["_xlplan"].sheet_state == "veryHidden"


def test_the_same_again_is_byte_for_byte_the_same(bureau: Bureau, tmp_path: Path) -> None:
    forms = taken_over(bureau, tmp_path).forms()
    before = {name: path.read_bytes() for name, path in forms.items()}
    for path in forms.values():
        path.unlink()
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    assert {name: path.read_bytes() for name, path in bureau.forms().items()} == before


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("code", [True, False])
def test_what_is_filled_into_it_is_collected(bureau: Bureau, tmp_path: Path, ending: str, *, code: bool) -> None:
    paper = OwnPaper(taken_over(bureau, tmp_path, code=code, status=True).forms()[LEAD])
    for one in paper.rows:
        paper.cell(one, "目前进展情况").value = f"{one} 已部署\n第二行"
        paper.cell(one, "进展状态").value = "推进中"
        paper.cell(one, "备 注").value = f"备注{one}"
    saved = convert(paper.save(tmp_path / "form.xlsx"), ending, tmp_path / "profile")
    bureau("collect", saved).expect(0)
    (file,) = bureau.files().values()
    assert (file["office"], file["state"], file["findings"]) == (LEAD, "merged", [])
    entries = bureau.entries()
    for one in paper.rows:
        entry = entries[one, LEAD]
        assert (entry["progress"], entry["status"]) == (f"{one} 已部署\n第二行", "推进中")
    report = bureau.root / "report.xlsx"
    bureau("consolidate", "-o", report)
    detail = load_workbook(report)["明细"]
    assert {f"备注{one}" for one in paper.rows} <= {cell for row in detail.iter_rows(values_only=True) for cell in row}


def test_what_cannot_be_taken_over_is_said(bureau: Bureau, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    book = Workbook()
    book.active.append(["姓名", "电话"])
    book.save(other)
    assert "T112" in bureau("template", "from", other).expect(2).err
    text = tmp_path / "form.csv"
    text.write_text("序号,任务,进展情况\n1,甲,乙\n", "utf-8")
    assert "T113" in bureau("template", "from", text).expect(2).err
    form = bureau_form(tmp_path / "form.xlsx")
    bureau("template", "from", form).expect(0)
    assert "T111" in bureau("template", "from", form).expect(2).err
    own = bureau.root / "templates" / "form.xlsx"
    book = load_workbook(own)
    book["进展表"].cell(3, 2).value = "换了表头"
    book.save(own)
    assert "T116" in bureau("distribute", "--period", "2019-Q3").expect(2).err
    assert "T116" in {one["code"] for one in bureau("template", "check", "--json").expect(1).json}
    own.unlink()
    assert "T116" in bureau("distribute", "--period", "2019-Q3").expect(2).err


def test_its_cells_guide_whoever_fills_them(bureau: Bureau, tmp_path: Path) -> None:
    paper = OwnPaper(taken_over(bureau, tmp_path, status=True, protect=True).forms()[LEAD])
    sheet = paper.sheet
    assert sheet.protection.sheet
    assert not sheet.protection.formatCells  # the form's own flags
    marked = {str(one.sqref): one.rules[0].formula[0] for one in sheet.conditional_formatting}
    for header in ("目前进展情况", "进展状态"):
        cells = [paper.cell(code, header).coordinate for code in paper.rows]
        (formula,) = [formula for where, formula in marked.items() if cells[0] in where.replace(":", " ").split()]
        letter = cells[0].rstrip("0123456789")
        assert formula == f"LEN(TRIM(${letter}{cells[0].removeprefix(letter)}))=0"
        where = next(one for one in sheet.conditional_formatting if cells[0] in str(one.sqref).replace(":", " "))
        assert all(cell in where.sqref for cell in cells)
    kinds = {one.type: one for one in sheet.data_validations.dataValidation}
    assert kinds["list"].formula1 == '"未启动,推进中,已完成,申请调整,不适用"'
    assert kinds["textLength"].errorStyle == "information"


def test_a_text_higher_than_a_row_can_be_is_merged_over_several(bureau: Bureau, tmp_path: Path) -> None:
    taken_over(bureau, tmp_path, code=True)
    plan = bureau.root / "plan.xlsx"
    book = load_workbook(plan)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    row = next(cell.row for cell in sheet["A"] if cell.value == "T006-01")
    sheet.cell(row, heads["任务内容"]).value = "壮大企业创新主力军。" + "建立接续培育链条,分层建库、挂图作战。" * 90
    book.save(plan)
    bureau("distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    paper = OwnPaper(bureau.forms()[LEAD])
    sheet = paper.sheet
    top = paper.rows["T006-01"]
    areas = [one for one in sheet.merged_cells.ranges if one.min_row == top and one.max_row > top]
    assert {one.min_col for one in areas} == set(paper.columns.values())
    (bottom,) = {one.max_row for one in areas}
    heights = [sheet.row_dimensions[at].height for at in range(top, bottom + 1)]
    assert max(heights) <= 409.5 < sum(heights)
    assert top - 1 in [one.id for one in sheet.row_breaks.brk]  # it starts a page, so that none tears it
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for one in paper.rows:
        paper.cell(one, "目前进展情况").value = f"{one} 已部署"
    bureau("collect", paper.save(tmp_path / "form.xlsx"))
    (file,) = bureau.files().values()
    assert (file["state"], file["findings"]) == ("merged", [])
    assert bureau.entries()["T006-01", LEAD]["progress"] == "T006-01 已部署"


def test_what_would_be_opened_without_its_cells_is_not_taken_over(bureau: Bureau, tmp_path: Path) -> None:
    strict, plain = tmp_path / "strict.xlsx", b"http://schemas.openxmlformats.org/"
    with zipfile.ZipFile(bureau_form(tmp_path / "form.xlsx")) as before, zipfile.ZipFile(strict, "w") as after:
        for name in before.namelist():
            data = before.read(name).replace(
                plain + b"spreadsheetml/2006/", b"http://purl.oclc.org/ooxml/spreadsheetml/"
            )
            links = b"officeDocument/2006/relationships"
            after.writestr(
                name, data.replace(plain + links, b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            )
    assert "T161" in bureau("template", "from", strict).expect(2).err
    assert not (bureau.root / "templates" / "form.toml").exists()


def test_what_goes_back_is_the_bureaus_own_form_too(bureau: Bureau, tmp_path: Path) -> None:
    form = taken_over(bureau, tmp_path, code=True, status=True).forms()[LEAD]
    paper = OwnPaper(form)
    paper.sheet.delete_rows(3, 2)
    paper.save(bureau.inbox / "没有表头.xlsx")
    form.unlink()
    bureau("collect", bureau.inbox).expect(1)
    (back,) = bureau("remind", "--json").expect(0).json["sent_back"]
    fresh = OwnPaper(bureau.root / back["file"])
    assert fresh.rows == paper.rows
    assert fresh.book.sheetnames[0] == "退回修改"
    gone = list(fresh.rows)[-1]
    for one in fresh.rows:
        fresh.cell(one, "目前进展情况").value, fresh.cell(one, "进展状态").value = f"{one} 已部署", "推进中"
    fresh.sheet.delete_rows(fresh.rows[gone])
    fresh.save(bureau.inbox / "少一行.xlsx")
    bureau("collect", bureau.inbox)
    (back,) = bureau("remind", "--json").expect(0).json["sent_back"]
    again = OwnPaper(bureau.root / back["file"])
    again.cell(gone, "目前进展情况").value, again.cell(gone, "进展状态").value = "补报", "推进中"
    again.save(bureau.inbox / "补全.xlsx")
    bureau("collect", bureau.inbox)
    entries = bureau("export", "--json").json["entries"]
    answers = {one["row"]: one["progress"] for one in entries if one["office"] == LEAD}
    assert answers[gone] == "补报"
    assert set(answers) == set(fresh.rows)
    assert all(answers.values())
