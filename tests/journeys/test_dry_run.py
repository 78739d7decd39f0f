"""`collect --dry-run` says what would change, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.headers import Field

if TYPE_CHECKING:
    from conftest import Bureau

OFFICE = "农村科技科"


def test_a_dry_run_shows_what_would_change(bureau: Bureau) -> None:
    paper = bureau.paper(OFFICE).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署"})
    first = paper.save(bureau.inbox / "一.xlsx", day=20)
    planned = bureau("collect", first, "--dry-run", "--json").expect(0).json["changes"]
    assert {one["row"] for one in planned} == set(paper.rows)
    bureau("collect", first).expect(0)
    code = next(iter(paper.rows))
    paper.cell(code, Field.PROGRESS).value = "已经办结"
    second = paper.save(bureau.inbox / "二.xlsx", day=21)
    (change,) = bureau("collect", second, "--dry-run", "--json").expect(0).json["changes"]
    assert (change["row"], change["office"]) == (code, OFFICE)
    assert change["columns"] == {"进展情况": [f"{code} 已部署", "已经办结"]}
    assert "已经办结" in bureau("collect", second, "--dry-run").expect(0).out
    assert bureau.entries()[code, OFFICE]["progress"] == f"{code} 已部署"
    paper.cell(code, Field.PROGRESS).value = "更早的说法"
    third = paper.save(bureau.inbox / "三.xlsx", day=19)
    assert bureau("collect", third, "--dry-run", "--json").expect(0).json["changes"] == []
