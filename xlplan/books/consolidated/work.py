"""What every sheet of the consolidated workbook is made from, and what they say alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from xlplan.book import Cell, Link
from xlplan.books.values import day_text, listed, section_text
from xlplan.headers import WORDS, Field, header_words
from xlplan.marks import in_print
from xlplan.model import Light
from xlplan.words import COLON, SHAPES, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.book import Content, Look
    from xlplan.books.consolidated.figures import Figures
    from xlplan.books.consolidated.flat import Row
    from xlplan.books.template import Dress
    from xlplan.model import Assignment, Entry, Section, Source, Task
    from xlplan.model.progress import Context, Progress, Tally

_URGENT = {light: at for at, light in enumerate((Light.RED, Light.YELLOW, Light.NONE, Light.GREEN))}
_PLACES: dict[str, int] = {Field.DONE: 0, Field.STATUS: 1, Field.PROGRESS: 2, Field.PROBLEM: 3}
"""The fields whose source cells are named first, in this order."""


@dataclass(frozen=True)
class Work:
    """A period to be shown: its tally and context, its figures, and the dress of the workbook.

    `sources` gives for a file's digest the cell of the sheet of sources that tells about it.
    """

    tally: Tally
    context: Context
    figures: Figures
    dress: Dress
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The workbook's language."""
        return self.dress.lang

    @cached_property
    def tasks(self) -> Mapping[str, Task]:
        """The plan's tasks by code."""
        return {task.code: task for task in self.tally.plan.tasks}

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The plan's sections by code."""
        return {section.code: section for section in self.tally.plan.sections}

    @cached_property
    def roster(self) -> Mapping[str, int]:
        """The place of each office in the roster."""
        return {office.name: at for at, office in enumerate(self.tally.plan.offices)}

    def urgency(self, line: Progress) -> int:
        """By what lines are sorted so that those that are behind come first."""
        return _URGENT[self.tally.sign(line.light).counts_as]

    @cached_property
    def pace(self) -> float:
        """The share of the year that has passed."""
        return float(self.tally.period.pace)

    @cached_property
    def before(self) -> Mapping[tuple[str, str], Progress]:
        """The lines of the period before, by row and office."""
        lines = self.context.previous.lines if self.context.previous else ()
        return {(line.row.code, line.office): line for line in lines}

    def facts(self) -> dict[str, str]:
        """What titles and captions may name."""
        plan, period, lang = self.tally.plan, self.tally.period, self.lang
        deadline = self.context.deadline
        return {
            "plan": plan.title,
            "issuer": plan.issuer,
            "period": period.label(lang),
            "end": day_text(period.end - timedelta(days=1), lang),
            "today": day_text(self.context.today, lang),
            "pace": f"{float(period.pace):.1%}",
            "deadline": day_text(deadline, lang) if deadline else "—",
        }

    def light(self, light: Light) -> str:
        """A light as it is written: its shape and its word."""
        return f"{SHAPES[light]} {self.tally.sign(light).word(self.lang)}"

    def look(self, light: Light) -> Look:
        """The look of a cell that shows a light."""
        return self.dress.look(light.value)

    @cached_property
    def lights(self) -> Mapping[Light, Cell]:
        """A cell for each light."""
        return {light: Cell(self.light(light), self.look(light)) for light in Light}

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """The usual header of each field."""
        return {name: header_words(name, self.lang) for name in WORDS}

    def about(self, row: Assignment, office: str) -> dict[str, Content | Cell]:
        """What a flat table says of a row of the plan, and who answers for it."""
        task = self.tasks.get(row.task)
        section = self.sections.get(task.section) if task else None
        return {
            Field.CODE: row.code,
            Field.SECTION: section_text(section) if section else "",
            Field.SERIAL: in_print(task.label) if task else "",
            Field.TASK: task.title or task.text if task else row.task,
            Field.TARGET: row.target.text if row.target else "",
            Field.OFFICE: office,
            Field.ROLE: word(row.role, self.lang),
            Field.LEADER: row.leader,
            Field.DEADLINE: row.deadline,
        }

    def source(self, source: Source) -> Row:
        """What a flat table says of where an entry came from: the file, a link to what is known of it, the cells.

        Where the file was itself made from returns, also where it has each answer from.
        """
        cells = sorted(source.cells, key=lambda one: _PLACES.get(one[0], len(_PLACES)))
        named = listed((f"{self.headers.get(name, name)} {cell}" for name, cell in cells if cell), self.lang)
        at, page = self.sources.get(source.sha256), self.dress.pages["sources"]
        return {
            "file": base_name(source.file),
            "link": Link(page.name, at, page.say("see")) if at else None,
            "cell": f"{source.sheet}{COLON[self.lang]}{named}" if named else source.sheet,
            "origins": "\n".join(
                dict.fromkeys(f"{one.office} {one.file} {one.sheet}!{one.cell}" for one in source.origins)
            ),
        }


def done_value(entry: Entry | None) -> Content:
    """An entry's figure as a cell shows it: the number, or what was written where none could be read."""
    if entry is None or entry.amount is None:
        return None
    return entry.amount.raw if entry.amount.value is None else entry.amount.value


def base_name(path: str) -> str:
    """A file's name without the folders that it lay in."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
