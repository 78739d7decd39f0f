"""The consolidated workbook: what stands on its sheets, and that it leads to its source."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from ledgers import (
    LINES,
    NAMES,
    PERIOD,
    SECTIONS,
    TASKS,
    TEMPLATE,
    box,
    by_header,
    line,
    made,
    period_of,
    sheet_key,
    sheet_named,
    table,
)

from xlplan import rules
from xlplan.book import Link
from xlplan.books.consolidated import compose
from xlplan.books.template import parse
from xlplan.files.xlsx_writer import write_book
from xlplan.finding import Place
from xlplan.model import Doubt, Light, Office, Origin, Plan
from xlplan.model.light import Says, because
from xlplan.model.progress import Context, Dispute, OfficeLight, Tally
from xlplan.period import Period
from xlplan.steps.compare import compare

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def test_the_sheets_stand_in_the_templates_order():
    order = [page.name for page in TEMPLATE.dress("zh").pages.values()]
    shown = [sheet.name for sheet in made().sheets]
    assert shown == [name for name in order if name in shown]
    assert set(order) - set(shown) == {sheet_key("parts"), sheet_key("leaders")}


def test_detail_has_one_row_for_each_slot_with_its_source():
    book = made()
    rows = table(book, "detail")
    assert [row["code"] for row in rows] == [one.row.code for one in LINES]
    assert (rows[0]["done"], rows[0]["value"], rows[0]["unit"]) == (Decimal("120.5"), Decimal(240), "家")
    assert rows[0]["light"].endswith("绿灯")
    assert (rows[0]["file"], rows[0]["cell"]) == ("甲科.xlsx", "填报表：完成值 I7、进展情况 K7")
    assert rows[4]["file"] is None
    link = next(cell.value for cell in sheet_named(book, "detail").cells.values() if isinstance(cell.value, Link))
    sources = sheet_named(book, "sources")
    assert link.sheet == sources.name
    row = int(link.cell[1:]) - 1
    assert sources.value(row, 0) == "甲科.xlsx"


def test_no_folder_of_anybody_is_shown():
    data, _ = write_book(made())
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [text for text in texts if "somebody" in text]


def test_the_summary_joins_co_owners_under_their_names_and_names_gaps():
    sheet = sheet_named(made(), "summary")
    page = TEMPLATE.dress("zh").pages["summary"]
    at = {column.field: index for index, column in enumerate(page.columns)}
    texts = {sheet.value(row, at["task"]): row for row, column in sheet.cells if column == at["task"]}
    first, last = texts["培育企业。建库。"], texts["平台建设。"]
    assert sheet.value(first, at["progress"]) == "甲科：已建库。\n乙科：已配合。"
    assert sheet.value(first, at["offices"]) == "牵头：甲科\n配合：乙科"
    assert [sheet.value(first + row, at["done"]) for row in (0, 1)] == ["120.5家", "2%"]
    assert [sheet.value(first + row, at["rate"]) for row in (0, 1)] == ["33.3%", "25.0%"]
    assert sheet.value(last, at["progress"]) == "（未报）"


def test_gaps_are_listed_with_the_days_that_they_are_late():
    rows = table(made(), "missing")
    assert [(row["grade"], row["office"], row["code"], row["late"]) for row in rows] == [("未报", "丙科", "T003-01", 5)]


def test_findings_stand_with_file_and_cell_in_the_language_asked_for():
    row = table(made(), "findings")[0]
    assert (row["file"], row["cell"], row["office"], row["code"]) == ("甲科.xlsx", "填报表!K7", "甲科", "T901")
    english = table(made(lang="en"), "findings", "en")[0]
    assert english["message"] == rules.message(period_of()[0].findings[0], "en")


def test_the_same_finding_in_many_cells_is_one_row():
    tally, context = period_of()
    places = [Place("甲科.xlsx", "填报表", f"K{row}") for row in range(1, 31)]
    found = tuple(rules.find("T901", place, length=40_000, most=32_767) for place in places)
    rows = table(compose(replace(tally, findings=found), context, TEMPLATE, "zh"), "findings")
    assert len(rows) == 1
    assert "30" in rows[0]["cell"]


def test_offices_say_who_was_late_and_who_is_missing():
    rows = {row["office"]: row for row in table(made(), "offices")}
    assert [rows[name]["returned"] for name in NAMES] == ["按时", "迟报", "未报"]
    assert (rows["乙科"]["due"], rows["乙科"]["filled"], rows["乙科"]["yellow"], rows["乙科"]["late"]) == (2, 2, 1, 1)


def test_the_overview_counts_returns_and_slots():
    book = made()
    keys = ("expected", "returned", "late", "missing", "slots", "filled", "gaps", "pace")
    assert [box(book, key) for key in keys] == [3, 2, 1, 1, 5, 4, 1, 0.5]
    assert box(book, "return_rate") == pytest.approx(2 / 3)
    assert {chart.kind for chart in sheet_named(book, "overview").charts} == {"bar", "column"}


def test_earlier_periods_make_a_trend():
    tally, _ = period_of()
    earlier = Tally(tally.plan, Period.parse("2019-Q1"), LINES[:3])
    book = made(earlier=(earlier,))
    assert len(sheet_named(book, "overview").charts) == len(sheet_named(made(), "overview").charts) + 1
    assert table(book, "detail")[0]["before"] == Decimal("120.5")


def test_columns_of_the_users_own_come_along():
    lines = (
        replace(LINES[0], row=replace(LINES[0].row, extra=(("会办意见", "同意"),))),
        replace(LINES[3], entry=LINES[3].entry._replace(extra=(("code", "自己的列"),))),
    )
    sheet = sheet_named(made(lines), "detail")
    headers = [sheet.value(2, column) for column in range(len(sheet.widths))]
    assert headers[-2:] == ["会办意见", "code"]
    assert sheet.value(3, len(headers) - 2) == "同意"
    assert sheet.value(4, len(headers) - 1) == "自己的列"
    assert sheet.value(4, 0) == "T002-01"


def test_columns_of_the_users_own_may_have_any_header():
    extra = tuple((header, "x") for header in ("Code", "CODE", "h" * 300, "h" * 301, "=1", "_x0041_", "\x00"))
    lines = (replace(LINES[0], row=replace(LINES[0].row, extra=extra)),)
    data, found = write_book(made(lines, lang="en"))
    assert found == []
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Detail"]
    names = [column.name for column in sheet.tables["detail_list"].tableColumns]
    assert len({name.casefold() for name in names}) == len(names)
    assert [cell.value for cell in sheet[3][: len(names)]] == names


def test_sheets_that_a_template_leaves_out_are_not_missed():
    hidden = "".join(f"[sheets.{key}]\nshow = false\n" for key in ("sources", "detail", "offices", "missing"))
    template, found = parse('workbook = "consolidated"\n' + hidden, "c.toml", TEMPLATE)
    assert found == []
    book = made(template=template)
    assert [sheet.name for sheet in book.sheets] == ["总览", "汇总表", "变化", "冲突与待认领", "问题清单"]
    assert box(book, "slots") == 5
    assert write_book(book)[1] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_period_without_anything_looks_right_too(lang):
    plan = Plan("", language=lang)
    book = compose(Tally(plan, PERIOD, ()), Context(date(2019, 6, 25)), TEMPLATE, lang)
    data, found = write_book(book)
    assert found == []
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == [sheet.name for sheet in book.sheets]


@pytest.mark.parametrize(
    ("greens", "expected"), [((3, 2, 2, 1), [1, 2, 2, 4]), ((1, 1, 1, 1), [1, 1, 1, 1]), ((2, 2, 3, 0), [2, 2, 1, 4])]
)
def test_ties_take_the_places_after_them(greens, expected):
    names = ["甲科", "乙科", "丙科", "丁科"]
    lines = tuple(
        line(f"R{at}{number}", "T001", name, light=Light.GREEN if number < green else Light.RED)
        for at, (name, green) in enumerate(zip(names, greens, strict=True))
        for number in range(3)
    )
    rows = table(made(lines), "offices")
    assert [next(row["rank"] for row in rows if row["office"] == name) for name in names] == expected


def test_changes_show_both_values_and_both_lights():
    tally, context = period_of()
    before = Tally(tally.plan, Period.parse("2019-Q1"), (replace(LINES[1], light=Light.GREEN), *LINES[2:]))
    context = replace(context, earlier=(before,), changes=compare(tally, before))
    book = compose(tally, context, TEMPLATE, "zh")
    row = table(book, "changes")[0]
    assert (row["turn"], row["code"], row["light_before"], row["light"]) == ("新亮红灯", "T001-02", "● 绿灯", "■ 红灯")
    assert (row["before"], row["done"]) == (2, 2)
    assert len(table(book, "changes")) == len(context.changes)
    first = sheet_named(made(), "changes")
    texts = TEMPLATE.dress("zh").pages["changes"].texts
    assert first.value(3, 0) == texts["first"]


def test_what_is_to_be_settled_names_every_answer_with_its_cell():
    tally, context = period_of()
    answers = tuple(one.entry for one in LINES[:2])
    lost = answers[0]._replace(row="", extra=(("task", "新加的事"), ("我的列", "x")))
    disputes = (
        Dispute(Doubt.NUMBERS, answers, LINES[0].row),
        Dispute(Doubt.TIE, answers, LINES[0].row),
        Dispute(Doubt.UNCLAIMED, (lost,)),
    )
    rows = table(compose(tally, replace(context, disputes=disputes), TEMPLATE, "zh"), "disputes")
    assert [(row["number"], row["doubt"]) for row in rows] == [
        (1, "数字不一致"),
        (1, "数字不一致"),
        (2, "两份不同"),
        (2, "两份不同"),
        (3, "待认领"),
    ]
    assert rows[0]["text"] == "120.5家"
    assert "进展情况：已建库。" in rows[2]["text"]
    assert (rows[4]["task"], rows[4]["text"]) == ("新加的事", "我的列：x")
    assert all(row["next"] and row["file"] == "甲科.xlsx" and "I7" in row["cell"] for row in rows)


def test_very_many_tasks_are_a_table_that_filters():
    summary = TEMPLATE.pages["summary"]
    template = replace(
        TEMPLATE,
        pages={**TEMPLATE.pages, "summary": replace(summary, numbers={**summary.numbers, "most_rows": 2})},
    )
    sheet = sheet_named(made(template=template), "summary")
    rows = by_header(sheet)
    done = [(row["序号"], row["完成值"] or "") for row in rows]
    assert done == [("1", "120.5家"), ("1", "2%"), ("2", ""), ("3", "")]
    assert rows[0]["进展情况"] == "甲科：已建库。\n乙科：已配合。"


def test_of_very_many_offices_those_behind_are_named_and_the_rest_counted():
    names = [f"第{at}单位" for at in range(60)]
    lines = tuple(
        line(f"R{at}", "T001", name, light=Light.RED if at >= 50 else Light.GREEN) for at, name in enumerate(names)
    )
    plan = Plan(
        "要点", "某局", "", 2019, SECTIONS, TASKS, (), tuple(Office(f"K{at}", name) for at, name in enumerate(names))
    )
    plan = replace(plan, rows=tuple(one.row for one in lines))
    sheet = sheet_named(made(lines, plan=plan), "summary")
    text = next(cell.value for cell in sheet.cells.values() if "另有" in str(cell.value))
    offices = next(cell.value for cell in sheet.cells.values() if "等60个单位" in str(cell.value))
    assert "第19单位" in offices
    assert "第20单位" not in offices
    assert "第59单位：" in text
    assert "另有40个单位" in text
    assert "第20单位：" not in text
    assert len(text.splitlines()) == 21


def test_the_lights_of_whole_offices_are_shown_where_the_rule_gives_any():
    tally, context = period_of()
    whole = OfficeLight("甲科", Light.RED, because(Says.MET))
    rows = table(compose(replace(tally, offices=(whole,)), context, TEMPLATE, "zh"), "offices")
    assert [(row["light"], row["reason"]) for row in rows] == [("■ 红灯", "已达到"), (None, None), (None, None)]
    assert "light" not in table(made(), "offices")[0]


def test_an_empty_period_has_dashes_where_nothing_was_due():
    plan = Plan("要点", sections=SECTIONS)
    book = compose(Tally(plan, PERIOD, ()), Context(date(2019, 6, 25)), TEMPLATE, "zh")
    assert (box(book, "return_rate"), box(book, "complete"), box(book, "slots")) == ("—", "—", 0)
    shown = {cell.value for cell in sheet_named(book, "overview").cells.values()}
    texts = TEMPLATE.dress("zh").pages["overview"].texts
    assert {texts["none_due"], texts["first"], texts["behind_none"]} <= shown


def test_answers_from_a_level_below_name_their_cells_there():
    below = Origin("done", "甲县/科技科", "60", "科技科.xlsx", "填报表", "I9", "d" * 64)
    entry = LINES[0].entry
    told = replace(LINES[0], entry=entry._replace(source=entry.source._replace(origins=(below, below))))
    rows = table(made((told, *LINES[1:])), "detail")
    assert rows[0]["origins"] == "甲县/科技科 科技科.xlsx 填报表!I9"
    assert "origins" not in table(made(), "detail")[0]
