from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.finding import Place
from xlplan.ledger.address import Address
from xlplan.ledger.store import Ledger
from xlplan.model import (
    Amount,
    Assignment,
    Comparator,
    Entry,
    Issued,
    Kind,
    Role,
    Source,
    Stamp,
    State,
    Status,
    Submission,
    Sure,
    Target,
)

NOW = datetime(2019, 7, 1, 9, 30, tzinfo=UTC)
SOURCE = Source("甲.xlsx", "表", (("done", "K7"), ("自加列", "N7")), "ab")
ENTRY = Entry(
    "T001-01",
    "2019-Q2",
    "甲科",
    SOURCE,
    Amount("约230", Decimal("230.5"), Sure.LIKELY),
    Status.RUNNING,
    "推进",
    "做了",
    "难",
    (("自加列", "x"),),
)
FILE = Submission(
    "甲.xlsx",
    "ab",
    State.PARTIAL,
    "2019-Q2",
    ("甲科",),
    2,
    NOW,
    (ENTRY, ENTRY._replace(amount=None, status=None)),
    (rules.find("E202", Place("甲.xlsx", "表", "K7"), text="约230", value="230.5"),),
)
TARGET = Target(
    "新增", "企业", Kind.INCREMENT, Comparator.RANGE, Decimal("1.50"), Decimal(2), "家", baseline=Decimal(0)
)
ROW = Assignment("T001-01", "T001", "甲科", Role.SUPPORT, TARGET, date(2019, 6, 30), "张", (("列", "值"),))
ISSUED = Issued(
    Stamp("plan", "K01", "2019-Q2", 3, ("T001-01",), "sig"),
    "outbox/甲.xlsx",
    "cd",
    date(2019, 6, 25),
    (ROW,),
    (("T001-01", (("task", "任务"), ("target", "新增"))),),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(Address.of_file(tmp_path / "ledger.db"))


def test_what_is_appended_comes_back_whole(ledger: Ledger) -> None:
    with ledger.run("collect", "2019-Q2", NOW) as run:
        run.append([FILE], "basis")
        run.issue([ISSUED])
        run.remember_codes({"T001-01": "任务"})
    assert ledger.submissions("2019-Q2") == [FILE]
    assert ledger.issued("2019-Q2") == [ISSUED]
    assert ledger.known_codes() == {"T001-01": "任务"}
    assert {(path, sha256): tuple(read) for path, sha256, read in ledger.read_files()} == {
        ("甲.xlsx", "ab"): ("basis", State.PARTIAL, "2019-Q2")
    }
    assert ledger.periods() == ["2019-Q2"]
    assert [one.entry for one in ledger.history("T001-01")] == list(FILE.entries)


def test_a_later_reading_of_the_same_file_counts_and_the_first_stays_in_history(ledger: Ledger) -> None:
    again = replace(FILE, state=State.MERGED, entries=(ENTRY._replace(progress="重读"),))
    for basis, one in enumerate((FILE, again)):
        with ledger.run("collect", "2019-Q2", NOW) as run:
            run.append([one], f"basis {basis}")
    assert ledger.submissions("2019-Q2") == [again]
    assert len(ledger.history("T001-01")) == 3


def test_a_run_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.run("collect", "2019-Q2", NOW) as run:
            run.append([FILE], "basis")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert ledger.submissions("2019-Q2") == []


def test_the_key_is_made_once_and_differs_between_workspaces(tmp_path: Path) -> None:
    first, second = (Address.of_file(tmp_path / name) for name in ("a.db", "b.db"))
    key = Ledger.create(first).key
    assert Ledger.open(first).key == key
    assert Ledger.create(second).key != key


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"this is no database at all" * 50)
    with pytest.raises(XlplanError) as caught:
        Ledger.open(Address.of_file(path))
    assert caught.value.finding.code == "W114"


UNOPENED = Submission("甲.xlsx", "", State.QUARANTINED, "2019-Q2", when=NOW, findings=(rules.find("F144", detail="-"),))


def listed(ledger: Ledger, *rounds: Submission) -> list[str]:
    """The digests of the period's files after each of the files was collected on the same basis."""
    for one in rounds:
        with ledger.run("collect", "2019-Q2", NOW) as run:
            run.append([one], "basis")
    known = [one.sha256 for one in ledger.files("2019-Q2")]
    assert sorted(known) == sorted(one.sha256 for one in ledger.submissions("2019-Q2"))
    return known


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("initdb"))])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """A new ledger of either kind."""
    if request.param == "sqlite":
        return Ledger.create(Address.of_file(tmp_path / "ledger.db"))
    return Ledger.create(Address.parse(request.getfixturevalue("ledger_url")(), tmp_path))


def test_a_file_that_could_not_be_opened_is_listed_until_it_is_read(either: Ledger) -> None:
    assert listed(either, UNOPENED, UNOPENED) == [""]
    assert listed(either, FILE, FILE) == ["ab"]
    assert len(either.history("T001-01")) == 2
    assert set(listed(either, UNOPENED)) == {"", "ab"}  # what it says now, nobody knows
    assert listed(either, FILE) == ["ab"]  # closed without a change
    with either.run("undo", "", NOW) as run:
        run.decide("undo", "6")
    assert set(listed(either)) == {"", "ab"}
    assert listed(either, FILE) == ["ab"]


def test_files_of_one_name_in_one_collect_say_nothing_of_each_other(ledger: Ledger) -> None:
    with ledger.run("collect", "2019-Q2", NOW) as run:
        run.append([UNOPENED, FILE, replace(UNOPENED, path="乙.xlsx")], "basis")
    assert sorted(one.sha256 for one in ledger.files("2019-Q2")) == ["", "", "ab"]
    assert ledger.submissions("2019-Q2", {"ab"}) == [FILE]
