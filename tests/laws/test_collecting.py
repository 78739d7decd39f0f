"""Laws of collecting: no order, grouping or repetition makes a difference, and nothing that was filled is lost."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import move_to_server
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from simulator import by_file, by_layout, by_owner, by_value
from simulator.case import WAYS, Case
from simulator.paper import Paper
from simulator.round import LATER, Round
from simulator.town import OFFICES, PERIOD, TODAY, Town

from xlplan.headers import ENTRY, Field
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.export import export_period
from xlplan.workflow.workspace import open_workspace

KINDS = (by_file, by_layout, by_owner, by_value)
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
MIXED = (
    "older_and_newer",
    "two_that_are_equally_new",
    "copied",
    "a_form_of_the_first_edition",
    "a_form_of_the_period_before",
    "a_row_of_their_own",
    "pasted_into_a_new_file",
    "in_an_archive",
    "cut_off",
    "stamp_of_another_office",
    "the_same_as_above",
    "csv_gb18030",
)


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    made = Round(Town(tmp_path_factory.mktemp("laws"), OFFICES[: len(MIXED)]))
    made.spoil({name: WAYS[name] for name in MIXED})
    made.deliver()
    return made


def outcome(root: Path, runs: list[list[Path]]) -> Any:
    """The whole export after these runs, in a copy of the workspace."""
    workspace = open_workspace(root)
    for paths in runs:
        if paths:
            collect(workspace, Handed(tuple(paths), PERIOD), LATER)
    found = export_period(workspace, PERIOD, TODAY, "zh", full=True)
    workspace.ledger.close()
    return found


def copies(round_: Round, folder: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield Path(shutil.copytree(round_.town.workspace.root, folder / str(number)))


@SLOW
@given(data=st.data())
def test_any_order_in_any_number_of_runs_gives_the_same(
    round_: Round, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    files = sorted(path for path in round_.inbox.glob("*/*") if not path.is_symlink())
    source = copies(round_, tmp_path_factory.mktemp("copy"))
    order = data.draw(st.permutations(files))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(files)), max_size=4)))
    runs = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    again = data.draw(st.lists(st.sampled_from(files), max_size=3))
    assert outcome(next(source), [*runs, again]) == outcome(next(source), [files])


@pytest.mark.needs("initdb")
def test_on_a_server_it_is_the_same_in_any_order(round_: Round, tmp_path: Path, ledger_url: Callable[[], str]) -> None:
    files = sorted(path for path in round_.inbox.glob("*/*") if not path.is_symlink())
    chance = random.Random(2019)  # noqa: S311 - a test
    source = copies(round_, tmp_path)
    wanted = outcome(next(source), [files])
    for parts in (1, 3):
        chance.shuffle(files)
        root = next(source)
        move_to_server(root, ledger_url())
        runs = [files[part::parts] for part in range(parts)]
        assert outcome(root, [*runs, files[:3]]) == wanted
        assert outcome(root, [files]) == wanted


THINGS = st.one_of(
    st.sampled_from(
        ["25", "约25家", "八成", "同上", "无", "/", "数据上报中", "已完成", "推进中", "12家和3家", "#REF!", "=1+1"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20),
    st.integers(-10, 10**7),
    st.floats(0, 2, allow_nan=False),
    st.dates(),
    st.booleans(),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("lost"), OFFICES[:2])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_that_was_filled_is_lost(
    town: Town, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    case = Case(town, town.offices[0])
    paper = Paper(town.forms[case.office], town.codes[case.office])
    chance = random.Random(data.draw(st.integers(0, 99)))  # noqa: S311 - a test
    for kind in paper.codes:
        for field in ENTRY:
            if chance.random() < 0.7:
                cell = paper.at(kind, field)
                cell.value = data.draw(THINGS)
        if chance.random() < 0.15:
            paper.at(kind, Field.CODE).value = data.draw(st.sampled_from(["T999-01", "", "x", "T002-01", "T012-01"]))
    folder = tmp_path_factory.mktemp("one")
    path = folder / f"{case.office}.xlsx"
    path.write_bytes(paper.bytes())
    workspace = open_workspace(Path(shutil.copytree(town.workspace.root, folder / "ws")))
    (one,) = collect(workspace, Handed((path,), PERIOD), LATER).files
    written = load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    kept = {cell for entry in one.entries for _, cell in entry.source.cells}
    named = {finding.place.cell for finding in one.findings} | {
        value for finding in one.findings for name, value in finding.facts if name in {"kept", "above", "cell"}
    }
    filled = {
        cell.coordinate
        for row in paper.rows.values()
        for field in ENTRY
        for cell in (written.cell(row, paper.columns[field]),)
        if cell.value is not None and str(cell.value).strip()
    }
    rows_named = {int("".join(filter(str.isdigit, cell))) for cell in named if cell}
    lost = {cell for cell in filled - kept - named if int("".join(filter(str.isdigit, cell))) not in rows_named}
    assert lost == set()
    workspace.ledger.close()


def test_the_kinds_are_all_there() -> None:
    assert all(any(way.__module__ == kind.__name__ for way in WAYS.values()) for kind in KINDS)
