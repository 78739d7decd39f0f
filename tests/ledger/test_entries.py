"""Entries come back from the ledger as they were, whatever they hold and however they follow each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_store import ENTRY, FILE, NOW, SOURCE

from xlplan.ledger import entries as module
from xlplan.ledger.address import Address
from xlplan.ledger.checks import count_rows
from xlplan.ledger.entries import entries_of, pieces
from xlplan.ledger.records import file
from xlplan.ledger.sqlite import _from_json
from xlplan.ledger.store import Ledger
from xlplan.model import Amount, Answers, Entry, Origin, Source, Status, Sure

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FEW = st.sampled_from(["", "甲科", "2019-Q2", '"\\'])
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)
AMOUNTS = st.builds(
    Amount, TEXT, st.none() | st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(list(Sure)), TEXT
)
AMOUNTS |= st.decimals(allow_nan=False, allow_infinity=False).map(lambda value: Amount(str(value), value, unit="家"))
CELLS = st.lists(
    st.tuples(st.sampled_from([*Answers._fields, "备注"]), TEXT | st.sampled_from(["I7", "I,7"])), max_size=5
)
SOURCES = st.builds(
    Source,
    st.just(FILE.path),
    FEW,
    PAIRS | CELLS.map(tuple),
    st.just(FILE.sha256),
    st.lists(st.builds(Origin, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
)
RAW = TEXT | st.sampled_from([one.value for one in Status])
ENTRIES = st.builds(
    Entry, TEXT, FEW, FEW, SOURCES, st.none() | AMOUNTS, st.none() | st.sampled_from(Status), RAW, *[TEXT] * 2, PAIRS
)


def back(entries: list[Entry]) -> list[Entry]:
    rows = ((*about, _from_json(text.decode())) for *about, text in pieces(entries))
    return [one for row in rows for one in entries_of(row, FILE.path, FILE.sha256)]


@given(st.lists(ENTRIES, max_size=8))
def test_entries_come_back_as_they_were_and_in_their_order(entries: list[Entry]) -> None:
    found = back(entries)
    assert found == entries
    assert [str(one.amount) for one in found] == [str(one.amount) for one in entries]  # 1.50 is not 1.5


def test_entries_that_are_written_out_are_read_like_those_that_are_short() -> None:
    cells = (("done", "K7"), ("status", "L7"), ("problem", "N7"))
    amount = Amount("230.5", Decimal("230.5"), unit="家")
    plain = ENTRY._replace(source=SOURCE._replace(cells=cells), amount=amount, status_raw="推进中", extra=())
    about = plain.row, ["230.5", "230.5", "yes", "家"], "推进中", "推进中", plain.progress, plain.problem
    whole = [*about, [], [text for pair in cells for text in pair]]
    ((*shared, short),) = pieces([plain])
    assert list(entries_of((*shared, [whole]), FILE.path, FILE.sha256)) == back([plain]) == [plain]
    assert json.loads(short) == [[plain.row, ["230.5", "家"], 1, "推进中", "做了", "难", [], "K7,L7,,N7"]]


def test_entries_of_one_sheet_office_and_period_are_one_row() -> None:
    other = ENTRY._replace(source=SOURCE._replace(sheet="表2"))
    assert len(pieces([ENTRY] * 40)) == 1
    assert [(sheet, text.count(b"T001-01")) for _, _, sheet, text in pieces([ENTRY, ENTRY, other, ENTRY])] == [
        ("表", 2),
        ("表2", 1),
        ("表", 1),
    ]


def test_very_many_entries_are_several_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [ENTRY._replace(row=f"T{number:03d}-01") for number in range(23)]
    monkeypatch.setattr(module, "_MOST", 10)
    assert len(pieces(entries)) == 3
    assert back(entries) == entries


def test_a_read_file_that_is_handed_on_is_small() -> None:
    one = replace(FILE, entries=(ENTRY,) * 40)
    assert [type(part) for row in file(one).entries for part in row] == [str, str, str, bytes]


CODES = ["T001-01", "T001-0_", "T%", '"', "\\", "/", "[", "['", "中文-01", "é", "e", "", "a\tb", "t001-01", '","', "\0"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("initdb"))])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    if request.param == "sqlite":
        return Address.of_file(tmp_path / "ledger.db")
    url: Callable[[], str] = request.getfixturevalue("ledger_url")
    return Address.parse(url(), tmp_path)


def test_a_row_has_the_history_of_its_very_code_in_the_order_of_recording(address: Address) -> None:
    ledger = Ledger.create(address)
    made = [
        ENTRY._replace(row=code, period=period, progress=f"{number} {code}", extra=(("列", f'["{code}",'),))
        for number, (period, code) in enumerate((period, code) for period in ("2019-Q2", "2019-Q1") for code in CODES)
    ]
    files = [replace(FILE, sha256="ab", entries=tuple(made)), replace(FILE, path="乙.xlsx", entries=())]
    later = replace(FILE, sha256="cd", entries=tuple(one._replace(amount=Amount("无", None)) for one in made[::-1]))
    for some in (files, [later]):
        with ledger.run("collect", "2019-Q2", NOW) as run:
            run.append(some, "basis")
    for code in CODES:
        seen = ledger.history(code)
        wanted = [(one.progress, one.amount, "ab") for one in made if one.row == code]
        wanted += [(one.progress, one.amount, "cd") for one in later.entries if one.row == code]
        assert [(one.entry.progress, one.entry.amount, one.submission.sha256) for one in seen] == wanted
        assert all(one.entry.source.sha256 == one.submission.sha256 for one in seen)
    assert ledger.history("T001") == []
    assert count_rows(ledger)["entries"] == 4 * len(CODES)
    of_period = {period: [one for one in made if one.period == period] for period in ("2019-Q1", "2019-Q2")}
    found = ledger.submissions("2019-Q1", {"ab"})
    assert [one.entries for one in found if one.entries] == [tuple(of_period["2019-Q1"])]
    assert [one.entries for one in ledger.submissions("2019-Q2", {"ab"})] == [tuple(of_period["2019-Q2"]), ()]
    ledger.close()


def test_numbers_keep_their_decimals(address: Address) -> None:
    ledger = Ledger.create(address)
    entry = ENTRY._replace(amount=Amount("1.50", Decimal("1.50"), Sure.YES, "家"))
    with ledger.run("collect", "2019-Q2", NOW) as run:
        run.append([replace(FILE, entries=(entry,))], "basis")
    (found,) = ledger.submissions("2019-Q2")
    assert str(found.entries[0].amount) == str(entry.amount)
    ledger.close()
