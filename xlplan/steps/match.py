"""Placing the rows of a return: by row code, else by the task's text, else among those waiting to be claimed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlplan import rules
from xlplan.finding import Place
from xlplan.headers import Field
from xlplan.marks import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.finding import Finding
    from xlplan.model import Assignment, ReturnedRow, ReturnedSheet

_LIKE = 0.86
_TELLING = 10  # letters of a task that tell it from others
_SHOWN = 40
_MOST = 500  # rows of a table whose texts are compared letter by letter; honest tables have far fewer without codes
_CODE, _TASK = Field.CODE, Field.TASK  # a member costs more to look up than to use


class Placed(NamedTuple):
    """A row of a return and the row of the plan it belongs to; None: it waits to be claimed."""

    written: ReturnedRow
    row: Assignment | None


@dataclass(frozen=True)
class Expected:
    """What is expected of an office's return: its rows, what its form showed, the rows of all, rows removed since.

    Everything goes by row code. `holders` names whom a row is assigned to; `sent` are the texts of the locked cells.
    """

    own: Mapping[str, Assignment]
    shown: Mapping[str, str]
    holders: Mapping[str, str]
    gone: frozenset[str] = frozenset()
    serials: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def place_rows(sheet: ReturnedSheet, file: str, office: str, expected: Expected) -> tuple[list[Placed], list[Finding]]:
    """Each row of the table with its row of the plan."""
    return _Placing(sheet, file, office, expected).run()


@dataclass
class _Placing:
    sheet: ReturnedSheet
    file: str
    office: str
    expected: Expected
    found: list[Finding] = field(default_factory=list)
    doubles: list[Placed] = field(default_factory=list)
    compared: int = 0

    def run(self) -> tuple[list[Placed], list[Finding]]:
        by_code: dict[str, ReturnedRow] = {}
        rest: list[ReturnedRow] = []
        coded = [(_code(written), written) for written in self.sheet.rows]
        strays = self._strays(coded)
        for code, written in coded:
            if code not in self.expected.own or written.index in strays:
                rest.append(written)
            elif code in by_code:
                by_code[code] = self._twice(code, by_code[code], written)
            else:
                by_code[code] = written
        placed = [Placed(written, self.expected.own[code]) for code, written in by_code.items()]
        for written in rest:
            placed += self._place(written, by_code)
        return sorted(placed + self.doubles, key=lambda one: one.written.index), self.found

    def _is_home(self, code: str, written: ReturnedRow) -> bool:
        """Whether a row's task reads as that of its code, or says nothing."""
        text, shown = written.get(_TASK).text, self.expected.shown.get(code, "")
        return text == shown or not text or _plain(text) == _plain(shown)

    def _strays(self, rows: list[tuple[str, ReturnedRow]]) -> set[int]:
        """The rows, by index, whose text is that of another code which no row has kept: texts were sorted alone.

        What an office writes it writes beside the text.
        """
        coded = [(code, one) for code, one in rows if code in self.expected.own]
        away = [(code, one) for code, one in coded if not self._is_home(code, one)]
        if not away:
            return set()
        texts = self._texts
        meant = {one.index: texts.get(_words(one), "") for _, one in away}
        strays = {index for index, code in meant.items() if code}
        while True:
            kept = {code for code, one in coded if one.index not in strays}
            left = {index for index in strays if meant[index] not in kept}
            if left == strays:
                return strays
            strays = left

    @cached_property
    def _texts(self) -> dict[tuple[str, str], str]:
        """The code of each text that only one of the office's rows has."""
        texts: dict[tuple[str, str], str] = {}
        for code, row in self.expected.own.items():
            target = row.target.text if row.target else ""
            key = (_plain(self.expected.shown.get(code, "")), _plain(target))
            texts[key] = "" if key in texts else code
        return texts

    def _twice(self, code: str, first: ReturnedRow, second: ReturnedRow) -> ReturnedRow:
        """Of two rows with one code one counts, the other waits to be claimed.

        It is the filled one, of two filled the one with the task's own text, else the lower.
        """
        lower = second.is_filled and (self._is_home(code, second) or not self._is_home(code, first))
        kept, other = (second, first) if lower or not first.is_filled else (first, second)
        if first.cells != second.cells:
            self.say("E105", other, row=code, kept=self._cell(kept))
            if other.is_filled:
                self.doubles.append(Placed(other, None))
        return kept

    def _place(self, written: ReturnedRow, by_code: dict[str, ReturnedRow]) -> list[Placed]:
        code = _code(written)
        if code in self.expected.holders and code not in self.expected.own:
            if written.is_filled:
                self.say("E104", written, row=code, holder=self.expected.holders[code], office=self.office)
                return [Placed(written, None)]
            return []
        row = self._by_text(written, by_code)
        if row:
            by_code[row.code] = written
            if code in self.expected.own:
                self.say("E245", written, stood=code, row=row.code)
            else:
                self.say("E102", written, row=row.code)
            return [Placed(written, row)]
        if not written.is_filled:
            return []
        if code in self.expected.gone:
            self.say("E108", written, row=code)
        else:
            self.say("E103", written, text=(written.get(Field.TASK).text or _first_text(written))[:_SHOWN])
        return [Placed(written, None)]

    def _by_text(self, written: ReturnedRow, by_code: Mapping[str, ReturnedRow]) -> Assignment | None:
        """The one free row whose task (and target, where it has one) reads like this row's."""
        task, target = _plain(written.get(Field.TASK).text), _plain(written.get(Field.TARGET).text)
        if not task:
            return None
        exact = self._texts.get((task, target), "")
        if exact and exact not in by_code:
            return self.expected.own[exact]
        self.compared += 1
        if self.compared > _MOST:
            return None
        free = [row for code, row in self.expected.own.items() if code not in by_code]
        serial = _plain(written.get(Field.SERIAL).text)
        scored = [(self._likeness(row, task, target) + self._same_serial(row, serial), row) for row in free]
        near = sorted((one for one in scored if one[0] >= _LIKE), key=lambda one: -one[0])
        if not near or (len(near) > 1 and near[0][0] - near[1][0] < 0.02):  # noqa: PLR2004 - two equally near rows
            return None
        return near[0][1]

    def _likeness(self, row: Assignment, task: str, target: str) -> float:
        own_target = _plain(row.target.text) if row.target else ""
        likeness = _ratio(_plain(self.expected.shown.get(row.code, "")), task)
        if (own_target or target) and Field.TARGET in self.sheet.columns:
            likeness = 0.5 * likeness + 0.5 * _ratio(own_target, target)
        return likeness

    def _same_serial(self, row: Assignment, serial: str) -> float:
        """A little for the same 序号, which tells apart rows that read alike."""
        return 0.03 if serial and serial == _plain(self.expected.serials.get(row.code, "")) else 0.0

    def _cell(self, written: ReturnedRow) -> str:
        return next((one.cell for _, one in written.cells if one.cell), "")

    def say(self, code: str, written: ReturnedRow, **facts: object) -> None:
        place = Place(self.file, self.sheet.sheet, written.get(Field.CODE).cell or self._cell(written))
        self.found.append(rules.find(code, place, **facts))


_plain_code = lru_cache(maxsize=1 << 14)(code_of)


def _code(written: ReturnedRow) -> str:
    return _plain_code(written.get(_CODE).text)


def _words(written: ReturnedRow) -> tuple[str, str]:
    return _plain(written.get(Field.TASK).text), _plain(written.get(Field.TARGET).text)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=1 << 14)  # offices with the same rows lose the same codes
def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= _TELLING and long.startswith(short):
        return _LIKE  # cut off by whoever retyped it
    matcher = SequenceMatcher(None, one[:400], other[:400], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE / 2 else 0.0


def _first_text(written: ReturnedRow) -> str:
    return next((one.text for _, one in (*written.cells, *written.extra) if one.text), "")
