"""Changing single cells of a workbook that somebody else made: every other part of the file stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from xlplan.book import position

if TYPE_CHECKING:
    from collections.abc import Mapping

_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def set_cells(data: bytes, values: Mapping[tuple[str, str], str]) -> bytes:
    """The workbook with texts set at (sheet, address); a cell keeps its style. KeyError when there is no such sheet."""
    by_sheet: dict[str, dict[str, str]] = {}
    for (sheet, cell), text in values.items():
        by_sheet.setdefault(sheet, {})[cell] = text
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        parts = _sheet_parts(before)
        changed = {parts[sheet]: texts for sheet, texts in by_sheet.items()}
        for info in before.infolist():
            content = before.read(info)
            if info.filename in changed:
                content = _with_texts(content, changed[info.filename])
            after.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    rels = _parse(package.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.get("Id"): posixpath.normpath(posixpath.join("/xl", rel.get("Target", ""))) for rel in rels}
    book = _parse(package.read("xl/workbook.xml"))
    sheets = (node for node in book.iter() if etree.QName(node).localname == "sheet")
    return {node.get("name", ""): targets.get(node.get(_RELATED), "").lstrip("/") for node in sheets}


def _with_texts(content: bytes, texts: Mapping[str, str]) -> bytes:
    root = _parse(content)
    space = etree.QName(root).namespace
    data = root.find(f"{{{space}}}sheetData")
    if data is None:
        raise KeyError("sheetData")
    for cell, text in texts.items():
        _set(_cell(_row(data, position(cell)[0] + 1, space), cell, space), text, space)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _row(data: etree._Element, number: int, space: str | None) -> etree._Element:
    """The row element with this number, made in its place when it is not there."""
    at = len(data)
    for index, row in enumerate(data):
        found = int(row.get("r") or index + 1)
        if found == number:
            return row
        if found > number:
            at = index
            break
    made = etree.Element(f"{{{space}}}row", {"r": str(number)})
    data.insert(at, made)
    return made


def _cell(row: etree._Element, address: str, space: str | None) -> etree._Element:
    """The cell element at this address, made in its place when it is not there."""
    column = position(address)[1]
    at = len(row)
    for index, cell in enumerate(row):
        found = position(re.sub(r"\d+$", "1", cell.get("r") or "A1"))[1]
        if found == column:
            return cell
        if found > column:
            at = index
            break
    made = etree.Element(f"{{{space}}}c", {"r": address})
    row.insert(at, made)
    return made


def _set(cell: etree._Element, text: str, space: str | None) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inline = etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t")
    inline.text = text
    inline.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _parse(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
