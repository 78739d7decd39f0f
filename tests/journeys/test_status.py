"""`xlplan status`: expected, returned, on time, complete, with names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.headers import Field

if TYPE_CHECKING:
    from conftest import Bureau

LEAD, OTHER = "高新技术发展与产业化科", "农村科技科"


def test_on_time_and_complete_are_told_apart(bureau: Bureau) -> None:
    for office, day in ((LEAD, 24), (OTHER, 28)):
        paper = bureau.paper(office).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署"})
        paper.save(bureau.inbox / f"{office}.xlsx", day=day)
    bureau("collect", bureau.inbox)
    offices = {one["office"]: one for one in bureau("status", "--json").json["offices"]}
    shown = {name: (one["returned"], one["on_time"], one["complete"]) for name, one in offices.items()}
    assert shown.pop(LEAD) == (True, True, False)  # its figures are due
    assert shown.pop(OTHER) == (True, False, True)
    assert set(shown.values()) == {(False, False, False)}
    assert offices[OTHER]["days_late"] == 3
    words = bureau("status").out
    assert f"{OTHER}（3）" in words
    assert all(name in words for name in offices)
