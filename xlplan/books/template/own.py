"""Reading the table `own` of a form's template: the bureau's own workbook that the form is filled into."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlplan.books.template.record import Own, Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.books.template.checks import Checker, Path
    from xlplan.books.template.record import PageTemplate

_KEYS = frozenset({"file", "sheet", "header", "size", "cells", "foot", "protect"})
_ROWS, _SIZES = (1, 1000), (6, 72)
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,3}")
_FACTS = "{issuer}{plan}{year}{period}{office}{deadline}"


def read_own(check: Checker, raw: Mapping[str, object], page: PageTemplate | None) -> Own | None:
    """The bureau's own workbook, and whether every column of the form has its place there; None without one."""
    if "own" not in raw:
        return None
    table = check.table(raw, ("own",))
    check.keys(table, _KEYS, ("own",))
    for key in ("file", "sheet", "header"):
        if key not in table:
            check.add("T107", ("own",), name=key)
    cells = _cells(check, check.table(table, ("own", "cells")), ("own", "cells"))
    taken: set[int] = set()
    for number, column in enumerate(page.columns if page else ()):
        if column.at < 0 or column.at in taken:
            check.wrong(("sheets", "form", "columns", str(number), "at"), "A – XFD")
        taken.add(column.at)
    file = check.word(table.get("file", ""), ("own", "file"))
    if {"/", "\\", ":"} & set(file):  # it lies beside the template
        check.wrong(("own", "file"), "form.xlsx")
    return Own(
        file,
        check.word(table.get("sheet", ""), ("own", "sheet")),
        int(check.number(table.get("header", 1), ("own", "header"), _ROWS)) - 1,
        check.number(table.get("size", 11), ("own", "size"), _SIZES),
        MappingProxyType(cells),
        _foot(check, table),
        check.flag(table.get("protect", False), ("own", "protect")),
    )


def _foot(check: Checker, table: Mapping[str, object]) -> tuple[str, ...]:
    value = table.get("foot", [])
    if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    check.wrong(("own", "foot"), "[“…”]")
    return ()


def _cells(check: Checker, table: Mapping[str, object], path: Path) -> dict[str, str]:
    texts = {key: check.word(value, (*path, key)) for key, value in table.items()}
    for key in texts:
        if not _CELL.fullmatch(key):
            check.add("T104", (*path, key), name=key[:60], near="A1")
    facts = Phrase(_FACTS, _FACTS)
    check.placeholders({key: Phrase(text, text) for key, text in texts.items()}, dict.fromkeys(texts, facts), path)
    return texts
