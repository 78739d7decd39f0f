"""Reading a template: TOML to records, every mistake a finding with its line and key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlplan.book import Look
from xlplan.books.template.checks import Checker
from xlplan.books.template.fields import OWN, WORKBOOKS
from xlplan.books.template.own import read_own
from xlplan.books.template.pages import read_page
from xlplan.books.template.record import PageTemplate, Phrase, Template
from xlplan.finding import has_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.finding import Finding

_TOP = frozenset({"workbook", "fonts", "colors", "looks", "sheets"})
_FORM = "form"
_AT = re.compile(r"\(at line (\d+)")
_ALIGN = ("left", "center", "right", "justify")
_VALIGN = ("top", "vcenter", "bottom")
_LOOK = frozenset({one.name for one in fields(Look)} | {"like"})
_SIZES, _INDENTS = (6, 72), (0, 15)
_EMPTY = Template("", MappingProxyType({}), MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))


def parse(text: str, file: str, base: Template | None = None) -> tuple[Template | None, list[Finding]]:
    """A template from its TOML text. What it leaves out is as in `base`, the built-in template of the same workbook.

    With an error among the findings there is no template.
    """
    check = Checker(text, file)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        last = text.count("\n") + 1
        check.add("T101", (), line=int(at[1]) if at else last, reason=str(error).split(" (at ")[0])
        return None, check.findings
    except RecursionError:
        check.add("T101", (), line=1, reason="nested too deeply")
        return None, check.findings
    template = _template(check, raw, base or _EMPTY)
    return (None if has_errors(check.findings) else template), check.findings


def _template(check: Checker, raw: Mapping[str, object], base: Template) -> Template:
    wanted = (base.workbook,) if base.workbook else tuple(WORKBOOKS)
    workbook = check.word(raw.get("workbook", base.workbook), ("workbook",), wanted)
    check.keys(raw, _TOP | {"own"} if workbook == _FORM else _TOP, ())
    fonts = {**base.fonts, **check.phrases(raw, ("fonts",))}
    colors = dict(base.colors)
    for name, value in check.table(raw, ("colors",)).items():
        colors[name] = check.color(value, ("colors", name))
    looks = _looks(check, raw, base, (fonts, colors))
    if not base.workbook:
        check.known("normal", fonts, ("fonts",))
    pages = _pages(check, raw, (workbook, base), looks) if workbook else {}
    own = read_own(check, raw, pages.get(_FORM)) if workbook == _FORM else None
    kept = MappingProxyType(fonts), MappingProxyType(colors), MappingProxyType(looks), MappingProxyType(pages)
    return Template(workbook, *kept, own)


def _looks(
    check: Checker,
    raw: Mapping[str, object],
    base: Template,
    names: tuple[Mapping[str, Phrase], Mapping[str, str]],
) -> dict[str, Mapping[str, object]]:
    looks = dict(base.looks)
    table = check.table(raw, ("looks",))
    for name in table:
        path = ("looks", name)
        options = dict(check.table(table, path))
        check.keys(options, _LOOK, path)
        like = str(options.pop("like", name))
        if like in looks or like == name or check.known(like, looks, (*path, "like")):
            kept = {key: _option(check, key, options[key], (*path, key), names) for key in options if key in _LOOK}
            looks[name] = MappingProxyType({**looks.get(like, {}), **kept})
    return looks


def _option(
    check: Checker,
    key: str,
    value: object,
    path: tuple[str, ...],
    names: tuple[Mapping[str, Phrase], Mapping[str, str]],
) -> object:
    fonts, colors = names
    if key == "font":
        check.known(value, fonts, path)
        return value
    if key in {"color", "fill", "line"}:
        return check.color(value, path, colors)
    if key in {"size", "indent"}:
        return check.number(value, path, _SIZES if key == "size" else _INDENTS)
    if key in {"align", "valign", "number"}:
        return check.word(value, path, {"align": _ALIGN, "valign": _VALIGN}.get(key, ()))
    return check.flag(value, path)


def _pages(
    check: Checker, raw: Mapping[str, object], own: tuple[str, Template], looks: Mapping[str, Mapping[str, object]]
) -> dict[str, PageTemplate]:
    workbook, base = own
    known = WORKBOOKS[workbook]
    if "own" in raw and workbook == _FORM:
        known = {**known, _FORM: replace(known[_FORM], required=OWN)}
    pages = dict(base.pages)
    table = check.table(raw, ("sheets",))
    check.keys(table, known, ("sheets",))
    for key in known:
        if key in table:
            page = check.table(table, ("sheets", key))
            pages[key] = read_page(check, page, ("sheets", key), (pages.get(key), known[key]), looks)
        elif key not in pages:
            check.add("T107", ("sheets", key), name=key)
    _distinct(check, table, pages)
    return {key: pages[key] for key in known if key in pages}


def _distinct(check: Checker, table: Mapping[str, object], pages: Mapping[str, PageTemplate]) -> None:
    """No two sheets of a workbook have one name; Excel makes no difference between small and capital letters."""
    for key in (one for one in table if one in pages):
        ours = pages[key].name
        others = [one.name for name, one in pages.items() if name != key]
        for name in dict.fromkeys((ours.zh, ours.en)):
            lang = "zh" if name == ours.zh else "en"
            if name.casefold() in {one.of(lang).casefold() for one in others}:
                check.add("T109", ("sheets", key, "name"), name=name[:60])
