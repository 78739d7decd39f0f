"""Printed by LibreOffice, every cell's text stands whole inside its cell, and every page has header and number."""

from __future__ import annotations

import subprocess
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xlplan.books import breakdown
from xlplan.books.claim import compose as claim
from xlplan.books.form.compose import compose
from xlplan.books.metrics import shown
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Assignment, Entry, Form, Office, Plan, Role, Section, Source, Stamp, Status, Target, Task
from xlplan.period import Period
from xlplan.workflow.templates import shipped_template

if TYPE_CHECKING:
    from xlplan.book import Book, Sheet

pdfplumber = pytest.importorskip("pdfplumber")
PROSE = (
    "健全科技型企业梯度培育机制,完善“科技型中小企业—高新技术企业”培育链条(R&D经费投入强度达3.1%);组织赴上海、深圳等地"
    "开展招商推介活动不少于4场次。深化科技体制改革,落实科研经费“包干制”和科研人员减负行动,推动省级以上重点实验室、"
    "工程技术研究中心建设;强化作风建设,严格落实中央八项规定精神,持续为基层减负。"
)
NAMES = ("办公室", "高新技术发展与产业化科", "科技人才与引智科", "科研机构与科技成果转化科", "机关党委")
OFFICES = tuple(Office(f"K0{at}", name, leader="王建国") for at, name in enumerate(NAMES, 1))
LENGTHS = (0, 40, 90, 160, 420, 30, 260, 900, 60, 120, 1500, 15, 400, 75)
SLACK = 1.5  # points: a letter's box is larger than the letter


def text(length: int, start: int = 0) -> str:
    return (PROSE * 12)[start : start + length].strip(",;、—") + "。"


def plan_of(lengths: tuple[int, ...]) -> Plan:
    sections = tuple(Section(f"0{at}", "一二三四"[at - 1], f"强化企业科技创新主体地位{at}") for at in range(1, 5))
    tasks, rows = [], []
    for at, length in enumerate(lengths, 1):
        code, title = f"T{at:03d}", text(6 + at % 9, at).rstrip("。")
        tasks.append(
            Task(code, str(at), f"0{1 + at * 4 // (len(lengths) + 1)}", title, text(length, at) if length else "")
        )
        for number in range(1 + at % 4):
            long = text(150, at) if number == 2 else ""
            target = Target(f"培育高新技术企业{at}{number}家以上{long}", value=Decimal(at), unit="家")
            lead = NAMES[at % 5]
            rows.append(Assignment(f"{code}-{number:02d}", code, lead, Role.LEAD, target, date(2019, 12, 31), "王建国"))
        helping = (name for name in NAMES[: at % 5] if name != lead)
        rows += [Assignment(f"{code}-{no}", code, name, Role.SUPPORT) for no, name in enumerate(helping, 10)]
    return Plan(
        "云岭市科学技术局2019年工作要点", "云岭市科学技术局", "", 2019, sections, tuple(tasks), (), OFFICES, tuple(rows)
    )


def form_book(plan: Plan, lang: str = "zh") -> Book:
    rows = tuple(row for row in plan.rows if row.role is Role.LEAD)
    stamp = Stamp("p" * 64, "K02", "2019-Q2", 1, tuple(row.code for row in rows), "s" * 64)
    source = Source("a.xlsx", "填报表", (), "")
    said = tuple(
        Entry(row.code, "2019-Q1", NAMES[1], source, None, Status.RUNNING, "推进中", text(at * 37 % 180 + 5))
        for at, row in enumerate(rows)
    )
    form = Form(OFFICES[1], Period.parse("2019-Q2"), rows, stamp, date(2019, 6, 25), said)
    spoken = Plan(plan.title, plan.issuer, "", 2019, plan.sections, plan.tasks, (), OFFICES, rows, lang)
    return compose(form, shipped_template("form"), spoken)


def books() -> dict[str, Book]:
    plan, even = plan_of(LENGTHS), plan_of((45,) * 24)
    sixty = Plan(even.title, even.issuer, "", 2019, even.sections, even.tasks, (), OFFICES, even.rows)
    codes = tuple(task.code for task in plan.tasks)
    claims = claim.ClaimForm(OFFICES[1], plan.tasks, Stamp("p" * 64, "K02", "claim", 1, codes, "s" * 64))
    table = shipped_template("breakdown")
    return {
        "breakdown": breakdown.compose(plan, table, "zh", date(2019, 3, 1)),
        "breakdown_en": breakdown.compose(plan, table, "en"),
        "form_long": form_book(plan_of((420, 600, 30, 1200, 410, 90, 15))),
        "form_sixty": form_book(sixty),
        "form_en": form_book(plan_of((420, 60, 600)), "en"),
        "claim": claim.compose(claims, shipped_template("claim"), plan),
    }


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Book, Path]]:
    home = tmp_path_factory.mktemp("printed")
    made = books()
    for name, book in made.items():
        (home / f"{name}.xlsx").write_bytes(write_book(book)[0])
    words = ["soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    files = [str(home / f"{name}.xlsx") for name in made]
    subprocess.run([*words, "--outdir", str(home), *files], check=True, capture_output=True, timeout=180)
    return {name: (book, home / f"{name}.pdf") for name, book in made.items()}


def plain(words: str) -> str:
    return "".join(words.split())


def wanted(sheet: Sheet, header: int) -> Counter[str]:
    """The texts of the table's cells, but for its header."""
    hidden = sheet.hidden_columns
    cells = ((at, cell) for at, cell in sheet.cells.items() if at[0] > header and at[1] not in hidden)
    return Counter(text for _, cell in cells if isinstance(cell.value, str) and (text := plain(shown(cell))))


def seen(page: Any) -> list[str]:
    """The text of each cell of a page's table: what stands in its rectangle, whole letters only."""
    texts = []
    (table,) = page.find_tables()
    for left, top, right, bottom in sorted(table.cells, key=lambda cell: (cell[1], cell[0])):
        inside = [
            one
            for one in page.chars
            if left < (one["x0"] + one["x1"]) / 2 < right and top < (one["top"] + one["bottom"]) / 2 < bottom
        ]
        cut = [one["text"] for one in inside if one["top"] < top - SLACK or one["bottom"] > bottom + SLACK]
        assert not cut, f"page {page.page_number}: {cut}"
        texts.append(plain("".join(one["text"] for one in inside)))
    return texts


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", ["breakdown", "breakdown_en", "form_long", "form_sixty", "form_en", "claim"])
def test_no_text_is_cut_and_every_page_has_header_and_number(printed: dict[str, tuple[Book, Path]], name: str) -> None:
    book, path = printed[name]
    sheet = book.sheets[0]
    assert sheet.print is not None
    assert sheet.print.repeat is not None
    header = sheet.print.repeat[0]
    heads = [plain(str(sheet.value(header, at))) for at in sorted(sheet.widths) if at not in sheet.hidden_columns]
    found: Counter[str] = Counter()
    with pdfplumber.open(path) as document:
        pages = document.pages
        assert len(pages) > 1
        for number, page in enumerate(pages, 1):
            texts = seen(page)
            assert set(heads) <= set(texts), number
            found.update(texts)
            foot = page.crop((0, page.height - 60, page.width, page.height)).extract_text()
            assert str(number) in foot
            bands = {text for text in texts if text.startswith(("一、", "二、", "三、", "四、")) and len(text) < 20}
            assert texts[-1] not in bands, number
    missing = wanted(sheet, header) - found
    assert not missing
