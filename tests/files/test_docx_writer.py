# ruff: noqa: SLF001 - the XML below what python-docx shows is what is tested
"""The breakdown as a Word document, read back with python-docx."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from xlplan.books.breakdown import compose
from xlplan.books.template import parse
from xlplan.files.docx_writer import write_docx
from xlplan.model import Assignment, Plan, Role, Section, Target, Task

TEMPLATE, _ = parse((Path(__file__).parents[2] / "workbook_templates" / "breakdown.toml").read_text("utf-8"), "b.toml")
LONG = "很长的任务" * 400


def document_of(count: int = 2):
    sections = (Section("01", "一", "创新 <&> 驱动"),)
    tasks = tuple(Task(f"T{at}", str(at), "01", f"任务{at}", LONG if at == 1 else f"任务{at}。") for at in range(count))
    rows = tuple(
        Assignment(f"{task.code}-{at}", task.code, "产业科", Role.LEAD, Target(f"目标{at}"))
        for task in tasks
        for at in (1, 2)
    )
    plan = Plan("某局2019年工作要点", "某局", "", 2019, sections, tasks, (), (), rows)
    return write_docx(compose(plan, TEMPLATE, "zh", paged=False))


def test_the_document_has_the_title_and_one_table_with_a_header_on_every_page() -> None:
    document = Document(io.BytesIO(document_of()))
    assert [one.text for one in document.paragraphs][:3] == ["附件", "某局2019年工作要点任务分解表", "某局"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells][:4] == ["序号", "工作任务", "目标", "牵头单位"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert whole == [True] * 4 + [False] * 2  # the last task is higher than a page
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert {one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))} == {"PAGE"}


def test_a_task_is_one_cell_over_its_rows_with_its_whole_text() -> None:
    (table,) = Document(io.BytesIO(document_of())).tables
    band, first, second = (row.cells for row in table.rows[1:4])
    assert band[0].text == "一、创新 <&> 驱动"
    assert band[0]._tc is band[-1]._tc
    assert first[1]._tc is second[1]._tc
    assert first[1].text.startswith("任务0")
    assert [row.cells[2].text for row in table.rows[2:6]] == ["目标1", "目标2"] * 2
    assert table.rows[4].cells[1].text == f"任务1\n{LONG}"


def test_the_same_plan_gives_the_same_bytes_without_names() -> None:
    data = document_of()
    assert data == document_of()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "python-docx" not in package.read("docProps/core.xml").decode()


def test_its_fonts_and_texts_are_the_templates() -> None:
    text = (Path(__file__).parents[2] / "workbook_templates" / "breakdown.toml").read_text("utf-8")
    text = text.replace('zh = "仿宋"', 'zh = "楷体"').replace('zh = "{plan}任务分解表"', 'zh = "{plan}责任清单"')
    template, found = parse(text.replace('zh = "牵头单位"', 'zh = "谁来牵头"'), "b.toml", TEMPLATE)
    assert found == []
    plan = Plan(
        "要点", "某局", tasks=(Task("T1", "1", "", "任务", "任务。"),), rows=(Assignment("T1-1", "T1", "产业科"),)
    )
    document = Document(io.BytesIO(write_docx(compose(plan, template, "zh", paged=False))))
    assert document.paragraphs[1].text == "要点责任清单"
    (table,) = document.tables
    assert "谁来牵头" in [cell.text for cell in table.rows[0].cells]
    fonts = {one.get(qn("w:eastAsia")) for one in table.rows[1]._tr.iter(qn("w:rFonts"))}
    assert fonts == {"楷体"}


def test_a_title_too_long_for_a_line_goes_on_below_the_plans_own_title_and_marks_are_the_mainlands() -> None:
    plan = Plan("很长的标题" * 9, "某局", "", 2019, (), (), (), (), ())
    document = Document(io.BytesIO(write_docx(compose(plan, TEMPLATE, "zh", paged=False))))
    assert [one.text for one in document.paragraphs][1:3] == [plan.title, "任务分解表"]
    assert {one.get(qn("w:eastAsia")) for one in document.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
