"""A report as one self-contained web page: no network, no fonts or scripts from elsewhere, readable without scripts."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from xlplan.render.charts import columns, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlplan.render.report import Item, Report, Texts

_FOLDER = Path(__file__).parent / "web"
_DARK = "_dark"
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Look:
    """What the page's template decides: its texts, colours (`RRGGBB` by name), font family, and how much is shown."""

    texts: Texts
    colors: Mapping[str, str]
    font: str
    most_behind: int
    most_names: int


def render_page(report: Report, look: Look, *, picture: bool = False) -> bytes:
    """The page as UTF-8. With `picture`, what a picture of it shows: the summary without the list, in light colours."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    loader = FileSystemLoader(_FOLDER)
    room = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    style, script = _style(look), (_FOLDER / "page.js").read_text("utf-8")
    choices = _choices(report)
    places = {name: {text: at for at, text in enumerate(options)} for name, options in choices}
    behind = [item for item in report.items if item.is_behind]

    def marks(item: Item) -> Iterator[tuple[str, object]]:
        """The item's attributes for the filters: the places of what it has among the choices."""
        for name, keys in places.items():
            found = [str(keys[text]) for text in _values(item, name) if text in keys]
            if found:
                yield name, " ".join(found)

    html = room.get_template(
        "page.html.j2"
    ).render(
        report=report,
        picture=picture,
        say=look.texts.say,
        policy=_policy(style, "" if picture else script),
        style=Markup(style),  # noqa: S704 - our own file, with colours that the template's reader checked
        script=Markup(script),  # noqa: S704 - our own file
        lamps={lamp.key: lamp for lamp in report.lamps},
        lamp_at={lamp.key: at for at, lamp in enumerate(report.lamps)},
        behind=behind[: look.most_behind],
        behind_count=len(behind),
        most_names=look.most_names,
        choices=[(name, [_word(report, name, text) for text in options]) for name, options in choices],
        marks=marks,
        percent=_percent,
        columns=columns,
        pieces=pieces,
    )
    return (html + "\n").encode()


def _choices(report: Report) -> list[tuple[str, list[str]]]:
    """The filters with what can be chosen in each, in plan order; those with nothing to choose are left out."""
    options = [
        (name, list(dict.fromkeys(one for item in report.items for one in _values(item, name))))
        for name in ("office", "section", "leader")
    ]
    options.append(("turn", [one.key for one in report.turns]))
    return [(name, found) for name, found in options if found]


def _values(item: Item, name: str) -> tuple[str, ...]:
    if name == "turn":
        return item.turns
    text: str = getattr(item, name)
    return (text,) if text else ()


def _word(report: Report, name: str, text: str) -> str:
    return next(one.word for one in report.turns if one.key == text) if name == "turn" else text


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).quantize(_TENTH, ROUND_HALF_UP)}%"


def _style(look: Look) -> str:
    """The style sheet with the template's colours as variables, for light screens and for dark ones."""
    light = _variables({name: color for name, color in look.colors.items() if not name.endswith(_DARK)})
    dark = _variables({name.removesuffix(_DARK): color for name, color in look.colors.items() if name.endswith(_DARK)})
    font = "".join(one for one in look.font if one.isalnum() or one in " ,-_")
    head = f":root{{{light};--font:{font}}}\n:root[data-scheme=dark]{{{dark}}}\n"
    head += f"@media screen and (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{{dark}}}}}\n"
    return head + (_FOLDER / "page.css").read_text("utf-8")


def _variables(colors: Mapping[str, str]) -> str:
    return ";".join(f"--{name.replace('_', '-')}:#{color}" for name, color in colors.items() if name.isidentifier())


def _policy(style: str, script: str) -> str:
    """A content security policy under which nothing runs or loads but this style and this script."""
    scripts = f"script-src {_hashed(script)}" if script else "script-src 'none'"
    return f"default-src 'none'; style-src {_hashed(style)}; {scripts}; base-uri 'none'; form-action 'none'"


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
