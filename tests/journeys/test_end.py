"""How commands end: quickly, with everything closed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def ended(*words: str | Path) -> int:
    return subprocess.run(
        [sys.executable, "-m", "xlplan.cli.main", *words], check=False, capture_output=True
    ).returncode


def test_whatever_a_command_did_the_ledger_is_closed(tmp_path: Path) -> None:
    document, bureau = tmp_path / "plan.txt", tmp_path / "bureau"
    document.write_text("某局2019年工作要点\n一、重点工作\n1.新建实验室3家。(责任单位:甲科)\n", "utf-8")
    assert ended("init", bureau, "--from", document) == 0
    assert ended("-C", bureau, "ledger", "copy", "--to", "copy.db") in {0, 2}
    assert ended("-C", bureau, "collect", tmp_path / "missing") == 2
    assert sorted(path.name for path in bureau.iterdir() if path.name.startswith("ledger.db")) == ["ledger.db"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_what_could_not_be_printed_is_an_error() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "xlplan.cli.main", "rules"], check=False, stdout=full)
    assert done.returncode != 0
