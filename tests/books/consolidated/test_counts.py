"""On random ledgers every count on every sheet agrees with the detail, and no row is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import (
    LEADERS,
    LEDGERS,
    OFFICES,
    SECTIONS,
    TASKS,
    TEMPLATE,
    box,
    by_header,
    made,
    period_of,
    sheet_key,
    sheet_named,
    table,
    with_numbers,
)

from xlplan.books.consolidated import compose
from xlplan.books.consolidated.figures import FILLED, Count, figures_of, shares
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Plan
from xlplan.model.light import SIGNS
from xlplan.words import word

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@given(st.lists(st.integers(0, 10**6), max_size=8))
def test_shares_make_a_hundred_and_are_next_to_the_exact_ones(counts):
    found = shares(counts)
    assert sum(found) == (100 if sum(counts) else 0)
    for count, share in zip(counts, found, strict=True):
        assert abs(share - Decimal(count) * 100 / max(sum(counts), 1)) < Decimal("0.1")


@given(LEDGERS, st.integers(1, 5))
@settings(max_examples=15)
def test_a_long_detail_is_split_without_losing_a_row(lines, most):
    whole = by_header(sheet_named(made(tuple(lines)), "detail")) if lines else []
    book = made(tuple(lines), template=with_numbers(most_rows=most, most_fitted=2))
    parts = [sheet for sheet in book.sheets if sheet.name.startswith("明细") and sheet.name != sheet_key("parts")]
    found = [row for sheet in parts for row in by_header(sheet)]
    assert sorted(map(repr, found)) == sorted(map(repr, whole))
    directory = book.sheet(sheet_key("parts"))
    assert (directory is None) == (len(parts) <= 1)
    if directory:
        listed = by_header(directory)
        assert [row["明细表"] for row in listed] == [sheet.name for sheet in parts]
        assert [row["行数"] for row in listed] == [len(by_header(sheet)) for sheet in parts]
        assert sum(row["已填"] for row in listed) == sum(one.grade in FILLED for one in lines)
        assert all(
            len(by_header(sheet)) <= most
            or len({row["责任单位"] for row in by_header(sheet)}) == 1
            or len({row["板块"] for row in by_header(sheet)}) == 1
            for sheet in parts
        )
    assert (box(book, "slots"), box(book, "filled")) == (len(lines), sum(one.grade in FILLED for one in lines))
    assert write_book(book)[1] == []


@given(LEDGERS)
@settings(max_examples=15)
def test_offices_are_ranked_by_their_share_of_green_and_equal_ones_share_a_place(lines):
    rows = {row["office"]: row for row in table(made(tuple(lines)), "offices")}
    shares = {name: Fraction(row["green"], row["due"]) for name, row in rows.items() if row["due"]}
    for name, row in rows.items():
        if name not in shares:
            assert (row["rank"], row["share"], row["complete"]) == ("—", "—", "—")
            continue
        assert row["share"] == pytest.approx(float(shares[name]))
        assert row["rank"] == 1 + sum(other > shares[name] for other in shares.values())


@given(LEDGERS, st.lists(LEADERS, min_size=3, max_size=3), LEADERS)
@settings(max_examples=15)
def test_each_leaders_sheet_has_that_leaders_rows_with_those_behind_first(lines, of_offices, of_rows):
    offices = tuple(replace(one, leader=leader) for one, leader in zip(OFFICES, of_offices, strict=True))
    lines = tuple(replace(one, row=replace(one.row, leader=of_rows if one.row.task == "T001" else "")) for one in lines)
    plan = Plan("要点", "某局", "", 2019, SECTIONS, TASKS, (), offices, tuple(one.row for one in lines))
    tally, context = period_of(lines, plan=plan)
    plain = compose(tally, context, TEMPLATE, "zh")
    book = compose(tally, context, TEMPLATE, "zh", leaders=True)
    names = [sheet.name for sheet in book.sheets]
    assert len({name.casefold() for name in names}) == len(names)
    own = [sheet for sheet in book.sheets if sheet.name not in {one.name for one in plain.sheets}]
    wanted = Counter()
    for one in lines:
        leader = one.row.leader or next((it.leader for it in offices if it.name == one.office), "")
        wanted.update(dict.fromkeys(leader.split("、"), 1))
    if set(wanted) == {""}:
        wanted = Counter()
    assert sorted(len(table(book, "leaders", name=sheet.name)) for sheet in own) == sorted(wanted.values())
    order = ["■ 红灯", "▲ 黄灯", "○ 未亮灯", "● 绿灯"]
    for sheet in own:
        lights = [order.index(row["light"]) for row in table(book, "leaders", name=sheet.name)]
        assert lights == sorted(lights)
    assert write_book(book)[1] == []


@given(LEDGERS)
@settings(max_examples=25)
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
@settings(max_examples=12)
def test_any_ledger_is_written_and_the_same_each_time(lines):
    first, second = (write_book(made(tuple(lines))) for _ in range(2))
    assert first == second
    assert first[1] == []


@given(LEDGERS)
@settings(max_examples=25)
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
