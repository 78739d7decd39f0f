"""The page and the bulletin from a workspace: the same figures as the workbook, and templates of one's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook
from PIL import Image

from xlplan.headers import Field
from xlplan.render.official import official
from xlplan.workflow.templates import check_templates, list_templates
from xlplan.workflow.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bureau

LEAD = "高新技术发展与产业化科"


def filled(bureau: Bureau) -> None:
    for number, office in enumerate(bureau.forms()):
        if number:
            paper = bureau.paper(office)
            values = {Field.DONE: number, Field.STATUS: "推进中", Field.PROGRESS: f"<b>{office}</b>已部署"}
            paper.fill(lambda _, values=values: values)
            paper.save(bureau.inbox / f"{office}.xlsx", day=24 + number % 3)
    bureau("collect", bureau.inbox)


def test_page_and_bulletin_say_what_the_workbook_says(bureau: Bureau) -> None:
    filled(bureau)
    command = ("consolidate", "--html", "--docx", bureau.root / "b.docx", "-o", bureau.root / "w.xlsx")
    ran = bureau(*command)
    assert ran.code <= 1
    (page,) = (bureau.root / "reports").glob("*_2019-Q2.html")
    assert str(page) in ran.out
    book = load_workbook(bureau.root / "w.xlsx", data_only=True)
    detail = [row for row in book["明细"].iter_rows(min_row=3, values_only=True) if row[0]]
    names = detail[0]
    lines = [dict(zip(names, row, strict=True)) for row in detail[1:]]
    root = html.fromstring(page.read_text("utf-8"))
    rows = root.xpath("//table[@id='items']/tbody/tr")
    assert len(rows) == len(lines) > 20
    for row, line in zip(rows, lines, strict=True):
        words = row.text_content()
        expected = (line["编号"], line["工作任务"], line["责任单位"], line["进展情况"], line["来源文件"])
        assert all(one in words for one in expected if one)
        assert all(cell in words for cell in re.findall(r"[A-Z]+\d+", line["来源单元格"] or ""))
    overview = [str(cell) for row in book["总览"].iter_rows(values_only=True) for cell in row if cell is not None]
    text = "\n".join(one.text for one in Document(bureau.root / "b.docx").paragraphs)
    for lamp in root.xpath("//ul[contains(@class,'lamps')]/li"):
        word = lamp.xpath("./p[@class='label']")[0].text_content().split()[-1]
        count = int(lamp.xpath("./p[@class='value']/text()")[0])
        assert count == sum(str(line["亮灯"]).endswith(word) for line in lines)
        assert f"{word}{count}项" in text
    silent = next(office for number, office in enumerate(bureau.forms()) if not number)
    assert silent in text
    assert any(silent in one for one in overview)
    paths = (page, bureau.root / "b.docx")
    before = [path.read_bytes() for path in paths]
    for path in paths:
        path.unlink()
    again = bureau(*command)
    assert (again.out, again.err) == (ran.out, ran.err)
    assert [path.read_bytes() for path in paths] == before


def test_a_template_of_ones_own_is_copied_checked_and_used(bureau: Bureau) -> None:
    filled(bureau)
    bureau("template", "copy", "bulletin").expect(0)
    workspace = open_workspace(bureau.root)
    path = workspace.templates / "bulletin.docx"

    def state() -> dict[str, object]:
        return next(vars(one) for one in list_templates(workspace) if one.name == "bulletin")

    assert not state()["changed"]
    document = Document(path)
    document.add_paragraph("抄送:{{ issuer }},共{{ slots }}项。")
    document.save(path)
    assert state()["changed"]
    assert check_templates(workspace) == []
    made = bureau.root / "b.docx"
    bureau("consolidate", "--docx", made)
    assert re.search(r"抄送:.*,共\d+项。", Document(made).paragraphs[-1].text)
    path.write_bytes(official("{{ isuer }}", "zh"))
    made.unlink()
    ran = bureau("consolidate", "--docx", made, "-o", bureau.root / "w.xlsx").expect(1)
    assert "W631" in ran.out
    assert not made.exists()
    assert (bureau.root / "w.xlsx").exists()
    (path.parent / "bulletim.docx").write_bytes(path.read_bytes())
    assert [one.code for one in check_templates(workspace)] == ["T110", "W631"]


def test_texts_of_the_page_are_changed_in_its_template(bureau: Bureau) -> None:
    bureau("template", "copy", "page").expect(0)
    path = bureau.root / "templates" / "page.toml"
    path.write_text('workbook = "page"\n[sheets.page.texts]\nreturn_rate = "<交表率>"\n[colors]\naccent = "AA0000"\n')
    page = bureau.root / "p.html"
    bureau("consolidate", "--html", page)
    text = page.read_text("utf-8")
    assert "&lt;交表率&gt;" in text
    assert "--accent:#AA0000" in text
    assert "T160" in bureau("consolidate", "--html", bureau.root / "p.pdf").expect(2).err


@pytest.mark.needs("chromium")
def test_a_picture_for_the_chat_is_drawn_or_it_is_said_why_not(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bureau.root / "p.png"
    ran = bureau("consolidate", "--png", path)
    assert ran.code <= 1
    assert str(path) in ran.out
    image = Image.open(path)
    assert 1000 < image.width <= 1280
    assert image.height > image.width
    colors = {color for _, color in image.getcolors(1_000_000)}
    assert (0xF2, 0xF4, 0xF7) in colors
    path.unlink()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "W634" in bureau("consolidate", "--png", path).expect(1).out
    assert not path.exists()
