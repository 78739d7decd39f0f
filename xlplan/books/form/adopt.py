"""Taking over a form that a bureau already uses: which column is which field, what stands around the table."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import address, column_name
from xlplan.books.table import find_table, header_cells, header_names, text_of
from xlplan.finding import Place
from xlplan.headers import ENTRY, Field, header_words
from xlplan.marks import OPEN, SHUT, both
from xlplan.model import EXTRA, Sure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlplan.book import Sheet
    from xlplan.books.table import Table
    from xlplan.finding import Finding

_WANTED = (
    Field.CODE,
    Field.SERIAL,
    Field.SECTION,
    Field.TASK,
    Field.CONTENT,
    Field.TARGET,
    Field.UNIT,
    Field.VALUE,
    Field.OFFICE,
    Field.LEAD,
    Field.SUPPORT,
    Field.ROLE,
    Field.LEADER,
    Field.DEADLINE,
    Field.BEFORE,
    *ENTRY,
)
_REQUIRED = (frozenset({Field.TASK, Field.CONTENT, Field.TARGET}), frozenset(ENTRY))
_LOOKS = {Field.CODE: "code", Field.DEADLINE: "date", Field.BEFORE: "before"}
_CODE_WIDTH = 9.0
_PERIOD = re.compile(
    r"(?:\d{4}年)?(?:第?[一二三四1-4]季度|上半年|下半年|(?:1[0-2]|[1-9])(?:月份|月(?!\d)))|\d{4}年度?"
    rf"|[{OPEN}]?截至.{{0,8}}?[月底日][{SHUT}]?"
)
_OFFICE = re.compile(
    rf"(?:填报|报送|责任)?(?:单位|科室|部门)(?:名称)?\s*(?:[{OPEN}][^{OPEN}{SHUT}]{{0,6}}[{SHUT}])?\s*[{both(':')}]"
)
_FOOT = re.compile(r"\s*(?:注|备注|说明|填表|填报|审核|单位负责|负责人|分管|联系|制表)")


@dataclass(frozen=True)
class AdoptedColumn:
    """A column of the bureau's form: its 0-based place, its header on one line, the field it is taken for, how sure."""

    at: int
    header: str
    field: str
    sure: Sure
    width: float = 10.0

    @property
    def is_filled(self) -> bool:
        """Whether the office fills it: the entry columns, and those that are nobody's field."""
        return self.field == EXTRA or self.field in ENTRY


@dataclass(frozen=True)
class Adopted:
    """A bureau's form as it was understood: 0-based header row and first row below the table (None: nothing there).

    `cells` are the texts around the table that change from form to form, by address, with their facts in braces;
    `below` are those under the table.
    """

    sheet: str
    header: int
    foot: int | None
    columns: tuple[AdoptedColumn, ...]
    cells: Mapping[str, str]
    added: bool
    below: tuple[str, ...] = ()

    def measured(self, widths: Mapping[int, float]) -> Adopted:
        """The form with its columns' widths."""
        columns = (replace(one, width=widths.get(one.at, one.width)) for one in self.columns)
        return replace(self, columns=tuple(columns))


def adopt(sheets: Sequence[Sheet], file: str, mapping: str) -> tuple[Adopted | None, list[Finding]]:
    """The form on the sheet that has the most of its columns; `mapping` names the file that will say which is which."""
    tables = [table for sheet in sheets if (table := find_table(sheet, _WANTED, _REQUIRED))]
    if not tables:
        return None, [rules.find("T112", Place(file), file=file)]
    table = max(tables, key=lambda one: len(one.matches))
    columns = _columns(table)
    added = all(one.field != Field.CODE for one in columns)
    found = [_proposal(one, table, file, mapping) for one in columns]
    if added:
        at = max(one.at for one in columns) + 1
        columns.append(AdoptedColumn(at, header_words(Field.CODE), Field.CODE, Sure.YES, _CODE_WIDTH))
        found.append(rules.find("T117", Place(file, table.sheet.name), at=column_name(at)))
    foot = _foot(table)
    below = [text for row in table.sheet.rows[foot:] for cell in row if (text := text_of(cell))] if foot else []
    names = tuple(dict.fromkeys(below))
    adopted = Adopted(table.sheet.name, table.header, foot, tuple(columns), _cells(table), added, names)
    return adopted, found


def _columns(table: Table) -> list[AdoptedColumn]:
    names = header_names(header_cells(table.sheet, table.header))
    columns = []
    for at, header in names.items():
        match = table.matches.get(at)
        columns.append(AdoptedColumn(at, header, match.field if match else EXTRA, match.sure if match else Sure.NO))
    taken = {one.field for one in columns}
    if Field.TASK in taken:
        return columns
    stand_in = Field.CONTENT if Field.CONTENT in taken else Field.TARGET
    return [replace(one, field=Field.TASK) if one.field == stand_in else one for one in columns]


def _proposal(one: AdoptedColumn, table: Table, file: str, mapping: str) -> Finding:
    place = Place(file, table.sheet.name, address(table.header, one.at))
    facts = {"at": column_name(one.at), "header": one.header, "field": one.field, "file": mapping}
    return rules.find("T114", place, **facts)


def _foot(table: Table) -> int | None:
    """The first of the lines below the table, such as notes and who signs; None when there are none."""
    sheet, wide = table.sheet, max(2, len(table.matches) // 2)
    spans = {area.top: area.right - area.left + 1 for area in sheet.merges if area.top > table.header}
    foot = None
    for row in range(len(sheet.rows) - 1, table.header, -1):
        texts = [text for cell in sheet.rows[row] if (text := text_of(cell))]
        if texts and not (_FOOT.match(texts[0]) or (len(texts) == 1 and spans.get(row, 1) > wide)):
            break
        foot = row if texts else foot
    return foot


def _cells(table: Table) -> dict[str, str]:
    """The texts above the table in which the period or the office stands."""
    sheet, titled = table.sheet, False
    cells: dict[str, str] = {}
    for row in range(table.header):
        for column, value in enumerate(sheet.rows[row]):
            text = text_of(value).replace("{", "{{").replace("}", "}}")
            if found := _OFFICE.search(text):
                cells |= _office(sheet, (row, column), text, found)
            elif not titled and (period := _PERIOD.search(text)):
                titled = True
                cells[address(row, column)] = f"{text[: period.start()]}{{period}}{text[period.end() :]}"
    return cells


def _office(sheet: Sheet, at: tuple[int, int], text: str, found: re.Match[str]) -> dict[str, str]:
    """The office's name: in the empty cell behind its label, else in the label's own cell."""
    row, column = at
    rest = text[found.end() :].strip(f" {both('_')}\u3000")
    merged = any((area.top, area.left) == at for area in sheet.merges)
    behind = sheet.rows[row][column + 1] if column + 1 < len(sheet.rows[row]) else None
    if rest or merged or text_of(behind):
        return {address(row, column): f"{text[: found.end()]}{{office}}{'    ' if rest else ''}{rest}"}
    return {address(row, column + 1): "{office}"}


def mapping_text(adopted: Adopted, file: str, size: float, *, protect: bool) -> str:
    """The form's template: which of the workbook's columns is which field, to be corrected by people."""
    lines = [
        "# 单位自己的填报表 / A form of the bureau's own: xlplan fills the workbook below, with its looks as they are.",
        '# field 是这一列的含义，"extra" 是单位自己的列（fill = true 由科室填）。改了表样请重新 xlplan template from。',
        "",
        'workbook = "form"',
        "",
        "[own]",
        f"file = {_quoted(file)}",
        f"sheet = {_quoted(adopted.sheet)}",
        f"header = {adopted.header + 1} # 表头最下面一行 / the header's lowest row",
        f"size = {size:g} # 字号 / points",
        f"protect = {str(protect).lower()} # 是否保护工作表 / whether the sheet is protected",
        f"foot = [{', '.join(_quoted(text) for text in adopted.below)}] # 表下面的文字 / what stands below the table",
        "",
        "[own.cells] # {issuer} {plan} {year} {period} {office} {deadline}",
        *(f"{cell} = {_quoted(text)}" for cell, text in adopted.cells.items()),
    ]
    for one in adopted.columns:
        look = "entry" if one.is_filled else _LOOKS.get(Field(one.field), "text")
        lines += ["", "[[sheets.form.columns]]", f'at = "{column_name(one.at)}"', f'field = "{one.field}"']
        lines += [f"header = {_quoted(one.header)}", f"width = {max(one.width, 1.0):g}", f'look = "{look}"']
        lines += ["fill = true"] if one.field == EXTRA else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
