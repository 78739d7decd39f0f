from __future__ import annotations

from dataclasses import replace

import pytest

from xlplan.headers import Field
from xlplan.model import Assignment, Issued, Office, Plan, Returned, ReturnedRow, ReturnedSheet, Sent, Stamp, Written
from xlplan.period import Period
from xlplan.steps.desk import Desk
from xlplan.steps.identify import Identity, identify
from xlplan.steps.stamp import sign

KEY = b"key"
PLAN = Plan(
    "计划",
    offices=(Office("K01", "办公室", ("局办",)), Office("K02", "产业科")),
    rows=(Assignment("T001-01", "T001", "办公室"), Assignment("T002-01", "T002", "产业科")),
)


def stamp(edition: int = 1, period: str = "2019-Q2", office: str = "K01") -> Stamp:
    return sign(Stamp("digest", office, period, edition, ("T001-01",)), KEY)


ISSUED = [Issued(stamp(), "a", ""), Issued(stamp(office="K02"), "b", "")]
DESK = Desk(PLAN, KEY, Sent.of(ISSUED))


def sheet(heading: str = "", office: str = "", code: str = "", name: str = "填报表") -> ReturnedSheet:
    row = ReturnedRow.of(5, ((Field.CODE, Written(code, "A6")),))
    return ReturnedSheet(name, (row,), (Field.CODE,), office, heading)


def run(
    one: ReturnedSheet, mark: Stamp | None = None, file: str = "a.xlsx", desk: Desk = DESK
) -> tuple[str, str, list[str]]:
    got: Identity = identify(Returned(file, "ab", (one,), mark), one, desk)
    codes = [finding.code for finding in got.findings]
    return got.office.name if got.office else "", got.period.code if got.period else "", codes


def test_a_stamp_tells_all() -> None:
    assert run(sheet(), stamp()) == ("办公室", "2019-Q2", [])


def test_a_stamp_that_was_altered_or_is_foreign_is_refused() -> None:
    assert run(sheet(), replace(stamp(), office="K02"))[2] == ["M105"]
    assert run(sheet(), replace(stamp(), signature="签\udc80"))[2] == ["M105"]
    assert run(sheet(), sign(Stamp("other", "K01", "2019-Q2", 1, ()), b"another key"))[2] == ["M115"]


def test_what_is_written_against_the_stamp_is_said_and_the_stamp_counts() -> None:
    assert run(sheet(office="产业科"), stamp()) == ("办公室", "2019-Q2", ["M104"])
    assert run(sheet(heading="2019年第三季度"), stamp()) == ("办公室", "2019-Q2", ["M126"])


@pytest.mark.parametrize(
    ("head", "file", "found"),
    [
        ("产业科", "产业科.xlsx", "M140"),
        ("产业科", "产业科.zip/表.xlsx", "M140"),
        ("产业科", "产业科/办公室.xlsx", "M104"),
        ("", "产业科.xlsx", "M141"),
        ("办公室", "产业科.xlsx", "M141"),
        ("办公室", "产业科/办公室.xlsx", ""),
        ("", "产业科、办公室.xlsx", ""),
    ],
)
def test_two_signs_against_the_stamp_hold_the_file_one_is_said(head: str, file: str, found: str) -> None:
    one = sheet(office=head, code="T001-01")
    got = identify(Returned(file, "ab", (one,), stamp()), one, DESK)
    assert got.office
    assert got.office.name == "办公室"
    assert [finding.code for finding in got.findings] == ([found] if found else [])
    assert got.held == (found == "M140")


def test_of_several_tables_each_is_whose_codes_it_has() -> None:
    own, other = sheet(code="T001-01"), sheet(code="T002-01", name="另一张")
    returned = Returned("a.xlsx", "ab", (own, other), stamp())
    offices = [identify(returned, one, DESK).office for one in (own, other)]
    assert [one.name for one in offices if one] == ["办公室", "产业科"]


def test_an_older_edition_is_said() -> None:
    desk = replace(DESK, sent=Sent.of([*ISSUED, Issued(stamp(2), "a", "")]))
    assert run(sheet(), stamp(1), desk=desk)[2] == ["M106"]


@pytest.mark.parametrize(
    ("one", "file"),
    [
        (sheet(office="局办", heading="2019年第二季度"), "x.xlsx"),
        (sheet(heading="办公室2019年第二季度进展"), "x.xlsx"),
        (sheet(heading="2019年二季度", code="T001-01"), "x.xlsx"),
        (sheet(), "办公室-2019-Q2.xlsx"),
    ],
)
def test_without_a_stamp_the_head_the_codes_and_the_name_tell(one: ReturnedSheet, file: str) -> None:
    assert run(one, file=file) == ("办公室", "2019-Q2", ["M103"])


def test_a_period_that_is_written_nowhere_is_taken_with_a_warning() -> None:
    assert run(sheet(office="办公室")) == ("办公室", "2019-Q2", ["M103", "M128"])
    asked = replace(DESK, period=Period.parse("2019-Q2"))
    assert run(sheet(office="办公室"), desk=asked)[2] == ["M103"]


def test_a_return_of_nobody() -> None:
    assert run(sheet(office="没有的科"))[2] == ["M113", "M101"]
    assert run(sheet())[2] == ["M101"]


def test_another_period_than_was_asked_for() -> None:
    asked = replace(DESK, period=Period.parse("2019-Q3"))
    assert "M107" in run(sheet(), stamp(), desk=asked)[2]


@pytest.mark.parametrize("name", ["党委(人事)科", "党委\uff08人事\uff09科"])
@pytest.mark.parametrize("written", ["党委(人事)科", "党委\uff08人事\uff09科"])
def test_brackets_of_any_width_name_the_same_office(name: str, written: str) -> None:
    plan = replace(PLAN, offices=(Office("K01", name, ("局办",)), *PLAN.offices[1:]))
    desk = Desk(plan, KEY, Sent.of(ISSUED))
    assert run(sheet(), file=f"{written}\uff082019年第二季度\uff09.xlsx", desk=desk)[:2] == (name, "2019-Q2")
    assert run(sheet(office="产业科"), stamp(office="K02"), f"{written}.xlsx", desk)[2] == ["M141"]
