"""The museum of ill files: none crashes, each is named for what it is, and the files beside it are read."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest
from museum import exhibits, writers

from xlplan.book import Book, Mark
from xlplan.files.archives import Item
from xlplan.files.limits import Limits
from xlplan.files.workbook import Reading, read_book
from xlplan.files.worker import read_many
from xlplan.rules import catalogue

SEED = 20190628
EACH = 40
# What a reader must never end with: an unforeseen fault, a death, running out of time or memory.
NEVER = {"F109", "F121", "F122", "F123"}
LIMITS = Limits(seconds=60)


def right(book: Book | None) -> bool:
    """Whether the healthy workbook's form was read as it was written."""
    sheet = book.sheet("填报表") if book else None
    return sheet is not None and sheet.rows == writers.ROWS and sheet.marks.get((1, 3)) == {Mark.PERCENT}


@pytest.mark.parametrize("writer", writers.WRITERS)
def test_healthy_files_of_every_writer_are_read_alike(writer):
    book, findings = read_book(writers.WRITERS[writer](), writer)
    assert findings == []
    assert right(book)


def read_among_healthy(items: list[Item]) -> dict[str, Reading]:
    """Read the ill files with a healthy one after each, and see that the healthy are read."""
    healthy = writers.by_xlsxwriter()
    mixed = [one for item in items for one in (item, Item(f"好 {item.path}", healthy))]
    found = dict((item.path, reading) for item, reading in read_many(iter(mixed), LIMITS, 2))  # noqa: C402 - keys from items
    assert len(found) == len(mixed)
    assert [path for path in found if path.startswith("好 ") and not right(found[path][0])] == []
    return {item.path: found[item.path] for item in items}


def test_accidents_never_crash_the_reader_nor_cost_another_file():
    items = [Item(name, data) for name, data in writers.mutants(EACH, SEED)]
    assert len(items) > 400
    for path, (book, findings) in read_among_healthy(items).items():
        codes = {one.code for one in findings}
        assert not codes & NEVER, path
        assert codes <= catalogue().keys(), path
        assert book is not None or any(one.severity == "error" for one in findings), path


def test_ill_files_are_named_for_what_they_are():
    shown = list(exhibits.intended())
    found = read_among_healthy([Item(one.name, one.data) for one in shown])
    wrong = {}
    for one in shown:
        book, findings = found[one.name]
        codes = {finding.code for finding in findings}
        if not (codes <= one.codes if one.codes else book is not None) or bool(codes) != bool(one.codes):
            wrong[one.name] = codes
    assert wrong == {}


def test_findings_name_their_file():
    for one in exhibits.intended():
        if len(one.data) < 100_000:
            assert all(finding.place.file == one.name for finding in read_book(one.data, one.name)[1])


# --- what other programs make of the same files -----------------------------------------------------------------------


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_is_read_alike(kind, tmp_path):
    data = writers.by_libreoffice(writers.by_xlsxwriter(), kind, tmp_path)
    book, findings = read_book(data, f"甲科.{kind}")
    assert findings == []
    assert right(book)
    for number in range(EACH):
        ill, found = read_book(writers.changed(data, random.Random(number)), "甲科")  # noqa: S311 - a test
        assert not {one.code for one in found} & NEVER
        assert ill is not None or found


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_calamine_sees_the_same_values(kind, tmp_path):
    python_calamine = pytest.importorskip("python_calamine")
    data = writers.by_libreoffice(writers.by_openpyxl(), kind, tmp_path)
    path = tmp_path / f"甲科.{kind}"
    path.write_bytes(data)
    theirs = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    ours, _ = read_book(data, path.name)
    assert ours is not None
    for row, values in enumerate(theirs.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            plain = value.date() if isinstance(value, datetime) else value
            mine = ours.sheets[0].value(row, column)
            assert mine == plain or (mine is None and value == "")
            assert type(mine) is not float or not mine.is_integer()
            assert not isinstance(plain, date) or type(mine) is date
