from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.book import Area, Book, Cell, Formula, Link, Look, Sheet
from xlplan.book.parts import Highlight, ListTable, Stream
from xlplan.files.xlsx_writer import write_book

PLAIN, CODE = Look(), Look(number="@", bold=True)
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "<b>&amp;</b>", "😀", "\u202e右", "_x0041_", " x ", "a\nb", "x" * 32_767]


def streamed(rows: list[list], looks: tuple[Look, ...] = (PLAIN, CODE), **facts) -> Book:
    """A book with a head of cells and the rows streamed below it."""
    sheet = Sheet("明细", tables=[ListTable(Area(0, 0, len(rows), len(looks) - 1), "list", ("甲", "乙")[: len(looks)])])
    for at in range(len(looks)):
        sheet.put(0, at, ("甲", "乙")[at])
    sheet.stream = Stream(1, len(rows), looks, lambda: iter(rows), (CODE,))
    sheet.highlights = facts.get("highlights", [])
    return Book([sheet, Sheet("来源")])


def standing(rows: list[list]) -> Book:
    """The same as cells."""
    book = streamed(rows)
    sheet = book.sheets[0]
    for row, values in enumerate(rows, 1):
        for at, value in enumerate(values):
            sheet.cells[row, at] = value if isinstance(value, Cell) else Cell(value, (PLAIN, CODE)[at])
    sheet.stream = None
    return book


def plain(value: object) -> object:
    """A value as Excel and LibreOffice read it; openpyxl leaves an escaped escape in a text inside its cell."""
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def read(book: Book, **facts):
    data, found = write_book(book)
    return openpyxl.load_workbook(io.BytesIO(data), **facts)["明细"], found


VALUES = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(HOSTILE),
    st.integers(-(10**16), 10**16),
    st.booleans(),
    st.decimals(-(10**9), 10**9, places=4),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1850, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - as files say them
    st.times(),
    st.timedeltas(timedelta(0), timedelta(400)),
    st.builds(Formula, st.just("SUM(1,2)"), st.sampled_from([3, "x", ""])),
    st.builds(Link, st.just("来源"), st.just("A1"), st.sampled_from(["看", "", "<x>"])),
    st.builds(Cell, st.integers(0, 9), st.just(CODE)),
)


@given(st.lists(st.tuples(VALUES, VALUES).map(list), min_size=1, max_size=6))
@settings(max_examples=80)
def test_a_stream_reads_like_the_same_cells(rows: list[list]) -> None:
    (one, lost), (other, missed) = read(streamed(rows)), read(standing(rows))
    assert lost == missed
    assert one.dimensions == other.dimensions
    for ours, theirs in zip(one.iter_rows(), other.iter_rows(), strict=True):
        for cell, same in zip(ours, theirs, strict=True):
            assert (plain(cell.value), cell.data_type, cell.number_format, cell.font.b) == (
                plain(same.value),
                same.data_type,
                same.number_format,
                same.font.b,
            )
            assert (cell.hyperlink and cell.hyperlink.location) == (same.hyperlink and same.hyperlink.location)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_whatever_it_begins_with(text: str) -> None:
    sheet, found = read(streamed([[text, text]]))
    assert [plain(cell.value) for cell in sheet[2]] == [text, text]
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert found == []


def test_a_text_that_is_too_long_is_cut_with_a_finding_that_names_its_cell() -> None:
    sheet, found = read(streamed([["", "字" * 40_000]]))
    assert len(sheet["B2"].value) <= 32_767
    assert [(one.code, one.place.sheet, one.place.cell) for one in found] == [("T901", "明细", "B2")]


def test_tables_filters_and_conditional_formats_cover_the_stream() -> None:
    rows = [[f"行{number}", number / 100] for number in range(100)]
    sheet, _ = read(streamed(rows, highlights=[Highlight(Area(1, 1, 100, 1), fill="9DB7D5", bar=True)]))
    table = sheet.tables["list"]
    assert (table.ref, table.autoFilter.ref) == ("A1:B101", "A1:B101")
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B2:B101"]
    assert sheet["B101"].value == 0.99


def test_links_beyond_what_excel_opens_are_text() -> None:
    rows = [[Link("来源", "A1", "看"), None]] * 65_010
    data, _ = write_book(streamed(rows))
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=False)
    linked = [cell for (cell,) in book["明细"].iter_rows(min_row=2, max_col=1) if cell.hyperlink]
    assert len(linked) == 65_000
    assert book["明细"]["A65011"].value == "看"


def test_the_same_stream_gives_the_same_bytes() -> None:
    rows = [["甲", datetime(2019, 6, 1, tzinfo=UTC)], [Cell("乙", CODE), time(9, 30)], [Decimal("0.1"), True]]
    assert write_book(streamed(rows)) == write_book(streamed(rows))
