"""Files on disk, and what a glance at them tells."""

from __future__ import annotations

import os

import pytest

from xlplan.files.disk import have_arrived


@pytest.mark.parametrize(
    ("since", "enough", "expected"), [(0, 4, True), (0, 5, False), (float("inf"), 4, False), (1e9, 4, True)]
)
def test_whether_files_have_arrived(tmp_path, since, enough, expected):
    for number in range(3):
        (tmp_path / "甲科").mkdir(exist_ok=True)
        (tmp_path / "甲科" / f"{number}.xlsx").write_bytes(b"x")
    (tmp_path / "a.xlsx").write_bytes(b"x")
    assert have_arrived([tmp_path], since, enough) is expected


def test_what_was_copied_with_its_time_has_arrived_all_the_same(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    os.utime(path, (1e9, 1e9))
    assert have_arrived([tmp_path], 1.5e9, 1)


def test_a_place_that_is_not_there_has_nothing(tmp_path):
    assert not have_arrived([tmp_path / "gone"], 0, 1)
