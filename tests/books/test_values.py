"""How the plan's values read in a cell."""

from __future__ import annotations

import pytest

from xlplan.books.values import label_text, section_text
from xlplan.model import Section


@pytest.mark.parametrize(("label", "printed"), [("(三)1(1)", "（三）1（1）"), ("二", "二"), ("1(2)", "1(2)"), ("", "")])
def test_what_is_numbered_in_chinese_has_chinese_brackets(label: str, printed: str) -> None:
    assert label_text(label) == printed


def test_a_section_stands_behind_its_number() -> None:
    assert section_text(Section("01", "一", "强化创新")) == "一、强化创新"
    assert section_text(Section("02", "二(一)", "做好服务")) == "二（一）做好服务"
