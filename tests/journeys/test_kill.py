"""Runs that are killed, collide, or find no room: the ledger stays good and collecting again ends as if nothing was."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from simulator.case import Case
from simulator.town import OFFICES, PERIOD, TODAY, Town

from xlplan.files.disk import digest
from xlplan.workflow.export import export_period
from xlplan.workflow.workspace import open_workspace

FILES = 200
MOMENTS = int(os.environ.get("XLPLAN_KILLS", "4"))
STEPS = 2 + MOMENTS // 2
SEED = 20190628


@dataclass(frozen=True)
class Scene:
    """A workspace with its forms out, and an inbox of many returns, some of them ill."""

    root: Path
    inbox: Path

    def copy(self, to: Path) -> Scene:
        shutil.copytree(self.root, to / "town")
        return Scene(to / "town", self.inbox)

    def command(self, *words: object) -> list[str]:
        day = ("--lang", "zh", "--today", "2019-07-01", "-C", self.root)
        return [sys.executable, "-m", "xlplan.cli.main", *map(str, (*day, *words))]

    def start(self, *words: object, **how: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            **how,
        )

    def run(self, *words: object, **how: Any) -> tuple[int, str, str]:
        process = self.start(*words, **how)
        out, err = process.communicate(timeout=300)
        assert "Traceback" not in err
        return process.returncode, out, err

    def collect(self, **how: Any) -> tuple[int, str, str]:
        return self.run("collect", self.inbox, "-p", PERIOD, "--json", **how)

    def suicide(self, last: int) -> tuple[int, str]:
        """Collect, ended at this step; the exit code and what was said."""
        words = (sys.executable, "-c", SUICIDE, str(last), *self.command("collect", self.inbox, "-p", PERIOD)[3:])
        done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)
        return done.returncode, done.stderr

    def leftovers(self) -> list[Path]:
        return list(self.root.rglob("*.part"))

    def export(self) -> Any:
        workspace = open_workspace(self.root)
        found = export_period(workspace, PERIOD, TODAY, "zh", full=True)
        workspace.ledger.close()
        return found

    def sound(self) -> bool:
        """Whether the ledger is whole and opens, and every original is under its own digest."""
        with sqlite3.connect(self.root / "ledger.db") as database:
            (verdict,) = database.execute("pragma integrity_check").fetchone()
        kept = list((self.root / "archive").glob("*/*"))
        whole = all(path.stem == digest(path.read_bytes()) for path in kept)
        return bool(verdict == "ok") and whole and self.export()["period"] == PERIOD.code


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    home = tmp_path_factory.mktemp("kill")
    town = Town(home, OFFICES[:50])
    inbox = home / "inbox"
    inbox.mkdir()
    for office in town.offices:
        case = Case(town, office)
        for version in range(FILES // len(town.offices)):
            data = case.paper.bytes(day=10 + version)
            ill = version == 0 and town.offices.index(office) % 10 == 0
            (inbox / f"{office}{version}.xlsx").write_bytes(data[:3000] if ill else data)
    assert len(list(inbox.iterdir())) == FILES
    return Scene(town.workspace.root, inbox)


@pytest.fixture(scope="module")
def undisturbed(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, float]:
    """What comes of it when nobody interferes, and how long that takes."""
    quiet = scene.copy(tmp_path_factory.mktemp("quiet"))
    begun = time.monotonic()
    assert quiet.collect()[0] == 1
    return quiet.export(), time.monotonic() - begun


def killed(scene: Scene, after: float) -> None:
    process = scene.start("collect", scene.inbox, "-p", PERIOD)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_killed_run_can_be_repeated_as_if_nothing_had_happened(
    scene: Scene, undisturbed: tuple[Any, float], tmp_path: Path
) -> None:
    wanted, whole = undisturbed
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    for moment in range(MOMENTS):
        one = scene.copy(tmp_path / str(moment))
        for _ in range(chance.choice((1, 1, 2))):
            killed(one, chance.uniform(0.05, whole))
            assert one.sound()
        assert one.collect()[0] in {0, 1}
        assert one.export() == wanted
        assert one.leftovers() == []
        shutil.rmtree(one.root)


SUICIDE = """
import os, signal, sys
from sqlalchemy import Engine, event
from xlplan.cli.main import main

steps, last = 0, int(sys.argv.pop(1))

def step(*_, **__):
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)

def audit(name, facts):
    if name == "os.rename" or (name == "open" and ".part" in str(facts[0])):
        step()

sys.addaudithook(audit)
event.listen(Engine, "before_cursor_execute", step)
event.listen(Engine, "commit", step)
try:
    main()
finally:
    print("steps:", steps, file=sys.stderr)
"""
"""A run that ends itself at the step that is asked for: a file begun or renamed, a statement, a commit."""


def test_whatever_step_a_run_is_killed_at_it_can_be_repeated(scene: Scene, tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    for path in sorted(scene.inbox.iterdir())[:20]:
        shutil.copy2(path, few)
    quiet = Scene(scene.copy(tmp_path / "quiet").root, few)
    steps = int(quiet.suicide(0)[1].rpartition("steps:")[2])
    wanted = quiet.export()
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    chosen = {steps, steps - 1, *(chance.randint(1, steps) for _ in range(STEPS - 2))}
    for last in sorted(chosen):
        one = Scene(scene.copy(tmp_path / str(last)).root, few)
        assert one.suicide(last)[0] == -signal.SIGKILL
        assert one.sound()
        assert one.collect()[0] in {0, 1}
        assert one.export() == wanted
        assert one.leftovers() == []
        shutil.rmtree(one.root)


def test_two_runs_at_once_take_turns(scene: Scene, undisturbed: tuple[Any, float], tmp_path: Path) -> None:
    one = scene.copy(tmp_path)
    both = [one.start("collect", one.inbox, "-p", PERIOD, "--json") for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=300)
        assert process.returncode in {0, 1}, err  # for the second all may be known, with nothing more to say of it
    assert one.sound()
    assert one.export() == undisturbed[0]


def leave_little_room(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_full_disk_is_a_clear_error_and_costs_nothing(
    scene: Scene, undisturbed: tuple[Any, float], tmp_path: Path
) -> None:
    one = scene.copy(tmp_path)
    for size in (2000, 40_000, 100_000):
        code, out, err = one.collect(preexec_fn=lambda size=size: leave_little_room(size))
        assert (code, out) == (2, "")
        assert "W106" in err or "W703" in err
        assert one.sound()
    assert one.collect()[0] == 1
    assert one.export() == undisturbed[0]


def as_anybody() -> None:
    """Even the administrator's run keeps to what the folders' permissions say."""
    drop_from_bounding_set, override_permissions = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, override_permissions, 0, 0, 0)


def test_folders_that_cannot_be_written_are_a_clear_error(
    scene: Scene, undisturbed: tuple[Any, float], tmp_path: Path
) -> None:
    one = scene.copy(tmp_path)
    for path in (one.root / "archive", one.root):
        path.chmod(0o555)
        code, _, err = one.collect(preexec_fn=as_anybody)
        path.chmod(0o755)
        assert code == 2, path
        assert ("W704" if path == one.root else "W106") in err
    assert one.collect()[0] == 1
    assert one.export() == undisturbed[0]


def test_an_outbox_in_the_way_is_a_clear_error(scene: Scene, tmp_path: Path) -> None:
    one = scene.copy(tmp_path)
    shutil.rmtree(one.root / "archive")
    (one.root / "archive").write_text("in the way", "utf-8")
    code, _, err = one.collect()
    assert code == 2
    assert "W106" in err
    assert one.export()["files"] == []
