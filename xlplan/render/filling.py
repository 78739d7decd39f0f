"""Filling a Word template, a document with the tags of docxtpl, whoever wrote it, with the facts that it can name."""

from __future__ import annotations

import io
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from xlplan import rules
from xlplan.finding import Place, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.finding import Finding

_NO_DOCUMENT = (BadZipFile, KeyError, ValueError, OSError, AttributeError)
"""What python-docx makes of a file that is no document."""

_NAME = re.compile(r"'([^']*)'(?: is undefined)?$")


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
    """A text as one line that leaves the words around it alone, and that docxtpl, for which `{_{` is a tag, leaves."""
    from markupsafe import Markup, escape

    if not isinstance(value, str):
        return value
    text = str(escape(value if isinstance(value, Markup) else within(" ".join(value.split()))))
    return Markup(text.replace("{_", "{&#95;").replace("%_", "%&#95;").replace("_}", "&#95;}"))  # noqa: S704 - escaped
