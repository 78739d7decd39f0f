"""A form of the bureau's own: taken over once, then filled for every office in place of xlplan's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.form.adopt import adopt, mapping_text
from xlplan.books.form.own import mismatch
from xlplan.books.table import header_cells, header_names
from xlplan.errors import XlplanError
from xlplan.files.disk import read_bytes, write_bytes
from xlplan.files.workbook import read_book
from xlplan.finding import Place
from xlplan.headers import Field
from xlplan.workflow.delivery import FormWriter
from xlplan.workflow.templates import load_template

if TYPE_CHECKING:
    from pathlib import Path

    from xlplan.books.form.adopt import Adopted
    from xlplan.books.template import Own, Template
    from xlplan.files.xlsx_form import Emptied, Table
    from xlplan.finding import Finding
    from xlplan.model import Plan
    from xlplan.workflow.workspace import Workspace

WORKBOOK, MAPPING = "form.xlsx", "form.toml"


@dataclass(frozen=True)
class TakenOver:
    """A form that was taken over: the workbook and the mapping written, what it was understood to be."""

    workbook: Path
    mapping: Path
    adopted: Adopted
    findings: tuple[Finding, ...]


def take_over(workspace: Workspace, path: Path) -> TakenOver:
    """Make a bureau's form the workspace's own. XlplanError T111, T112, T113, T161, W101."""
    from xlplan.files.xlsx_form import Table

    mapping, workbook = workspace.templates / MAPPING, workspace.templates / WORKBOOK
    for taken in (mapping, workbook):
        if taken.exists():
            raise XlplanError(rules.find("T111", path=taken))
    data = read_bytes(path)
    book, found = read_book(data, path.name)
    if book is None:
        raise XlplanError(found[-1])
    if not data.startswith(b"PK") or path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise XlplanError(rules.find("T113", file=path.name))
    adopted, trouble = adopt(book.sheets, path.name, f"templates/{MAPPING}")
    if adopted is None:
        raise XlplanError(trouble[-1])
    columns = tuple(one.at for one in adopted.columns)
    code = next(one.header for one in adopted.columns if one.field == Field.CODE)
    table = Table(adopted.sheet, adopted.header, adopted.foot, columns, code if adopted.added else "")
    emptied = _emptied(data, table)
    if emptied is None or not _has_columns(emptied.data, adopted):
        raise XlplanError(rules.find("T161", file=path.name))
    if emptied.pictures:
        trouble.append(rules.find("T115", Place(path.name)))
    write_bytes(workbook, emptied.data)
    text = mapping_text(adopted.measured(emptied.widths), WORKBOOK, emptied.size, protect=emptied.protected)
    write_bytes(mapping, text.encode())
    return TakenOver(workbook, mapping, adopted, tuple(trouble))


def _emptied(data: bytes, table: Table) -> Emptied | None:
    from xlplan.files.xlsx_form import empty_form

    try:
        return empty_form(data, table)
    except Exception:  # noqa: BLE001 - whatever the library says of a file that it cannot edit, the file is not taken
        return None


def _has_columns(data: bytes, adopted: Adopted) -> bool:
    """Whether an emptied form still has its header: some files are opened without their cells."""
    book, _ = read_book(data, WORKBOOK)
    sheet = book.sheet(adopted.sheet) if book else None
    if sheet is None or adopted.header >= len(sheet.rows):
        return False
    names = header_names(header_cells(sheet, adopted.header))
    return all(names.get(one.at) == one.header for one in adopted.columns)


def own_workbook(workspace: Workspace, template: Template, own: Own) -> bytes:
    """The bureau's own workbook, as it is to be filled. XlplanError T116 when it is not as the template says."""
    path = workspace.templates / own.file
    place = f"templates/{own.file}"
    if not path.is_file():
        raise XlplanError(rules.find("T116", Place(place), file=place, detail="—"))
    data = read_bytes(path)
    book, found = read_book(data, own.file)
    if book is None:
        raise XlplanError(found[-1])
    if wrong := mismatch(book, own, template.dress("zh").pages["form"]):
        raise XlplanError(rules.find("T116", Place(place), file=place, detail=wrong))
    return data


def check_own(workspace: Workspace) -> list[Finding]:
    """What is wrong with the bureau's own workbook, where the form's template names one."""
    try:
        template, _ = load_template(workspace, "form")
        if template.own:
            own_workbook(workspace, template, template.own)
    except XlplanError as error:
        return [error.finding]
    return []


def form_writer(workspace: Workspace, template: Template, plan: Plan) -> FormWriter:
    """What writes a workspace's forms. XlplanError T116 when the bureau's workbook is not as the template says."""
    workbook = own_workbook(workspace, template, template.own) if template.own else b""
    return FormWriter(template, replace(plan, tasks=(), rows=()), workbook)
