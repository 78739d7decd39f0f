"""The bulletin (通报): what its template can name, and filling it: a Word file with the tags of docxtpl."""

from __future__ import annotations

import io
import re
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from xlplan import rules
from xlplan.finding import Place
from xlplan.render.report import COUNTS, FACTS, Bar, Item, Lamp, Owing, Report, Turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlplan.finding import Finding

_NO_DOCUMENT = (
    BadZipFile,
    KeyError,
    ValueError,
    OSError,
    AttributeError,
)  # what python-docx makes of a file that is no document
_NAME = re.compile(r"'([^']*)'(?: is undefined)?$")
_TENTH = Decimal("0.1")
_KEPT = ("code", "label", "section", "task", "target", "office", "role", "leader", "deadline", "status", "grade")
_SAID = ("done", "before", "reason", "progress", "problem")


def bulletin_facts(report: Report) -> dict[str, Any]:
    """Everything that a template of the bulletin can name: texts, whole numbers, and lists of such tables."""
    behind = [item for item in report.items if item.is_behind]
    finished = [item for item in report.items if item.is_finished]
    ahead = [item for item in report.items if item.ahead > 0 and not item.is_finished]
    ahead.sort(key=lambda item: -item.ahead)  # stable: plan order among equals
    counts = {key: count for key, count in report.counts.items() if key not in {"late", "missing"}}
    return {
        **report.facts,
        **counts,
        "lights": [{"word": one.word, "count": one.count, "share": f"{one.share:.1f}"} for one in report.lamps],
        "sections": _bars(report, report.sections),
        "offices": _bars(report, report.offices),
        "changes": [{"word": one.word, "count": one.count} for one in report.turns],
        **{key: [_item(item) for item in items] for key, items in _lists(report, behind, finished, ahead)},
        **{key: [vars(one) for one in owing] for key, owing in (("missing", report.missing), ("late", report.late))},
    }


def sample_facts() -> dict[str, Any]:
    """Facts to try a template on: every name is there, and every list has something in it."""
    word, one = "样例", Decimal("0.5")
    texts: dict[str, Any] = dict.fromkeys((*_KEPT, "light", "reason"), word)
    item, done = Item(**texts, is_behind=True, ahead=one), Item(**texts, is_finished=True)
    lamp, bar, owing = Lamp("red", word, "■", 1), Bar(word, (1,)), Owing(word, 1, word, word)
    facts = dict.fromkeys(FACTS, word)
    report = Report(
        "zh", facts, dict.fromkeys(COUNTS, 1), one, (lamp,), (bar, bar), (bar,), (bar,), (owing,), (owing,),
        (Turned("red", word, 1),), (item, done),
    )  # fmt: skip
    return bulletin_facts(report)


def fill(template: bytes, facts: Mapping[str, Any], name: str) -> tuple[bytes | None, list[Finding]]:
    """A Word template with its tags filled in; None with findings W630 to W633 when it has a mistake.

    The template can only name what it is given: it reaches no attribute, no file and no network.
    """
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    place = Place(name)
    room = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_faithful)
    document = DocxTemplate(io.BytesIO(template))
    try:
        document.init_docx()
    except _NO_DOCUMENT:
        return None, [rules.find("W633", place)]
    try:
        unknown = sorted(document.get_undeclared_template_variables(room) - facts.keys())
        if unknown:
            return None, [_unknown(name, facts, place) for name in unknown]
        document.render(dict(facts), room)
    except Exception as error:  # noqa: BLE001 - whatever a template's author wrote, its mistake is told
        return None, [_mistake(error, facts, place)]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), []


def _mistake(error: Exception, facts: Mapping[str, Any], place: Place) -> Finding:
    from jinja2 import TemplateSyntaxError, UndefinedError

    detail = " ".join(str(error).split())[:200] or type(error).__name__
    near = " ".join(" ".join(getattr(error, "docx_context", ())).split())[:120] or "-"
    if isinstance(error, TemplateSyntaxError):
        return rules.find("W630", place, detail=detail, near=near)
    name = _NAME.search(detail)
    if isinstance(error, UndefinedError) and name:
        return _unknown(name[1], facts, place)
    return rules.find("W632", place, detail=detail)


def _unknown(name: str, facts: Mapping[str, Any], place: Place) -> Finding:
    close = get_close_matches(name[:60], _names(facts), 3) or sorted(facts)
    return rules.find("W631", place, name=name[:60], near="、".join(close))


def _names(facts: Mapping[str, Any]) -> list[str]:
    inner = (key for value in facts.values() if isinstance(value, list) for one in value[:1] for key in one)
    return list(dict.fromkeys((*facts, *inner)))


def _faithful(value: Any) -> Any:  # noqa: ANN401 - whatever a tag gives
    """A text as one line, safe from docxtpl, which takes `{_{` for a tag that was to be printed."""
    from markupsafe import Markup, escape

    if not isinstance(value, str):
        return value
    text = str(escape(value if isinstance(value, Markup) else " ".join(value.split())))
    return Markup(text.replace("{_", "{&#95;").replace("%_", "%&#95;").replace("_}", "&#95;}"))  # noqa: S704 - escaped


def _lists(report: Report, *chosen: Iterable[Item]) -> list[tuple[str, Iterable[Item]]]:
    return [("items", report.items), *zip(("behind", "finished", "ahead"), chosen, strict=True)]


def _bars(report: Report, bars: Iterable[Bar]) -> list[dict[str, Any]]:
    return [
        {
            "name": bar.name,
            "total": bar.total,
            "lights": [
                {"word": lamp.word, "count": count} for lamp, count in zip(report.lamps, bar.counts, strict=True)
            ],
        }
        for bar in bars
    ]


def _item(item: Item) -> dict[str, Any]:
    rate = "" if item.rate is None else f"{(item.rate * 100).quantize(_TENTH, ROUND_HALF_UP)}%"
    ahead = str((item.ahead * 100).quantize(_TENTH, ROUND_HALF_UP))
    return {**{name: getattr(item, name) for name in (*_KEPT, *_SAID)}, "rate": rate, "ahead": ahead}
