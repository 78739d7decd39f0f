"""The consolidated workbook: its figures agree on every sheet, lead to their source, and survive recalculation."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan import rules
from xlplan.book import Formula, Link
from xlplan.books.consolidated import compose
from xlplan.books.consolidated.figures import FILLED, Count, figures_of, shares
from xlplan.books.template import parse
from xlplan.files.xlsx_writer import write_book
from xlplan.finding import Place
from xlplan.model import (
    SIGNS,
    Amount,
    Assignment,
    Context,
    Entry,
    Grade,
    Light,
    Office,
    Plan,
    Progress,
    Return,
    Role,
    Says,
    Section,
    Source,
    State,
    Status,
    Submission,
    Tally,
    Target,
    Task,
    because,
)
from xlplan.period import Period
from xlplan.words import word

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
TEMPLATE, _ = parse(
    (Path(__file__).parents[3] / "workbook_templates" / "consolidated.toml").read_text(encoding="utf-8"), "c.toml"
)
PERIOD = Period.parse("2019-Q2")
REASON = because(Says.MET)
NAMES = ("甲科", "乙科", "丙科")
OFFICES = tuple(Office(f"O{at}", name) for at, name in enumerate(NAMES))
SECTIONS = (Section("01", "一", "创新主体"), Section("02", "二", "创新平台"))
TASKS = (
    Task("T001", "1", "01", "培育企业", "培育企业。建库。"),
    Task("T002", "2", "01", "成果转化", "成果转化。"),
    Task("T003", "3", "02", "平台建设", "平台建设。"),
)
TARGETS = (None, Target("达到240家", value=Decimal(240), unit="家"), Target("增长8%", value=Decimal(8), unit="%"))
GAPS = [grade for grade in Grade if grade not in FILLED]


def source_of(office: str) -> Source:
    return Source(f"/home/somebody/{office}.xlsx", "填报表", (("done", "I7"), ("progress", "K7")), office * 32)


def line(code: str, task: str, office: str, **facts) -> Progress:
    entry = None
    grade = facts.get("grade", Grade.OK)
    if grade not in {Grade.NOT_REPORTED, Grade.ROW_ABSENT}:
        amount = facts.get("amount")
        value = Amount(str(amount), Decimal(amount)) if amount is not None else None
        text = facts.get("text", "已建库。")
        entry = Entry(code, PERIOD.code, office, source_of(office), value, Status.RUNNING, "推进中", text, "缺人。")
    row = Assignment(code, task, office, facts.get("role", Role.LEAD), facts.get("target"), date(2019, 12, 31))
    return Progress(row, office, entry, grade, facts.get("light", Light.GREEN), facts.get("rate"), REASON)


LINES = (
    line("T001-01", "T001", "甲科", target=TARGETS[1], amount="120.5", rate=Decimal(1) / 3),
    line("T001-02", "T001", "甲科", target=TARGETS[2], amount=2, light=Light.RED, rate=Decimal("0.25")),
    line("T001-03", "T001", "乙科", role=Role.SUPPORT, text="已配合。", light=Light.NONE),
    line("T002-01", "T002", "乙科", light=Light.YELLOW, text="=1+1"),
    line("T003-01", "T003", "丙科", grade=Grade.NOT_REPORTED, light=Light.NONE),
)


def period_of(lines=LINES, earlier=(), language="zh", plan=None) -> tuple[Tally, Context]:
    rows = tuple(dict.fromkeys(one.row for one in lines))
    plan = plan or Plan("2019年工作要点", "云岭市科技局", "", 2019, SECTIONS, TASKS, (), OFFICES, rows, language)
    found = (rules.find("T901", Place("甲科.xlsx", "填报表", "K7"), length=40_000, most=32_767),)
    tally = Tally(plan, PERIOD, tuple(lines), found)
    returns, files = [], []
    for office in OFFICES:
        entries = tuple(one.entry for one in lines if one.office == office.name and one.entry)
        if not entries:
            returns.append(Return(office, late=5))
            continue
        when = datetime(2019, 6, 21, 9, 0)  # noqa: DTZ001 - what a file says has no zone
        path = f"/home/somebody/{office.name}.xlsx"
        digest = source_of(office.name).sha256
        files.append(Submission(path, digest, State.MERGED, PERIOD.code, (office.name,), 1, when, entries))
        returns.append(Return(office, files[-1], when, int(office.name == "乙科"), 1))
    context = Context(date(2019, 6, 25), date(2019, 6, 20), tuple(returns), tuple(files), tuple(earlier))
    return tally, context


def made(*args, lang="zh", template=TEMPLATE, **facts):
    return compose(*period_of(*args, **facts), template, lang)


def sheet_named(book, key: str, lang: str = "zh"):
    return book.sheet(TEMPLATE.dress(lang).pages[key].name)


def sheet_key(key: str) -> str:
    return TEMPLATE.dress("zh").pages[key].name


def table(book, key: str, lang: str = "zh", name: str = "") -> list[dict[str, object]]:
    """The rows of a flat sheet by field."""
    page = TEMPLATE.dress(lang).pages[key]
    sheet = book.sheet(name or page.name)
    area = sheet.tables[0].area if sheet.tables else None
    if area is None:
        return []
    by_header = {column.header: column.field for column in page.columns}
    fields = {by_header.get(header, header): at for at, header in enumerate(sheet.tables[0].columns)}
    rows = range(area.top + 1, area.bottom + 1)
    return [{field: sheet.value(row, at) for field, at in fields.items()} for row in rows]


def box(book, key: str) -> object:
    page = TEMPLATE.dress("zh").pages["overview"]
    sheet = sheet_named(book, "overview")
    row, column = next(at for at, cell in sheet.cells.items() if cell.value == page.texts[key])
    return sheet.value(row + 1, column)


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
    assert (rows[0]["file"], rows[0]["cell"]) == ("甲科.xlsx", "填报表: 完成值 I7、进展情况 K7")
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
    assert sheet.value(first, at["progress"]) == "甲科:已建库。\n乙科:已配合。"
    assert sheet.value(first, at["offices"]) == "牵头:甲科\n配合:乙科"
    assert [sheet.value(first + row, at["done"]) for row in (0, 1)] == ["120.5家", "2%"]
    assert [sheet.value(first + row, at["rate"]) for row in (0, 1)] == ["33.3%", "25.0%"]
    assert sheet.value(last, at["progress"]) == "(未报)"


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
        replace(LINES[3], entry=replace(LINES[3].entry, extra=(("code", "自己的列"),))),
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


@given(st.lists(st.integers(0, 10**6), max_size=8))
def test_shares_make_a_hundred_and_are_next_to_the_exact_ones(counts):
    found = shares(counts)
    assert sum(found) == (100 if sum(counts) else 0)
    for count, share in zip(counts, found, strict=True):
        assert abs(share - Decimal(count) * 100 / max(sum(counts), 1)) < Decimal("0.1")


LEDGERS = st.lists(
    st.builds(
        line,
        st.integers(1, 999).map("R{}".format),
        st.sampled_from(["T001", "T002", "T003", "T999"]),
        st.sampled_from(NAMES),
        target=st.sampled_from(TARGETS),
        grade=st.sampled_from(Grade),
        light=st.sampled_from([sign.light for sign in SIGNS]),
        amount=st.one_of(st.none(), st.integers(0, 500)),
        rate=st.one_of(st.none(), st.decimals(0, 3, places=5)),
        role=st.sampled_from(Role),
        text=st.sampled_from(["", "+1", "@x", "<b>", "已建库。" * 30, "\u202e右", "😀"]),
    ),
    max_size=14,
    unique_by=lambda one: one.row.code,
)


@given(LEDGERS)
@settings(max_examples=60, deadline=None)
def test_every_count_agrees_with_the_detail(lines):
    book = made(tuple(lines))
    detail = table(book, "detail")
    lights = Counter(row["light"].split()[1] for row in detail)
    grades = Counter(row["grade"] for row in detail)
    filled = sum(grades[word(grade)] for grade in FILLED)
    assert (box(book, "slots"), box(book, "filled"), box(book, "gaps")) == (len(detail), filled, len(detail) - filled)
    assert len(table(book, "missing")) == len(detail) - filled
    offices = table(book, "offices")
    for light in [sign.light for sign in SIGNS]:
        assert sum(row[light.value] for row in offices) == lights[word(light)]
    by_office = Counter(row["office"] for row in detail)
    assert {row["office"]: row["due"] for row in offices if row["due"]} == dict(by_office)
    overview = sheet_named(book, "overview")
    page = TEMPLATE.dress("zh").pages["overview"]
    total = next(
        row
        for (row, column), cell in sorted(overview.cells.items())
        if column == 0 and cell.value == page.texts["total"]
    )
    assert [overview.value(total, column) for column in range(3, 8)] == [
        *(lights[sign.zh] for sign in SIGNS),
        len(detail),
    ]


@given(LEDGERS)
@settings(max_examples=25, deadline=None)
def test_any_ledger_is_written_and_the_same_each_time(lines):
    first, second = (write_book(made(tuple(lines))) for _ in range(2))
    assert first == second
    assert first[1] == []


@given(LEDGERS)
@settings(max_examples=50, deadline=None)
def test_figures_partition_the_slots(lines):
    tally, context = period_of(tuple(lines))
    figures = figures_of(tally, context, "zh")
    assert figures.all == Count.of(lines, tally.signs)
    for parts in ([count for _, count in figures.sections], [one.count for one in figures.offices]):
        assert sum(one.due for one in parts) == figures.all.due
        assert sum(one.filled for one in parts) == figures.all.filled
        assert [sum(column) for column in zip(*(one.lights for one in parts), strict=True)] in (
            [],
            [*figures.all.lights],
        )


@pytest.mark.needs("soffice")
def test_recalculation_in_libreoffice_changes_no_value(tmp_path):
    tally, _ = period_of()
    earlier = Tally(tally.plan, Period.parse("2019-Q1"), LINES[:4])
    book = made(earlier=(earlier,))
    data, _ = write_book(book)
    stale = openpyxl.load_workbook(io.BytesIO(data))  # saved by openpyxl, formulas have no value and must be computed
    stale.save(tmp_path / "all.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        shutil.which("soffice"),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "again"),
    ]
    subprocess.run([*command, str(tmp_path / "all.xlsx")], check=True, capture_output=True, timeout=180)
    again = openpyxl.load_workbook(tmp_path / "again" / "all.xlsx", data_only=True)
    checked = 0
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            if isinstance(cell.value, Formula):
                found = again[sheet.name].cell(row + 1, column + 1).value
                assert found == pytest.approx(cell.value.value), (sheet.name, row, column, cell.value.text)
                checked += 1
    assert checked > 20
