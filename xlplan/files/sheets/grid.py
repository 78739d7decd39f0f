"""Cells as they come out of a file, placed at their true addresses as plain values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from xlplan.book import Area, Mark, Sheet, Value, address
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.sheets import values
from xlplan.files.sheets.shapes import Shape, moment
from xlplan.files.sheets.values import Sort
from xlplan.finding import Finding, Place
from xlplan.rules import find

SHOWN = 20
PICTURE_CALL = "DISPIMG("
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"'<>]*)["']""")
_STYLE_DIGITS = 7


@dataclass
class Workbook:
    """What the sheets of a workbook share: strings, the shapes that styles give to numbers, the date system, limits.

    `rich_pictures` tells that the file keeps pictures as values of cells; `cells` counts what was read so far.
    """

    limits: Limits
    strings: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    from_1904: bool = False
    rich_pictures: bool = False
    cells: int = 0

    def count(self, cells: int) -> None:
        """Count filled cells; over the limit the file is refused."""
        self.cells += cells
        if self.cells > self.limits.cells:
            raise XlplanError(find("F116", limit=self.limits.cells))

    def shape(self, style: int) -> Shape:
        """The shape of a cell style; a style that does not exist shows plain numbers."""
        return self.shapes[style] if 0 <= style < len(self.shapes) else Shape.NUMBER


# Column letters, row digits, attributes, formula, value, inline text: as they stand in the file.
RawCell = tuple[str, str, str, str | None, str | None, str | None]
Kind = tuple[Sort, Shape, bool]


class _Kinds(dict[str, Kind]):
    """What the attributes of a cell say, read once for each text: a sheet has thousands of cells and few of these."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__()
        self.workbook = workbook

    def __missing__(self, text: str) -> Kind:
        named = dict(_ATTRIBUTE.findall(text))
        style = named.get("s", "0")
        known = style.isascii() and style.isdecimal() and len(style) <= _STYLE_DIGITS
        shape = self.workbook.shape(int(style)) if known else Shape.NUMBER
        found = self[text] = (values.SORTS.get(named.get("t", "n"), Sort.NUMBER), shape, "vm" in named)
        return found


class _Columns(dict[str, int]):
    """Column letters to 0-based indexes."""

    def __missing__(self, letters: str) -> int:
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter) - 64
        self[letters] = index - 1
        return index - 1


_COLUMNS = _Columns()


@dataclass
class Grid:
    """One sheet being read. A row is as long as its last filled cell; blank rows are empty lists."""

    workbook: Workbook
    sheet: Sheet
    remarks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def fill(self, cells: Iterable[RawCell], plain: Callable[[str], str]) -> None:
        """Place raw cells; `plain` resolves XML entities where texts still hold them."""
        kinds, columns, strings = _Kinds(self.workbook), _COLUMNS, self.workbook.strings
        last, row, count, shared, many = "", None, 0, Sort.SHARED, len(self.workbook.strings)
        most = self.workbook.limits.columns
        for letters, digits, attributes, formula, text, inline in cells:
            if not text and not formula and inline is None:
                continue
            count += 1
            if digits != last:
                row, last = self._row(int(digits) - 1), digits
            column = columns[letters]
            if row is None or column >= most:
                self._stray(int(digits) - 1, column, text or inline)
                continue
            kind = kinds[attributes]
            value: Value
            if kind[0] is shared and text and not formula and text.isdecimal() and int(text) < many:
                value = strings[int(text)]
            else:
                content = plain(inline if text is None and inline is not None else text or "")
                value = self._value((int(digits) - 1, column), kind, plain(formula or ""), content)
            size = len(row)
            if size == column:
                row.append(value)
            elif size < column:
                row.extend([None] * (column - size))
                row.append(value)
            else:
                self._again(int(digits) - 1, column, value)
        self.workbook.count(count)

    def clear(self) -> None:
        """Forget what was read, to begin again."""
        self.sheet.rows.clear()
        self.sheet.marks.clear()
        self.sheet.merges.clear()
        self.remarks.clear()

    @staticmethod
    def column(letters: str) -> int:
        """The 0-based index of a column."""
        return _COLUMNS[letters]

    def merge(self, left: str, top: str, right: str, bottom: str) -> None:
        """A merged area by its corners, as columns and rows stand in the file."""
        area = Area(int(top) - 1, _COLUMNS[left], int(bottom) - 1, _COLUMNS[right])
        self.workbook.count(1)
        if (
            0 <= area.top <= area.bottom
            and area.left <= area.right
            and (area.top, area.left) != (area.bottom, area.right)
        ):
            self.sheet.merges.append(area)

    def put(self, row: int, column: int, value: Value) -> None:
        """Place a finished value, for readers that know the types themselves."""
        target = self._row(row)
        if target is None or column >= self.workbook.limits.columns:
            self._stray(row, column, value)
        elif column < len(target):
            self._again(row, column, value)
        else:
            target.extend([None] * (column - len(target)))
            target.append(value)

    def put_number(self, at: tuple[int, int], amount: float | None, shape: Shape) -> None:
        """Place a number as its format shows it: None stands for one that is not finite."""
        self.put(*at, self._shown(at, values.whole(amount) if amount is not None else None, shape))

    def put_text(self, at: tuple[int, int], text: str) -> None:
        """Place a text."""
        self.put(*at, self.text(at, text))

    def mark(self, at: tuple[int, int], mark: Mark) -> None:
        """Say something about a cell beside its value."""
        marks = self.sheet.marks
        marks[at] = marks.get(at, frozenset()) | {mark}

    def comment(self, at: tuple[int, int], text: str) -> None:
        """A comment at a cell."""
        self.mark(at, Mark.COMMENT)
        self.sheet.comments[at] = text

    def remark(self, code: str, at: tuple[int, int]) -> None:
        """Note a cell for a finding with this code."""
        self.remarks[code].append(address(*at))

    def text(self, at: tuple[int, int], text: str) -> str | None:
        """A text as it goes into a cell: pictures that WPS writes as text are marked, over-long texts cut."""
        if text.startswith("=") and PICTURE_CALL in text[:32]:
            self.mark(at, Mark.PICTURE)
            return None
        most = self.workbook.limits.text
        if len(text) > most:
            self.remark("F208", at)
            return text[:most]
        return text

    def findings(self) -> list[Finding]:
        """What reading this sheet found, one finding for all cells of a kind."""
        marked = {Mark.ERROR: "F201", Mark.NO_CACHE: "F202", Mark.PICTURE: "F203"}
        for at, marks in sorted(self.sheet.marks.items()):
            for mark in marks & marked.keys():
                self.remark(marked[mark], at)
        return [self._finding(code, cells) for code, cells in sorted(self.remarks.items())]

    def _finding(self, code: str, cells: list[str]) -> Finding:
        limits = self.workbook.limits
        shown = "、".join(cells[:SHOWN]) + ("…" if len(cells) > SHOWN else "")
        bounds = {"F204": {"rows": limits.rows, "columns": limits.columns}, "F208": {"limit": limits.text}}.get(
            code, {}
        )
        return find(code, Place(sheet=self.sheet.name, cell=cells[0]), count=len(cells), cells=shown, **bounds)

    def _row(self, index: int) -> list[Value] | None:
        if not 0 <= index < self.workbook.limits.rows:
            return None
        rows = self.sheet.rows
        if index >= len(rows):
            rows.extend([] for _ in range(index + 1 - len(rows)))
        return rows[index]

    def _stray(self, row: int, column: int, value: object) -> None:
        if value is not None and value != "":
            self.remark("F204", (max(row, 0), column))

    def _again(self, row: int, column: int, value: Value) -> None:
        here = self.sheet.rows[row]
        if here[column] is None:
            here[column] = value
        elif here[column] != value:
            self.remark("F205", (row, column))

    def _value(self, at: tuple[int, int], kind: Kind, formula: str, text: str) -> Value:
        sort, shape, rich = kind
        if formula:
            self.mark(at, Mark.FORMULA)
            if PICTURE_CALL in formula:
                self.mark(at, Mark.PICTURE)
                return None
            if not text and sort is not Sort.TEXT:
                self.mark(at, Mark.NO_CACHE)
                return None
        if sort is Sort.NUMBER:
            return self._shown(at, values.number(text), shape, text)
        if sort is Sort.TEXT:
            return self.text(at, values.unescaped(text))
        return self._typed(at, sort, text, rich=rich)

    def _typed(self, at: tuple[int, int], sort: Sort, text: str, *, rich: bool) -> Value:
        if sort is Sort.ERROR:
            picture = rich and self.workbook.rich_pictures
            self.mark(at, Mark.PICTURE if picture else Mark.ERROR)
            return None if picture else text
        if sort is Sort.BOOLEAN and text.strip() in {"0", "1", "true", "false"}:
            return text.strip() in {"1", "true"}
        if sort is Sort.SHARED and text.isdecimal() and int(text[:9]) < len(self.workbook.strings):
            return self.workbook.strings[int(text[:9])]
        found = values.iso_moment(text) if sort is Sort.DATE else None
        if found is None:
            self.remark("F206", at)
        return text if found is None else found

    def _shown(self, at: tuple[int, int], amount: float | None, shape: Shape, text: str = "") -> Value:
        if amount is None:
            self.remark("F206", at)
            return text or None
        if shape is Shape.NUMBER:
            return amount
        if shape is Shape.PERCENT:
            self.mark(at, Mark.PERCENT)
            return amount
        found = moment(amount, shape, from_1904=self.workbook.from_1904)
        if found is None:
            self.remark("F207", at)
            return amount
        if shape is Shape.TIME and isinstance(found, date) and not isinstance(found, datetime):
            return datetime(found.year, found.month, found.day)  # noqa: DTZ001 - cells have no zone
        return found
