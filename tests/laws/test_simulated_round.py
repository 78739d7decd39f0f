"""A simulated round in which every office spoils its return in a way of its own: no row is silently wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from simulator import by_file, by_layout, by_libre, by_owner, by_value
from simulator.case import LIBRE, WAYS, Case
from simulator.paper import Paper
from simulator.round import LATER, Round
from simulator.town import BEFORE, OFFICES, PERIOD, TODAY, Town

from xlplan.files.disk import digest
from xlplan.headers import Field
from xlplan.steps.stamp import text_digest
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.export import export_period

KINDS = (by_file, by_layout, by_owner, by_value)
COUNT = max(60, len(WAYS) + 2)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Round:
    round_ = Round(Town(tmp_path_factory.mktemp("round"), OFFICES[:COUNT]))
    round_.spoil(WAYS)
    round_.deliver()
    return round_.run()


def test_there_are_enough_offices_and_ways() -> None:
    assert len(WAYS) >= 60
    assert len(OFFICES) >= COUNT
    assert all(any(way.__module__ == kind.__name__ for way in WAYS.values()) for kind in KINDS)


@pytest.mark.parametrize("name", list(WAYS))
def test_every_row_is_exactly_right_or_flagged_as_it_should_be(played: Round, name: str) -> None:
    case = played.cases[name]
    assert (played.wrong_files(case), played.wrong_rows(case)) == ({}, {})
    assert played.unplaced(case) == case.unplaced
    assert played.noticed(case) == case.noticed


def test_who_sends_plainly_is_merged_plainly(played: Round) -> None:
    rest = [case for name, case in played.cases.items() if name not in WAYS]
    assert rest
    for case in rest:
        assert (played.wrong_files(case), played.wrong_rows(case), played.noticed(case)) == ({}, {}, set())


def test_collecting_the_round_again_changes_nothing(played: Round) -> None:
    workspace = played.town.workspace
    before = digest((workspace.root / "ledger.db").read_bytes())
    again = collect(workspace, Handed((played.inbox,), PERIOD), LATER)
    assert [one.path for one in again.files] == []
    assert digest((workspace.root / "ledger.db").read_bytes()) == before
    assert text_digest(export_period(workspace, PERIOD, TODAY, "zh", full=True)) == text_digest(played.export)


@pytest.mark.needs("soffice")
def test_what_libreoffice_saved_is_read_to_the_letter(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("libre")
    round_ = Round(Town(root, OFFICES[: len(LIBRE)]))
    round_.spoil(LIBRE)
    for kind in by_libre.FILTERS:
        named = {name: path for name, case in round_.cases.items() for path in case.files if path.endswith(f".{kind}")}
        data = {name: round_.cases[name].files[path] for name, path in named.items()}
        for name, saved in by_libre.saved(data, kind, root).items():
            round_.cases[name].files[named[name]] = saved
    round_.deliver()
    round_.run()
    wrong = {name: (round_.wrong_files(case), round_.wrong_rows(case)) for name, case in round_.cases.items()}
    assert {name: one for name, one in wrong.items() if one != ({}, {})} == {}


def test_two_offices_in_one_file_each_answer_for_themselves(tmp_path: Path) -> None:
    round_ = Round(Town(tmp_path, OFFICES[:2]))
    one, two = (Case(round_.town, office, "both") for office in OFFICES[:2])
    sheet = one.paper.book.create_sheet("另一个单位")
    for at, row in enumerate(two.paper.table(), 1):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    one.send(name="两家.xlsx")
    round_.cases = {"both": one}
    round_.deliver()
    round_.run()
    assert round_.wrong_files(one) == {}
    assert (round_.wrong_rows(one), round_.wrong_rows(two)) == ({}, {})


def test_what_stands_still_or_falls_between_periods_is_told(tmp_path: Path) -> None:
    round_ = Round(Town(tmp_path, OFFICES[:1]))
    first = Case(round_.town, OFFICES[0], "q1")
    early = Paper(round_.town.earlier[OFFICES[0]], round_.town.codes[OFFICES[0]]).fill(first.truth)
    path = tmp_path / "一季度.xlsx"
    path.write_bytes(early.bytes(day=1))
    collect(round_.town.workspace, Handed((path,), BEFORE), LATER)
    second = Case(round_.town, OFFICES[0], "q2")
    second.paper.at("count", Field.DONE).value = 12
    second.send()
    round_.cases = {"q2": second}
    round_.deliver()
    round_.run()
    grades = {kind: one["grade"] for kind, one in round_.entries(second).items()}
    assert grades.pop("count") == "矛盾"
    assert set(grades.values()) == {"陈报"}
    assert round_.noticed(second) == {"E303", "E304"}
