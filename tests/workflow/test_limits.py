"""The bounds in xlplan.toml: they hold for what is collected, and what they cannot be is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from simulator.round import Round
from simulator.town import OFFICES, Town

from xlplan.errors import XlplanError
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.workflow.limits import read_limits
from xlplan.workflow.workspace import create_workspace, open_workspace


def with_limits(root: Path, text: str) -> Path:
    path = root / "xlplan.toml"
    path.write_text(path.read_text("utf-8") + f"\n[limits]\n{text}\n", "utf-8")
    return root


def test_what_is_not_set_is_safe() -> None:
    assert read_limits({}) == (Limits(), "")
    limits, wrong = read_limits({"size": 10, "seconds": 2.5, "cells": 500})
    assert wrong == ""
    assert (limits.size, limits.seconds, limits.cells) == (10 * MEGABYTE, 2.5, 500)
    assert limits.members == Limits().members


@pytest.mark.parametrize(
    "text",
    [
        "size = 0",
        "size = -1",
        'cells = "many"',
        "rows = 1.5",
        "memory = 1",
        "text = 40000",
        "speed = 3",
        "depth = true",
    ],
)
def test_what_cannot_be_a_bound_is_w105_with_its_line(tmp_path: Path, text: str) -> None:
    create_workspace(tmp_path / "ws")
    with pytest.raises(XlplanError) as caught:
        open_workspace(with_limits(tmp_path / "ws", text))
    finding = caught.value.finding
    assert finding.code == "W105"
    lines = (tmp_path / "ws" / "xlplan.toml").read_text("utf-8").splitlines()
    assert lines[int(finding.fact("line")) - 1] == text


def test_a_table_that_is_none_is_w105(tmp_path: Path) -> None:
    create_workspace(tmp_path / "ws")
    path = tmp_path / "ws" / "xlplan.toml"
    path.write_text("limits = 3\n", "utf-8")
    with pytest.raises(XlplanError) as caught:
        open_workspace(tmp_path / "ws")
    assert caught.value.finding.code == "W105"


def test_the_bounds_hold_while_collecting_and_raising_them_lets_the_file_in(tmp_path: Path) -> None:
    round_ = Round(Town(tmp_path, OFFICES[:1]))
    round_.spoil({})
    round_.deliver()
    root = round_.town.workspace.root
    plain = (root / "xlplan.toml").read_text("utf-8")
    round_.town.workspace = open_workspace(with_limits(root, "cells = 5"))
    round_.run()
    assert round_.collected is not None
    (refused,) = round_.collected.files
    assert (refused.state.value, [one.code for one in refused.findings]) == ("quarantined", ["F116"])
    (root / "xlplan.toml").write_text(plain, "utf-8")
    round_.town.workspace = open_workspace(root)
    round_.run()
    (case,) = round_.cases.values()
    assert (round_.wrong_files(case), round_.wrong_rows(case)) == ({}, {})
