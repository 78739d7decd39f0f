"""For analysts: every period as a typed table, the examples of the documentation run, files carry their types."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, SEED, Paper

import xlplan
from xlplan.headers import Field
from xlplan.period import Period, Span
from xlplan.render.export_json import COLUMNS
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.distribute import distribute
from xlplan.workflow.export import export_period, export_table
from xlplan.workflow.init import init_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.workflow.workspace import Workspace

TODAY = date(2019, 7, 1)
DTYPES = {"text": "string", "word": "category", "number": "Float64", "day": "datetime64[ns]"}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two quarters of the sample plan, in which one office answers."""
    now = datetime(2019, 7, 1, tzinfo=UTC)
    root = tmp_path_factory.mktemp("year") / "2019"
    workspace = init_workspace(root, now, SEED / "plan.txt", SEED / "roster.csv").workspace
    answer = {Field.DONE: "7", Field.STATUS: "推进中", Field.PROGRESS: "-已部署"}
    for period in (Period(2019, Span.QUARTER, 2), Period(2019, Span.QUARTER, 1)):
        sent = distribute(workspace, period, now, date(2019, 6, 25))
        paper = Paper(root / sent.forms[0].path).fill(lambda _: answer)
        collect(workspace, Handed((paper.save(root / f"{period.code}.xlsx"),), period), now)
    return workspace


def test_all_periods_come_typed_and_say_what_the_export_says(year: Workspace) -> None:
    loaded = xlplan.load(year.root)
    frame = loaded.entries()
    assert list(frame.columns) == list(COLUMNS)
    for name, kind in COLUMNS.items():
        assert str(frame[name].dtype) == ("category" if name == "period" else DTYPES[kind]), name
    assert frame.period.cat.ordered
    assert list(frame.period.cat.categories) == ["2019-Q1", "2019-Q2"]
    assert frame.period.is_monotonic_increasing
    for period in ("2019-Q1", "2019-Q2"):
        exported = export_period(year, Period.parse(period), TODAY, "zh")["entries"]
        part = frame[frame.period == period]
        assert loaded.entries(period).row.tolist() == part.row.tolist() == [one["row"] for one in exported]
        for row, one in zip(part.itertuples(), exported, strict=True):
            assert (row.office, row.light, row.grade) == (one["office"], one["light"], one["grade"])
            assert (None if pd.isna(row.value) else f"{row.value:g}") == one["value"]
            assert (None if pd.isna(row.sha256) else row.sha256) == (one["source"] or {}).get("sha256")
    assert frame.target_value.notna().any()
    assert frame.value.notna().sum() < len(frame)


def test_the_examples_of_the_documentation_run(year: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "analysts.md").read_text("utf-8")
    monkeypatch.chdir(year.root.parent)
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(code, names)  # noqa: S102 - our own documentation
    entries, lights = names["entries"], names["lights"]
    assert lights.to_numpy().sum() == len(entries)
    assert names["shares"].sum(axis=1).tolist() == pytest.approx([1, 1])
    assert names["complete"].to_numpy().max() > 0
    assert len(names["stuck"]) == (entries[entries.kind == "increment"].value.notna()).sum() / 2
    assert (year.root.parent / "soon.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    documented = re.findall(r"`(\w+)`", "".join(line for line in page.splitlines() if line.startswith("| `")))
    assert set(documented) == set(COLUMNS)


def test_tables_for_other_programs_have_every_column_and_its_type(year: Workspace) -> None:
    made = {kind: year.root / f"entries.{kind}" for kind in ("csv", "parquet")}
    for kind, path in made.items():
        export_table(year, Period.parse("2019-Q2"), TODAY, (kind, path))
    table = pq.read_table(made["parquet"])
    kinds = {"number": pa.float64(), "day": pa.date32(), "text": pa.string()}
    for name, kind in COLUMNS.items():
        assert table.schema.field(name).type == kinds.get(kind, pa.dictionary(pa.int32(), pa.string())), name
    text = made["csv"].read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(text), dtype=str)
    assert list(read.columns) == list(COLUMNS) == table.column_names
    assert len(read) == table.num_rows > 20
    assert "'-已部署" in read.progress.tolist()
    assert "7" in read.value.tolist()


def test_a_new_workspace_gives_an_empty_table_with_the_same_types(year: Workspace, tmp_path: Path) -> None:
    init_workspace(tmp_path / "new", datetime(2019, 1, 1, tzinfo=UTC), SEED / "plan.txt", SEED / "roster.csv")
    empty, full = (xlplan.load(root).entries() for root in (tmp_path / "new", year.root))
    assert len(empty) == 0
    assert [str(kind) for kind in empty.dtypes] == [str(kind) for kind in full.dtypes]
