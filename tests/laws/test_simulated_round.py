"""A simulated round in which every office spoils its return in a way of its own: no row is silently wrong."""

from __future__ import annotations

import pytest
from simulator import by_file, by_layout, by_libre, by_owner, by_value
from simulator.case import LIBRE, WAYS
from simulator.round import LATER, Round
from simulator.town import OFFICES, PERIOD, TODAY, Town

from xlplan.files.disk import digest
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
