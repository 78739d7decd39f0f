"""`xlplan remind` on the command line."""

from __future__ import annotations

import csv
from email import message_from_bytes, policy
from pathlib import Path

import docx
import pytest
from conftest import SEED, Bureau, Shell
from openpyxl import load_workbook

from xlplan.headers import Field

LEAD = "高新技术发展与产业化科"


def test_notices_are_printed_and_returns_sent_back(bureau: Bureau) -> None:
    paper = bureau.paper(LEAD).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署"})
    paper.cell("T006-01", Field.DONE).value = "申报9家,认定5家"
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(1)
    done = bureau("remind", "--period", bureau.period).expect(0)
    silent = set(bureau.forms()) - {LEAD}
    assert all(any(line.startswith(f"{office}：") for line in done.out.splitlines()) for office in silent)
    content = bureau("remind", "--json").expect(0).json
    assert [one["office"] for one in content["sent_back"]] == [LEAD]
    assert len(content["silent"]) == len(silent)
    reports = bureau.root / "reports"
    assert (reports / f"催报_{bureau.period}.txt").is_file()
    assert (reports / f"催报清单_{bureau.period}.xlsx").is_file()
    assert len(list((reports / f"退回_{bureau.period}").iterdir())) == 1


def text_of(path: str) -> str:
    return "\n".join(one.text for one in docx.Document(path).paragraphs)


def test_every_office_that_owes_gets_a_letter_and_a_mail_with_its_form(bureau: Bureau) -> None:
    paper = bureau.paper(LEAD).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署"})
    paper.cell("T006-01", Field.DONE).value = "申报9家,认定5家"
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox)
    letters = {one["office"]: one for one in bureau("remind", "--json").expect(0).json["files"]["letters"]}
    assert set(letters) == set(bureau.forms())
    for office, one in letters.items():
        mail = message_from_bytes(Path(one["mail"]).read_bytes(), policy=policy.default)
        attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
        assert Path(one["notice"]).name in attached
        assert office in text_of(one["notice"])
        (name,) = (name for name in attached if name.endswith(".xlsx"))
        if office == LEAD:
            assert "退回修改" in name
            assert "申报9家,认定5家" in text_of(one["notice"])
        else:
            assert attached[name] == bureau.forms()[office].read_bytes()
            assert "6天" in text_of(one["notice"])


def test_a_mail_is_addressed_where_the_roster_has_an_address(xlplan: Shell) -> None:
    made = Bureau(xlplan, xlplan.home / "2019")
    rows = list(csv.DictReader((SEED / "roster.csv").read_text("utf-8-sig").splitlines()))
    column = next(name for name in rows[0] if "联系" in name)
    rows[0][column] = "张三 010-1234 zhang.san@example.gov.cn"
    roster = xlplan.home / "roster.csv"
    with roster.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    xlplan("init", made.root, "--from", SEED / "plan.txt", "--roster", roster).expect(0)
    made("distribute", "--period", made.period).expect(0)
    mails = [
        message_from_bytes(Path(one["mail"]).read_bytes()) for one in made("remind", "--json").json["files"]["letters"]
    ]
    assert [mail["To"] for mail in mails if mail["To"]] == ["zhang.san@example.gov.cn"]


def test_how_often_an_office_was_late_this_year_is_counted(bureau: Bureau) -> None:
    plain = {Field.STATUS: "推进中", Field.PROGRESS: "已部署"}
    offices = sorted(bureau.forms())[:3]
    never, late, good = offices
    for period, deadline, day in (("2019-Q1", "2019-06-22", 20), ("2019-Q2", "2019-06-25", 24)):
        bureau.period = period
        bureau("distribute", "--period", period, "--deadline", deadline).expect(0)
        for office in (late, good):
            path = bureau.inbox / f"{office}{period}.xlsx"
            bureau.paper(office).fill(lambda _: plain).save(path, day if office == good else 28)
    bureau("collect", bureau.inbox)
    listing = bureau("remind", "--period", "2019-Q2", "--json").json["files"]["list"]
    head, *rows = [list(row) for row in load_workbook(listing).active.iter_rows(min_row=2, values_only=True)]
    times = {row[0]: row[head.index("本年迟报")] for row in rows}
    assert (times[never], times[late], times.get(good, 0)) == (2, 2, 0)


@pytest.mark.parametrize(("text", "code"), [("{{ ofice }}", "W631"), ("{% if silent %}", "W630")])
def test_a_mistake_in_the_notice_is_named_and_the_mail_is_still_written(bureau: Bureau, text: str, code: str) -> None:
    bureau("template", "copy", "notice").expect(0)
    path = bureau.root / "templates" / "notice.docx"
    document = docx.Document(str(path))
    document.paragraphs[0].text = text
    document.save(str(path))
    assert code in bureau("template", "check").expect(1).out
    done = bureau("remind", "--json").expect(0).json["files"]["letters"]
    assert all(one["notice"] is None and Path(one["mail"]).is_file() for one in done)
