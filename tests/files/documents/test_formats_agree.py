"""The same document gives the same plan, whatever format it comes in."""

from __future__ import annotations

import html
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from xlplan.finding import Place
from xlplan.model import Plan
from xlplan.workflow.draft import draft_document

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "steps" / "draft"))
from rendering import Style, invent

STYLES = (
    Style(("一、", "(一)", "1."), through=True),
    Style(("一、",), owners="line", past=True, head="page"),
    Style(("1.", "(1)"), title="line", owners="section"),
)


def plan_of(path: Path) -> Plan:
    drafted, found = draft_document(path)
    assert drafted is not None, found
    return drafted


def essence(plan: Plan) -> tuple[object, ...]:
    tasks = [(task.label, task.section, task.title, task.text, task.owners, task.targets) for task in plan.tasks]
    return plan.title, plan.issuer, plan.number, plan.year, plan.sections, tasks, plan.targets


def as_html(lines: list[str], path: Path) -> Path:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    path.write_text(f"<html><body><div>{body}</div></body></html>", encoding="utf-8")
    return path


def as_docx(lines: list[str], path: Path) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.mark.parametrize("style", STYLES, ids=lambda style: "".join(style.schemes))
def test_text_web_page_and_word_document(tmp_path: Path, style: Style) -> None:
    lines = invent(5, style).text().split("\n")
    (tmp_path / "plan.txt").write_text("\n".join(lines), encoding="utf-8")
    expected = essence(plan_of(tmp_path / "plan.txt"))
    assert essence(plan_of(as_html(lines, tmp_path / "plan.html"))) == expected
    assert essence(plan_of(as_docx(lines, tmp_path / "plan.docx"))) == expected


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["pdf", "doc", "rtf", "odt"])
def test_what_libreoffice_makes_of_the_word_document(tmp_path: Path, ending: str) -> None:
    lines = invent(5, STYLES[0]).text().split("\n")
    original = as_docx(lines, tmp_path / "plan.docx")
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        tmp_path,
    ]
    subprocess.run([*command, original], check=True, capture_output=True, timeout=120)
    assert essence(plan_of(tmp_path / f"plan.{ending}")) == essence(plan_of(original))


def test_places_name_the_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("某县民政局2024年工作要点\n一、甲项工作。\n二、乙项工作。\n", encoding="utf-8")
    assert [task.place for task in plan_of(tmp_path / "plan.txt").tasks] == [
        Place("plan.txt", line=2),
        Place("plan.txt", line=3),
    ]
