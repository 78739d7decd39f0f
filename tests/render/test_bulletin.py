"""The bulletin: every figure is the report's, empty lists are told, a template's mistake is a finding."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from reports import item, report_of, usual_items

from xlplan import rules
from xlplan.render.bulletin import bulletin_facts, sample_facts
from xlplan.render.filling import fill
from xlplan.render.official import official
from xlplan.render.report import Owing
from xlplan.workflow import documents
from xlplan.workflow.documents import check_document, shipped_document

LANGUAGES = ("zh", "en")


def told(report: Any, lang: str = "zh") -> list[str]:
    data, found = fill(shipped_document("bulletin", lang), bulletin_facts(report), "bulletin.docx")
    assert data is not None
    assert found == []
    return [one.text for one in Document(io.BytesIO(data)).paragraphs]


HEADING = re.compile(r"[一二三四五]、|\uff08[一二]\uff09|\d\. \w")


def under(lines: list[str], heading: str) -> list[str]:
    start = next(at for at, line in enumerate(lines) if heading in line) + 1
    return list(takewhile(lambda line: not HEADING.match(line), lines[start:]))


def test_it_tells_the_figures_of_the_report_and_names_who_and_what():
    ahead = item(8, "丙科", "green", is_finished=False, ahead=Decimal("0.107"))
    done = item(9, "甲科", "green", is_finished=True)
    lines = told(report_of((*usual_items(), ahead, done)))
    assert lines[0] == "云岭市科技局关于2019年第二季度重点工作进展情况的通报"
    text = "\n".join(lines)
    numbers = re.findall(r"[\d.]+", "".join(under(lines, "报送情况")))
    assert numbers == ["3", "2", "66.7", "1", "1", "1", "9", "8", "1", "85.7"]
    lights = re.findall(r"([绿黄红]灯|未亮灯)(\d+)项.占([\d.]+)%", text)
    assert [(name, int(count)) for name, count, _ in lights] == [("绿灯", 5), ("黄灯", 1), ("红灯", 2), ("未亮灯", 1)]
    assert sum(Decimal(share) for *_, share in lights) == 100
    behind = under(lines, "三、滞后事项")
    assert "2项" in behind[0]
    assert ["甲科" in behind[1], "张副局长" in behind[1], "丙科" in behind[2], len(behind)] == [True, True, True, 3]
    fast = under(lines, "二、进展较快")
    assert "培育企业第9批" in fast[0]
    assert "超序时10.7个百分点" in fast[2]
    late = under(lines, "四、未按时报送")
    assert "丙科" in late[0]
    assert "5天" in late[0]
    assert "乙科" in late[1]
    assert [line.strip() for line in lines[-2:]] == ["云岭市科技局", "2019年6月25日"]


def test_before_the_deadline_nobody_is_told_to_have_missed_it():
    report = report_of(late=(), missing=(Owing("丙科", 0),))
    lines = told(replace(report, counts={**report.counts, "days_left": 3}))
    still = under(lines, "四、尚未报送的单位")
    assert [still[0].startswith("应于2019年6月20日前报送"), "丙科" in still[0]] == [True, True]
    assert not any("未按时" in line or "未报的" in line or "补报" in line for line in lines)


def test_that_nothing_is_behind_is_said_only_of_what_is_known():
    green = replace(item(1, "甲科", "green"), is_behind=False)
    gap = replace(item(2, "丙科", "none", grade="未报", is_gap=True), is_behind=False)
    known = [under(told(report_of(items)), "三、滞后事项")[0] for items in ((green,), (green, gap), (gap,))]
    assert known == ["没有滞后事项。", "已填的1项中没有滞后事项。", "还没有填报\uff0c无法判断有没有滞后事项。"]


def test_a_mark_that_reverses_the_writing_leaves_the_rest_of_the_sentence_alone():
    turned = item(1, "甲\u202e科", "red", is_behind=True, target="新增3家(个)")
    line = under(told(report_of((turned,))), "三、滞后事项")[1]
    assert "甲\u202e科\u202c\u200e" in line
    assert "新增3家\uff08个\uff09" in line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_period_has_a_sentence_for_everything_that_there_is_none_of(lang: str) -> None:
    report = report_of((), sections=(), offices=(), missing=(), late=(), turns=())
    lines = [line for line in told(report, lang) if line]
    heads = [line for line in lines if re.match(r"[一二三四五]、|\d\. \w", line)]
    assert len(heads) == 5
    assert all(after not in heads for head, after in pairwise(lines) if head in heads)
    assert "{" not in "".join(lines)


def test_what_an_office_wrote_stays_text_on_one_line():
    nasty = "{{ issuer }} {_{ x }_} <w:p/> & \"'\n=1+1\t\u202eא 表情👩‍👩‍👧"
    one = item(1, nasty, "red", is_behind=True, task=nasty, leader=nasty)
    lines = told(report_of((one,)))
    plain = " ".join(nasty.split())
    assert sum(plain in line for line in lines) == 1
    assert next(line for line in lines if plain in line).count(plain) == 3


def test_the_same_report_gives_the_same_bytes():
    assert shipped_document("bulletin", "zh") == shipped_document("bulletin", "zh")
    facts = bulletin_facts(report_of())
    made = [documents.steady(fill(shipped_document("bulletin", "zh"), facts, "b")[0] or b"") for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sample_has_every_name_that_the_real_facts_have(lang: str) -> None:
    items = (*usual_items(), item(8, "甲科", "green", is_finished=True), item(9, "甲科", "green", ahead=Decimal(1)))
    real = bulletin_facts(replace(report_of(items), lang=lang))
    sample = sample_facts()
    assert sample.keys() == real.keys()
    for key, value in real.items():
        if isinstance(value, list):
            assert value, key
            assert sample[key][0].keys() == value[0].keys()


@pytest.mark.parametrize(
    ("text", "code", "fact"),
    [
        ("# {{ isuer }}", "W631", "isuer"),
        ("{% for one in late %}{{ one.nam }}{% endfor %}", "W631", "nam"),
        ("{% if missing %}{% else %}{{ nonsense }}{% endif %}", "W631", "nonsense"),
        ("{% for one in late %}", "W630", "endfor"),
        ("{{ issuer", "W630", ""),
        ("{{ issuer|nix }}", "W630", "nix"),
        ("{{ 1 / 0 }}", "W632", "zero"),
        ("{{ ''.__class__.__mro__ }}", "W632", "unsafe"),
        ("{{ late.append(1) }}", "W632", "unsafe"),
        ("{% include '/etc/passwd' %}", "W632", ""),
        ("{{ 'a' * 10 ** 11 }}", "W632", "Memory"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "F122", ""),
    ],
)
def test_a_mistake_in_a_template_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, code: str, fact: str
) -> None:
    path = tmp_path / "bulletin.docx"
    path.write_bytes(official(text, "zh"))
    if code == "F122":
        monkeypatch.setattr(documents, "_SECONDS", 3.0)
    (found,) = check_document(path)
    assert found.code == code
    assert found.place.file == "templates/bulletin.docx"
    assert fact in str(found.facts)
    assert all(rules.message(found, lang) for lang in LANGUAGES)


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04"])
def test_a_template_that_is_no_document_is_a_finding(data: bytes) -> None:
    assert [one.code for one in fill(data, {}, "b.docx")[1]] == ["W633"]
