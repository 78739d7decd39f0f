"""How the plan's values read in a cell."""

from __future__ import annotations

from xlplan.books.values import section_text
from xlplan.model import Section


def test_a_section_stands_behind_its_number() -> None:
    assert section_text(Section("01", "一", "强化创新")) == "一、强化创新"
    assert section_text(Section("02", "二(一)", "做好服务")) == "二（一）做好服务"
