"""The same plan and period give the same bytes, whatever the clock, the place and the machine's settings."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from xlplan.headers import Field

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bureau

SETTINGS = [
    {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2", "USER": "someone", "LOGNAME": "someone"},
]


BACKWARDS = """
import os

_listdir, _scandir = os.listdir, os.scandir


class _Listed(list):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def close(self):
        return None


os.listdir = lambda *path: sorted(_listdir(*path), reverse=True)
os.scandir = lambda *path: iter_(sorted(_scandir(*path), key=lambda one: one.name, reverse=True))


class iter_(_Listed):
    def __iter__(self):
        return list.__iter__(self)

    def __next__(self):
        if not self:
            raise StopIteration
        return self.pop(0)
"""


def written(bureau: Bureau, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, day: str) -> dict[str, bytes]:
    """Everything that a quarter writes, its commands run on this day; the reports tell of one and the same day."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    at = ("-C", bureau.root, "--today", day)
    bureau.xlplan(*at, "distribute", "--claim", "--deadline", "2019-02-01").expect(0)
    bureau.xlplan(*at, "distribute", "--period", bureau.period, "--deadline", "2019-06-25").expect(0)
    for name in ("breakdown.xlsx", "breakdown.docx"):
        bureau.xlplan(*at, "breakdown", "-o", bureau.root / "reports" / name).expect(0)
    bureau.xlplan(*at, "collect", bureau.inbox)
    told = ("-C", bureau.root, "--today", "2019-07-01")
    bureau.xlplan(*told, "consolidate", "--period", bureau.period)
    bureau.xlplan(*told, "remind", "--period", bureau.period)
    paths = [*(bureau.root / "outbox").rglob("*.*"), *(bureau.root / "reports").rglob("*.xlsx")]
    paths += (bureau.root / "reports").glob("breakdown.docx")
    return {path.relative_to(bureau.root).as_posix(): path.read_bytes() for path in paths}


def test_what_is_written_depends_on_plan_and_returns_alone(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = load_workbook(bureau.root / "plan.xlsx")
    owner = next(cell.column for cell in plan.worksheets[0][3] if cell.value == "责任单位")
    plan.worksheets[0].cell(5, owner).value = None
    plan.save(bureau.root / "plan.xlsx")
    for number, name in enumerate(list(bureau.forms())[:4]):
        paper = bureau.paper(name).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署"})
        if number == 1:
            paper.cell(next(iter(paper.rows)), Field.STATUS).value = "快了"
        paper.save(bureau.inbox / f"{number}" / f"{name}.xlsx")
    bureau("template", "copy", "form").expect(0)
    bureau("template", "copy", "breakdown").expect(0)
    copy = replace(bureau, root=tmp_path / "elsewhere" / "2019")
    shutil.copytree(bureau.root, copy.root)
    shutil.rmtree(copy.root / "outbox")
    shutil.rmtree(bureau.root / "outbox")
    first = written(bureau, SETTINGS[0], monkeypatch, "2019-05-01")
    backwards = tmp_path / "site"
    backwards.mkdir()
    (backwards / "sitecustomize.py").write_text(BACKWARDS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(backwards), prepend=os.pathsep)
    second = written(copy, SETTINGS[1], monkeypatch, "2020-02-29")
    assert {"reports/breakdown.docx", "outbox/claim/办公室_认领.xlsx"} <= first.keys()
    assert len([name for name in first if name.startswith("reports/")]) > 4
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert not any(b"someone" in data for data in second.values())
