"""Rows read whole by their pattern: the same as reading every sheet part with expat, however rows deviate."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from museum import makers

from xlplan.book import Mark, Sheet, column_name
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.sheets import patterns, sheetxml
from xlplan.files.sheets.cells import Irregular, Patterns, Workbook
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.shapes import Shape

SHAPES = [Shape.NUMBER, Shape.PERCENT, Shape.DATE, Shape.TIME]
# Patterns stay from one example to the next, as they do from one workbook to the next.
REMEMBERED = Patterns()
LIMITS = Limits(rows=40, columns=12, text=30)

_CONTENTS = st.sampled_from([
    "/>", "></c>", "><v/></c>", "><v></v></c>", ' t="n"></c>', ' t="s"><v>0</v></c>', ' t="s"><v>2</v></c>',
    ' t="s"><v>99</v></c>', ' t="s"><v>1_0</v></c>', "><v>43646</v></c>", "><v>43646.5</v></c>", "><v>-3.25</v></c>",
    "><v>60</v></c>", "><v>1e3</v></c>", "><v> 7 </v></c>", "><v>x</v></c>", ' t="n"><v>0.8</v></c>',
    ' t="str"><v>a&amp;b&#20013;</v></c>', ' t="str"><v>=DISPIMG("a",1)</v></c>', ' t="str"><v>a_x000D_b</v></c>',
    ' t="inlineStr"><is><t>甲\r\n乙 > 丙</t></is></c>', ' t="inlineStr"><is><t xml:space="preserve"> 长</t></is></c>',
    f' t="inlineStr"><is><t>{"长" * 31}</t></is></c>', ' t="e"><v>#REF!</v></c>', ' t="b"><v>1</v></c>',
    "><f>1+1</f><v>2</v></c>", "><f>1&lt;2</f><v>0</v></c>", ' t="str"><f>A1</f><v>甲</v></c>',
    '><f>_xlfn.DISPIMG("a",1)</f><v>1</v></c>', ' t="str"><f>A1</f><v></v></c>',
    ' t="d"><v>2019-06-30</v></c>', ' cm="1"><v>4</v></c>',
])  # fmt: skip
_STYLES = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="11"', ' s="9" '])
_CELLS = st.tuples(st.integers(0, 13), _STYLES, _CONTENTS)
_TAGS = st.sampled_from(["", ' spans="1:12"', ' ht="13.5" customHeight="1"', ' s="1" dyDescent="0.2"'])
_NUMBERS = st.integers(1, 42)
_BETWEEN = st.sampled_from(["", "", "", "\n", '<row r="8"/>', '<row r="9" ht="3"></row>'])


@st.composite
def _tables(draw: st.DrawFn) -> str:
    """Rows of a few kinds, as a program writes them: mostly alike, in order, with what deviates now and then."""
    kinds = draw(
        st.lists(st.lists(_CELLS, max_size=6, unique_by=lambda cell: cell[0]).map(sorted), min_size=1, max_size=3)
    )
    numbers = draw(st.one_of(st.just(range(1, 13)), st.just(range(9, 23)), st.lists(_NUMBERS, max_size=8)))
    rows = []
    for number in numbers:
        cells = [f'<c r="{column_name(at)}{number}"{style}{rest}' for at, style, rest in draw(st.sampled_from(kinds))]
        if draw(st.integers(0, 15)) == 0:
            cells.reverse()
        rows.append(f'{draw(_BETWEEN)}<row r="{number}"{draw(_TAGS)}>{"".join(cells)}</row>')
    return "".join(rows)


def read_with(way: object, part: bytes, *, uncomputed: bool = False) -> object:
    strings = ["甲", "", "=x", "乙" * 20]
    shared = Workbook(LIMITS, strings=strings, shapes=SHAPES, patterns=REMEMBERED, uncomputed=uncomputed)
    grid = Grid(shared, Sheet("表"))
    way([part], grid)  # type: ignore[operator]
    rows = grid.sheet.rows
    while rows and not rows[-1]:  # an empty value leaves a blank row behind, or none
        rows.pop()
    return rows, grid.sheet.marks, grid.findings()


def expat(chunks: list[bytes], grid: Grid) -> None:
    sheetxml.parse_sheet(chunks, "表", grid)


@given(_tables(), st.booleans())
def test_tables_are_read_as_expat_reads_them(rows, uncomputed):
    part = makers.sheet(rows).encode()
    assert read_with(sheetxml.scan, part, uncomputed=uncomputed) == read_with(expat, part, uncomputed=uncomputed)


_SCRAPS = [
    "7",
    '"',
    " ",
    ">",
    "<",
    "/",
    "\0",
    "\1",
    "A",
    's="7"',
    "</c>",
    "<v>",
    "</v>",
    "&#0;",
    "&lt;",
    "<v>7</v>",
    "1",
]
_ROW = (
    '<row r="{0}" ht="9"><c r="A{0}" s="7" t="s"><v>0</v></c><c r="B{0}" s="17"><v>7</v></c><c r="D{0}" s="1"/></row>'
)


@given(st.lists(st.tuples(st.integers(0, 130), st.integers(0, 4), st.sampled_from(_SCRAPS)), min_size=1, max_size=3))
def test_a_row_that_is_changed_anywhere_is_never_taken_for_the_one_that_was_known(changes):
    read_with(sheetxml.scan, makers.sheet("".join(map(_ROW.format, range(1, 100)))).encode())
    assert REMEMBERED.frequent
    row = _ROW.format(7)
    for at, cut, scrap in changes:
        row = row[:at] + scrap + row[at + cut :]
    part = makers.sheet(row).encode()
    try:
        scanned = read_with(sheetxml.scan, part)
        parsed = read_with(expat, part)
    except (Irregular, XlplanError):
        return
    assert scanned == parsed


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A{0}" s="1" t="s"><v>0</v></c><c r="B{0}" s="2"><v>43646</v></c><c r="C{0}" s="3"/>',
        '<c r="A{0}" t="s"><v>0</v></c><c r="C{0}" s="{0}"><v>5</v></c><c r="D{0}"/>',
        '<c r="A{0}" t="inlineStr"><is><t>甲</t></is></c><c r="C{0}" s="1" t="n"><v>0.5</v></c>',
        '<c r="A{0}" s="4"><f>1+1</f><v>2</v></c><c r="B{0}" s="4" t="str"><f>A1&amp;"级"</f><v>甲级</v></c>',
    ],
    ids=["styled", "unstyled", "inline", "formulas"],
)
def test_the_common_ways_of_writing_rows_are_read_whole(cells):
    """Whatever the row's number: a style of the same number is not mistaken for it."""
    reader = patterns.RowReader(Grid(Workbook(Limits(), strings=["甲"], shapes=SHAPES), Sheet("表")))
    rows = [f'<row r="{number}" ht="9">{cells.format(number)}'.encode() for number in range(10, 120)]
    assert list(reader.others(rows)) == []
    first, *others = reader.grid.sheet.rows[9:]
    assert len(others) == 109
    assert all(row == first for row in others)
    assert len(reader.frequent) <= 1  # they are recognised whole, unless each has a style of its own


def test_values_of_a_row_with_gaps_stand_in_their_columns():
    part = makers.sheet('<row r="2"><c r="B2" s="1"><v>0.5</v></c><c r="D2" s="2"><v>43646</v></c></row>')
    rows, marks, _ = read_with(sheetxml.scan, part.encode())  # type: ignore[misc]
    assert rows == [[], [None, 0.5, None, date(2019, 6, 30)]]
    assert marks == {(1, 1): {Mark.PERCENT}}


def test_what_is_remembered_is_bounded():
    shared = Workbook(Limits(), shapes=SHAPES)
    rows = "".join(f'<row r="{at}"><c r="A{at}" s="{at}"/><c r="B{at}"><v>{at}</v></c></row>' for at in range(1, 3000))
    wide = "".join(f'<c r="{column_name(at)}3000"><v>1</v></c>' for at in range(1000))
    grid = Grid(shared, Sheet("表"))
    sheetxml.scan([makers.sheet(f'{rows}<row r="3000">{wide}</row>').encode()], grid)
    assert grid.sheet.rows[2999] == [1] * 1000
    assert 0 < len(shared.patterns) <= 128
    assert max(map(len, shared.patterns)) <= 4096
