"""Two clerks and one ledger on a server: both collect at once, runs are killed, and nothing is lost or merged twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from databases import move_to_server
from simulator.case import Case
from simulator.town import OFFICES, PERIOD, Town
from test_kill import Scene

from xlplan.headers import Field
from xlplan.workflow.ledger import check
from xlplan.workflow.workspace import open_workspace

pytestmark = pytest.mark.needs("initdb")
FILES = int(os.environ.get("XLPLAN_SHARED_FILES", "40"))  # of each clerk
ROUNDS = int(os.environ.get("XLPLAN_SHARED_KILLS", "2"))
SEED = 20190701
_OFFICES = 20


@dataclass(frozen=True)
class Pair:
    """A workspace on a file share, and what each of the two clerks has in the inbox; some of it both have."""

    scene: Scene
    inboxes: tuple[Path, Path]

    def on_server(self, folder: Path, url: str) -> Pair:
        """The same with the ledger on a server."""
        scene = self.scene.copy(folder)
        move_to_server(scene.root, url)
        return Pair(scene, self.inboxes)

    def start(self, clerk: int) -> subprocess.Popen[str]:
        return self.scene.start("collect", self.inboxes[clerk], "-p", PERIOD, "--json")

    def outcome(self) -> Any:
        """What counts, and every file that was read, each as often as it was recorded."""
        workspace = open_workspace(self.scene.root)
        with workspace.ledger.session() as connection:
            read = sorted(map(tuple, connection.exec_driver_sql("select path, sha256, state from readings")))
        assert check(workspace).findings == ()
        workspace.ledger.close()
        return self.scene.export(), read


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    home = tmp_path_factory.mktemp("shared")
    town = Town(home, OFFICES[:_OFFICES])
    inboxes = (home / "first" / "inbox", home / "second" / "inbox")
    both = FILES // 10
    for number in range(2 * FILES - both):
        office = town.offices[number % _OFFICES]
        paper = Case(town, office).paper
        paper.at("count", Field.DONE).value = number
        data = paper.bytes(day=1 + number * 28 // (2 * FILES))
        for clerk, inbox in enumerate(inboxes):
            if (FILES - both) * clerk <= number < FILES + (FILES - both) * clerk:
                inbox.mkdir(parents=True, exist_ok=True)
                (inbox / f"{office}{number}.xlsx").write_bytes(data[:3000] if number % 17 == 0 else data)
    assert [len(list(inbox.iterdir())) for inbox in inboxes] == [FILES, FILES]
    return Pair(Scene(town.workspace.root, home), inboxes)


@pytest.fixture(scope="module")
def sequential(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, float]:
    """What comes of it when one clerk collects after the other into a file, and how long one of them takes."""
    quiet = Pair(pair.scene.copy(tmp_path_factory.mktemp("quiet")), pair.inboxes)
    begun = time.monotonic()
    for clerk in range(2):
        finish(quiet.start(clerk))
    return quiet.outcome(), (time.monotonic() - begun) / 2


def finish(process: subprocess.Popen[str]) -> None:
    _, err = process.communicate(timeout=900)
    assert process.returncode in {0, 1}, err  # 1 where one of the returns that are cut off is new
    assert "Traceback" not in err


def test_two_clerks_collect_at_once_and_are_killed_at_random(
    pair: Pair, sequential: tuple[Any, float], ledger_url: Callable[[], str], tmp_path: Path
) -> None:
    wanted, whole = sequential
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    for number in range(ROUNDS):
        one = pair.on_server(tmp_path / str(number), ledger_url())
        for _ in range(chance.choice((1, 1, 2))):
            running = [one.start(clerk) for clerk in range(2)]
            victims = chance.choice((running, running[:1], running[1:]))
            time.sleep(chance.uniform(0.05, 2 * whole))
            for process in victims:
                process.send_signal(signal.SIGKILL)
            for process in running:
                process.communicate(timeout=900)
        for process in [one.start(clerk) for clerk in range(2)]:
            finish(process)
        assert one.outcome() == wanted


def test_each_clerk_sees_what_the_other_collected(
    pair: Pair, sequential: tuple[Any, float], ledger_url: Callable[[], str], tmp_path: Path
) -> None:
    """Each in a folder of their own: the settings and the plan are copied, the ledger is one."""
    first = pair.on_server(tmp_path / "first", ledger_url())
    second = Pair(first.scene.copy(tmp_path / "second"), pair.inboxes)
    for process in (first.start(0), second.start(1)):
        finish(process)
    assert first.scene.export() == second.scene.export() == sequential[0][0]
