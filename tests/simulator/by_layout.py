"""Ways in which rows and columns go wrong."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from simulator.case import Case, way
from xlplan.headers import Field


@way
def rows_sorted_backwards(case: Case) -> None:
    paper = case.paper
    rows = sorted(paper.rows.values())
    lines = [paper.line(row) for row in rows]
    for row, values in zip(rows, reversed(lines), strict=True):
        paper.put(row, values)
    case.send()


@way
def blank_rows_between(case: Case) -> None:
    for row in sorted(case.paper.rows.values(), reverse=True)[:3]:
        case.paper.sheet.insert_rows(row, 2)
    case.send()


@way
def a_row_deleted(case: Case) -> None:
    case.paper.sheet.delete_rows(case.paper.rows[case.paper.codes["text"]])
    case.send()
    case.lose("漏报", "E306", kinds=("text",))


@way
def texts_sorted_without_their_codes(case: Case) -> None:
    paper = case.paper
    kinds = list(paper.codes)
    code = paper.columns[Field.CODE]
    lines = {kind: paper.line(paper.at(kind, Field.CODE).row) for kind in kinds}
    for kind, other in zip(kinds, [*kinds[1:], kinds[0]], strict=True):
        row = paper.at(kind, Field.CODE).row
        for column, value in enumerate(lines[other], 1):
            if column != code:
                paper.sheet.cell(row, column).value = value
    case.send(None, "E245", state="partial")


@way
def a_row_copied_for_something_of_their_own(case: Case) -> None:
    paper = case.paper
    line = paper.line(paper.at("count", Field.CODE).row)
    line[paper.columns[Field.TASK] - 1] = "另外举办了职工运动会"
    line[paper.columns[Field.PROGRESS] - 1] = "已举办"
    paper.put(paper.last + 1, line)
    case.send(None, "E105")
    case.unplaced = 1


@way
def hidden_rows_and_columns(case: Case) -> None:
    sheet = case.paper.sheet
    sheet.row_dimensions[case.paper.rows[case.paper.codes["money"]]].hidden = True
    for field in (Field.DONE, Field.PROBLEM, Field.CODE):
        sheet.column_dimensions[get_column_letter(case.paper.columns[field])].hidden = True
    case.send()


@way
def bands_and_a_total(case: Case) -> None:
    paper = case.paper
    first = min(paper.rows.values())
    paper.sheet.insert_rows(first)
    paper.sheet.cell(first, 1).value = "一、重点工作"
    paper.sheet.cell(paper.last + 2, 1).value = "合计"
    case.send()


@way
def header_moved_down(case: Case) -> None:
    case.paper.sheet.insert_rows(1, 3)
    case.paper.sheet.cell(1, 1).value = "附件2"
    case.send()


@way
def header_letter_spaced(case: Case) -> None:
    sheet, row = case.paper.sheet, case.paper.header
    for column in case.paper.columns.values():
        sheet.cell(row, column).value = " ".join(str(sheet.cell(row, column).value))
    case.send()


@way
def header_in_other_words(case: Case) -> None:
    words = {
        Field.PROGRESS: "二季度完成情况",
        Field.PROBLEM: "存在的问题",
        Field.DONE: "完成数",
        Field.TASK: "重点任务",
    }
    for field, text in words.items():
        case.paper.sheet.cell(case.paper.header, case.paper.columns[field]).value = text
    case.send()


@way
def header_repeated_inside(case: Case) -> None:
    paper = case.paper
    paper.sheet.insert_rows(paper.rows[paper.codes["text"]])
    paper.put(paper.rows[paper.codes["text"]], paper.line(paper.header))
    case.send()


@way
def columns_swapped(case: Case) -> None:
    paper = case.paper
    one, two = paper.columns[Field.PROGRESS], paper.columns[Field.PROBLEM]
    for row in range(paper.header, paper.last + 1):
        first, second = paper.sheet.cell(row, one), paper.sheet.cell(row, two)
        first.value, second.value = second.value, first.value
    case.send()


@way
def a_column_added(case: Case) -> None:
    paper = case.paper
    paper.sheet.insert_cols(paper.columns[Field.STATUS])
    at = paper.columns[Field.STATUS]
    paper.sheet.cell(paper.header, at).value = "联系人"
    paper.sheet.cell(paper.rows[paper.codes["text"]], at).value = "小王"
    case.send()


@way
def a_locked_column_deleted(case: Case) -> None:
    case.paper.sheet.delete_cols(case.paper.columns[Field.ROLE])
    case.send()


@way
def the_problem_column_deleted(case: Case) -> None:
    case.paper.sheet.delete_cols(case.paper.columns[Field.PROBLEM])
    case.send(None, "M112", state="partial")
    for kind in case.truth:
        case.amend(kind, problem=None)


@way
def the_sheet_renamed(case: Case) -> None:
    case.paper.sheet.title = "最终版2"
    case.send()


@way
def another_sheet_before(case: Case) -> None:
    sheet = case.paper.book.create_sheet("填表说明", 0)
    sheet["A1"] = "请认真填写"
    case.send()


@way
def plan_text_edited(case: Case) -> None:
    case.paper.at("text", Field.TASK).value = "改成别的说法的任务"
    case.paper.at("count", Field.TARGET).value = "新增高新技术企业30家"
    case.send(None, "E101")


@way
def codes_deleted(case: Case) -> None:
    for kind in case.paper.codes:
        case.paper.at(kind, Field.CODE).value = None
    case.send(None, "E102")


@way
def codes_in_small_full_width_letters(case: Case) -> None:
    wide = {ord(letter): ord(letter.lower()) + 0xFEE0 for letter in "0123456789T-"}
    for kind in case.paper.codes:
        cell = case.paper.at(kind, Field.CODE)
        cell.value = f" {str(cell.value).translate(wide)} "
    case.send()


@way
def a_row_of_their_own(case: Case) -> None:
    paper = case.paper
    paper.sheet.cell(paper.last + 1, paper.columns[Field.TASK]).value = "临时交办的另一件大事"
    paper.sheet.cell(paper.last + 1, paper.columns[Field.PROGRESS]).value = "已经办结"
    case.send(None, "E103", state="partial")
    case.unplaced = 1


@way
def the_code_of_another_office(case: Case) -> None:
    other = case.town.codes[case.town.offices[0]]["text"]
    case.paper.at("text", Field.CODE).value = other
    case.send(None, "E104", state="partial")
    case.unplaced = 1
    case.lose("漏报", "E306", kinds=("text",))


@way
def a_row_twice(case: Case) -> None:
    paper = case.paper
    row = paper.rows[paper.codes["text"]]
    paper.put(paper.last + 1, paper.line(row))
    paper.sheet.cell(paper.last + 1, paper.columns[Field.PROGRESS]).value = "第二遍填的"
    case.send(None, "E105")
    case.amend("text", progress="第二遍填的")
    case.unplaced = 1


@way
def prose_merged_over_two_rows(case: Case) -> None:
    paper = case.paper
    top, column = paper.rows[paper.codes["text"]], paper.columns[Field.PROGRESS]
    paper.sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
    case.send()
    case.amend("support", progress=case.truth["text"].progress)


@way
def a_number_merged_over_two_rows(case: Case) -> None:
    paper = case.paper
    top, column = paper.rows[paper.codes["count"]], paper.columns[Field.DONE]
    paper.sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
    case.send(None, "E211", state="partial")
    case.amend("share", "E308", value=None, grade="空报")


@way
def comments_and_strikethrough(case: Case) -> None:
    case.paper.at("text", Field.PROGRESS).comment = Comment("请领导审阅", "小王")
    case.paper.at("count", Field.DONE).font = Font(strike=True)
    case.send()


@way
def an_empty_form(case: Case) -> None:
    for kind in case.truth:
        for field in (Field.DONE, Field.STATUS, Field.PROGRESS, Field.PROBLEM):
            case.paper.at(kind, field).value = None
    case.send()
    case.lose("空报", "E301")


@way
def the_code_column_deleted(case: Case) -> None:
    case.paper.sheet.delete_cols(case.paper.columns[Field.CODE])
    case.send(None, "E102")


@way
def everything_above_the_header_deleted(case: Case) -> None:
    sheet = case.paper.sheet
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.delete_rows(1, case.paper.header - 1)
    case.send()


@way
def a_second_header_row_above(case: Case) -> None:
    paper = case.paper
    paper.sheet.insert_rows(paper.header)
    paper.sheet.cell(paper.header, 1).value = "计划"
    paper.sheet.cell(paper.header, paper.columns[Field.DONE]).value = "本期填报"
    case.send()


@way
def task_merged_over_two_rows(case: Case) -> None:
    paper = case.paper
    top, column = paper.rows[paper.codes["text"]], paper.columns[Field.TASK]
    paper.sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
    case.send(None, "E101")


@way
def the_form_and_an_old_copy_in_one_file(case: Case) -> None:
    paper = case.paper
    old = paper.book.copy_worksheet(paper.sheet)
    old.title = "一季度"
    title = old.cell(1, 1)
    title.value = str(title.value).replace("第二季度", "第一季度")
    old[paper.at("text", Field.PROGRESS).coordinate].value = "一季度的进展"
    case.send(None, "M107")
    for kind in case.truth.keys() - {"text"}:  # what both periods say in the same words
        case.amend(kind, "E304", grade="陈报")


@way
def rows_filtered_and_grouped(case: Case) -> None:
    sheet = case.paper.sheet
    sheet.auto_filter.ref = f"A{case.paper.header}:L{case.paper.last}"
    sheet.row_dimensions.group(case.paper.header + 1, case.paper.header + 2, hidden=True)
    case.send()
