from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from xlplan.ledger.address import Address
from xlplan.ledger.store import Ledger
from xlplan.model import Light
from xlplan.model.light import Ruling

NOW, LATER = datetime(2019, 7, 1, 9, 30, tzinfo=UTC), datetime(2019, 7, 2, 9, 30, tzinfo=UTC)
RED = Ruling("T001-01", "2019-Q2", "甲科", Light.RED, "王主任", "项目已停", NOW)
CLEARED = Ruling("T001-01", "2019-Q2", "", None, "王主任", "已复工", LATER)


def test_rulings_come_back_with_their_time_in_order_and_by_period(tmp_path: Path) -> None:
    ledger = Ledger.create(Address.of_file(tmp_path / "ledger.db"))
    for one in (RED, CLEARED):
        with ledger.run("light", one.period, one.at) as run:
            run.rule([one])
    kept = ledger.rulings("2019-Q2")
    assert [(one.light, one.office, one.by, one.why) for one in kept] == [
        (Light.RED, "甲科", "王主任", "项目已停"),
        (None, "", "王主任", "已复工"),
    ]
    assert kept[0].at.replace(tzinfo=UTC) == NOW
    assert ledger.rulings("2019-Q1") == []


def test_a_run_that_was_taken_back_leaves_no_ruling(tmp_path: Path) -> None:
    ledger = Ledger.create(Address.of_file(tmp_path / "ledger.db"))
    with ledger.run("light", RED.period, NOW) as run:
        run.rule([RED])
        number = run.number
    with ledger.run("undo", RED.period, LATER) as run:
        run.decide("undo", str(number))
    assert ledger.rulings("2019-Q2") == []
