"""Open XML workbooks (.xlsx, .xlsm, and .et saved as such), transitional and strict, as a Book."""

from __future__ import annotations

from xlplan.book import Book, Sheet
from xlplan.errors import XlplanError
from xlplan.files.preflight import Package, damaged
from xlplan.files.sheets import sharedstrings, sharedxml, sidecar
from xlplan.files.sheets.cells import Workbook
from xlplan.files.sheets.grid import Grid, are_plain
from xlplan.files.sheets.sheetxml import read_sheet
from xlplan.finding import Finding, Place
from xlplan.rules import find

_CELL_PICTURES = "xl/richdata/richvaluerel.xml"
_MACROS = "xl/vbaproject.bin"
NO_TABLES = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})


def main_part(package: Package) -> str:
    """The path of the workbook part."""
    return sharedxml.first(sharedxml.relations(package, ""), "officeDocument") or "xl/workbook.xml"


def read(package: Package) -> tuple[Book | None, list[Finding]]:
    """Every sheet of the workbook, with what stands beside the cells."""
    part = main_part(package)
    if part not in package:
        raise damaged(f"{part} is missing")
    links = sharedxml.relations(package, part)
    listed = sharedxml.contents(package, part, package.limits)
    shared = Workbook(package.limits, from_1904=listed.from_1904, uncomputed=listed.uncomputed)
    shared.rich_pictures = _CELL_PICTURES in package
    styles, texts = sharedxml.first(links, "styles"), sharedxml.first(links, "sharedStrings")
    if styles in package:
        shapes = sharedxml.shapes(package, styles)
        shared.shapes = list(shapes)
        shared.patterns = sharedxml.patterns(shapes)
    if texts in package:
        shared.strings = sharedstrings.strings(package, texts, package.limits)
        shared.plain_strings = are_plain(shared.strings, package.limits.text)
    book, findings = Book(), [find("F138")] if _MACROS in package else []
    targets = {link.id: link for link in links}
    for entry in listed.sheets:
        link = targets.get(entry.relation)
        if link is not None and link.type in NO_TABLES:
            continue
        sheet = Sheet(entry.name, entry.visibility)
        book.sheets.append(sheet)
        findings += _read_sheet(package, link.target if link else "", Grid(shared, sheet))
    listed_parts = {targets[entry.relation].target for entry in listed.sheets if entry.relation in targets}
    lost = [link.target for link in links if link.type == "worksheet" and link.target not in listed_parts]
    findings += [find("F137", Place(sheet=part), detail="not listed in the workbook") for part in lost]
    if not book.sheets:
        raise damaged("no worksheets")
    sidecar.read_properties(package, book)
    return book, findings


def _read_sheet(package: Package, part: str, grid: Grid) -> list[Finding]:
    if not part or part not in package:
        return [find("F137", Place(sheet=grid.sheet.name), detail=part or "-")]
    try:
        read_sheet(package, part, grid)
    except XlplanError as refusal:
        if refusal.finding.code != "F102":
            raise
        grid.clear()
        return [find("F137", Place(sheet=grid.sheet.name), detail=refusal.finding.fact("detail"))]
    sidecar.read_beside(package, part, grid)
    return grid.findings()
