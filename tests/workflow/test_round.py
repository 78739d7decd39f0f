"""A round that was made already is not made again; whatever it depends on has it made anew, as if never made."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from xlplan.files.xlsx_edit import set_cells
from xlplan.model import Amount, Assignment, Entry, Office, Plan, Section, Source, State, Submission, Task
from xlplan.period import Period, Span
from xlplan.workflow import distribute as module
from xlplan.workflow import kept
from xlplan.workflow.distribute import distribute
from xlplan.workflow.plan import write_plan
from xlplan.workflow.templates import copy_template
from xlplan.workflow.workspace import SETTINGS, Workspace, create_workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Q1, Q2 = Period(2019, Span.QUARTER, 1), Period(2019, Span.QUARTER, 2)
AT, DUE = datetime(2019, 6, 1, tzinfo=UTC), date(2019, 6, 25)
SHEET = "任务分解表"
PLAN = Plan(
    "某局2019年工作要点",
    "某局",
    sections=(Section("01", "一", "重点"),),
    tasks=(Task("T001", "1", "01", "第一项", "第一项任务。"), Task("T002", "2", "01", "第二项", "第二项任务。")),
    offices=(Office("K001", "产业科"), Office("K002", "人才科")),
    rows=(Assignment("T001-01", "T001", "产业科"), Assignment("T002-01", "T002", "人才科")),
)


class Bureau:
    """A workspace whose second quarter was sent, and how often forms were written since."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.workspace = create_workspace(root)
        write_plan(self.workspace.plan, PLAN, {})
        self.first = distribute(self.workspace, Q2, AT, DUE)
        self.times = 0
        spread = module.spread
        monkeypatch.setattr(module, "spread", lambda *words: (self._count(), spread(*words))[1])

    def _count(self) -> None:
        self.times += 1

    def again(self, due: date = DUE) -> Any:
        """Send the quarter once more; what comes of it in this workspace, and in a copy that has kept nothing."""
        twin = self.workspace.root.with_name("twin")
        self.workspace.ledger.close()
        shutil.copytree(self.workspace.root, twin, ignore=shutil.ignore_patterns(".cache"))
        times = self.times
        done = [_state(open_workspace(root), due) for root in (twin, self.workspace.root)]
        assert done[0] == done[1]
        self.times -= times + 1
        shutil.rmtree(twin)
        return done[1]


def _state(workspace: Workspace, due: date) -> Any:
    done = distribute(workspace, Q2, AT, due)
    files = {path.name: path.read_bytes() for path in done.folder.iterdir()}
    issued = workspace.ledger.issued()
    workspace.ledger.close()
    return done.forms, done.findings, files, issued


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    return Bureau(tmp_path / "w", monkeypatch)


def _edit(bureau: Bureau) -> None:
    path = bureau.workspace.plan
    path.write_bytes(set_cells(path.read_bytes(), {(SHEET, "D4"): "换了一项任务"}))


def _uncode(bureau: Bureau) -> None:
    path = bureau.workspace.plan
    path.write_bytes(set_cells(path.read_bytes(), {(SHEET, "A4"): ""}))


def _dress(bureau: Bureau) -> None:
    path = copy_template(bureau.workspace, "form")
    path.write_text(path.read_text("utf-8").replace("完成值", "实际数"), "utf-8")


def _set(bureau: Bureau) -> None:
    path = bureau.workspace.root / SETTINGS
    path.write_text(path.read_text("utf-8") + "\n# x\n", "utf-8")


def _lose(bureau: Bureau) -> None:
    (bureau.workspace.root / bureau.first.forms[0].path).unlink()


def _spoil(bureau: Bureau) -> None:
    path = bureau.workspace.root / bureau.first.forms[1].path
    path.write_bytes(path.read_bytes() + b"x")


def _unlist(bureau: Bureau) -> None:
    (bureau.first.folder / "manifest.json").write_text("{}", "utf-8")


def _forget(bureau: Bureau) -> None:
    shutil.rmtree(bureau.workspace.root / ".cache")


def _answer(bureau: Bureau) -> None:
    """The quarter before, of which the forms tell."""
    said = Entry(
        "T001-01", Q1.code, "产业科", Source("甲.xlsx", "表", (), "ab"), Amount("7", Decimal(7)), progress="已办"
    )
    file = Submission("甲.xlsx", "ab", State.MERGED, Q1.code, ("产业科",), 1, AT, (said,))
    with bureau.workspace.ledger.run("collect", Q1.code, AT) as run:
        run.append([file], "basis")


def test_what_was_made_is_only_looked_at(bureau: Bureau) -> None:
    forms, findings, *_ = bureau.again()
    assert (forms, findings) == (bureau.first.forms, bureau.first.findings)
    assert bureau.times == 0


@pytest.mark.parametrize("change", [_edit, _uncode, _dress, _set, _lose, _spoil, _unlist, _forget, _answer])
def test_whatever_it_is_made_of_has_it_made_anew(bureau: Bureau, change: Callable[[Bureau], None]) -> None:
    change(bureau)
    bureau.again()
    assert bureau.times == 1
    if change is not _uncode:  # the plan was written to
        bureau.again()
        assert bureau.times == 0


def test_another_deadline_is_another_round_each_time(bureau: Bureau) -> None:
    for edition, due in enumerate((date(2019, 6, 20), DUE, DUE), 2):
        forms, *_ = bureau.again(due)
        assert {one.edition for one in forms} == {min(edition, 3)}
    assert bureau.times == 0


def test_another_version_of_the_program_makes_it_anew(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_reader", lambda: "another")
    bureau.again()
    assert bureau.times == 1


def test_what_others_write_meanwhile_is_not_taken_for_known(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    _lose(bureau)
    written = module.manifest_of
    with monkeypatch.context() as patch:
        patch.setattr(module, "manifest_of", lambda *words: (_answer(bureau), written(*words))[1])
        distribute(bureau.workspace, Q2, AT, DUE)
    _, _, files, _ = bureau.again()
    assert bureau.times == 1
    assert len(files) == 3
