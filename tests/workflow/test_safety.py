"""What an office sends cannot reach another office's rows, and nothing it writes becomes a formula in what we write."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from simulator.case import Case
from simulator.paper import Paper
from simulator.round import LATER, Round
from simulator.town import OFFICES, PERIOD, TODAY, Town

from xlplan.books.form.layout import STAMP_KEYS, STAMP_SHEET, joined_property
from xlplan.headers import ENTRY, Field
from xlplan.period import Period
from xlplan.workflow.consolidate import consolidate, print_breakdown
from xlplan.workflow.distribute import distribute
from xlplan.workflow.export import export_table
from xlplan.workflow.remind import remind

THIEF, VICTIM = OFFICES[:2]


def stamp_in(paper: Paper) -> dict[str, Any]:
    found = {one.name: one.value for one in paper.book.custom_doc_props.props}
    stamp: dict[str, Any] = json.loads(joined_property(found))
    return stamp


def put_stamp(paper: Paper, stamp: dict[str, Any] | None, where: str) -> None:
    """Write an edited stamp into the properties, the hidden sheet or both; None takes it out."""
    if where in {"properties", "both"}:
        raw = json.dumps(stamp) if stamp else ""
        names = [one.name for one in paper.book.custom_doc_props.props]
        for number, name in enumerate(sorted(names)):
            if stamp is None:
                del paper.book.custom_doc_props[name]
            else:
                paper.book.custom_doc_props[name].value = raw[number * 250 : (number + 1) * 250]
    if where in {"sheet", "both"}:
        if stamp is None:
            del paper.book[STAMP_SHEET]
            return
        for row in paper.book[STAMP_SHEET].iter_rows(max_col=2):
            value = stamp[str(row[0].value)]
            row[1].value = json.dumps(value) if isinstance(value, list) else str(value)


def stolen(town: Town, edits: dict[str, Any]) -> dict[str, Any]:
    """The thief's stamp with some of the victim's facts."""
    own = stamp_in(Paper(town.forms[THIEF], town.codes[THIEF]))
    other = stamp_in(Paper(town.forms[VICTIM], town.codes[VICTIM]))
    return own | {key: other[key] for key in edits}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("safety"), OFFICES[:2])


def attacked(town: Town, root: Path, case: Case, data: bytes) -> Round:
    """What comes of it when only the thief's file is collected, in a copy of the workspace."""
    import shutil

    from xlplan.workflow.workspace import open_workspace

    copy = Town.__new__(Town)
    copy.__dict__ |= town.__dict__ | {"root": root}
    copy.workspace = open_workspace(Path(shutil.copytree(town.workspace.root, root / "ws")))
    round_ = Round(copy, {"x": case})
    case.way = "x"
    case.files = {f"{THIEF}.xlsx": data}
    round_.deliver()
    return round_.run()


KEYS = [(key,) for key in STAMP_KEYS] + [("office", "rows"), ("office", "rows", "signature")]


@pytest.mark.parametrize("where", ["properties", "sheet", "both"])
@pytest.mark.parametrize("codes", ["own codes", "their codes"])
@pytest.mark.parametrize("keys", [*KEYS, None], ids=str)
def test_editing_the_stamp_never_reaches_another_offices_rows(
    town: Town, tmp_path: Path, keys: tuple[str, ...] | None, codes: str, where: str
) -> None:
    case = Case(town, THIEF)
    if codes == "their codes":
        for kind, code in town.codes[VICTIM].items():
            case.paper.at(kind, Field.CODE).value = code
    put_stamp(case.paper, stolen(town, dict.fromkeys(keys)) if keys else None, where)
    if keys == ("office", "rows", "signature") and codes == "their codes" and where != "sheet":
        return  # that is the victim's own stamp and rows entire: a copy of their form, not an edited one
    round_ = attacked(town, tmp_path, case, case.paper.bytes())
    theirs = [one for one in round_.export["entries"] if one["office"] == VICTIM]
    assert {one["grade"] for one in theirs} == {"未报"}
    assert all(one["source"] is None for one in theirs)


EVIL = ("=cmd|' /C calc'!A0", "+cmd|x", "-cmd|x", "@SUM(cmd)", "\t=cmd", '=HYPERLINK("http://x","cmd")', "{=cmd}")


def formulas(path: Path) -> list[str]:
    book = load_workbook(io.BytesIO(path.read_bytes()))
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_no_text_becomes_a_formula_in_anything_we_write(town: Town, tmp_path: Path) -> None:
    case = Case(town, THIEF)
    for number, kind in enumerate(case.paper.codes):
        for field in ENTRY:
            cell = case.paper.at(kind, field)
            cell.value, cell.data_type = EVIL[number % len(EVIL)], "s"
    extra = case.paper.sheet.cell(case.paper.header, case.paper.width + 2)
    extra.value, extra.data_type = "=cmd+1", "s"
    beside = case.paper.sheet.cell(case.paper.last, case.paper.width + 2)
    beside.value, beside.data_type = "=cmd+2", "s"
    round_ = attacked(town, tmp_path, case, case.paper.bytes())
    workspace = round_.town.workspace
    assert any(one["progress"] == EVIL[0] for one in round_.export["entries"])
    done = remind(workspace, PERIOD, TODAY)
    later = distribute(workspace, Period.parse("2019-Q3") or PERIOD, LATER, date(2019, 9, 25))
    written = [
        consolidate(workspace, PERIOD, TODAY).path,
        print_breakdown(workspace).path,
        done.listing,
        *(one.path for one in done.sent),
        *(workspace.root / form.path for form in later.forms),
    ]
    assert [text for path in written for text in formulas(path) if "cmd" in text] == []
    assert done.sent
    table = export_table(workspace, PERIOD, TODAY, ("csv", None)).read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert any("cmd" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "-cmd"))] == []
