"""The same plan and period give the same bytes, whatever the clock, the place and the machine's settings."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bureau

SETTINGS = [
    {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2", "USER": "someone", "LOGNAME": "someone"},
]


def written(bureau: Bureau, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, day: str) -> dict[str, bytes]:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    at = ("-C", bureau.root, "--today", day)
    bureau.xlplan(*at, "distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    for name in ("breakdown.xlsx", "breakdown.docx"):
        bureau.xlplan(*at, "breakdown", "-o", bureau.root / "reports" / name).expect(0)
    paths = [*(bureau.root / "outbox").rglob("*.*"), *(bureau.root / "reports").glob("breakdown.*")]
    return {path.relative_to(bureau.root).as_posix(): path.read_bytes() for path in paths}


def test_forms_and_breakdown_depend_on_the_plan_alone(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = replace(bureau, root=tmp_path / "elsewhere" / "2019")
    shutil.copytree(bureau.root, copy.root)
    shutil.rmtree(copy.root / "outbox")
    first = written(bureau, SETTINGS[0], monkeypatch, "2019-05-01")
    second = written(copy, SETTINGS[1], monkeypatch, "2020-02-29")
    assert len(first) > 10
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert not any(b"someone" in data for data in second.values())
