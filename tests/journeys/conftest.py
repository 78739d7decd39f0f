from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from xlplan.headers import ENTRY, LOCKED, Field, match_row
from xlplan.workflow.demo.filling import save

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "flat-owners-2019"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def expect(self, code: int) -> Ran:
        assert self.code == code, self.out + self.err
        assert "Traceback" not in self.out + self.err
        return self


@dataclass(frozen=True)
class Shell:
    """The command line in a folder of its own."""

    home: Path

    def __call__(self, *words: object, lang: str = "zh") -> Ran:
        run = subprocess.run(
            [sys.executable, "-m", "xlplan.cli.main", "--lang", lang, *map(str, words)],
            cwd=self.home,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        return Ran(run.returncode, run.stdout, run.stderr)


@pytest.fixture
def xlplan(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@dataclass
class Paper:
    """A form opened for filling, its cells by row code and field."""

    path: Path

    def __post_init__(self) -> None:
        self.book = load_workbook(self.path)
        self.sheet = self.book.worksheets[0]
        for index, cells in enumerate(self.sheet.iter_rows(max_row=40, values_only=True), 1):
            columns = {match.field: column + 1 for column, match in match_row(cells, (*LOCKED, *ENTRY)).items()}
            if {Field.CODE, Field.PROGRESS} <= columns.keys():
                self.header, self.columns = index, columns
        code = self.columns[Field.CODE]
        rows = range(self.header + 1, self.sheet.max_row + 1)
        self.rows = {str(value): row for row in rows if (value := self.sheet.cell(row, code).value)}

    def cell(self, code: str, field: Field) -> Any:
        return self.sheet.cell(self.rows[code], self.columns[field])

    def fill(self, fields: Callable[[str], dict[Field, object]]) -> Paper:
        for code in self.rows:
            for field, value in fields(code).items():
                self.cell(code, field).value = value
        return self

    def save(self, path: Path, day: int = 24) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(save(self.book, datetime(2019, 6, day, tzinfo=UTC)))
        return path


@dataclass
class Bureau:
    """A workspace from the sample plan, with a period's forms sent."""

    xlplan: Shell
    root: Path
    period: str = "2019-Q2"

    def __call__(self, *words: object) -> Ran:
        return self.xlplan("-C", self.root, "--today", "2019-07-01", *words)

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def forms(self) -> dict[str, Path]:
        manifest = json.loads((self.root / "outbox" / self.period / "manifest.json").read_text("utf-8"))
        return {one["office"]: self.root / one["file"] for one in manifest["forms"]}

    def paper(self, office: str) -> Paper:
        return Paper(self.forms()[office])

    def entries(self) -> dict[tuple[str, str], dict[str, Any]]:
        content = self("export", "--period", self.period, "--json").json
        return {(one["row"], one["office"]): one for one in content["entries"]}

    def files(self) -> dict[str, dict[str, Any]]:
        content = self("export", "--period", self.period, "--json").json
        return {Path(one["path"]).name: one for one in content["files"]}


@pytest.fixture
def bureau(xlplan: Shell) -> Bureau:
    made = Bureau(xlplan, xlplan.home / "2019")
    xlplan("init", made.root, "--from", SEED / "plan.txt", "--roster", SEED / "roster.csv").expect(0)
    made("distribute", "--period", made.period, "--deadline", "2019-06-25").expect(0)
    return made
