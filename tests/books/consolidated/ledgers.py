"""Periods to compose workbooks from, and reading the workbooks back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from xlplan import rules
from xlplan.book import Book, Cell, Sheet
from xlplan.books.consolidated import compose
from xlplan.books.consolidated.figures import FILLED
from xlplan.books.template import parse
from xlplan.finding import Place
from xlplan.model import (
    Amount,
    Assignment,
    Doubt,
    Entry,
    Grade,
    Light,
    Office,
    Plan,
    Role,
    Section,
    Source,
    State,
    Status,
    Submission,
    Target,
    Task,
)
from xlplan.model.light import SIGNS, Says, because
from xlplan.model.progress import Context, Dispute, Progress, Return, Tally
from xlplan.period import Period
from xlplan.steps.compare import compare

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


def rows_of(sheet) -> list[tuple[object, ...]]:
    """The rows of a flat sheet, streamed or not, as plain values."""
    area = sheet.tables[0].area
    if sheet.stream:
        shown = Sheet("-")
        for row, values in enumerate(sheet.stream.rows(), sheet.stream.top):
            shown.cells |= {(row, at): one if isinstance(one, Cell) else Cell(one) for at, one in enumerate(values)}
    else:
        shown = sheet
    rows, columns = range(area.top + 1, area.bottom + 1), range(area.left, area.right + 1)
    return [tuple(None if (one := shown.value(row, at)) == "" else one for at in columns) for row in rows]


def by_header(sheet) -> list[dict[str, object]]:
    return [dict(zip(sheet.tables[0].columns, row, strict=True)) for row in rows_of(sheet)] if sheet.tables else []


def with_numbers(**numbers: int):
    """The template with other limits for the detail."""
    detail = TEMPLATE.pages["detail"]
    detail = replace(detail, numbers={**detail.numbers, **numbers})
    return replace(TEMPLATE, pages={**TEMPLATE.pages, "detail": detail})


LEADERS = st.sampled_from(["", "张三", "李四", "张三、李四", "总览", "a[b]:*?\\'", "王" * 40, "History", "张三 (2)"])


def everything(template=TEMPLATE) -> Book:
    """A workbook with something on every sheet, hostile texts among it."""
    hostile = ("=1+1", "+1", "-1", "@x", "<b>&</b>", "😀", "\u202e右", "_x0041_", "\x07铃\x00", "字" * 32_767)
    more = tuple(line(f"H{at}", "T002", "乙科", text=text) for at, text in enumerate(hostile))
    lines = (*LINES, *more)
    tally, context = period_of(lines)
    tally = replace(tally, plan=replace(tally.plan, offices=tuple(replace(one, leader="=张三") for one in OFFICES)))
    before = Tally(tally.plan, Period.parse("2019-Q1"), (replace(LINES[1], light=Light.GREEN), *lines[2:]))
    answers = tuple(one.entry for one in LINES[:2])
    disputes = (Dispute(Doubt.TIE, answers, LINES[0].row), Dispute(Doubt.UNCLAIMED, (answers[0]._replace(row=""),)))
    context = replace(context, earlier=(before,), changes=compare(tally, before), disputes=disputes)
    return compose(tally, context, template, "zh", leaders=True)
