"""Reading one sheet of a template: its name, columns, texts, numbers and print set-up."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlplan.books.template.record import ColumnTemplate, PageTemplate, Phrase
from xlplan.headers import plain_header
from xlplan.model import EXTRA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.books.template.checks import Checker, Path
    from xlplan.books.template.fields import Columns

_PAGE = frozenset({"name", "columns", "texts", "numbers", "print", "show"})
_COLUMN = frozenset({"field", "header", "width", "look", "group", "fill", "at"})
_PRINT = frozenset({"paper", "landscape", "fit_wide", "fit_tall", "margins", "center", "footer"})
_WIDTHS, _PAGES, _MARGINS, _NUMBERS = (0.5, 255), (0, 1000), (0, 3), (0, 1e6)
_HEIGHTS = {"lowest_row": (0, 409), "tallest_text": (0, 409)}  # points
_SIDES = 4
# What a column may name: the fields, the looks, and the built-in columns.
_Known = tuple["Columns", "Mapping[str, object]", tuple[ColumnTemplate, ...]]
_NONE = Phrase("", "")


def read_page(
    check: Checker,
    raw: Mapping[str, object],
    path: Path,
    base: tuple[PageTemplate | None, Columns],
    looks: Mapping[str, object],
) -> PageTemplate:
    """One sheet, from its table; what it leaves out is as in the built-in one."""
    page, known = base[0] or PageTemplate(_NONE), base[1]
    check.keys(raw, _PAGE, path)
    if "name" in raw or not base[0]:
        page = replace(page, name=check.phrase(raw.get("name", ""), (*path, "name")))
        check.sheet_name(page.name, (*path, "name"))
    page = _texts(check, raw, path, page)
    page = _print(check, check.table(raw, (*path, "print")), (*path, "print"), page)
    if "show" in raw:
        page = replace(page, show=check.flag(raw["show"], (*path, "show")))
    if "columns" in raw:
        page = replace(page, columns=_columns(check, raw["columns"], (*path, "columns"), (known, looks, page.columns)))
    return page


def _texts(check: Checker, raw: Mapping[str, object], path: Path, page: PageTemplate) -> PageTemplate:
    texts = check.phrases(raw, (*path, "texts"))
    numbers = check.table(raw, (*path, "numbers"))
    if page.texts:
        check.keys(texts, page.texts, (*path, "texts"))
        check.placeholders(texts, page.texts, (*path, "texts"))
    if page.numbers:
        check.keys(numbers, page.numbers, (*path, "numbers"))
    read = {
        key: check.number(value, (*path, "numbers", key), _HEIGHTS.get(key, _NUMBERS)) for key, value in numbers.items()
    }
    return replace(
        page, texts=MappingProxyType({**page.texts, **texts}), numbers=MappingProxyType({**page.numbers, **read})
    )


def _print(check: Checker, raw: Mapping[str, object], path: Path, page: PageTemplate) -> PageTemplate:
    check.keys(raw, _PRINT, path)
    setup = page.print
    for key, value in raw.items():
        at = (*path, key)
        if key == "paper":
            setup = replace(setup, paper=check.word(value, at, ("A3", "A4")) or setup.paper)
        elif key == "landscape":
            setup = replace(setup, landscape=check.flag(value, at))
        elif key == "center":
            setup = replace(setup, center=check.flag(value, at))
        elif key == "fit_wide":
            setup = replace(setup, fit_wide=int(check.number(value, at, _PAGES)))
        elif key == "fit_tall":
            setup = replace(setup, fit_tall=int(check.number(value, at, _PAGES)))
        elif key == "margins":
            setup = replace(setup, margins=_margins(check, value, at) or setup.margins)
        elif key == "footer":
            page = replace(page, footer=check.phrase(value, at))
    return replace(page, print=setup)


def _margins(check: Checker, value: object, path: Path) -> tuple[float, float, float, float] | None:
    if isinstance(value, list) and len(value) == _SIDES:
        left, right, top, bottom = (float(check.number(one, path, _MARGINS)) for one in value)
        return left, right, top, bottom
    check.wrong(path, "[left, right, top, bottom]")
    return None


def _columns(check: Checker, raw: object, path: Path, known: _Known) -> tuple[ColumnTemplate, ...]:
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        check.wrong(path, "[[columns]]")
        return ()
    columns = [_column(check, one, (*path, str(at)), known) for at, one in enumerate(raw)]
    for at, column in enumerate(columns):
        before = columns[:at]
        twice_field = column.field != EXTRA and any(column.field == other.field for other in before)
        if twice_field or any(_same_header(column, other) for other in before):
            check.add("T106", (*path, str(at)), header=column.header.zh or column.field, field=column.field)
    for field in sorted(known[0].required - {column.field for column in columns}):
        check.add("T107", path, name=field)
    return tuple(columns)


def _column(check: Checker, raw: Mapping[str, object], path: Path, known: _Known) -> ColumnTemplate:
    """One column; what it leaves out is as in the built-in column of its field, or plain."""
    check.keys(raw, _COLUMN, path)
    fields, looks, shipped = known
    field = raw.get("field", "")
    check.known(field, fields.known, (*path, "field"))
    usual = next((one for one in shipped if one.field == field), None)
    plain = "entry" if raw.get("fill") is True and "entry" in looks else "text"
    look = raw.get("look", usual.look if usual else plain)
    check.known(look, looks, (*path, "look"))
    header = usual.header if usual else _NONE
    header = check.phrase(raw["header"], (*path, "header")) if "header" in raw else header
    if not (header.zh and header.en):
        check.wrong((*path, "header"), "“…”")
    width = check.number(raw.get("width", usual.width if usual else 10), (*path, "width"), _WIDTHS)
    group = check.phrase(raw["group"], (*path, "group")) if "group" in raw else _NONE
    fill = check.flag(raw.get("fill", field in fields.filled), (*path, "fill"))
    mixed = fields.fillable - fields.filled
    if field in fields.known and field not in mixed and fill != (field in fields.filled):
        check.wrong((*path, "fill"), str(not fill).lower())
    at = check.letters(raw["at"], (*path, "at")) if "at" in raw else -1
    return ColumnTemplate(str(field), header, width, str(look), group, fill, at)


def _same_header(one: ColumnTemplate, other: ColumnTemplate) -> bool:
    ours, theirs = ((plain_header(column.header.zh), plain_header(column.header.en)) for column in (one, other))
    return any(mine and mine == their for mine, their in zip(ours, theirs, strict=True))
