"""Laws: what is written is read back, through real files."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans import OFFICES, plans, value_text

from xlplan.book import Cell, address, position
from xlplan.books.form.compose import compose as compose_form
from xlplan.books.form.layout import PlanColumns
from xlplan.books.form.parse import parse as parse_form
from xlplan.books.plan.compose import compose as compose_plan
from xlplan.books.plan.parse import parse as parse_plan
from xlplan.books.table import text_of
from xlplan.books.template import parse as parse_template
from xlplan.files.resources import resource
from xlplan.files.workbook import read_book
from xlplan.files.xlsx_writer import write_book
from xlplan.headers import ENTRY, LOCKED, Field, match_row
from xlplan.model import Issued, Role, Sent, State
from xlplan.period import Period, Span
from xlplan.steps.codes import settle
from xlplan.steps.counter import WATCHED, Counter
from xlplan.steps.desk import Desk
from xlplan.steps.receive import receive
from xlplan.steps.split import Sending, split

if TYPE_CHECKING:
    from xlplan.book import Book
    from xlplan.model import Form, Plan, Submission

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Q2 = Period(2019, Span.QUARTER, 2)
KEY = b"a workspace's key"
PLAN, _ = parse_template(resource("workbook_templates", "plan.toml").read_text("utf-8"), "plan.toml")
TEMPLATE, _ = parse_template(resource("workbook_templates", "form.toml").read_text("utf-8"), "form.toml")


def through_a_file(book: Book) -> Book:
    read, found = read_book(write_book(book)[0], "a.xlsx")
    assert read is not None, found
    return read


@SLOW
@given(plans())
def test_a_plan_workbook_reads_back_as_the_plan_it_was_written_from(plan: Plan) -> None:
    assert PLAN is not None
    base, lines, found = parse_plan(through_a_file(compose_plan(plan, {}, PLAN)), "plan.xlsx")
    assert base is not None
    known = {row.code: line.identity for row, line in zip(plan.rows, lines, strict=True)}
    got, trouble = settle(base, lines, known)
    assert found + trouble == []
    assert got == plan


def forms_of(plan: Plan) -> list[Form]:
    return split(plan, Sending(Q2, None, KEY))


def filled(form: Form, plan: Plan, answers: dict[str, dict[Field, object]]) -> bytes:
    assert TEMPLATE is not None
    book = compose_form(form, TEMPLATE, plan)
    sheet = book.sheets[0]
    for row in range(max(at for at, _ in sheet.cells) + 1):
        cells = [sheet.value(row, column) for column in range(20)]
        columns = {match.field: column for column, match in match_row(cells, (*LOCKED, *ENTRY)).items()}
        if Field.PROGRESS in columns:
            header = columns
        code = sheet.value(row, 0)
        for field, value in answers.get(str(code), {}).items():
            at = (row, header[field])
            sheet.cells[at] = Cell(value, sheet.cells[at].look)  # type: ignore[arg-type] - plain values
    return write_book(book)[0]


def collected(form: Form, plan: Plan, data: bytes) -> Submission:
    assert TEMPLATE is not None
    columns = PlanColumns(form, plan, TEMPLATE.dress("zh").pages["form"])
    shown = {row.code: columns.of(row) for row in form.rows}
    texts = tuple((code, tuple((name, text_of(one[name])) for name in WATCHED)) for code, one in shown.items())
    issued = Issued(form.stamp, "a.xlsx", "", None, form.rows, texts)
    book, _ = read_book(data, "a.xlsx")
    assert book is not None
    returned = parse_form(book, "a.xlsx", "ab")
    return receive(returned, Counter(Desk(plan, KEY, Sent.of([issued]))), "a.xlsx", datetime(2019, 7, 1, tzinfo=UTC))


letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
prose = st.text(letters, min_size=1, max_size=60).map("写了".__add__)  # a lone mark may stand for 同上
answers = st.fixed_dictionaries(
    {
        Field.STATUS: st.sampled_from(["未启动", "推进中", "已完成", "申请调整"]),
        Field.PROGRESS: prose.map(str.strip).filter(bool),
        Field.PROBLEM: st.just("") | prose.map(str.strip).filter(bool),
    }
)


@SLOW
@given(plans(), st.data())
def test_what_is_filled_into_a_form_is_what_is_collected(plan: Plan, data: st.DataObject) -> None:
    for form in forms_of(plan):
        given_answers: dict[str, dict[Field, object]] = {}
        for row in form.rows:
            one: dict[Field, object] = dict(data.draw(answers))
            if row.target and row.role is Role.LEAD:
                one[Field.DONE] = data.draw(st.integers(2, 10**6))  # a bare 1 against a share is doubtful
            given_answers[row.code] = one
        got = collected(form, plan, filled(form, plan, given_answers))
        assert got.state is State.MERGED
        assert {one.code for one in got.findings} <= {"E209"}  # a random figure may be far from its target
        assert got.offices == (form.office.name,)
        read = {entry.row: entry for entry in got.entries}
        assert set(read) == set(given_answers)
        for code, one in given_answers.items():
            entry = read[code]
            assert entry.status_raw == one[Field.STATUS]
            assert entry.progress == one[Field.PROGRESS]
            assert entry.problem == one[Field.PROBLEM]
            if Field.DONE in one:
                assert entry.amount is not None
                assert entry.amount.value == Decimal(str(one[Field.DONE]))


@SLOW
@given(plans())
def test_every_slot_is_asked_for_once_and_by_the_right_office(plan: Plan) -> None:
    asked = [(row.code, form.office.name) for form in forms_of(plan) for row in form.rows]
    assert len(asked) == len(set(asked))
    members = {office.name: office.members or (office.name,) for office in OFFICES}
    assert set(asked) == {(row.code, name) for row in plan.rows for name in members[row.office]}


@given(st.decimals(0, 10**9, places=3))
def test_a_number_is_typed_as_it_is_read(value: Decimal) -> None:
    assert Decimal(text_of(Decimal(value_text(value)))) == value


def test_addresses_read_back() -> None:

    assert all(
        position(address(row, column)) == (row, column) for row in (0, 6, 998) for column in (0, 25, 26, 701, 702)
    )
