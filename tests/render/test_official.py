"""Official layout: what a line is, the page, the styles, and Chinese punctuation."""

from __future__ import annotations

import io

import pytest
from docx import Document

from xlplan.render.official import official

LETTER = """# 关于<进展>的通报
@ 各单位:
正文 & 其他。
## 一、情况
### (一)报送
| 不缩进
{%p if late %}
> 某局
> 2019年6月25日
"""


def test_each_line_is_what_its_mark_says_and_a_signature_has_room_above_it():
    document = Document(io.BytesIO(official(LETTER, "zh")))
    found = [(one.style.name, one.text) for one in document.paragraphs]
    assert found == [
        ("Title", "关于<进展>的通报"),
        ("Addressee", "各单位:"),
        ("Normal", "正文 & 其他。"),
        ("Heading 1", "一、情况"),
        ("Heading 2", "(一)报送"),
        ("Plain", "不缩进"),
        ("Plain", "{%p if late %}"),
        ("Plain", ""),
        ("Plain", ""),
        ("Signature", "\t某局"),
        ("Signature", "\t2019年6月25日"),
    ]
    assert document.core_properties.title == "关于<进展>的通报"


def test_the_page_is_that_of_an_official_paper():
    document = Document(io.BytesIO(official(LETTER, "zh")))
    section = document.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in (*sides, section.left_margin, section.right_margin)] == [
        210,
        297,
        37,
        35,
        28,
        26,
    ]
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert 'w:instr="PAGE"' in footer._element.xml  # noqa: SLF001 - fields have no other way
    fonts = {name: document.styles[name].element.xml for name in ("Title", "Normal", "Heading 1", "Heading 2")}
    wanted = {"Title": "方正小标宋简体", "Normal": "仿宋", "Heading 1": "黑体", "Heading 2": "楷体"}
    assert all(f'w:eastAsia="{wanted[name]}"' in xml for name, xml in fonts.items())
    assert document.styles["Title"].font.size.pt == 22
    assert document.styles["Normal"].font.size.pt == 16
    assert 28 <= document.styles["Normal"].paragraph_format.line_spacing.pt <= 30


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("甲\n乙", "乙"),
        ("{%p if a %}\n甲\n乙\n{%p else %}\n丙\n{%p endif %}", "乙丙"),
        ("{%p if a %}\n甲\n{%p endif %}\n乙", "乙"),
        ("甲\n{%p for b in a %}\n{%p if b %}\n乙\n{%p endif %}\n{%p endfor %}", "乙"),
        ("{%p if a %}\n{%p endif %}", ""),
    ],
)
def test_the_signature_never_stands_alone_on_a_page(body: str, kept: str) -> None:
    document = Document(io.BytesIO(official(f"# 通知\n首段\n## 要求\n{body}\n> 某局\n> 今天", "zh")))
    above = [one for one in document.paragraphs if one.style.name in {"Normal", "Plain"}]
    found = [one.text for one in above if one.paragraph_format.keep_with_next]
    assert ["".join(found), found[-2:]] == [kept, ["", ""]]
    assert "keepNext" in document.styles["Signature"].element.xml
