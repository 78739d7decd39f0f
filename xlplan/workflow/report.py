"""A period's view told in words: what the page, the bulletin and the picture show, from the workbook's own figures."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from xlplan.books.consolidated.figures import FILLED, figures_of, shares
from xlplan.books.consolidated.work import base_name
from xlplan.books.values import amount_text, day_text, section_text, status_text
from xlplan.files.xlsx_cells import clean
from xlplan.headers import Field, header_words
from xlplan.marks import in_print
from xlplan.model import Light, Turn
from xlplan.period import Span
from xlplan.reasons import percent, reason_text
from xlplan.render.export_json import origins_json, where_text
from xlplan.render.report import Bar, Item, Lamp, Owing, Report, Turned
from xlplan.steps.compare import is_completed
from xlplan.words import SHAPES, word

if TYPE_CHECKING:
    from xlplan.books.consolidated.figures import Figures
    from xlplan.model import Entry, Target
    from xlplan.model.progress import Context, Progress, Return
    from xlplan.period import Period
    from xlplan.workflow.view import View

_CELLS = (Field.DONE, Field.STATUS, Field.PROGRESS, Field.PROBLEM)
"""The columns whose cells are named as an item's source."""


def report_of(view: View) -> Report:
    """The view in the plan's language."""
    lang = view.plan.language
    figures = figures_of(view.tally, view.context, lang)
    counted = zip(view.tally.signs, figures.all.lights, shares(figures.all.lights), strict=True)
    periods = [one.period for one in (*view.context.earlier, view.tally)]
    return Report(
        lang,
        _facts(view, figures),
        _counts(figures, view.context),
        _decimal(view.period),
        tuple(Lamp(one.light.value, one.word(lang), SHAPES[one.light], count, share) for one, count, share in counted),
        tuple(Bar(clean(name), count.lights) for name, count in figures.sections),
        tuple(Bar(clean(one.name), one.count.lights) for one in figures.offices if one.count.due),
        tuple(
            Bar(name, count.lights, _short(one, lang))
            for (name, count), one in zip(figures.trend, periods, strict=True)
        ),
        tuple(_owing(one) for one in figures.missing),
        tuple(_owing(one) for one in figures.late),
        _turns(view),
        _Items(view).all(),
    )


def _facts(view: View, figures: Figures) -> dict[str, str]:
    plan, period, context, lang = view.plan, view.period, view.context, view.plan.language
    expected, slots = len(figures.returns), figures.all
    facts = {
        "plan": plan.title,
        "number": plan.number,
        "issuer": plan.issuer,
        "period": period.label(lang),
        "end": day_text(period.end - timedelta(days=1), lang),
        "deadline": day_text(context.deadline, lang) if context.deadline else "",
        "today": day_text(context.today, lang),
        "pace": percent(_decimal(period)),
        "return_rate": _share(expected - len(figures.missing), expected),
        "complete": _share(slots.filled, slots.due),
    }
    return {key: clean(text) for key, text in facts.items()}


def _counts(figures: Figures, context: Context) -> dict[str, int]:
    expected, missing, late = len(figures.returns), len(figures.missing), len(figures.late)
    left = (context.deadline - context.today).days + 1 if context.deadline else 0
    return {
        "days_left": max(0, left),
        "expected": expected,
        "returned": expected - missing,
        "on_time": expected - missing - late,
        "late": late,
        "missing": missing,
        "slots": figures.all.due,
        "filled": figures.all.filled,
        "gaps": figures.all.gaps,
    }


def _share(part: int, whole: int) -> str:
    return percent(Decimal(part) / whole) if whole else "—"


def _decimal(period: Period) -> Decimal:
    return Decimal(period.pace.numerator) / period.pace.denominator


def _short(period: Period, lang: str) -> str:
    """A period's name below a column of a chart."""
    if period.span is Span.YEAR:
        return str(period.year)
    if lang == "zh":
        return period.label(lang).partition("年")[2]
    if period.span is Span.MONTH:
        return f"{period.start:%b}"
    return period.code.partition("-")[2]


def _turns(view: View) -> tuple[Turned, ...]:
    turned = Counter(one.turn for one in view.context.changes)
    return tuple(Turned(one.name.lower(), word(one, view.plan.language), turned[one]) for one in Turn if turned[one])


def _owing(one: Return) -> Owing:
    return Owing(clean(one.office.name), one.late, clean(one.office.leader), clean(one.office.contact))


class _Items:
    """A tally's lines as items."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lang = view.plan.language
        self.tasks = {task.code: task for task in view.plan.tasks}
        self.sections = {one.code: section_text(one) for one in view.plan.sections}
        self.leaders = {one.name: one.leader for one in view.plan.offices}
        previous = view.context.previous
        self.before = {(one.row.code, one.office): one for one in (previous.lines if previous else ())}
        self.turns: dict[tuple[str, str], list[str]] = {}
        for one in view.context.changes:
            self.turns.setdefault((one.now.row.code, one.now.office), []).append(one.turn.name.lower())

    def all(self) -> tuple[Item, ...]:
        """Every line, in plan order."""
        return tuple(self._item(line) for line in self.view.tally.lines)

    def _item(self, line: Progress) -> Item:
        entry, slot = line.entry, (line.row.code, line.office)
        earlier = self.before.get(slot)
        texts = self._planned(line) | (self._entered(entry, line.row.target) if entry else {})
        if earlier:
            before = amount_text(earlier.entry, line.row.target) if earlier.entry else ""
            texts |= {"was": earlier.light.value, "before": before}
        cleaned = {key: clean(text) for key, text in texts.items()}
        origins = (where_text(one) for one in origins_json(entry.source)) if entry else ()
        return Item(
            **cleaned,
            is_gap=line.grade not in FILLED,
            rate=line.rate,
            cells=self._cells(entry) if entry else (),
            origins=tuple(dict.fromkeys(clean(one) for one in origins)),
            turns=tuple(self.turns.get(slot, ())),
            is_behind=self._counts_as(line) is Light.RED,
            is_finished=is_completed(line),
            ahead=self._ahead(line),
        )

    def _planned(self, line: Progress) -> dict[str, str]:
        """What the plan says of a line, and how it stands."""
        row = line.row
        task = self.tasks.get(row.task)
        return {
            "code": row.code,
            "section": self.sections.get(task.section, "") if task else "",
            "label": in_print(task.label) if task else "",
            "task": (task.title or task.text) if task else row.task,
            "target": row.target.text if row.target else "",
            "office": line.office,
            "role": word(row.role, self.lang),
            "leader": row.leader or self.leaders.get(line.office, ""),
            "deadline": day_text(row.deadline, self.lang) if row.deadline else "",
            "light": line.light.value,
            "reason": reason_text(line.reason, self.lang, line.override),
            "grade": word(line.grade, self.lang),
        }

    def _entered(self, entry: Entry, target: Target | None) -> dict[str, str]:
        """What the office wrote, and the file and sheet that it stands in."""
        return {
            "done": amount_text(entry, target),
            "status": status_text(entry, self.lang),
            "progress": entry.progress,
            "problem": entry.problem,
            "file": base_name(entry.source.file),
            "sheet": entry.source.sheet,
        }

    def _counts_as(self, line: Progress) -> Light:
        return self.view.tally.sign(line.light).counts_as

    def _ahead(self, line: Progress) -> Decimal:
        """How far a figure that adds up over the year is ahead of the year."""
        target = line.row.target
        if line.rate is None or self._counts_as(line) is not Light.GREEN or target is None or not target.is_cumulative:
            return Decimal(0)
        return max(Decimal(0), line.rate - _decimal(self.view.period))

    def _cells(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        cells = dict(entry.source.cells)
        return tuple((header_words(name, self.lang), cells[name]) for name in _CELLS if cells.get(name))
