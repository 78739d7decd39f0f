"""Document properties told by their outline: the same as expat finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from museum import makers

from xlplan.files.preflight import preflight
from xlplan.files.sheets import outlines
from xlplan.files.sheets.sidecar import _Core, _Custom

_PART = "docProps/custom.xml"
_SPACES = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="urn:vt"'
_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(
        ["", " ", "甲", " 甲\n", "a&amp;b", "&lt;x&gt;", "&bad;", "a>b", "]]>", "\x01", "\ufffe", "<b/>", "#1;"]
    ),
    st.sampled_from(["<![CDATA[甲]]>", "<!-- x -->甲", "<?pi a>b ?>", "</property>"]),
)


def custom(texts: list[str], names: list[str]) -> str:
    """Some programs write the parts on one line, some with an element to a line."""
    inner = "".join(
        f'<property pid="{at}" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>\n'
        for at, (name, text) in enumerate(zip(names, texts, strict=False))
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Properties {_SPACES}>{inner}</Properties>'


def both(source: str | bytes, kind: type[outlines.Finder]) -> tuple[dict[str, str], dict[str, str]]:
    package = preflight(makers.package({_PART: source}))
    return outlines.read(package, _PART, kind), outlines._parsed(package, _PART, kind)  # noqa: SLF001 - the other way


@given(st.lists(_TEXTS, max_size=4), st.lists(st.sampled_from(["stamp", "stamp.2", "a>b", "甲"]), max_size=4))
def test_properties_are_found_as_expat_finds_them(texts, names):
    found, parsed = both(custom(texts, names), _Custom)
    assert found == parsed


@given(_TEXTS, _TEXTS)
def test_core_properties_are_found_as_expat_finds_them(title, modified):
    source = f"<c><title>{title}</title><x/><subject></subject><when>{modified}</when><title>2</title></c>"
    found, parsed = both(source, _Core)
    assert found == parsed


def test_a_known_outline_needs_no_parser(monkeypatch):
    names = ["stamp", "stamp.2"]
    both(custom(["一", "二"], names), _Custom)
    package = preflight(makers.package({_PART: custom([" 甲&amp;乙 ", "丙"], names)}))
    monkeypatch.setattr(outlines, "_parsed", None)
    assert outlines.read(package, _PART, _Custom) == {"stamp": "甲&乙", "stamp.2": "丙"}


@pytest.mark.parametrize(
    "source",
    [
        custom(["甲"], ["stamp"]).replace("UTF-8", "UTF-16").encode("utf-16"),
        custom(["甲"], ["stamp"]).encode("gbk"),
        custom(["甲"], ["stamp"])[:-5],
        custom(["长" * 9000], ["stamp"]),
        "",
    ],
    ids=["utf-16", "not utf-8", "cut", "long", "empty"],
)
def test_other_parts_are_left_to_expat(source):
    found, parsed = both(source, _Custom)
    assert found == parsed


def test_what_is_remembered_is_bounded():
    for at in range(100):
        both(custom(["甲"], [f"name{at}"]), _Custom)
    assert len(outlines._known) <= 64  # noqa: SLF001 - memory is what this is about
