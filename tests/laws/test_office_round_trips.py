"""Law: a form that is filled, and saved again by an office program, is read as exactly what was filled.

For random plans, with xlplan's form in Chinese and English, with columns of the user's own, and in a bureau's own
workbook; as .xlsx straight away, and saved by LibreOffice as .xlsx, .xls and .ods (one call for all files of a format).
"""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from plans import plans

from xlplan.books.form.adopt import adopt, mapping_text
from xlplan.books.form.compose import compose
from xlplan.books.form.layout import PlanColumns
from xlplan.books.form.own import compose_own
from xlplan.books.form.parse import columns_of
from xlplan.books.form.parse import parse as parse_form
from xlplan.books.template import parse as parse_template
from xlplan.files.resources import resource
from xlplan.files.workbook import read_book
from xlplan.files.xlsx_form import Table, empty_form, fill_form
from xlplan.files.xlsx_writer import write_book
from xlplan.headers import Field
from xlplan.model import EXTRA, Issued, Role, Sent, State, Status
from xlplan.period import Period
from xlplan.steps.counter import Counter
from xlplan.steps.desk import Desk
from xlplan.steps.receive import receive
from xlplan.steps.split import Sending, split
from xlplan.words import word
from xlplan.workflow.delivery import shown_texts
from xlplan.workflow.distribute import shown_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlplan.books.template import Template
    from xlplan.model import Form, Plan

Q2 = Period.parse("2019-Q2")
KEY = b"a workspace's key"
BUILT_IN = resource("workbook_templates", "form.toml").read_text("utf-8")
BASE, _ = parse_template(BUILT_IN, "form.toml")
OWN_COLUMNS = """
[[sheets.form.columns]]
field = "extra"
header = { zh = "佐证材料", en = "Evidence" }
width = 12
look = "entry"
fill = true

[[sheets.form.columns]]
field = "extra"
header = "备忘"
width = 9
look = "short"

[sheets.guide]"""
STATUSES = [status for status in Status if status is not Status.NOT_APPLICABLE]
letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"))
ODD = [
    "=SUM(A1:A9)",
    "+86 10",
    "@某人",
    "两  个 空格\n\n第三行",
    "'引号",
    "<b>&amp;</b>",
    "_x0041_",
    "2019-06-30 已上线",
]
prose = (st.text(letters | st.just("\n"), max_size=60).map("写了".__add__) | st.sampled_from(ODD)).map(str.strip)
FINE = frozenset({"E209", "E211"})  # a random figure may be far from its target


def bureau_form() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["某局2019年第一季度重点工作进展情况表"])
    sheet.append(["填报单位:"])
    sheet.append(
        [
            "序号",
            "重点任务",
            "年度目标",
            "时限要求",
            "完成值",
            "进展状态",
            "目前进展情况",
            "存在问题",
            "佐证材料",
            "备 注",
        ]
    )
    sheet.append([1, "去年的任务"])
    sheet.merge_cells("A1:J1")
    for letter, width in zip("ABCDEFGHIJ", (6, 40, 20, 12, 10, 10, 40, 30, 14, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def own_form() -> tuple[Template, bytes]:
    """The bureau's form as it is taken over."""
    data = bureau_form()
    book, _ = read_book(data, "own.xlsx")
    adopted, _ = adopt(book.sheets, "own.xlsx", "form.toml")
    columns = tuple(one.at for one in adopted.columns)
    emptied = empty_form(data, Table(adopted.sheet, adopted.header, adopted.foot, columns, "编号"))
    text = mapping_text(adopted.measured(emptied.widths), "form.xlsx", emptied.size, protect=False)
    template, found = parse_template(text, "form.toml", BASE)
    assert found == []
    return template, emptied.data


CUSTOM, _ = parse_template(
    BUILT_IN.replace("\n[sheets.guide]", OWN_COLUMNS, 1)
    .replace('zh = "完成值", en = "Actual" }\nwidth', 'zh = "今年累计", en = "Actual" }\nwidth')
    .replace('zh = "进展情况", en = "Progress" }\nwidth', 'zh = "干了什么", en = "Progress" }\nwidth'),
    "form.toml",
    BASE,
)
OWN, OWN_BOOK = own_form()
KINDS = {"default": (BASE, "zh"), "custom": (CUSTOM, "zh"), "own": (OWN, "zh"), "english": (BASE, "en")}


@dataclass(frozen=True)
class Case:
    """A filled form with what was filled in, by row code and column key."""

    kind: str
    plan: Plan
    form: Form
    answers: dict[str, dict[str, Any]]
    data: bytes

    def check(self, data: bytes, name: str) -> None:
        """The law: what is read from the file is what was filled in."""
        template, lang = KINDS[self.kind]
        page = template.dress(lang).pages["form"]
        book, found = read_book(data, name)
        assert book is not None, found
        returned = parse_form(book, name, "ab", columns_of(page.headings))
        texts = shown_texts(PlanColumns(self.form, self.plan, page), shown_fields(page))
        sent = Sent.of([Issued(self.form.stamp, name, "", None, self.form.rows, texts)])
        got = receive(returned, Counter(Desk(self.plan, KEY, sent)), name, datetime(2019, 7, 1, tzinfo=UTC))
        assert (got.state, got.offices) == (State.MERGED, (self.form.office.name,)), got.findings
        assert {one.code for one in got.findings} <= FINE, got.findings
        read = {entry.row: entry for entry in got.entries}
        assert read.keys() == self.answers.keys()
        for code, wanted in self.answers.items():
            entry = read[code]
            said = {
                Field.DONE: entry.amount.value if entry.amount else None,
                Field.STATUS: entry.status_raw,
                Field.PROGRESS: entry.progress,
                Field.PROBLEM: entry.problem,
                **{f"{EXTRA}:{header}": text for header, text in entry.extra},
            }
            assert {key: said.get(key) for key in wanted} == wanted
            assert set(said) <= {*wanted, Field.DONE, Field.STATUS, Field.PROGRESS, Field.PROBLEM}


def case_of(kind: str, plan: Plan, form: Form, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Case:
    template, lang = KINDS[kind]
    page = template.dress(lang).pages["form"]
    plan = replace(plan, language=lang)
    own = template.own
    book = compose_own(PlanColumns(form, plan, page), template, own) if own else compose(form, template, plan)
    sheet = book.sheets[0]
    code = page.place(Field.CODE)
    tops = {sheet.value(row, code): row for row, column in sheet.cells if column == code}
    answers = {row.code: answer_of(row, page, lang, draw) for row in form.rows}
    for row, wanted in answers.items():
        for number, column in enumerate(page.columns):
            key = f"{EXTRA}:{column.header}" if column.field == EXTRA else column.field
            if column.fill and (value := wanted.get(key)) not in {None, ""}:
                at = tops[row], number if column.at < 0 else column.at
                sheet.put(*at, value, sheet.cells[at].look)
    data = fill_form(OWN_BOOK, book, own.header) if own else write_book(book)[0]
    return Case(kind, plan, form, answers, data)


def answer_of(row: Any, page: Any, lang: str, draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    fields = {column.field for column in page.columns if column.fill}
    answer: dict[str, Any] = {Field.PROGRESS: draw(prose)}
    if Field.STATUS in fields:
        answer[Field.STATUS] = word(draw(st.sampled_from(STATUSES)), lang)
    if Field.PROBLEM in fields:
        answer[Field.PROBLEM] = draw(st.just("") | prose)
    if Field.DONE in fields and row.target and row.role is Role.LEAD:
        places = 0 if row.target.unit in {"%", "家", "人次"} else 2
        answer[Field.DONE] = draw(st.decimals(2, 10**6, places=places)).normalize() + Decimal(0)
    for column in page.columns:
        if column.fill and column.field == EXTRA and (text := draw(st.just("") | prose)):
            answer[f"{EXTRA}:{column.header}"] = text
    return answer


def forms_of(plan: Plan) -> list[Form]:
    return split(plan, Sending(Q2, date(2019, 6, 25), KEY))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans(), data=st.data())
def test_a_filled_form_is_read_as_it_was_filled(kind: str, plan: Plan, data: st.DataObject) -> None:
    for form in forms_of(plan)[:2]:
        case = case_of(kind, plan, form, data.draw)
        case.check(case.data, "a.xlsx")


def some_cases() -> list[Case]:
    """A few plans with a form of every kind, always the same ones."""
    cases: list[Case] = []

    @settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(plan=plans(), data=st.data())
    def gather(plan: Plan, data: st.DataObject) -> None:
        cases.extend(case_of(kind, plan, form, data.draw) for form in forms_of(plan)[-1:] for kind in KINDS)

    gather()
    return cases


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Case]]:
    home, cases = tmp_path_factory.mktemp("forms"), some_cases()
    for number, case in enumerate(cases):
        (home / f"{number}.xlsx").write_bytes(case.data)
    return home, cases


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_filled_form_saved_by_libreoffice_is_read_as_it_was_filled(
    folder: tuple[Path, list[Case]], ending: str
) -> None:
    home, cases = folder
    profile, files = f"-env:UserInstallation={(home / 'profile').as_uri()}", sorted(home.glob("*.xlsx"))
    words = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(home / ending)]
    subprocess.run([*words, *map(str, files)], check=True, capture_output=True, timeout=300)
    assert len({case.kind for case in cases}) == len(KINDS)
    for number, case in enumerate(cases):
        name = f"{number}.{ending}"
        case.check((home / ending / name).read_bytes(), name)
