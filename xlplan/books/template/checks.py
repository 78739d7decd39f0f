"""Checking the parts of a template: what is not as it must be becomes a finding with line and key."""

from __future__ import annotations

import re
from difflib import get_close_matches
from string import Formatter
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.book import position
from xlplan.books.template.locate import locate
from xlplan.books.template.record import Phrase
from xlplan.finding import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from xlplan.finding import Finding

Path = tuple[str, ...]
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_LETTERS = re.compile(r"[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D]")
_SHEET = re.compile(r"(?i)(?!'|_xlplan$|history$)[^\[\]:*?/\\]{1,31}(?<!')")


class Checker:
    """Checks values by their path in one template, and keeps the findings."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = locate(text)
        self.file = file
        self.findings: list[Finding] = []

    def add(self, code: str, path: Path, **facts: object) -> None:
        """A finding at the line of a path; its key is a fact of every rule."""
        line = int(str(facts.pop("line", 0))) or self.lines.line(path)
        key = ".".join(path) or "-"
        self.findings.append(rules.find(code, Place(self.file, line=line), key=key, **facts))

    def wrong(self, path: Path, wanted: str) -> None:
        """The value is not of the wanted sort."""
        self.add("T103", path, wanted=wanted)

    def known(self, name: object, names: Collection[str], path: Path) -> bool:
        """Whether a name is one of `names`; a finding with the nearest one when not."""
        if name in names:
            return True
        near = get_close_matches(str(name)[:60], names, 1)
        self.add("T104", path, name=str(name)[:60], near=near[0] if near else "、".join(sorted(names)[:12]))
        return False

    def keys(self, table: Mapping[str, object], names: Collection[str], path: Path) -> None:
        """Every key of a table is one of `names`."""
        for key in table:
            if key not in names:
                near = get_close_matches(key[:60], names, 1)
                self.add("T102", (*path, key), near=near[0] if near else "、".join(sorted(names)[:12]))

    def table(self, around: Mapping[str, object], path: Path) -> Mapping[str, object]:
        """The table under the last name of `path`; an empty one where it is left out or is no table."""
        value = around.get(path[-1], {})
        if isinstance(value, dict):
            return value
        self.wrong(path, "[table]")
        return {}

    def phrase(self, value: object, path: Path) -> Phrase:
        """A text for both languages, or a table with `zh` and `en`."""
        if isinstance(value, str):
            return Phrase(value, value)
        if isinstance(value, dict) and value and set(value) <= {"zh", "en"}:
            texts = [value.get(lang, next(iter(value.values()))) for lang in ("zh", "en")]
            if all(isinstance(text, str) for text in texts):
                return Phrase(*texts)
        self.wrong(path, "“…” | { zh = “…”, en = “…” }")
        return Phrase("", "")

    def phrases(self, around: Mapping[str, object], path: Path) -> dict[str, Phrase]:
        """The texts of a table, by key."""
        return {key: self.phrase(value, (*path, key)) for key, value in self.table(around, path).items()}

    def flag(self, value: object, path: Path) -> bool:
        """A yes or no."""
        if not isinstance(value, bool):
            self.wrong(path, "true | false")
        return bool(value)

    def number(self, value: object, path: Path, limits: tuple[float, float]) -> float:
        """A number within limits; the lower one where it is none."""
        low, high = limits
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.wrong(path, f"{low:g} – {high:g}")
        return low

    def word(self, value: object, path: Path, options: Collection[str] = ()) -> str:
        """A text, one of `options` where there are any."""
        if isinstance(value, str) and (not options or value in options):
            return value
        self.wrong(path, " | ".join(sorted(options)) or "“…”")
        return ""

    def color(self, value: object, path: Path, names: Collection[str] = ()) -> str:
        """A colour: `RRGGBB`, or one of `names`."""
        if isinstance(value, str) and (value in names or _COLOR.fullmatch(value)):
            return value
        self.wrong(path, " | ".join(("RRGGBB", *sorted(names))))
        return ""

    def letters(self, value: object, path: Path) -> int:
        """The letters of a column, as its 0-based index; -1 where they are none."""
        if isinstance(value, str) and _LETTERS.fullmatch(value):
            return position(f"{value}1")[1]
        self.wrong(path, "A – XFD")
        return -1

    def sheet_name(self, phrase: Phrase, path: Path) -> None:
        """A sheet's name is one that Excel takes."""
        for name in dict.fromkeys((phrase.zh, phrase.en)):
            if not _SHEET.fullmatch(name):
                self.add("T109", path, name=name[:60])

    def placeholders(self, texts: Mapping[str, Phrase], base: Mapping[str, Phrase], path: Path) -> None:
        """Each text names only facts that the built-in text of its key has."""
        for key, phrase in texts.items():
            if key in base:
                allowed = {name for one in (base[key].zh, base[key].en) for name in _names(one) or ()}
                for text in dict.fromkeys((phrase.zh, phrase.en)):
                    names = _names(text)
                    for name in {"{}"} if names is None else names - allowed:
                        self.add("T108", (*path, key), name=name, allowed="、".join(sorted(allowed)) or "-")


def _names(text: str) -> set[str] | None:
    """The facts in braces that a text names; None when its braces are not in order."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    if any(spec or conversion for _, _, spec, conversion in parts):
        return None
    return {name for _, name, _, _ in parts if name is not None}
