"""The plan as kept beside the workspace: what comes from it is what reading plan.xlsx gives, whatever changes."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.plans import OFFICES, plans

from xlplan import rules
from xlplan.books.plan.compose import compose
from xlplan.errors import XlplanError
from xlplan.files.disk import digest
from xlplan.files.xlsx_edit import set_cells
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Assignment, Plan, Section, Task
from xlplan.workflow import kept as kept_module
from xlplan.workflow import plan as plan_module
from xlplan.workflow import plan_reading
from xlplan.workflow.plan import load_plan, record_plan, write_plan
from xlplan.workflow.plan_cache import PlanCache
from xlplan.workflow.plan_reading import read_plan
from xlplan.workflow.templates import copy_template, plan_headers, shipped_template
from xlplan.workflow.workspace import create_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlplan.workflow.plan_cache import PlanRead

NOW = datetime(2019, 6, 10, 9, tzinfo=UTC)
SHEET = "任务分解表"
PLAN = Plan(
    "某局2019年工作要点",
    sections=(Section("01", "一", "重点工作"),),
    tasks=(
        Task("T001", "1", "01", "第一项任务", "第一项任务。"),
        Task("T002", "2", "01", "第二项任务", "第二项任务。"),
    ),
    offices=OFFICES,
    rows=(Assignment("T001-01", "T001", "产业科"), Assignment("T002-01", "T002", "人才科")),
)
ILL = st.dictionaries(
    st.sampled_from([f"{letter}{row}" for letter in "ABDFJKOPQ" for row in range(4, 8)]),
    st.sampled_from(["", "T001-01", "没有这个单位", "T9", "七成半", "3月", "指标达到20家", "\U0001f600<&>"]),
)


def sheet(plan: Plan, ill: dict[str, str]) -> bytes:
    """A plan workbook in which people wrote this and that."""
    data, _ = write_book(compose(plan, {}, shipped_template("plan")))
    return set_cells(data, {(SHEET, cell): text for cell, text in ill.items()})


@settings(max_examples=40, deadline=None)
@given(plans(), ILL, st.dictionaries(st.sampled_from(["T001-01", "T002-07", "K01", "K09"]), st.text(max_size=5)))
def test_what_was_kept_is_what_is_read(plan: Plan, ill: dict[str, str], known: dict[str, str]) -> None:
    data = sheet(plan, ill)
    read = read_plan(data, "plan.xlsx", known)
    with tempfile.TemporaryDirectory() as folder:
        kept = PlanCache.of(Path(folder), data, known)
        kept.put(read)
        assert PlanCache.of(Path(folder), data, known).get() == read
        assert PlanCache.of(Path(folder), data, {**known, "T003-01": ""}).get() is None
        assert PlanCache.of(Path(folder), data + b"\0", known).get() is None


class Desk:
    """A workspace whose plan is read again and again, counting how often plan.xlsx itself was."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.workspace = create_workspace(root)
        write_plan(self.workspace.plan, PLAN, {})
        self.times = 0
        monkeypatch.setattr(plan_reading, "read_plan", self._read)
        self.load()  # the codes are new to the ledger
        record_plan(self.workspace, NOW)
        self.load()
        self.times = 0

    def _read(self, *words: Any) -> PlanRead:
        self.times += 1
        return read_plan(*words)

    @property
    def file(self) -> Path:
        return self.workspace.root / ".cache" / "plan.json"

    def load(self) -> Any:
        found = load_plan(self.workspace)
        path = self.workspace.plan
        plain = read_plan(
            path.read_bytes(), path.name, self.workspace.ledger.known_codes(), plan_headers(self.workspace)
        )
        assert found == (plain.plan, [one for one in plain.findings if one.code != "P218"])
        return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path / "w", monkeypatch)


def test_an_unchanged_plan_is_read_once(desk: Desk) -> None:
    plan, _ = desk.load()
    assert plan.rows
    assert record_plan(desk.workspace, NOW)[0] == plan
    assert desk.times == 0
    assert (desk.file.parent / ".gitignore").read_text("utf-8").endswith("\n*\n")


def _edit_plan(desk: Desk) -> None:
    path = desk.workspace.plan
    path.write_bytes(set_cells(path.read_bytes(), {(SHEET, "D4"): "换了一项任务"}))


def _remember(desk: Desk) -> None:
    with desk.workspace.ledger.run("plan", "", NOW) as run:
        run.remember_codes({"T077-01": "一项早已删去的任务"})


def _own_headers(desk: Desk) -> None:
    path = copy_template(desk.workspace, "plan")
    path.write_text(path.read_text("utf-8").replace("责任单位", "承办处室"), "utf-8")


@pytest.mark.parametrize("change", [_edit_plan, _remember, _own_headers])
def test_whatever_the_reading_depends_on_has_it_read_anew(desk: Desk, change: Callable[[Desk], None]) -> None:
    change(desk)
    desk.load()
    assert desk.times == 1
    desk.load()
    assert desk.times == 1


def test_another_version_of_the_program_reads_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "_reader", lambda: "another")
    desk.load()
    assert desk.times == 1


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: whole[:0],
        lambda whole: whole[:-1],
        lambda whole: whole.replace("任务".encode(), "任物".encode(), 1),
        lambda whole: whole.partition(b"\n")[2],
        lambda whole: b"\xff\xfe" + whole,
    ],
)
def test_a_damaged_cache_is_no_cache(desk: Desk, harm: Callable[[bytes], bytes]) -> None:
    whole = desk.file.read_bytes()
    desk.file.write_bytes(harm(whole))
    desk.load()
    assert desk.times == 1
    assert desk.file.read_bytes() == whole


@pytest.mark.parametrize("body", [b"[]", b"null", b"{}", b'{"plan": {"about": 1}}', b"[" * 99_999, b"\xff"])
def test_a_foreign_record_is_no_cache(desk: Desk, body: bytes) -> None:
    key, _ = desk.file.read_bytes().split(b" ", 1)
    desk.file.write_bytes(key + b" " + digest(body).encode() + b"\n" + body)
    desk.load()
    assert desk.times == 1


def test_a_workspace_without_room_for_it_works(desk: Desk) -> None:
    shutil.rmtree(desk.file.parent)
    desk.file.parent.write_text("", "utf-8")
    desk.load()
    desk.load()
    assert desk.times == 2


def test_a_very_large_reading_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "_LARGEST", 100)
    desk.load()
    assert desk.times == 1
    desk.file.unlink()
    desk.load()
    assert not desk.file.exists()


def test_codes_that_could_not_be_written_are_told_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.workspace.plan
    path.write_bytes(set_cells(path.read_bytes(), {(SHEET, "A4"): ""}))

    def locked(_path: Path, _data: bytes) -> None:
        raise XlplanError(rules.find("W106", path="plan.xlsx", detail="locked"))

    with monkeypatch.context() as patch:
        patch.setattr(plan_module, "write_bytes", locked)
        told = [[one.code for one in record_plan(desk.workspace, NOW)[1]] for _ in range(2)]
    assert told == [["P202", "W115"]] * 2
    assert desk.times == 1
    record_plan(desk.workspace, NOW)
    assert [one.code for one in record_plan(desk.workspace, NOW)[1]] == []
