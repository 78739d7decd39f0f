"""Bytes to a Book: any workbook that comes back, whatever its ending says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from xlplan.book import Book
from xlplan.errors import XlplanError
from xlplan.files.limits import MEGABYTE, Limits
from xlplan.files.preflight import Package, inspect, open_package
from xlplan.files.sheets import ooxml
from xlplan.files.sniff import Kind, sniff
from xlplan.files.zipdirectory import members
from xlplan.finding import Finding
from xlplan.rules import find

if TYPE_CHECKING:
    from xlplan.files.sheets.ole import Compound

_TAME = MEGABYTE
_TAME_INFLATED = 2 * MEGABYTE
Reading = tuple[Book | None, list[Finding]]

_FOLDERS = (("word/", Kind.WORD), ("ppt/", Kind.SLIDES), ("visio/", Kind.PACKAGE))
_STREAMS = (
    ("worddocument", Kind.WORD),
    ("powerpoint document", Kind.SLIDES),
    ("__properties_version1.0", Kind.OUTLOOK),
)
_REFUSED = {Kind.EMPTY: "F104", Kind.ZEROS: "F105", Kind.MARKUP: "F131", Kind.UNKNOWN: "F134"}


def read_book(data: bytes, name: str, limits: Limits | None = None) -> Reading:
    """Read a workbook. The Book is None when the file as a whole cannot be used, and the findings say why.

    `name` is for the findings, and for the only sheet of a text file; what the file is, its content decides.
    """
    try:
        book, findings = _read(data, name, limits or Limits())
    except XlplanError as refusal:
        book, findings = None, [refusal.finding]
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one file's content must never cost another file
        book, findings = None, [find("F109", detail=f"{type(error).__name__}: {error}"[:200])]
    return book, [replace(one, place=replace(one.place, file=name)) for one in findings]


def _read(data: bytes, name: str, limits: Limits) -> Reading:
    if len(data) > limits.size:
        raise XlplanError(find("F111", found=len(data), limit=limits.size))
    kind = sniff(data)
    if kind is Kind.ZIP:
        package = open_package(data, limits)
        return _read_package(inspect(package), package_kind(package))
    if kind is Kind.OLE:
        from xlplan.files.sheets.ole import Compound

        return _read_compound(Compound(data), limits)
    if kind is Kind.XLS:
        from xlplan.files.sheets import xls

        return xls.read_stream(data, limits)
    if kind is Kind.TEXT:
        from xlplan.files.sheets import text

        return text.read(data, PurePath(name.replace("\\", "/")).stem or "csv", limits)
    return None, [_refusal(kind)]


def _read_package(package: Package, kind: Kind) -> Reading:
    if kind is Kind.XLSX:
        return ooxml.read(package)
    if kind is Kind.XLSB:
        from xlplan.files.sheets import xlsb

        return xlsb.read(package)
    if kind is Kind.ODS:
        from xlplan.files.sheets import ods

        return ods.read(package)
    return None, [find("F132", kind=kind)]


def _read_compound(compound: Compound, limits: Limits) -> Reading:
    names = compound.names()
    if names & {"workbook", "book"}:
        from xlplan.files.sheets import xls

        return xls.read(compound, limits)
    if "encryptedpackage" in names:
        return None, [find("F101")]
    kind = next((kind for stream, kind in _STREAMS if stream in names), Kind.OLE)
    return None, [find("F132", kind=kind)]


def package_kind(package: Package) -> Kind:
    """What a zip package is, by its directory and content types; a plain archive is `Kind.ZIP`."""
    if "[Content_Types].xml" in package:
        return _open_xml(package)
    if "mimetype" in package or "content.xml" in package:
        return Kind.ODS if b"spreadsheet" in package.read("mimetype")[:100] else Kind.OPENDOCUMENT
    return Kind.ZIP


def _open_xml(package: Package) -> Kind:
    """Which program's format an Open XML package is, by its workbook part."""
    part = ooxml.main_part(package)
    if part.endswith(".bin"):
        return Kind.XLSB
    return next((kind for folder, kind in _FOLDERS if part.startswith(folder) and part in package), Kind.XLSX)


def _refusal(kind: Kind) -> Finding:
    if kind in _REFUSED:
        return find(_REFUSED[kind])
    return find("F133" if kind is Kind.PACKED else "F132", kind=kind)


def is_tame(data: bytes) -> bool:
    """Whether a file is small, also when inflated, so that reading it needs no bounds on time and memory."""
    if len(data) > _TAME:
        return False
    if sniff(data) is not Kind.ZIP:
        return True
    try:
        return sum(member.size for member in members(data, Limits())) <= _TAME_INFLATED
    except XlplanError:
        return True
