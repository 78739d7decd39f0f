"""Cells as they come out of a file, placed at their true addresses as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import ClassVar

from xlplan.book import Area, Mark, Sheet, Value, address
from xlplan.files.sheets import values
from xlplan.files.sheets.cells import Inner, Kind, Kinds, RawCell, Workbook, column_index
from xlplan.files.sheets.shapes import Shape, moment
from xlplan.files.sheets.values import Sort
from xlplan.finding import Finding, Place
from xlplan.rules import find

SHOWN = 20
_PERCENT = frozenset({Mark.PERCENT})
_REMARKED = {Mark.ERROR: "F201", Mark.NO_CACHE: "F202", Mark.PICTURE: "F203"}
PICTURE_CALL = "DISPIMG("


def are_plain(strings: list[str], most: int) -> bool:
    """Whether each of the strings may go into a cell as it is: none is too long, none a picture as WPS writes it."""
    together = "".join(strings)
    if "=" not in together and len(together) <= most:
        return True
    return max(map(len, strings)) <= most and not any(map(is_picture, strings))


def is_picture(text: str) -> bool:
    """Whether a text is the call by which WPS puts a picture into a cell."""
    return text.startswith("=") and PICTURE_CALL in text[:32]


@lru_cache(maxsize=1024)
def _area(left: str, top: str, right: str, bottom: str) -> Area:
    return Area(int(top) - 1, column_index(left), int(bottom) - 1, column_index(right))


@dataclass
class Grid:
    """One sheet being read. A row is as long as its last filled cell; blank rows are empty lists."""

    workbook: Workbook
    sheet: Sheet
    remarks: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    kinds: Kinds = field(init=False)
    eases: dict[str, int] = field(default_factory=dict)
    columns: ClassVar[dict[str, int]] = {}

    def __post_init__(self) -> None:
        self.kinds = Kinds(self.workbook)

    def fill(  # noqa: C901, PLR0912 - one loop for every cell of every file: calls would double its time
        self, cells: Iterable[RawCell], opened: Callable[[str | Inner], Inner]
    ) -> None:
        """Place raw cells; `opened` tells what is inside a cell, with the XML entities resolved.

        This loop runs once for every cell of every file, so what is common is decided here and at once.
        """
        eases, columns, strings, marks = self.eases, self.columns, self.workbook.strings, self.sheet.marks
        number, most, many = values.number, self.workbook.limits.columns, len(strings)
        last, index, row, count = "", -1, None, 0
        value: Value
        for letters, digits, attributes, text, inner in cells:
            if not text and not inner:
                continue
            count += 1
            if digits != last:
                last, index = digits, int(digits) - 1
                row = self._row(index)
            try:
                column, ease = columns[letters], eases[attributes]
            except KeyError:
                column = columns[letters] = column_index(letters)
                ease = eases[attributes] = self.kinds.ease(attributes)
            if row is None or column >= most:
                self._stray(index, column, text or inner)
                continue
            value = None
            if text and ease:
                if ease == 1:
                    value = strings[int(text)] if text.isdecimal() and int(text) < many else None
                else:
                    value = number(text)
                    if ease == 3 and value is not None:  # noqa: PLR2004 - the members of Ease, which are slow to look up
                        marks[index, column] = _PERCENT
            if value is None:
                value = self._value((index, column), self.kinds.known[attributes], opened(inner or text or ""))
                if value is None:
                    continue
            size = len(row)
            if size == column:
                row.append(value)
            elif size < column:
                row.extend([None] * (column - size))
                row.append(value)
            else:
                self._again(index, column, value)
        self.workbook.count(count)

    def put_row(self, index: int, values: list[Value]) -> bool:
        """Place a whole row where there is nothing yet; False where that is not possible."""
        row = self._row(index) if 0 < len(values) <= self.workbook.limits.columns else None
        if row is None or row:
            return not values
        row += values
        return True

    def clear(self) -> None:
        """Forget what was read, to begin again."""
        self.sheet.rows.clear()
        self.sheet.marks.clear()
        self.sheet.merges.clear()
        self.remarks.clear()

    def merge(self, left: str, top: str, right: str, bottom: str) -> None:
        """A merged area by its corners, as columns and rows stand in the file."""
        area = _area(left, top, right, bottom)
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
        if mark in _REMARKED:
            self.remark(_REMARKED[mark], at)

    def comment(self, at: tuple[int, int], text: str) -> None:
        """A comment at a cell."""
        self.mark(at, Mark.COMMENT)
        self.sheet.comments[at] = text

    def remark(self, code: str, at: tuple[int, int]) -> None:
        """Note a cell for a finding with this code."""
        self.remarks[code].append(at)

    def text(self, at: tuple[int, int], text: str) -> str | None:
        """A text as it goes into a cell: pictures that WPS writes as text are marked, over-long texts cut."""
        if is_picture(text):
            self.mark(at, Mark.PICTURE)
            return None
        most = self.workbook.limits.text
        if len(text) > most:
            self.remark("F208", at)
            return text[:most]
        return text

    def findings(self) -> list[Finding]:
        """What reading this sheet found, one finding for all cells of a kind."""
        return [self._finding(code, sorted(set(cells))) for code, cells in sorted(self.remarks.items())]

    def _finding(self, code: str, cells: list[tuple[int, int]]) -> Finding:
        limits = self.workbook.limits
        shown = "、".join(address(*at) for at in cells[:SHOWN]) + ("…" if len(cells) > SHOWN else "")
        bounds = {"F204": {"rows": limits.rows, "columns": limits.columns}, "F208": {"limit": limits.text}}
        place = Place(sheet=self.sheet.name, cell=address(*cells[0]))
        return find(code, place, count=len(cells), cells=shown, **bounds.get(code, {}))

    def _row(self, index: int) -> list[Value] | None:
        if not 0 <= index < self.workbook.limits.rows:
            return None
        rows = self.sheet.rows
        if index == len(rows):
            rows.append([])
        elif index > len(rows):
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

    def _value(self, at: tuple[int, int], kind: Kind, inner: Inner) -> Value:
        formula, sort = inner.formula, kind.sort
        text = (inner.inline if inner.text is None else inner.text) or ""
        if not formula and not text:
            return None if inner.inline is None else ""
        if formula:
            self.mark(at, Mark.FORMULA)
            if PICTURE_CALL in formula:
                self.mark(at, Mark.PICTURE)
                return None
            if sort is not Sort.TEXT and (not text or (self.workbook.uncomputed and text == "0")):
                self.mark(at, Mark.NO_CACHE)
                return None
        if sort is Sort.NUMBER:
            return self._shown(at, values.number(text), kind.shape, text)
        if sort is Sort.TEXT:
            return self.text(at, values.unescaped(text))
        return self._typed(at, sort, text, rich=kind.rich)

    def _typed(self, at: tuple[int, int], sort: Sort, text: str, *, rich: bool) -> Value:
        if sort is Sort.ERROR:
            picture = rich and self.workbook.rich_pictures
            self.mark(at, Mark.PICTURE if picture else Mark.ERROR)
            return None if picture else text
        if sort is Sort.BOOLEAN and text.strip() in {"0", "1", "true", "false"}:
            return text.strip() in {"1", "true"}
        if sort is Sort.SHARED and text.isdecimal() and int(text[:9]) < len(self.workbook.strings):
            return self.text(at, self.workbook.strings[int(text[:9])])
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
