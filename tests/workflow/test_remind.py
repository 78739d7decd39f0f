"""What goes back to the offices: marked at every bad cell, listed, and good to be corrected and collected again."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from simulator import by_file, by_layout, by_owner, by_value
from simulator.case import WAYS, Case
from simulator.paper import Paper
from simulator.round import Round
from simulator.town import OFFICES, PERIOD, TODAY, Town

from xlplan.headers import Field
from xlplan.workflow.collect import Handed, collect, prefer
from xlplan.workflow.demo.filling import save
from xlplan.workflow.remind import Reminded, remind

assert by_file
assert by_layout
assert by_owner
assert by_value
LIST = "退回修改"
AFTER = datetime(2019, 6, 29, 9, tzinfo=UTC)


def played(root: Path, *ways: str) -> Round:
    round_ = Round(Town(root, OFFICES[: len(ways)]))
    round_.spoil({name: WAYS[name] for name in ways})
    round_.deliver()
    return round_.run()


def reminded(round_: Round) -> Reminded:
    return remind(round_.town.workspace, PERIOD, TODAY)


def opened(done: Reminded, case: Case) -> Any:
    (path,) = [one.path for one in done.sent if one.office == case.office]
    return openpyxl.load_workbook(path)


def listed(book: Any) -> dict[str, str]:
    return {row[1]: row[4] for row in book[LIST].iter_rows(min_row=2, values_only=True)}


def collected(round_: Round, book: Any, name: str) -> dict[str, Any]:
    path = round_.town.root / name
    path.write_bytes(save(book, datetime(2019, 6, 28, tzinfo=UTC)))
    (one,) = collect(round_.town.workspace, Handed((path,), PERIOD), AFTER).files
    round_.run()
    return {"state": one.state.value, "codes": {found.code for found in one.findings if found.severity != "note"}}


@pytest.mark.parametrize(
    "way", ["two_numbers", "an_error_cell", "a_status_nobody_knows", "blank_words", "done_but_short"]
)
def test_every_bad_cell_has_a_comment_a_mark_and_a_line_and_can_be_corrected(tmp_path: Path, way: str) -> None:
    round_ = played(tmp_path, way)
    case = round_.cases[way]
    book = opened(reminded(round_), case)
    sheet = book.worksheets[1]
    assert book.sheetnames[0] == LIST
    lines = listed(book)
    assert lines
    for cell in lines:
        assert "退回修改" in sheet[cell].comment.text
        assert sheet[cell].fill.fgColor.rgb == "FFFFC7CE"
    kind = "text" if way == "a_status_nobody_knows" else "count"
    sheet[case.paper.at(kind, Field.DONE if kind == "count" else Field.STATUS).coordinate].value = (
        40 if kind == "count" else "推进中"
    )
    assert collected(round_, book, "改好.xlsx") == {"state": "merged", "codes": set()}
    entry = round_.entries(case)[kind]
    assert (entry["value"], entry["grade"]) == (("40", "ok") if kind == "count" else (None, "ok"))
    assert reminded(round_).sent == ()


def test_what_comes_back_uncorrected_says_the_same_again(tmp_path: Path) -> None:
    round_ = played(tmp_path, "two_numbers")
    case = round_.cases["two_numbers"]
    first = opened(reminded(round_), case)
    assert collected(round_, first, "原样.xlsx") == {"state": "partial", "codes": {"E203"}}
    second = opened(reminded(round_), case)
    assert listed(second) == listed(first)
    (cell,) = listed(second)
    assert second.worksheets[1][cell].comment.text.count("退回修改") == 1
    assert second.sheetnames.count(LIST) == 1
    assert round_.wrong_rows(case) == {}


def test_marks_of_the_first_round_are_gone_when_the_second_is_written(tmp_path: Path) -> None:
    round_ = played(tmp_path, "two_numbers")
    case = round_.cases["two_numbers"]
    before = case.paper.at("count", Field.DONE).fill.fgColor.rgb
    book = opened(reminded(round_), case)
    count, status = (case.paper.at("count", name).coordinate for name in (Field.DONE, Field.STATUS))
    book.worksheets[1][count].value = 25
    book.worksheets[1][status].value = "差不多"
    collected(round_, book, "再改.xlsx")
    again = opened(reminded(round_), case)
    assert list(listed(again)) == [status]
    assert again.worksheets[1][count].comment is None
    assert again.worksheets[1][count].fill.fgColor.rgb == before


@pytest.mark.parametrize("ending", ["csv", "xlsb", "strict"])
def test_a_file_that_cannot_be_edited_gives_a_form_filled_with_what_it_said(tmp_path: Path, ending: str) -> None:
    way = {"csv": "csv_utf8", "xlsb": "binary_workbook", "strict": "strict_open_xml"}[ending]

    def spoilt(case: Case) -> None:
        case.paper.at("count", Field.DONE).value = "申报40家,认定25家"
        WAYS[way](case)

    round_ = Round(Town(tmp_path, OFFICES[:1]))
    round_.spoil({way: spoilt})
    round_.deliver()
    round_.run()
    case = round_.cases[way]
    book = opened(reminded(round_), case)
    sheet = book.worksheets[1]
    (cell,) = listed(book)
    assert sheet[cell].value == "申报40家,认定25家"
    assert sheet[case.paper.at("text", Field.PROGRESS).coordinate].value == case.truth["text"].progress
    sheet[cell].value = 25
    assert collected(round_, book, "改好.xlsx") == {"state": "merged", "codes": set()}
    assert round_.wrong_rows(case) == {}


def test_the_silent_are_reminded_and_the_good_left_alone(tmp_path: Path) -> None:
    round_ = played(tmp_path, "plain", "nothing_sent", "cut_off", "two_numbers")
    done = reminded(round_)
    silent = [round_.cases[name].office for name in ("nothing_sent", "cut_off")]
    assert [line.partition("：")[0] for line in done.notices] == silent
    assert done.text.read_text("utf-8").splitlines()[:2] == list(done.notices)
    assert [one.office for one in done.letters] == [*silent, round_.cases["two_numbers"].office]
    assert [one.office for one in done.sent] == [round_.cases["two_numbers"].office]
    names = [row[0] for row in openpyxl.load_workbook(done.listing).active.iter_rows(min_row=3, values_only=True)]
    assert names == [*silent, round_.cases["two_numbers"].office]


def test_writing_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    round_ = played(tmp_path, "two_numbers", "a_row_deleted", "nothing_sent")
    first = reminded(round_)
    before = {path: path.read_bytes() for path in (first.text, first.listing, *(one.path for one in first.sent))}
    before |= {path: path.read_bytes() for one in first.letters for path in (one.mail, one.notice) if path}
    again = reminded(round_)
    assert again == first
    assert {path: path.read_bytes() for path in before} == before
    assert len(first.sent) == 2
    assert len(before) == 2 + 2 + 6


def test_foreign_formulas_and_links_do_not_go_back(tmp_path: Path) -> None:
    def spoilt(case: Case) -> None:
        case.paper.at("count", Field.DONE).value = "两三家"
        case.paper.at("text", Field.PROGRESS).value = '=HYPERLINK("http://x","y")&cmd'
        case.paper.sheet.cell(case.paper.last + 3, 1).value = "=[1]Sheet1!A1"
        case.send(None, "E201", "E205", state="partial")

    round_ = Round(Town(tmp_path, OFFICES[:1]))
    round_.spoil({"x": spoilt})
    round_.deliver()
    round_.run()
    book = opened(reminded(round_), round_.cases["x"])
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    ours = openpyxl.load_workbook(io.BytesIO(round_.town.forms[round_.cases["x"].office]))
    allowed = [cell.value for row in ours.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == allowed


def without_rows(case: Case) -> None:
    rows = sorted((case.paper.at(kind, Field.CODE).row for kind in ("count", "text")), reverse=True)
    for row in rows:
        case.paper.sheet.delete_rows(row)
    case.send()
    case.lose("漏报", "E306", kinds=("count", "text"))


def test_rows_that_were_deleted_stand_at_the_end_to_be_filled(tmp_path: Path) -> None:
    round_ = Round(Town(tmp_path, OFFICES[:1]))
    round_.spoil({"without": without_rows})
    round_.deliver()
    round_.run()
    case = round_.cases["without"]
    assert round_.wrong_rows(case) == {}
    book = opened(reminded(round_), case)
    sheet = book.worksheets[1]
    paper = case.paper
    answers = {"count": (40, "已完成", "培育完毕"), "text": (None, "推进中", "已修订")}
    for kind, (value, status, progress) in answers.items():
        code = paper.columns[Field.CODE]
        (row,) = [at for at in range(1, sheet.max_row + 1) if sheet.cell(at, code).value == paper.codes[kind]]
        assert any(f"J{row}" in one.sqref for one in sheet.conditional_formatting)
        for name, text in ((Field.DONE, value), (Field.STATUS, status), (Field.PROGRESS, progress)):
            cell = sheet.cell(row, paper.columns[name])
            assert not cell.protection.locked or value is None
            cell.value = text
    assert len(listed(book)) == len(answers)
    assert collected(round_, book, "补全.xlsx") == {"state": "merged", "codes": set()}
    entries = round_.entries(case)
    got = {kind: (entries[kind]["value"], entries[kind]["progress"], entries[kind]["grade"]) for kind in answers}
    assert got == {"count": ("40", "培育完毕", "ok"), "text": (None, "已修订", "ok")}
    assert reminded(round_).sent == ()


@pytest.mark.parametrize("way", ["the_header_row_deleted", "the_problem_column_deleted"])
def test_a_table_that_is_not_whole_gives_a_fresh_form(tmp_path: Path, way: str) -> None:
    round_ = played(tmp_path, way)
    case = round_.cases[way]
    book = opened(reminded(round_), case)
    assert any("没有" in what for what in listed(book).values())
    sheet = book.worksheets[1]
    fresh = Paper(round_.town.forms[case.office], case.town.codes[case.office]).fill(case.town.truth(case.office))
    for row in fresh.sheet.iter_rows(min_row=fresh.header + 1):
        for cell in row:
            sheet[cell.coordinate].value = cell.value
    assert collected(round_, book, "新表.xlsx") == {"state": "merged", "codes": set()}
    assert {one["grade"] for one in round_.entries(case).values()} == {"ok"}


def test_a_form_held_for_a_person_counts_once_preferred(tmp_path: Path) -> None:
    way = "a_form_used_by_another_office"
    round_ = played(tmp_path, "plain", way)
    case = round_.cases[way]
    assert {one["grade"] for one in round_.entries(case).values()} == {"未报"}
    (path,) = (round_.inbox / way).iterdir()
    prefer(round_.town.workspace, path, AFTER)
    round_.run()
    assert {one["grade"] for one in round_.entries(case).values()} == {"ok"}
