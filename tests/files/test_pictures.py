"""Pictures: what a page and a workbook look like, without empty edges; a program that hangs is ended in time."""

from __future__ import annotations

import io
import shutil
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image

from xlplan.book import Book
from xlplan.files import programs
from xlplan.files.pictures import picture_of_page, picture_of_workbook
from xlplan.files.xlsx_writer import write_book

PAGE = "<body style='margin:0;background:#eee'><div style='width:200px;height:300px;background:#c00'></div>"


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(io.BytesIO(data))


@pytest.fixture
def hanging(tmp_path: Path) -> str:
    """A program that starts another one, and neither ends."""
    path = tmp_path / "hanging"
    path.write_text(
        f"#!{sys.executable}\nimport subprocess, time\nsubprocess.Popen(['sleep', '600'])\ntime.sleep(600)\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.needs("chromium")
def test_a_page_is_drawn_and_trimmed() -> None:
    image = opened(picture_of_page(str(shutil.which("chromium")), PAGE.encode(), 500))
    assert image.size == (2 * 200 + 24, 2 * 300 + 24)
    assert image.getpixel((10, 10)) == (0xCC, 0, 0)
    assert image.getpixel((image.width - 1, image.height - 1)) == (0xEE,) * 3


@pytest.mark.needs("soffice")
def test_the_first_page_of_a_workbook_is_drawn_and_trimmed() -> None:
    book = Book(title="表")
    book.add("总览").put(0, 0, "进展")
    image = opened(picture_of_workbook(str(shutil.which("soffice")), write_book(book)[0]))
    assert 0 < image.width < 500
    assert 0 < image.height < 200
    assert len(image.getcolors(100_000) or []) > 1


@pytest.mark.skipif(sys.platform == "win32", reason="the hanging program is a script")
def test_a_program_that_hangs_or_is_none_gives_no_picture(hanging: str, tmp_path: Path) -> None:
    assert picture_of_page(hanging, PAGE.encode(), 500, seconds=1) is None
    assert picture_of_workbook(hanging, b"PK", seconds=1) is None
    assert picture_of_page(str(tmp_path / "nothing"), PAGE.encode(), 500) is None
    assert programs.run([sys.executable, "-c", "print('here')"], 30).strip() == b"here"


def test_programs_are_found_where_they_are_usually_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(programs, "_APPLICATIONS", tmp_path)
    assert programs.find_browser() is None
    assert programs.find_office() is None
    for place in ("Microsoft/Edge/Application/msedge.exe", "LibreOffice/program/soffice.exe"):
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.touch()
    assert str(programs.find_browser()).endswith("msedge.exe")
    assert str(programs.find_office()).endswith("soffice.exe")
