"""Page, bulletin and picture from a workspace: the same figures as the workbook, and templates of one's own."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import SEED, Paper
from docx import Document
from lxml import html
from openpyxl import load_workbook
from PIL import Image

from xlplan.errors import XlplanError
from xlplan.headers import Field
from xlplan.model import Light, Target
from xlplan.period import Period, Span
from xlplan.render.official import official
from xlplan.workflow import publish
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.consolidate import Consolidated, Outputs, consolidate
from xlplan.workflow.distribute import distribute
from xlplan.workflow.init import init_workspace
from xlplan.workflow.templates import check_templates, copy_template, list_templates
from xlplan.workflow.view import view_period
from xlplan.workflow.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from conftest import Bureau

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
PERIOD = Period(2019, Span.QUARTER, 2)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    """The sample plan's second quarter, and the one office that sent nothing."""
    now = datetime(2019, 7, 1, tzinfo=UTC)
    root = tmp_path_factory.mktemp("reported") / "2019"
    workspace = init_workspace(root, now, SEED / "plan.txt", SEED / "roster.csv").workspace
    sent = distribute(workspace, PERIOD, now, date(2019, 6, 25))
    for number, form in enumerate(sent.forms[1:], 1):
        answer = {Field.DONE: number, Field.STATUS: "推进中", Field.PROGRESS: f"<b>{number}</b>已部署"}
        paper = Paper(root / form.path).fill(lambda _, answer=answer: answer)
        paper.save(root / "inbox" / f"{number}.xlsx", day=24 + number % 3)
    collect(workspace, Handed((root / "inbox",), PERIOD), now)
    return workspace, sent.forms[0].office


@pytest.fixture
def workspace(reported: tuple[Workspace, str], tmp_path: Path) -> Workspace:
    shutil.copytree(reported[0].root, tmp_path / "2019")
    return open_workspace(tmp_path / "2019")


def written(workspace: Workspace, **beside: Path | None) -> Consolidated:
    return consolidate(workspace, PERIOD, date(2019, 7, 1), Outputs(None, beside))


def codes(done: Consolidated) -> set[str]:
    return {one.code for one in done.findings}


def test_page_and_bulletin_say_what_the_workbook_says(workspace: Workspace, reported: tuple[Workspace, str]) -> None:
    done = written(workspace, html=None, docx=None)
    assert {path.parent for path in done.beside.values()} == {workspace.reports}
    book = load_workbook(done.path, data_only=True)
    detail = [row for row in book["明细"].iter_rows(min_row=3, values_only=True) if row[0]]
    lines = [dict(zip(detail[0], row, strict=True)) for row in detail[1:]]
    root = html.fromstring(done.beside["html"].read_text("utf-8"))
    rows = root.xpath("//table[@id='items']/tbody/tr")
    assert len(rows) == len(lines) > 20
    names = ("编号", "工作任务", "责任单位", "亮灯理由", "进展情况", "来源文件")
    for row, line in zip(rows, lines, strict=True):
        words = row.text_content()
        assert [name for name in names if line[name] and line[name] not in words] == []
        assert all(cell in words for cell in re.findall(r"[A-Z]+\d+", line["来源单元格"] or ""))
    text = "\n".join(one.text for one in Document(str(done.beside["docx"])).paragraphs)
    for lamp in root.xpath("//ul[contains(@class,'lamps')]/li"):
        word = lamp.xpath("./p[@class='label']")[0].text_content().split()[-1]
        count = int(lamp.xpath("./p[@class='value']/text()")[0])
        assert count == sum(str(line["亮灯"]).endswith(word) for line in lines)
        assert f"{word}{count}项" in text
    overview = {str(cell) for row in book["总览"].iter_rows(values_only=True) for cell in row if cell is not None}
    assert reported[1] in text
    assert any(reported[1] in cell for cell in overview)
    before = {path: path.read_bytes() for path in done.beside.values()}
    for path in before:
        path.unlink()
    written(workspace, html=None, docx=None)
    assert {path: path.read_bytes() for path in before} == before


def test_a_template_of_ones_own_is_copied_checked_and_used(workspace: Workspace, tmp_path: Path) -> None:
    path, made = copy_template(workspace, "bulletin"), tmp_path / "b.docx"

    def state() -> Any:
        return next(one for one in list_templates(workspace) if one.name == "bulletin")

    assert (state().own, state().changed) == (path, False)
    document = Document(str(path))
    document.add_paragraph("抄送:{{ issuer }},共{{ slots }}项。")
    document.save(str(path))
    assert state().changed
    assert check_templates(workspace) == []
    written(workspace, docx=made)
    assert re.fullmatch(r"抄送:.*,共\d+项。", Document(str(made)).paragraphs[-1].text)
    made.unlink()
    path.write_bytes(official("{{ isuer }}", "zh"))
    done = written(workspace, docx=made)
    assert "W631" in codes(done)
    assert (done.path.exists(), made.exists()) == (True, False)
    (path.parent / "bulletim.docx").write_bytes(path.read_bytes())
    (path.parent / "~$bulletin.docx").write_bytes(b"")
    assert [one.code for one in check_templates(workspace)] == ["T110", "W631"]


def test_texts_and_colours_of_the_page_are_changed_in_its_template(workspace: Workspace) -> None:
    path = copy_template(workspace, "page")
    path.write_text('workbook = "page"\n[sheets.page.texts]\nreturn_rate = "<交表率>"\n[colors]\naccent = "AA0000"\n')
    text = written(workspace, html=None).beside["html"].read_text("utf-8")
    assert "&lt;交表率&gt;" in text
    assert "--accent:#AA0000" in text


def test_characters_that_no_file_can_carry_are_left_out(workspace: Workspace) -> None:
    view = view_period(workspace, PERIOD, date(2019, 7, 1))
    at = next(at for at, line in enumerate(view.tally.lines) if line.entry)
    line = view.tally.lines[at]
    nasty = "=1+1\x00\x0b\ud800\uffff\u202e<b>&" + "长" * 32_000
    entry = line.entry._replace(progress=nasty, problem=nasty)
    row = replace(line.row, target=replace(line.row.target or Target("x"), text=nasty))
    red = replace(line, entry=entry, row=row, light=Light.RED, office=nasty)
    tally = replace(view.tally, lines=(*view.tally.lines[:at], red, *view.tally.lines[at + 1 :]))
    paths = {kind: workspace.reports / f"r.{kind}" for kind in ("html", "docx")}
    publish.publish(workspace, replace(view, tally=tally), paths)
    shown = html.fromstring(paths["html"].read_text("utf-8")).xpath("string(//dd[starts-with(., '=1+1')])")
    text = "\n".join(one.text for one in Document(str(paths["docx"])).paragraphs)
    for told in (shown, text):
        assert "\u202e<b>&长长" in told
        assert not set(told) & set("\x00\x0b\ud800\uffff")
    assert len(shown) > 32_000


@pytest.mark.parametrize("kind", ["html", "docx", "png"])
def test_no_file_is_named_like_another_kind(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    with pytest.raises(XlplanError) as error:
        written(workspace, **{kind: tmp_path / "report.pdf"})
    assert error.value.finding.code == "T160"
    assert not list(workspace.reports.iterdir())


@pytest.mark.needs("soffice")
def test_without_a_browser_libreoffice_draws_the_picture(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "find_browser", lambda: str(tmp_path / "broken"))
    image = Image.open(written(workspace, png=None).beside["png"])
    assert image.width > 1000
    monkeypatch.setattr(publish, "find_office", lambda: None)
    assert "W635" in codes(written(workspace, png=tmp_path / "p.png"))


@pytest.mark.needs("chromium")
def test_a_picture_for_the_chat_is_drawn_or_it_is_said_why_not(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, page = bureau.root / "p.png", bureau.root / "p.html"
    ran = bureau("consolidate", "--png", path, f"--html={page}")
    assert ran.code <= 1
    assert all(str(one) in ran.out for one in (path, page))
    image = Image.open(path)
    assert 1000 < image.width <= 1280
    assert image.height > image.width
    assert (0xF2, 0xF4, 0xF7) in {color for _, color in image.getcolors(1_000_000)}
    path.unlink()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "W634" in bureau("consolidate", "--png", path).expect(1).out
    assert not path.exists()
