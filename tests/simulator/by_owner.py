"""Ways in which it goes wrong whose return a file is, and which one counts."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from simulator.case import Case, way
from simulator.paper import Paper, as_csv, pasted
from xlplan.headers import Field


@way
def pasted_into_a_new_file(case: Case) -> None:
    case.send(pasted(case.paper.table()), name="新建表格.xlsx")


@way
def pasted_without_a_head(case: Case) -> None:
    case.send(pasted(case.paper.table(head=False)), name="新建表格2.xlsx")


@way
def only_the_file_name_tells(case: Case) -> None:
    column = case.paper.columns[Field.CODE] - 1
    office = case.paper.columns[Field.OFFICE] - 1
    rows = [[v for at, v in enumerate(row) if at not in {column, office}] for row in case.paper.table(head=False)]
    case.send(pasted(rows), "E102", name=f"{case.office}二季度.xlsx")


@way
def csv_without_a_head(case: Case) -> None:
    case.send(as_csv(case.paper.table(head=False), "utf-8"), name="无题.csv")


@way
def nobody_can_tell(case: Case) -> None:
    rows = [["任务", "进展情况"], ["一件谁也不认识的事", "已完成"]]
    case.send(pasted(rows), "M101", name="无名.xlsx", state="rejected")
    case.lose("未报", "E307")


@way
def older_and_newer(case: Case) -> None:
    case.paper.at("text", Field.PROGRESS).value = "旧的说法"
    case.send(case.paper.bytes(day=20), name=f"{case.office}一稿.xlsx", state="superseded")
    case.paper.at("text", Field.PROGRESS).value = case.truth["text"].progress
    case.send(name=f"{case.office}二稿.xlsx")


@way
def two_that_are_equally_new(case: Case) -> None:
    case.send(name=f"{case.office}甲.xlsx")
    case.paper.at("text", Field.PROGRESS).value = "另一个说法"
    case.send(name=f"{case.office}乙.xlsx")
    case.noticed.add("M108")
    case.amend("text", progress="?", grade="矛盾")  # both, in the order of their digests


@way
def a_form_of_the_first_edition(case: Case) -> None:
    case.send(case.filled(case.town.first[case.office]).bytes(), "M106")


@way
def a_form_of_the_period_before(case: Case) -> None:
    case.send(case.filled(case.town.earlier[case.office]).bytes(), "M107", name=f"{case.office}一季度.xlsx")
    case.lose("未报", "E307")


@way
def a_form_of_another_plan(case: Case) -> None:
    codes = case.town.codes[case.town.offices[0]]
    case.send(Paper(case.town.foreign, codes).fill(case.truth).bytes(), "M115", state="rejected")
    case.lose("未报", "E307")


def _stamped(case: Case, old: str, new: str) -> bytes:
    """The form with its stamp edited in both places where it stands."""
    book = case.paper.book
    for prop in book.custom_doc_props.props:
        prop.value = prop.value.replace(old, new)
    for row in book["_xlplan"].iter_rows():
        for cell in row:
            cell.value = str(cell.value).replace(old, new)
    return case.paper.bytes()


@way
def stamp_of_another_office(case: Case) -> None:
    own, other = (f"K{case.town.offices.index(name) + 1:02d}" for name in (case.office, case.town.offices[0]))
    case.send(_stamped(case, own, other), "M105", state="rejected")
    case.lose("未报", "E307")


@way
def stamp_of_another_period(case: Case) -> None:
    case.send(_stamped(case, "2019-Q2", "2019-Q1"), "M105", state="rejected")
    case.lose("未报", "E307")


def _as_anothers(case: Case, last: int) -> None:
    other = case.town.offices[0]
    for row in case.paper.sheet.iter_rows(max_row=last):
        for cell in row:
            if cell.value == case.office:
                cell.value = other


@way
def another_office_in_the_head(case: Case) -> None:
    _as_anothers(case, case.paper.header)
    case.send(None, "M104")


@way
def a_form_used_by_another_office(case: Case) -> None:
    _as_anothers(case, case.paper.header)
    case.send(None, "M140", name=f"{case.town.offices[0]}第二季度.xlsx", state="rejected")
    case.lose("未报", "E307")


@way
def a_form_made_anothers_in_every_row(case: Case) -> None:
    _as_anothers(case, case.paper.last)
    case.send(None, "M140", "E101", name="进展.xlsx", state="rejected")
    case.lose("未报", "E307")


@way
def the_file_named_after_another_office(case: Case) -> None:
    case.send(None, "M141", name=f"{case.town.offices[0]}.xlsx")


@way
def the_header_row_deleted(case: Case) -> None:
    case.paper.sheet.delete_rows(case.paper.header)
    case.send(None, "M110", state="rejected")
    case.lose("未报", "E307")


@way
def the_office_unknown_in_the_head(case: Case) -> None:
    for row in case.paper.sheet.iter_rows(max_row=case.paper.header - 1):
        for cell in row:
            if cell.value == case.office:
                cell.value = "本单位"
    case.send()


@way
def another_period_in_the_title(case: Case) -> None:
    cell = case.paper.sheet.cell(1, 1)
    cell.value = str(cell.value).replace("第二季度", "第一季度").replace("二季度", "一季度")
    case.send(None, "M126")


@way
def two_forms_in_one_file(case: Case) -> None:
    book = load_workbook(io.BytesIO(case.paper.bytes()))
    for name, value in (("副本", "同一份"),):
        sheet = book.copy_worksheet(book.worksheets[0])
        sheet.title = name
        cell = case.paper.at("text", Field.PROBLEM).coordinate
        sheet[cell].value = value
    case.paper.book = book
    case.send(None, "E107")
