"""Thousands of returns: files that nobody contests keep their state unread, and the summary is one."""

from __future__ import annotations

import csv
import os
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from simulator.town import OFFICES, PERIOD, Town

from xlplan.cli import collect_command
from xlplan.cli.main import cli
from xlplan.errors import XlplanError
from xlplan.ledger.address import Address
from xlplan.ledger.archive import Folder
from xlplan.ledger.store import Ledger
from xlplan.model import Entry, Source, State, Submission
from xlplan.steps.merge import fold
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.states import changed_states
from xlplan.workflow.workspace import open_workspace

NOW = datetime(2019, 7, 1, tzinfo=UTC)


def submission(path: str, sha256: str, offices: tuple[str, ...], text: str, day: int = 1) -> Submission:
    entries = tuple(
        Entry("T001-01", PERIOD.code, office, Source(path, "表", (), sha256), progress=text) for office in offices
    )
    when = datetime(2019, 6, day, tzinfo=UTC)
    return Submission(path, sha256, State.MERGED, PERIOD.code, offices, 1, when, entries)


FILES = [
    submission("a1", "01", ("甲",), "一", 1),
    submission("a2", "02", ("甲",), "二", 2),
    submission("b1", "03", ("乙",), "三"),
    submission("b2", "03", ("乙",), "三"),
    submission("c", "04", ("丙", "丁"), "四", 1),
    submission("d", "05", ("丁",), "五", 2),
    submission("e", "06", ("丙",), "六", 2),
    submission("f", "07", ("戊",), "七"),
    replace(submission("g", "08", ("己",), "八"), state=State.REJECTED),
    replace(submission("h", "", (), ""), state=State.IGNORED),
]


@pytest.mark.parametrize("preferred", [(), ("01",), ("08",)])
def test_states_are_those_of_the_whole_fold(tmp_path: Path, preferred: tuple[str, ...]) -> None:
    ledger = Ledger.create(Address.of_file(tmp_path / "ledger.db"))
    with ledger.run("collect", PERIOD.code, NOW) as run:
        run.append(FILES, "basis")
        for one in preferred:
            run.decide("prefer", one)
    whole = {(one.path, one.sha256): one.state for one in fold(FILES, frozenset(preferred)).files}
    read = {(one.path, one.sha256): one.state for one in FILES}
    assert changed_states(ledger, PERIOD.code) == {file: state for file, state in whole.items() if state != read[file]}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("many"), OFFICES[:4])


def test_many_files_are_summed_up_and_listed(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_command, "_MANY", 2)
    inbox, work = tmp_path / "inbox", tmp_path / "ws"
    inbox.mkdir()
    shutil.copytree(town.workspace.root, work)
    for office, data in town.forms.items():
        (inbox / f"{office}.xlsx").write_bytes(data)
    (inbox / "=1+1.xlsx").write_bytes(b"")
    os.utime(inbox, (0, 0))
    done = CliRunner().invoke(cli, ["-C", str(work), "collect", str(inbox), "-p", PERIOD.code])
    assert not list(work.glob("ledger.db-*"))  # the ledger was closed
    (listing,) = (work / "reports").glob("collect-*.csv")
    with listing.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert done.exit_code == 1
    assert listing.name in done.output
    assert len(rows) == 1 + len(town.forms) + 1
    assert {row[1] for row in rows[1:] if row[1]} == set(town.forms)


def test_what_was_collected_can_be_asked_for_again(town: Town, tmp_path: Path) -> None:
    work = Path(shutil.copytree(town.workspace.root, tmp_path / "ws"))
    path = tmp_path / "a.xlsx"
    path.write_bytes(next(iter(town.forms.values())))
    workspace = open_workspace(work)
    first = collect(workspace, Handed((path,), PERIOD), NOW)
    second = collect(workspace, Handed((path,), PERIOD), NOW)
    assert [one.path for one in first.files] == [one.path for one in second.known] == ["a.xlsx"]
    assert (first.new, second.new, second.run) == (1, 0, 0)


def test_originals_are_written_out_before_they_are_recorded(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(town.workspace.root, tmp_path / "ws")
    workspace = open_workspace(tmp_path / "ws")
    (office, data), *_ = town.forms.items()
    path = tmp_path / f"{office}.xlsx"
    path.write_bytes(data)
    before = []

    def settle(folder: Folder) -> None:
        other = Ledger.open(Address.of_file(tmp_path / "ws" / "ledger.db"))
        before.append((len(list(folder.path.glob("*/*"))), len(other.digests())))

    monkeypatch.setattr(Folder, "settle", settle)
    assert collect(workspace, Handed((path,)), NOW).new == 1
    assert before == [(1, 0)]
    assert collect(workspace, Handed((path,)), NOW).new == 0
    assert len(before) == 1


def test_originals_that_failed_to_be_written_out_meanwhile_are_not_recorded(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlplan.workflow.gather._TOGETHER", 1)
    workspace = open_workspace(Path(shutil.copytree(town.workspace.root, tmp_path / "ws")))
    (office, data), *_ = town.forms.items()
    path = tmp_path / f"{office}.xlsx"
    path.write_bytes(data)
    tries: list[Folder] = []

    def settle(folder: Folder) -> None:
        tries.append(folder)
        if len(tries) == 1:  # a system tells of it once
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Folder, "settle", settle)
    with pytest.raises(XlplanError) as caught:
        collect(workspace, Handed((path,)), NOW)
    assert (caught.value.finding.code, workspace.ledger.digests()) == ("W106", {})
    assert collect(workspace, Handed((path,)), NOW).new == 1


def test_the_first_files_are_read_before_the_turn_and_the_rest_within_it(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlplan.workflow.gather._BEFORE", 2)
    monkeypatch.setattr("xlplan.ledger.sqlite.WAIT", 0.05)
    work, inbox = Path(shutil.copytree(town.workspace.root, tmp_path / "ws")), tmp_path / "inbox"
    inbox.mkdir()
    for number in range(4):
        (inbox / f"{number}.xlsx").write_bytes(b"")
    refused: list[str] = []

    def other(_count: int, _path: str) -> None:
        with closing(open_workspace(work).ledger) as ledger:
            try:
                with ledger.run("light", PERIOD.code, NOW):
                    refused.append("")
            except XlplanError as error:
                refused.append(error.finding.code)

    collect(open_workspace(work), Handed((inbox,), PERIOD, progress=other), NOW)
    assert refused == ["", "", "W116", "W116"]
