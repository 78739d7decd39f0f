"""Templates as records, and a template in one language: the `Dress` that a composer puts on its workbook."""

from __future__ import annotations

import copyreg
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlplan.book import Book, Look
from xlplan.book.parts import Print
from xlplan.errors import ContractError
from xlplan.model import Heading

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Phrase:
    """A text of a template in both languages."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The text for `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class ColumnTemplate:
    """A column: its field, header and group, width in characters, the name of its look; `fill`: by the office.

    `at` is its 0-based place in a bureau's own workbook, -1 where xlplan makes the workbook.
    """

    field: str
    header: Phrase
    width: float
    look: str
    group: Phrase = Phrase("", "")
    fill: bool = False
    at: int = -1


@dataclass(frozen=True)
class PageTemplate:
    """A sheet of a workbook: its name, columns, texts by key, numbers by key, and print set-up."""

    name: Phrase
    columns: tuple[ColumnTemplate, ...] = ()
    texts: Mapping[str, Phrase] = field(default_factory=lambda: MappingProxyType({}))
    numbers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    print: Print = field(default_factory=Print)
    footer: Phrase = Phrase("&C- &P -", "&C- &P -")
    show: bool = True


@dataclass(frozen=True)
class Own:
    """A workbook of the bureau's own that a form is filled into: its file, its sheet, the 0-based row of its header.

    `size` is the type's, in points; `cells` are texts by address, with the same facts in braces as other texts; `foot`
    is how the lines below the table begin; `protect` says whether the sheet is protected where the plan stands.
    """

    file: str
    sheet: str
    header: int
    size: float = 11.0
    cells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    foot: tuple[str, ...] = ()
    protect: bool = False


@dataclass(frozen=True)
class Template:
    """What one workbook looks like, in both languages. Looks are kept as options that name fonts and colours."""

    workbook: str
    fonts: Mapping[str, Phrase]
    colors: Mapping[str, str]
    looks: Mapping[str, Mapping[str, object]]
    pages: Mapping[str, PageTemplate]
    own: Own | None = None

    def dress(self, lang: str) -> Dress:
        """The template in `zh` or `en`."""
        return self._zh if lang == "zh" else self._en

    @cached_property
    def _zh(self) -> Dress:
        return self._dressed("zh")

    @cached_property
    def _en(self) -> Dress:
        return self._dressed("en")

    def _dressed(self, lang: str) -> Dress:
        fonts = {name: phrase.of(lang) for name, phrase in self.fonts.items()}
        looks = {name: _look(options, fonts, self.colors) for name, options in self.looks.items()}
        pages = {key: _page(page, lang, looks) for key, page in self.pages.items()}
        return Dress(lang, fonts["normal"], self.colors, looks, pages)


@dataclass(frozen=True)
class Column:
    """A column in one language."""

    field: str
    header: str
    width: float
    look: Look
    group: str = ""
    fill: bool = False
    at: int = -1


@dataclass(frozen=True)
class Page:
    """A sheet's name, columns, texts and print set-up in one language."""

    name: str
    columns: tuple[Column, ...]
    texts: Mapping[str, str]
    numbers: Mapping[str, float]
    print: Print
    show: bool = True

    def say(self, key: str, **facts: object) -> str:
        """The text `key` with its facts filled in."""
        if key not in self.texts:
            raise ContractError(f"the template has no text {key!r}")
        return self.texts[key].format_map(facts)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The columns as a form that is sent remembers them."""
        return tuple(Heading(one.header, one.field, one.fill) for one in self.columns)

    def place(self, name: str) -> int | None:
        """The 0-based column of a field in the sheet, in a bureau's own one too; None when the template has none."""
        at = self.index(name)
        return at if at is None or self.columns[at].at < 0 else self.columns[at].at

    def index(self, name: str) -> int | None:
        """The 0-based position of a field's column; None when the template leaves it out."""
        return self._places.get(name)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each field's column is; the first of several."""
        return {self.columns[at].field: at for at in reversed(range(len(self.columns)))}


@dataclass(frozen=True)
class Dress:
    """A template in one language."""

    lang: str
    font: str
    colors: Mapping[str, str]
    looks: Mapping[str, Look]
    pages: Mapping[str, Page]

    def book(self, title: str) -> Book:
        """An empty workbook in this dress."""
        return Book(title=title, font=self.font)

    def look(self, name: str) -> Look:
        """The look with this name."""
        if name not in self.looks:
            raise ContractError(f"the template has no look {name!r}")
        return self.looks[name]


def _fixed(kept: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(kept)


copyreg.pickle(MappingProxyType, lambda kept: (_fixed, (dict(kept),)))  # templates go to worker processes


def _look(options: Mapping[str, object], fonts: Mapping[str, str], colors: Mapping[str, str]) -> Look:
    named: dict[str, object] = dict(options)
    if "font" in named:
        named["font"] = fonts[str(named["font"])]
    for key in ("color", "fill", "line"):
        if key in named:
            named[key] = colors.get(str(named[key]), str(named[key]))
    return Look(**named)  # type: ignore[arg-type] # the parser let only Look's own keys and types through


def _look_of(column: ColumnTemplate, looks: Mapping[str, Look]) -> Look:
    """The look of a column's cells; those that an office fills are never locked."""
    look = looks[column.look]
    return replace(look, locked=False) if column.fill else look


def _page(page: PageTemplate, lang: str, looks: Mapping[str, Look]) -> Page:
    columns = tuple(
        Column(one.field, one.header.of(lang), one.width, _look_of(one, looks), one.group.of(lang), one.fill, one.at)
        for one in page.columns
    )
    texts = {key: phrase.of(lang) for key, phrase in page.texts.items()}
    setup = page.print
    printed = Print(
        paper=setup.paper,
        landscape=setup.landscape,
        fit_wide=setup.fit_wide,
        fit_tall=setup.fit_tall,
        margins=setup.margins,
        center=setup.center,
        footer=page.footer.of(lang),
    )
    return Page(page.name.of(lang), columns, texts, page.numbers, printed, page.show)
