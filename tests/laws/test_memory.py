"""What is remembered of the returns that were read before makes no difference to the next one."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulator.round import LATER
from simulator.town import OFFICES, PERIOD, REMARK, Town

from xlplan.book import column_name
from xlplan.books.form.parse import parse
from xlplan.books.form.rows import Rows
from xlplan.files.workbook import read_book
from xlplan.headers import ENTRY
from xlplan.steps.receive import receive
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.book import Book
    from xlplan.model import Submission
    from xlplan.workflow.reading import Reader

VALUES = st.sampled_from(
    [None, "", "25", "约25家", 25, 0.5, True, 1, "同上", "已完成", "推进中", "2023-11-31前完成", "改"]
)


class _Idle:
    """A pool that reads nothing, and keeps what should read."""

    def run(self, function: Reader, *_: object) -> Iterator[object]:
        self.reader = function
        return iter(())


def _template(*names: str) -> str:
    """A form with these columns, and behind them one of the plan's own."""
    columns = [f'[[sheets.form.columns]]\nfield = "{name}"' for name in names]
    own = f'[[sheets.form.columns]]\nfield = "extra"\nheader = "{REMARK}"\nwidth = 9\nlook = "short"'
    return "\n".join(['workbook = "form"', *columns, own])


TEMPLATES = {
    "usual": "",
    "own": _template("code", "serial", "task", "target", *ENTRY),
    "behind": _template("code", "serial", "done", "task", "target", "status", "progress", "problem"),
}


@pytest.fixture(scope="module", params=TEMPLATES.values(), ids=TEMPLATES.keys())
def town(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Town:
    return Town(tmp_path_factory.mktemp("memory"), OFFICES[:2], request.param)


@st.composite
def _returns(draw: st.DrawFn, forms: list[Book]) -> Book:
    """A form that came back: rows moved, lost or doubled, any cell of the table changed."""
    book = copy.deepcopy(draw(st.sampled_from(forms)))
    rows = book.sheets[0].rows
    first = next(at for at, row in enumerate(rows) if "编号" in row) + 1
    table = rows[first:]
    if draw(st.booleans()):
        table = draw(st.permutations(table))
    if draw(st.booleans()):
        table = draw(st.lists(st.sampled_from(table), max_size=len(table) + 1))
    rows[first:] = [list(row) for row in table]
    if draw(st.booleans()):
        width = len(rows[first - 1]) - draw(st.integers(0, 2))
        rows[first - 1 :] = [row[:width] for row in rows[first - 1 :]]
    if draw(st.booleans()) and table:  # one column sorted alone
        column = draw(st.integers(0, min(map(len, rows[first:])) - 1))
        for row, value in zip(rows[first:], draw(st.permutations([row[column] for row in rows[first:]])), strict=True):
            row[column] = value
    for _ in range(draw(st.integers(0, 6))):
        row = draw(st.sampled_from(rows[first:] or [[None]]))
        row[draw(st.integers(0, len(row) - 1))] = draw(VALUES)
    return book


def _received(books: list[Book], reader: Reader, *, afresh: bool) -> list[Submission]:
    Rows.known.clear()
    opening, found = Opening(reader), []
    for number, book in enumerate(books):
        if afresh:
            Rows.known.clear()
            opening = Opening(reader)
        returned = parse(book, f"{number}.xlsx", f"{number}", opening.columns)
        found.append(receive(returned, opening.counter, f"{number}.xlsx", LATER))
    return found


@pytest.fixture(scope="module")
def forms(town: Town) -> list[Book]:
    return [book for office in town.offices if (book := read_book(town.forms[office], office)[0])]


@pytest.fixture(scope="module")
def reader(town: Town) -> Reader:
    pool = _Idle()
    collect(town.workspace, Handed((town.root,), PERIOD, dry=True, pool=pool), LATER)  # type: ignore[arg-type]
    return pool.reader


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_it_is_as_if_each_return_was_the_first(forms: list[Book], reader: Reader, data: st.DataObject) -> None:
    books = data.draw(st.lists(_returns(forms), min_size=2, max_size=6))
    assert _received(books, reader, afresh=False) == _received(books, reader, afresh=True)


def test_a_tick_is_not_taken_for_the_number_that_it_equals(forms: list[Book], reader: Reader) -> None:
    books = []
    for value in (True, 1, 1.0, "1"):
        book = copy.deepcopy(forms[0])
        book.sheets[0].rows[-1][3] = value  # the target
        books.append(book)
    found = _received(books, reader, afresh=True)
    assert [one.findings[-1].fact("back") for one in found] == ["TRUE", "1", "1", "1"]
    assert _received(books, reader, afresh=False) == found


def _header(book: Book) -> int:
    return next(at for at, row in enumerate(book.sheets[0].rows) if "编号" in row)


def test_texts_that_were_sorted_alone_are_seen_in_a_form_that_shows_what_others_did(
    forms: list[Book], reader: Reader
) -> None:
    other = copy.deepcopy(forms[0])
    header, rows = _header(other), other.sheets[0].rows
    for at in (rows[header].index("工作任务"), rows[header].index("目标")):
        rows[header + 1][at], rows[header + 2][at] = rows[header + 2][at], rows[header + 1][at]
    _, found = _received([forms[0], other], reader, afresh=False)
    assert [one.code for one in found.findings][:2] == ["E245", "E245"]


def test_a_column_that_one_return_has_lost_is_looked_at_in_the_next(forms: list[Book], reader: Reader) -> None:
    header = _header(forms[0])
    at = len(forms[0].sheets[0].rows[header]) - 1
    while forms[0].sheets[0].rows[header][at] not in {REMARK, "角色"}:
        at -= 1
    lost, edited = copy.deepcopy(forms[0]), copy.deepcopy(forms[0])
    for row in lost.sheets[0].rows[header:]:
        row[at] = None
    edited.sheets[0].rows[header + 1][at] = "改"
    _, found = _received([lost, edited], reader, afresh=False)
    assert [one.fact("back") for one in found.findings] == ["改"]


def test_a_column_of_ones_own_may_be_called_like_a_field(forms: list[Book], reader: Reader) -> None:
    (book,) = copy.deepcopy(forms[:1])
    header, rows = _header(book), book.sheets[0].rows
    own, done = len(rows[header]), rows[header].index("完成值")
    for row in rows[header:]:
        row[own:] = [None]
    rows[header][own], rows[header + 1][own], rows[header + 1][done] = "done", "来自台账", "约25家"
    (found,) = _received([book], reader, afresh=False)
    place = f"{column_name(done)}{header + 2}"
    assert found.entries[0].source.cells == (("done", place), ("done", f"{column_name(own)}{header + 2}"))
    assert [one.place.cell for one in found.findings if one.code == "E202"] == [place]
