"""Laws of writing: cells are written as XlsxWriter itself would write them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans import plans

from xlplan.book import Book, Formula, Look
from xlplan.books.form.compose import compose
from xlplan.books.template import parse
from xlplan.files.resources import resource
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Plan
from xlplan.period import Period, Span
from xlplan.steps.split import Sending, split

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Q2 = Period(2019, Span.QUARTER, 2)
OWN = """
[[sheets.form.columns]]
field = "extra"
width = 9
header = "佐证材料"
look = "entry"
fill = true
"""
TEXT = resource("workbook_templates", "form.toml").read_text("utf-8")
SHIPPED, _ = parse(TEXT, "form.toml")
CUSTOM, _ = parse(TEXT.replace("show = false", "show = true") + OWN, "form.toml", SHIPPED)
assert SHIPPED is not None
assert CUSTOM is not None

colors = st.sampled_from(["", "C00000", "E5E7EB"])
looks = st.builds(
    Look,
    font=st.sampled_from(["", "黑体", "Arial"]),
    size=st.sampled_from([9, 10.5, 11, 11.0, 22]),
    bold=st.booleans(),
    color=colors,
    fill=colors,
    align=st.sampled_from(["left", "center", "right"]),
    wrap=st.booleans(),
    border=st.booleans(),
    line=colors,
    number=st.sampled_from(["", "@", "0.00", "0%"]),
    locked=st.booleans(),
    link=st.booleans(),
    indent=st.integers(0, 2),
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20).filter(
    lambda text: not {"\ufffe", "\uffff"} & set(text)
)
days = st.dates(date(1900, 3, 1), date(2100, 12, 31))
values = st.one_of(
    st.none(),
    texts,
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 4)),
    st.decimals(-(10**6), 10**6, places=2),
    days,
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0)),  # noqa: DTZ001
    st.times().map(lambda at: at.replace(microsecond=0)),
    st.timedeltas(timedelta(0), timedelta(days=9)).map(lambda span: timedelta(seconds=span.seconds)),
    st.builds(Formula, st.just('IF(A1<>"",1,"&")'), st.sampled_from([0, 7, 0.5, "", "空 & <", "#REF!"])),
)
heights = st.sampled_from([13.5, 20.2, 60.25, 409])
places = st.tuples(st.integers(0, 5), st.integers(0, 30))


def reference(book: Book) -> bytes:
    """The cells, heights and merges of a Book, through XlsxWriter's public methods alone."""
    buffer = io.BytesIO()
    normal = {"font_name": book.font, "font_size": 11}
    out = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": normal})
    formats = {Decimal: "", date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm"}
    for sheet in book.sheets:
        page = out.add_worksheet(sheet.name)
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        for area in sheet.merges:
            page.merge_range(area.top, area.left, area.bottom, area.right, "")
        for place, cell in sheet.cells.items():
            look = out.add_format(options(cell.look, formats.get(type(cell.value), "")))
            put(page, place, cell.value, look)
    out.close()
    return buffer.getvalue()


def options(look: Look, number: str) -> dict[str, object]:
    given = {
        "font_name": look.font,
        "font_color": look.color and f"#{look.color}",
        "bg_color": look.fill and f"#{look.fill}",
        "num_format": look.number or number,
        "border": int(look.border),
        "border_color": look.border and look.line and f"#{look.line}",
        "underline": int(look.link),
        "indent": look.indent,
    }
    plain = {"font_size": look.size, "bold": look.bold, "align": look.align, "valign": look.valign}
    plain |= {"text_wrap": look.wrap, "locked": look.locked}
    return plain | {key: value for key, value in given.items() if value}


def put(page: Any, place: tuple[int, int], value: Any, look: Any) -> None:
    if value is None or value == "":
        page.write_blank(*place, None, look)
    elif isinstance(value, str):
        page.write_string(*place, value, look)
    elif isinstance(value, bool):
        page.write_boolean(*place, value, look)
    elif isinstance(value, date | time | timedelta):
        page.write_datetime(*place, value, look)
    elif isinstance(value, Formula):
        page.write_formula(*place, f"={value.text}", look, value.value)
    else:
        page.write_number(*place, float(value), look)


def seen(data: bytes) -> list[object]:
    """Everything that openpyxl sees of a workbook's cells, and the heights of its rows."""
    facts: list[object] = []
    for live in (False, True):
        for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=live):
            facts.append({row: size.ht for row, size in sheet.row_dimensions.items() if size.ht})
            facts.append(sorted(str(area) for area in sheet.merged_cells.ranges))
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                font = (cell.font.name, cell.font.sz, cell.font.b, cell.font.u, cell.font.color and cell.font.color.rgb)
                fill = (cell.fill.fill_type, cell.fill.fgColor.rgb, cell.border.left.style, cell.border.left.color)
                rest = (cell.alignment, cell.protection, cell.number_format, cell.data_type, cell.value)
                facts.append((cell.coordinate, font, str(fill), str(rest)))
    return facts


@SLOW
@given(st.dictionaries(places, st.tuples(values, looks), max_size=12), st.dictionaries(st.integers(0, 8), heights))
def test_cells_are_written_as_xlsxwriter_would(cells, rows):
    book = Book()
    sheet = book.add("表")
    for place, (value, look) in cells.items():
        sheet.put(*place, value, look)
    sheet.heights = rows
    data, found = write_book(book)
    assert found == []
    assert seen(data) == seen(reference(book))


@settings(SLOW, max_examples=8)
@given(plans(), st.sampled_from(["zh", "en"]), st.sampled_from([SHIPPED, CUSTOM]))
def test_forms_are_written_as_xlsxwriter_would(plan: Plan, language, template):
    plan = replace(plan, language=language)
    for form in split(plan, Sending(Q2, date(2019, 6, 25), b"key"))[:2]:
        book = compose(form, template, plan)
        assert seen(write_book(book)[0]) == seen(reference(book))
