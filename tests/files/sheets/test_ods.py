"""OpenDocument spreadsheets."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from museum import makers

from xlplan.book import Area, Book, Mark, Visibility
from xlplan.files.limits import Limits
from xlplan.files.sheets.ods import duration
from xlplan.files.workbook import read_book


def table(rows: str, name: str = "表", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def cell(inside: str = "", how: str = "") -> str:
    return f"<table:table-cell {how}>{inside}</table:table-cell>"


def row(*cells: str, how: str = "") -> str:
    return f"<table:table-row {how}>{''.join(cells)}</table:table-row>"


def good(data: bytes, limits: Limits | None = None) -> Book:
    book, findings = read_book(data, "甲科.ods", limits)
    assert book is not None, findings
    return book


def typed(kind: str, value: str, name: str = "value") -> str:
    return cell("<text:p>x</text:p>", f'office:value-type="{kind}" office:{name}="{value}"')


def test_every_kind_of_cell():
    rows = row(
        cell("<text:p>甲<text:s text:c='2'/>乙<text:tab/>丙<text:line-break/>丁</text:p><text:p>戊</text:p>"),
        typed("float", "3"),
        typed("percentage", "0.8"),
        typed("date", "2019-06-30", "date-value"),
        typed("date", "2019-06-30T12:30:00", "date-value"),
        typed("time", "PT08H30M00S", "time-value"),
        typed("time", "PT30H00M00S", "time-value"),
        typed("boolean", "true", "boolean-value"),
        typed("currency", "1.5"),
    )
    sheet = good(makers.ods(table(rows))).sheets[0]
    assert sheet.rows == [
        [
            "甲  乙\t丙\n丁\n戊",
            3,
            0.8,
            date(2019, 6, 30),
            datetime(2019, 6, 30, 12, 30),  # noqa: DTZ001 - cells have no zone
            time(8, 30),
            timedelta(hours=30),
            True,
            1.5,
        ]
    ]
    assert sheet.marks == {(0, 2): frozenset({Mark.PERCENT})}


def test_repetitions_keep_addresses_true():
    rows = (
        row(typed("float", "1"))
        + row(cell(), how='table:number-rows-repeated="3"')
        + row(
            cell(how='table:number-columns-repeated="2"'),
            typed("float", "2").replace("cell ", 'cell table:number-columns-repeated="2" '),
        )
        + row(cell(), how='table:number-rows-repeated="1048570"')
    )
    assert good(makers.ods(table(rows))).sheets[0].rows == [[1], [], [], [], [None, None, 2, 2]]


def test_repetitions_do_not_multiply_beyond_the_limits():
    rows = row(
        typed("float", "1").replace("cell ", 'cell table:number-columns-repeated="16384" '),
        how='table:number-rows-repeated="1048576"',
    )
    book, findings = read_book(makers.ods(table(rows)), "甲科.ods", Limits(cells=10_000))
    assert book is None
    assert [one.code for one in findings] == ["F116"]


def test_merges_comments_pictures_errors_and_visibility():
    hidden = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="ta2" style:family="table">{hidden}</style:style>'
    rows = row(
        cell("<text:p>合</text:p>", 'table:number-columns-spanned="2" table:number-rows-spanned="1"'),
        "<table:covered-table-cell/>",
        cell("<office:annotation><text:p>请核对</text:p></office:annotation><text:p>值</text:p>"),
        cell("<draw:frame><draw:image><text:p/></draw:image></draw:frame>"),
        cell("<text:p>#REF!</text:p>", 'table:formula="of:=X" office:value-type="string" office:string-value=""'),
        cell("<text:p>#DIV/0!</text:p>", 'office:value-type="string" calcext:value-type="error"'),
    )
    book = good(makers.ods(table(rows) + table(row(), "藏", ' table:style-name="ta2"'), styles=styles))
    sheet = book.sheets[0]
    assert sheet.merges == [Area(0, 0, 0, 1)]
    assert sheet.comments == {(0, 2): "请核对"}
    assert sheet.rows == [["合", None, "值", None, "#REF!", "#DIV/0!"]]
    assert Mark.PICTURE in sheet.marks[0, 3]
    assert sheet.marks[0, 4] == {Mark.ERROR, Mark.FORMULA}
    assert sheet.marks[0, 5] == {Mark.ERROR}
    assert book.sheets[1].visibility is Visibility.HIDDEN


def test_deleted_rows_of_tracked_changes_are_not_read():
    changes = f"<table:tracked-changes>{row(typed('float', '9'))}</table:tracked-changes>"
    assert good(makers.ods(changes + table(row(typed("float", "1"))))).sheets[0].rows == [[1]]


def test_properties_and_time_of_saving():
    meta = (
        '<m xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>标题</dc:title><dc:date>2019-06-28T08:00:00</dc:date>"
        '<meta:user-defined meta:name="stamp">印记</meta:user-defined></m>'
    )
    book = good(makers.ods(table(row(typed("float", "1"))), {"meta.xml": meta}))
    assert (book.title, book.properties) == ("标题", {"stamp": "印记"})
    assert book.modified == datetime(2019, 6, 28, 8)  # noqa: DTZ001 - the file has no zone


def test_a_password_is_named():
    data = makers.ods("", {"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    assert [one.code for one in read_book(data, "甲科.ods")[1]] == ["F101"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT1H", timedelta(hours=1)),
        ("-P1DT2S", -timedelta(days=1, seconds=2)),
        ("PT0.5S", timedelta(seconds=0.5)),
        ("1h", None),
    ],
)
def test_durations(text, expected):
    assert duration(text) == expected
