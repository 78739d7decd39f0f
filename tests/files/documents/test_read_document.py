"""Documents of every format: what is read, and the finding for what cannot be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from xlplan.files.documents import read_document, source
from xlplan.model.document import Grid, Outline, Paragraph

LINES = ("东湖区民政局2024年工作要点", "一、社会救助。新增低保对象1200人。", "二、养老服务。建设助餐点30处。")
TEXT = "\n".join(LINES)


def read(path: Path) -> Outline:
    outline, found = read_document(path)
    assert outline is not None, found
    return outline


def codes(path: Path) -> list[str]:
    outline, found = read_document(path)
    assert outline is None
    return [one.code for one in found]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def texts(outline: Outline) -> tuple[str, ...]:
    return tuple(block.text for block in outline.paragraphs)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    lines = ("東湖區民政局2024年工作要點", "一、社會救助。", "二、養老服務的工作。") if encoding == "big5" else LINES
    path = written(tmp_path / "plan.txt", "\r\n".join(lines).encode(encoding))
    assert texts(read(path)) == lines


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = written(tmp_path / "plan.txt", f"{LINES[0]}\n\n{LINES[1]}".encode())
    assert [block.place.line for block in read(path).paragraphs] == [1, 3]


def test_tabbed_lines_are_a_table(tmp_path: Path) -> None:
    path = written(tmp_path / "plan.txt", "标题\n序号\t任务\t责任单位\n1\t甲\t乙科\n".encode())
    assert read(path).blocks[1] == Grid((("序号", "任务", "责任单位"), ("1", "甲", "乙科")), read(path).blocks[1].place)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "D101"),
        (b"\0" * 500, "D101"),
        (b" \n\t\n", "D101"),
        (bytes(range(256)) * 40, "D104"),
        (b"\x7fELF" + b"\x00\x01\x02\x03" * 400, "D104"),
        (b"PK\x03\x04 broken", "D103"),
        (b"%PDF-1.7 broken", "D103"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "D105"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "D104"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    for name in ("plan.txt", "plan.docx"):
        assert codes(written(tmp_path / name, content)) == [code]


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.txt") == ["D103"]


def test_a_folder_is_a_finding(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["D103"]


def test_lost_characters_are_counted(tmp_path: Path) -> None:
    content = (TEXT * 20).encode() + b"\xff" + TEXT.encode()
    outline, found = read_document(written(tmp_path / "plan.txt", content))
    assert outline is not None
    assert [(one.code, one.fact("count")) for one in found] == [("D109", "1")]


def test_a_part_that_inflates_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_PART", 2**20)
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 2**22 + b"</a>")
    assert codes(path) == ["D106"]


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "entity.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>')
    assert codes(path) == ["D106"]


def test_an_older_word_file_without_a_program_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    content = bytes.fromhex("D0CF11E0A1B11AE1") + "WordDocument".encode("utf-16-le") + b"\0" * 600
    assert codes(written(tmp_path / "plan.doc", content)) == ["D107"]
    assert codes(written(tmp_path / "plan.rtf", rb"{\rtf1 x}")) == ["D107"]


def test_a_document_under_a_wrong_ending_is_read_by_its_content(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph(LINES[0])
    document.save(str(tmp_path / "plan.txt"))
    assert texts(read(tmp_path / "plan.txt")) == (LINES[0],)


# --- Markdown ---------------------------------------------------------------------------------------------------------


def test_markdown_headings_bold_leads_and_tables(tmp_path: Path) -> None:
    text = (
        "# 标题\n\n## 一、总体\n\n**1. 做实救助。** 全年*新增*[名单](http://x.cn)。\n\n"
        "| 序号 | 任务 |\n|---|---|\n| 1 | 甲<br>乙 |\n"
    )
    blocks = read(written(tmp_path / "plan.md", text.encode())).blocks
    assert [(one.text, one.level, one.bold) for one in blocks if isinstance(one, Paragraph)] == [
        ("标题", 1, False),
        ("一、总体", 2, False),
        ("1. 做实救助。", 0, True),
        (" 全年新增名单。", 0, False),
    ]
    assert blocks[2].place == blocks[3].place
    assert isinstance(blocks[4], Grid)
    assert blocks[4].rows == (("序号", "任务"), ("1", "甲\n乙"))


# --- workbooks --------------------------------------------------------------------------------------------------------


def test_a_workbooks_title_and_merged_cells(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "分解表"
    for row in (["2024年任务分解表"], ["序号", "任务", "目标"], [1, "甲", 30], [None, None, 0.5]):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "plan.xlsx")
    title, grid = read(tmp_path / "plan.xlsx").blocks
    assert isinstance(title, Paragraph)
    assert (title.text, title.place.cell) == ("2024年任务分解表", "A1")
    assert isinstance(grid, Grid)
    assert grid.place.sheet == "分解表"
    assert grid.rows[2:] == (("1", "甲", "30"), ("", "甲", "0.5"))
