"""Shared strings split at their markup: the same as expat reads, however they are written."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from museum import makers

from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.sheets import markup, sharedstrings
from xlplan.files.sheets.cells import Irregular

_FONT = '<rPr><b/><sz val="11"/><rFont val="宋体"/></rPr>'
_PHONETIC = '<phoneticPr fontId="1" type="noConversion"/>'
_ITEMS = [
    "<si><t>甲</t></si>",
    '<si><t xml:space="preserve"> 第一行\r\n第二行 </t></si>',
    f"<si><t>乙</t>{_PHONETIC}</si>",
    f"<si><r><t>丙</t></r><r>{_FONT}<t>丁</t></r></si>",
    f'<si><r>{_FONT}<t xml:space="preserve">2019 </t></r><r>{_FONT}<t>年</t></r>{_PHONETIC}</si>',
    "<si><t>a_x000D_b &lt;&#x4E2D;&#25991;&gt; c > d</t></si>",
    "<si><t/></si>",
    "<si><t></t></si>",
    "<si></si>",
]
_RARE = ['<si><t>東京</t><rPh sb="0" eb="2"><t>トウ</t></rPh></si>', "<si><r><t></t></r></si>", "\n", "<!-- x -->"]


def part_of(items: Iterable[str]) -> bytes:
    return f'<?xml version="1.0"?>\n<sst xmlns="{makers.MAIN}" count="9">{"".join(items)}</sst>\n'.encode()


def scanned(*pieces: bytes) -> list[str]:
    return sharedstrings._scan(pieces, Limits())  # noqa: SLF001 - each of the two ways by itself


def parsed(part: bytes) -> list[str]:
    handlers = sharedstrings._Strings(Limits())  # noqa: SLF001 - each of the two ways by itself
    markup.parse([part], handlers, "strings", markup.bare)
    return handlers.found


@given(
    st.one_of(st.lists(st.sampled_from(_ITEMS)), st.sampled_from(_ITEMS).flatmap(lambda one: st.lists(st.just(one))))
)
def test_strings_are_read_as_expat_reads_them(items):
    part = part_of(items)
    assert scanned(part) == parsed(part)


@given(st.lists(st.sampled_from([*_ITEMS, *_RARE]), max_size=8), st.integers(0, 600))
def test_strings_come_in_pieces(items, cut):
    part = part_of(items)
    head = part.index(b"9") + 3
    try:
        found = scanned(part[: head + cut], part[head + cut :])
    except Irregular:
        return
    assert found == parsed(part)


_SCRAPS = [
    "<si>", "</si>", "<t>", "</t>", "<r>", "</r>", "<", ">", "/", "x", "", "&", "&lt;", "\1", '"', "<t/>", "<si/>",
    "</r><r>", "</t></r>", "<r><t>", "</t></si><si><t>", "</sst>", _FONT, _PHONETIC,
]  # fmt: skip


@given(
    st.lists(st.sampled_from(_ITEMS), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 260), st.integers(0, 9), st.sampled_from(_SCRAPS)), min_size=1, max_size=3),
)
def test_what_is_changed_anywhere_is_read_alike_or_not_at_all(items, changes):
    source = "".join(items)
    for at, cut, scrap in changes:
        source = source[:at] + scrap + source[at + cut :]
    part = part_of([source])
    try:
        found, expected = scanned(part), parsed(part)
    except (Irregular, XlplanError):
        return
    assert found == expected


@pytest.mark.parametrize(
    "source",
    [
        "<si><t>甲</t></r></si>",
        "<si><r><t>甲</t></si>",
        "<si><t>甲</t></r><r><t>乙</t></si>",
        "<si><r><t>甲</t></r><t/></si>",
    ],
)
def test_tags_that_do_not_match_are_not_taken_for_strings(source):
    with pytest.raises(Irregular):
        scanned(part_of([source]))


def test_what_is_remembered_is_bounded():
    fonts = [f'<si><r><rPr><sz val="{at}"/></rPr><t>甲</t></r></si>' for at in range(5000)]
    long = f"<si><r><rPr>{'<b/>' * 5000}</rPr><t>乙</t></r></si>"
    assert scanned(part_of([*fonts, long])) == ["甲"] * 5000 + ["乙"]
    assert len(sharedstrings._joints) <= 1024  # noqa: SLF001 - memory is what this is about
    assert max(map(len, sharedstrings._joints)) <= 2048  # noqa: SLF001 - memory is what this is about
