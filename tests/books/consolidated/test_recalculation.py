"""LibreOffice opens the workbook and computes what stands in it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from ledgers import PERIOD, TEMPLATE, everything, with_numbers

from xlplan.book import Book, Cell, Formula, Sheet
from xlplan.books.consolidated import compose
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Plan
from xlplan.model.progress import Context, Tally

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""LibreOffice's settings with which it computes every formula of a workbook anew."""


def recomputed(books, folder: Path) -> dict[str, openpyxl.Workbook]:
    """The books as LibreOffice saves them after computing every formula."""
    settings_of = folder / "profile" / "user" / "registrymodifications.xcu"
    settings_of.parent.mkdir(parents=True)
    settings_of.write_text(ALWAYS, encoding="utf-8")
    paths = [folder / f"{name}.xlsx" for name in books]
    for path in paths:
        path.write_bytes(write_book(books[path.stem])[0])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [shutil.which("soffice"), profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "again"]
    subprocess.run([*map(str, (*command, *paths))], check=True, capture_output=True, timeout=240)
    return {path.stem: openpyxl.load_workbook(folder / "again" / path.name, data_only=True) for path in paths}


@pytest.mark.needs("soffice")
def test_recalculation_in_libreoffice_changes_no_value(tmp_path):
    books = {
        "whole": everything(),
        "split": everything(with_numbers(most_rows=4, most_fitted=1)),
        "empty": compose(Tally(Plan(""), PERIOD, ()), Context(date(2019, 6, 25)), TEMPLATE, "zh"),
        "wrong": Book([Sheet("-", cells={(0, 0): Cell(Formula("1+1", 3))})]),
    }
    found = recomputed(books, tmp_path)
    assert found.pop("wrong")["-"]["A1"].value == 2  # it does compute
    for name, again in found.items():
        kept = openpyxl.load_workbook(tmp_path / f"{name}.xlsx", data_only=True)
        assert again.sheetnames == kept.sheetnames == [sheet.name for sheet in books[name].sheets]
        live = openpyxl.load_workbook(tmp_path / "again" / f"{name}.xlsx")
        detail = [sheet for sheet in live if sheet.title.startswith("明细") and sheet.title != "明细目录"]
        assert {cell.data_type for sheet in detail for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
        for sheet in kept:
            for row in sheet.iter_rows():
                for cell in row:
                    value = again[sheet.title][cell.coordinate].value
                    expected = cell.value.replace("_x005F_", "_") if isinstance(cell.value, str) else cell.value
                    same = value == pytest.approx(expected) if isinstance(expected, float) else value == expected
                    assert same, (name, sheet.title, cell.coordinate, value, expected)
    formulas = [
        cell for sheet in books["whole"].sheets for cell in sheet.cells.values() if isinstance(cell.value, Formula)
    ]
    assert len(formulas) > 40
