"""Where things stand in a TOML text: the line of each key, which `tomllib` does not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]#]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]')
_ONE_KEY = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


@dataclass
class Lines:
    """The line, from 1, of each key path of a TOML text, such as `sheets.form.columns.0.width`."""

    by_path: dict[tuple[str, ...], int] = field(default_factory=dict)

    def line(self, path: tuple[str, ...]) -> int:
        """The line of a path, or of the nearest thing around it."""
        while path and path not in self.by_path:
            path = path[:-1]
        return self.by_path.get(path, 1)


def locate(text: str) -> Lines:
    """Find the lines of a TOML text's keys. Never fails: a text that is no TOML gets what can be told."""
    lines = Lines()
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    state = _State()
    for number, line in enumerate(text.splitlines(), 1):
        if state.inside:
            state.feed(line)
            continue
        if found := _HEADER.fullmatch(line):
            table = _resolved(_parts(found[2]), counts)
            if found[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            lines.by_path.setdefault(table, number)
        else:
            if found := _KEY.match(line):
                lines.by_path.setdefault((*table, *_parts(found[1])), number)
            state.feed(line)
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _ONE_KEY.findall(dotted))


def _resolved(path: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    """The path with the index of the last element wherever it goes through an array of tables."""
    whole: tuple[str, ...] = ()
    for at, part in enumerate(path):
        whole = (*whole, part)
        if whole in counts and at < len(path) - 1:
            whole = (*whole, str(counts[whole]))
    return whole


@dataclass
class _State:
    """Whether a line ends inside a value that goes on: a long string or an open bracket."""

    quote: str = ""
    depth: int = 0

    @property
    def inside(self) -> bool:
        return bool(self.quote or self.depth > 0)

    def feed(self, line: str) -> None:
        for token in _TOKEN.findall(line):
            if self.quote:
                self.quote = "" if token == self.quote else self.quote
            elif token in {'"""', "'''"}:
                self.quote = token
            elif token in {"[", "{"}:
                self.depth += 1
            elif token in {"]", "}"}:
                self.depth -= 1
