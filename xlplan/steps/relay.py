"""Answering the form of the level above from one's own tally: which task answers which row, with what, from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.numbering import referred
from xlplan.finding import Place
from xlplan.headers import Field
from xlplan.marks import half, in_print
from xlplan.model import Origin, Role, Status
from xlplan.reasons import plain
from xlplan.steps.match import Expected, place_rows
from xlplan.steps.tally import number_of
from xlplan.words import COLON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xlplan.finding import Finding
    from xlplan.model import Assignment, Entry, Returned, ReturnedRow, ReturnedSheet
    from xlplan.model.progress import Progress, Tally

_SHOWN = 40
_NO_CODE = frozenset({Field.CODE})
_NO_TARGET = frozenset({Field.CODE, Field.TARGET})
_PROSE: tuple[Field, ...] = (Field.PROGRESS, Field.PROBLEM)
_Told = Sequence[tuple["Progress", "Entry"]]
_Part = tuple[Field, str, tuple[Origin, ...]]
"""What a field gets, and where from."""


@dataclass(frozen=True)
class Answer:
    """What one row of the form gets: the texts by field with their cells, and the origins of each."""

    row: str
    sheet: str
    values: tuple[tuple[Field, str, str], ...]
    origins: tuple[Origin, ...]


def answer(form: Returned, tally: Tally, shown: Mapping[str, str]) -> tuple[list[Answer], list[Finding]]:
    """The answers to the rows of a form of the level above. Rows are matched by their texts: codes differ there.

    `shown` is how a task reads in a cell, by task code. A number is given where one of one's own rows (or several that
    agree) has it; texts are joined under their offices' names. What stays blank is a finding.
    """
    answers: list[Answer] = []
    found: list[Finding] = []
    for sheet in form.sheets:
        relay = _Relay(form.file, sheet, tally, shown)
        answers += relay.run()
        found += relay.found
    return answers, found


class _Relay:
    """One table of the form."""

    def __init__(self, file: str, sheet: ReturnedSheet, tally: Tally, shown: Mapping[str, str]) -> None:
        self.file, self.sheet, self.tally, self.shown = file, sheet, tally, shown
        self.found: list[Finding] = []

    def run(self) -> list[Answer]:
        own = _candidates(self.tally.plan.rows)
        expected = Expected(own, {code: self.shown.get(row.task, "") for code, row in own.items()}, {})
        matched: dict[int, Assignment] = {}
        for without in (_NO_CODE, _NO_TARGET):  # what has no row with its target here goes by its task
            rows = tuple(_less(row, without) for row in self._whole() if row.index not in matched)
            placed, _ = place_rows(replace(self.sheet, rows=rows), self.file, "", expected)
            matched |= {one.written.index: one.row for one in placed if one.row}
        answers = []
        for row in self.sheet.rows:
            if row.index in matched:
                answers.append(self._answer(row, matched[row.index]))
            else:
                self._say("M171", row, text=(row.get(Field.TASK).text or row.get(Field.TARGET).text)[:_SHOWN])
        return answers

    def _whole(self) -> list[ReturnedRow]:
        """The rows, where one refers to another for its task with the task's full text."""
        texts = {_name(row): row.get(Field.TASK).text for row in self.sheet.rows}
        found = []
        for row in self.sheet.rows:
            cell = row.get(Field.TASK)
            text = texts.get(referred(cell.text), cell.text)
            cells = {**dict(row.cells), Field.TASK: cell._replace(text=text)}
            found.append(row.with_cells(tuple(cells.items())))
        return found

    def _answer(self, written: ReturnedRow, row: Assignment) -> Answer:
        lines = [one for one in self.tally.lines if one.row.task == row.task and _speaks_of(one.row, row)]
        told = [(one, one.entry) for one in lines if one.entry and not one.entry.is_blank]
        if not told:
            grades = "、".join(f"{one.office}{one.grade.value}" for one in lines)
            self._say("M173", written, grades=grades)
            return Answer(_name(written), self.sheet.sheet, (), ())
        lang = self.tally.plan.language
        parts = (self._number(written, row, lines), _status(told), *(_prose(told, name, lang) for name in _PROSE))
        values = tuple(
            (name, written.get(name).cell, text) for name, text, _ in parts if text and written.get(name).cell
        )
        kept = {name for name, _, _ in values}
        origins = tuple(one for name, _, sources in parts if name in kept for one in sources)
        return Answer(_name(written), self.sheet.sheet, values, origins)

    def _number(self, written: ReturnedRow, row: Assignment, lines: Sequence[Progress]) -> _Part:
        """The number that the leads of the target agree on, with its unit where the form does not name it."""
        leads = [
            (one, one.entry)
            for one in lines
            if one.entry and one.row.role is Role.LEAD and one.row.target == row.target and number_of(one) is not None
        ]
        texts = {one.office: plain(number) for one, _ in leads if (number := number_of(one)) is not None}
        if row.target is None or not texts:
            return Field.DONE, "", ()
        if len(set(texts.values())) > 1:
            self._say("M172", written, values="、".join(f"{office} {text}" for office, text in texts.items()))
            return Field.DONE, "", ()
        unit = row.target.unit
        text = next(iter(texts.values())) + ("" if unit in half(written.get(Field.TARGET).text) else in_print(unit))
        return Field.DONE, text, _origins(leads, Field.DONE, lambda _: text)

    def _say(self, code: str, written: ReturnedRow, **facts: object) -> None:
        place = Place(self.file, self.sheet.sheet, written.get(Field.CODE).cell or written.get(Field.TASK).cell)
        self.found.append(rules.find(code, place, row=_name(written), **facts))


def _candidates(rows: Iterable[Assignment]) -> dict[str, Assignment]:
    """What a row of the form may be: each target of each task, and each task as a whole; under codes of its own."""
    found: dict[str, Assignment] = {}
    seen: set[tuple[str, str]] = set()
    for row in sorted(rows, key=lambda one: one.role is not Role.LEAD):
        for code, one in ((row.code, row), (row.task, replace(row, code=row.task, target=None))):
            key = (one.task, one.target.text if one.target else "")
            if key not in seen:
                seen.add(key)
                found[code] = one
    return found


def _speaks_of(line: Assignment, row: Assignment) -> bool:
    """Whether a row of one's own has to do with what was matched: the same target, or none of its own."""
    return row.target is None or line.target is None or line.target == row.target


def _less(row: ReturnedRow, fields: frozenset[Field]) -> ReturnedRow:
    """The row without some of its cells; its code, for one, means another row here."""
    return row.with_cells(tuple(one for one in row.cells if one[0] not in fields))


def _name(row: ReturnedRow) -> str:
    return row.get(Field.CODE).text or row.get(Field.SERIAL).text or str(row.index + 1)


def _status(told: _Told) -> _Part:
    """已完成, 未启动 and 不适用 only where all say so; any wish for a change; else 推进中."""
    said = [entry.status for _, entry in told if entry.status]
    if not said:
        return Field.STATUS, "", ()
    status = said[0] if len(set(said)) == 1 else Status.CHANGE if Status.CHANGE in said else Status.RUNNING
    return Field.STATUS, status.value, _origins(told, Field.STATUS, lambda entry: entry.status_raw)


def _prose(told: _Told, name: Field, lang: str) -> _Part:
    """The offices' texts, each under its name where there are several."""
    texts: dict[str, str] = {}
    for line, entry in told:
        if text := _text(entry, name):
            before = texts.get(line.office)
            texts[line.office] = text if before is None else before if text in before else f"{before}\n{text}"
    joined = "\n".join(f"{office}{COLON[lang]}{text}" for office, text in texts.items())
    alone = len({line.office for line, _ in told}) == 1
    return name, next(iter(texts.values()), "") if alone else joined, _origins(told, name, lambda one: _text(one, name))


def _text(entry: Entry, name: Field) -> str:
    return entry.progress if name == Field.PROGRESS else entry.problem


def _origins(told: _Told, name: Field, text: Callable[[Entry], str]) -> tuple[Origin, ...]:
    """Where a field's content stands in the returns, and in the returns that these were made from."""
    found: list[Origin] = []
    for line, entry in told:
        source, said = entry.source, text(entry)
        if said:
            cell = dict(source.cells).get(name, "")
            found.append(Origin(name, line.office, said, source.file, source.sheet, cell, source.sha256))
            deeper = (one for one in source.origins if one.field == name)
            found += [replace(one, office=f"{line.office}/{one.office}") for one in deeper]
    return tuple(dict.fromkeys(found))
