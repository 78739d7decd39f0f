"""Ways in which cells are filled that are no plain numbers, words of the list, or prose."""

from __future__ import annotations

import base64
import io
from datetime import date

from openpyxl.drawing.image import Image

from simulator.case import Case, way
from xlplan.headers import Field

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def write(case: Case, kind: str, field: str, value: object) -> None:
    case.paper.at(kind, field).value = value


def refused(case: Case, kind: str, value: object, code: str) -> None:
    """A figure that is written so that it cannot be taken."""
    write(case, kind, Field.DONE, value)
    case.send(None, code, state="partial")
    case.amend(kind, "E308", value=None, grade="空报")


@way
def a_part_of_one(case: Case) -> None:
    write(case, "share", Field.DONE, 0.88)
    case.send(None, "E202")


@way
def a_percentage(case: Case) -> None:
    write(case, "share", Field.DONE, 0.88)
    case.paper.at("share", Field.DONE).number_format = "0%"
    case.send()


@way
def percent_as_text(case: Case) -> None:
    write(case, "share", Field.DONE, "88%")
    write(case, "count", Field.DONE, "25")
    write(case, "money", Field.DONE, "1,200.00")
    case.send()


@way
def in_words(case: Case) -> None:
    write(case, "share", Field.DONE, "百分之八十八")
    write(case, "count", Field.DONE, "二十五")
    case.send()


@way
def roughly(case: Case) -> None:
    write(case, "share", Field.DONE, "约八成八")
    write(case, "count", Field.DONE, "约25家")
    case.send(None, "E202")


@way
def one_percent_or_all(case: Case) -> None:
    write(case, "share", Field.DONE, 1)
    case.send(None, "E202")
    case.amend("share", value="1")


@way
def more_than_half(case: Case) -> None:
    write(case, "share", Field.DONE, "过半")
    case.send(None, "E202")
    case.amend("share", value="50")


@way
def with_units(case: Case) -> None:
    write(case, "count", Field.DONE, "25家")
    write(case, "money", Field.DONE, "0.12亿元")
    case.send()


@way
def in_another_scale(case: Case) -> None:
    write(case, "money", Field.DONE, "12000000元")
    case.send()


@way
def in_another_unit(case: Case) -> None:
    refused(case, "money", "1200台", "E203")


@way
def in_a_sentence(case: Case) -> None:
    write(case, "count", Field.DONE, "截至6月底已新增25家")
    case.send(None, "E202")


@way
def two_numbers(case: Case) -> None:
    refused(case, "count", "申报40家,认定25家", "E203")


@way
def a_date_in_the_number_cell(case: Case) -> None:
    refused(case, "count", date(2019, 6, 30), "E203")


@way
def only_words_in_the_number_cell(case: Case) -> None:
    refused(case, "count", "若干", "E201")


@way
def an_error_cell(case: Case) -> None:
    refused(case, "count", "#REF!", "E204")


@way
def a_formula_never_computed(case: Case) -> None:
    refused(case, "count", "=20+5", "E205")


@way
def far_too_much(case: Case) -> None:
    write(case, "count", Field.DONE, 12000000)
    case.send(None, "E209")
    case.amend("count", value="12000000")


@way
def blank_words(case: Case) -> None:
    write(case, "count", Field.DONE, "/")
    write(case, "text", Field.PROBLEM, "无")
    case.send()
    case.amend("count", "E301", value=None, grade="空报")
    case.amend("text", problem="无")


@way
def figures_to_come(case: Case) -> None:
    write(case, "count", Field.DONE, "数据上报中")
    case.send()
    case.amend("count", "E305", value=None, grade="待数")


@way
def status_in_other_words(case: Case) -> None:
    write(case, "text", Field.STATUS, "按序时推进")
    case.send(None, "E206")


@way
def a_status_nobody_knows(case: Case) -> None:
    write(case, "text", Field.STATUS, "差不多了")
    case.send(None, "E207", state="partial")
    case.amend("text", status=None)


@way
def done_but_short(case: Case) -> None:
    write(case, "count", Field.STATUS, "已完成")
    case.send()
    case.amend("count", "E302", status="已完成", grade="矛盾")


@way
def not_applicable(case: Case) -> None:
    write(case, "money", Field.STATUS, "不适用")
    write(case, "money", Field.DONE, None)
    case.send()
    case.amend("money", status="不适用", value=None, grade="不适用")


@way
def a_number_where_none_is_due(case: Case) -> None:
    write(case, "text", Field.DONE, 80)
    case.send(None, "E217")
    case.amend("text", value="80")


@way
def full_width(case: Case) -> None:
    write(case, "count", Field.DONE, "\uff12\uff15家")
    case.send()


@way
def like_formulas(case: Case) -> None:
    for kind, text in (("text", "+1正在办"), ("support", "@办公室"), ("due", "-")):
        write(case, kind, Field.PROGRESS, text)
        case.amend(kind, progress=text)
    cell = case.paper.at("count", Field.PROGRESS)
    cell.value, cell.data_type = "=1+1 的说明", "s"
    case.amend("count", progress="=1+1 的说明")
    case.send()


@way
def endless_text(case: Case) -> None:
    text = "很长的进展" * 8000
    write(case, "text", Field.PROGRESS, text)
    case.paper.at("text", Field.PROGRESS).value = text[:32000]
    case.send()
    case.amend("text", progress=text[:32000])


@way
def line_breaks_and_blanks(case: Case) -> None:
    write(case, "text", Field.PROGRESS, "  第一行\r\n第二行  ")
    case.send()
    case.amend("text", progress="第一行\n第二行")


@way
def a_picture_in_a_cell(case: Case) -> None:
    cell = case.paper.at("text", Field.PROGRESS)
    cell.value = None
    case.paper.sheet.add_image(Image(io.BytesIO(_DOT)), cell.coordinate)
    case.send(None, "E212", state="partial")
    case.amend("text", progress=None)


@way
def a_picture_of_wps(case: Case) -> None:
    write(case, "text", Field.PROGRESS, '=_xlfn.DISPIMG("ID_0A1B",1)')
    case.send(None, "E212", state="partial")
    case.amend("text", progress=None)


@way
def the_same_as_above(case: Case) -> None:
    write(case, "support", Field.PROGRESS, "同上")
    case.send(None, "E213")
    case.amend("support", progress=case.truth["text"].progress)


@way
def the_figure_only_in_the_prose(case: Case) -> None:
    write(case, "count", Field.DONE, None)
    write(case, "count", Field.PROGRESS, "已新增高新技术企业25家,另有培训8次。")
    case.send(None, "E214")
    case.amend("count", "E301", value=None, progress="已新增高新技术企业25家,另有培训8次。", grade="空报")


@way
def a_day_that_cannot_be(case: Case) -> None:
    write(case, "due", Field.PROGRESS, "已于2019-06-31印发办法")
    case.send(None, "E215")
    case.amend("due", progress="已于2019-06-31印发办法")


@way
def the_day_of_a_milestone(case: Case) -> None:
    write(case, "due", Field.DONE, "2019.6.28")
    case.send()


@way
def a_milestone_on_no_day(case: Case) -> None:
    write(case, "due", Field.DONE, "2019-11-31")
    case.send(None, "E208", state="partial")
