"""Word documents: what stands in no text run, and what does but must not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from xlplan.files.documents import read_document
from xlplan.files.documents.numbering import chinese
from xlplan.model.document import Grid, Paragraph

LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3."), ("decimal", "%1.%4"))


def element(part: Any) -> Any:
    """The XML behind a paragraph or run."""
    return part._element  # noqa: SLF001 - python-docx has no public way to what it does not model


def blocks(document: Any, folder: Path) -> tuple[Paragraph | Grid, ...]:
    document.save(str(folder / "plan.docx"))
    outline, found = read_document(folder / "plan.docx")
    assert outline is not None, found
    return outline.blocks


def numbered(document: Any) -> int:
    """Give the document a list of its own; its number."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def add(document: Any, text: str, level: int) -> None:
    paragraph = document.add_paragraph(text)
    props = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    element(paragraph).get_or_add_pPr().append(parse_xml(props))


def test_automatic_numbers_are_counted_as_word_prints_them(tmp_path: Path) -> None:
    document = Document()
    numbered(document)
    for text, level in (("甲", 0), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 2), ("庚", 0), ("辛", 1)):
        add(document, text, level)
    found = [block.number for block in blocks(document, tmp_path) if isinstance(block, Paragraph)]
    assert found == ["一、", "(一)", "1.", "2.", "(二)", "1.", "二、", "(一)"]


@pytest.mark.parametrize(("value", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (103, "一百零三")])
def test_chinese_counting(value: int, text: str) -> None:
    assert chinese(value) == text


def test_heading_styles_have_levels(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("一、总体", level=1)
    document.add_heading("(一)具体", level=2)
    document.add_paragraph("正文")
    assert [block.level for block in blocks(document, tmp_path) if isinstance(block, Paragraph)] == [1, 2, 0]


def test_a_bold_beginning_is_a_part_of_its_own(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("1.加强救助").bold = True
    paragraph.add_run("全年新增1200人。")
    head, rest = blocks(document, tmp_path)
    assert isinstance(head, Paragraph)
    assert isinstance(rest, Paragraph)
    assert (head.text, head.bold, rest.text, rest.bold) == ("1.加强救助", True, "全年新增1200人。", False)
    assert head.place == rest.place


def test_merged_cells_stand_in_each_cell_they_cover(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate((("序号", "任务", "目标"), ("1", "甲", "5家"), ("", "", "6家"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    (grid,) = blocks(document, tmp_path)
    assert isinstance(grid, Grid)
    assert [row[1] for row in grid.rows] == ["任务", "甲", "甲"]


def test_a_table_that_only_frames_the_text_is_text(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "一、甲。"
    cell.add_paragraph("二、乙。")
    found = blocks(document, tmp_path)
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["一、甲。", "二、乙。"]


def test_revisions_are_read_as_accepted(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("新增")
    for kind, inner in (("del", "<w:delText>10家</w:delText>"), ("ins", "<w:t>12家</w:t>")):
        element(paragraph).append(
            parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1" w:author="x"><w:r>{inner}</w:r></w:{kind}>')
        )
    (only,) = blocks(document, tmp_path)
    assert isinstance(only, Paragraph)
    assert only.text == "新增12家"


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("正文")
    box = "<w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent>"
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    shape = (
        f'<mc:AlternateContent {names}><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    element(paragraph).append(parse_xml(f"<w:r {nsdecls('w')}>{shape}</w:r>"))
    assert [block.text for block in blocks(document, tmp_path) if isinstance(block, Paragraph)] == ["正文", "框中"]


def test_hidden_text_is_not_read(tmp_path: Path) -> None:
    document = Document()
    run = document.add_paragraph("看得见").add_run("看不见")
    element(run).get_or_add_rPr().append(element(run).makeelement(qn("w:vanish"), {}))
    (only,) = blocks(document, tmp_path)
    assert isinstance(only, Paragraph)
    assert only.text == "看得见"
